"""Reading SPARQL text: its tokens, its kind, and where it is broken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, Literal, NamedTuple

from kg.errors import BadQuery

QueryKind = Literal["select", "ask", "construct", "describe"]

# The order matters: what starts with a bracket, quote or hash is taken whole, so that nothing
# inside an IRI, a string or a comment is ever read as a token of its own.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}
        | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\n\r]|\\.)*"
        | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>[@\w](?:\w|[.\-](?=[\w:\-])|:|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
        | :(?:\w|[.\-:](?=[\w\-])|\\.)*)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})")
# A keyword may stand right after a full stop, which the tokens keep together with it.
_ELSEWHERE: Final = re.compile(r"(?:^|\.)(SERVICE|FROM)$", re.IGNORECASE)
_BETWEEN: Final = frozenset({"NAMED", "SILENT"})
_KINDS: dict[str, QueryKind] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "describe",
}
_UPDATES = frozenset(["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE"])
_POSITION = re.compile(
    r"(?:error at |.*?\bline )(\d+)(?::|,? col(?:umn)? )(\d+):?\s*(.*)", re.DOTALL | re.IGNORECASE
)
_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]+(?:, )?")


class Token(NamedTuple):
    """A piece of SPARQL text with its kind and its place, in characters from 0."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text, without comments and white space.

    >>> [token.text for token in tokens("ASK { ?s a ft:Thing } # why not")]
    ['ASK', '{', '?s', 'a', 'ft:Thing', '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind not in ("comment", "space"):
            yield Token(kind, match.group(), match.start(), match.end())


def unescaped(text: str) -> str:
    r"""The text with the escapes that may stand anywhere in SPARQL, as what they mean.

    >>> unescaped(r"S\u0045RVICE")
    'SERVICE'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def elsewhere(text: str) -> Iterator[tuple[str, str]]:
    r"""Where a query asks beside the graph: the keyword (SERVICE or FROM), and the IRI after it.

    >>> list(elsewhere("SELECT * { SERVICE <http://example.org/> { ?s ?p 'FROM' } } # FROM"))
    [('SERVICE', 'http://example.org/')]
    """
    found = list(tokens(unescaped(text)))
    for place, token in enumerate(found):
        keyword = _ELSEWHERE.search(token.text) if token.kind == "word" else None
        if keyword is not None:
            after = (t for t in found[place + 1 : place + 3] if t.text.upper() not in _BETWEEN)
            named = next(after, None)
            iri = named.text.strip("<>") if named and named.kind == "iri" else ""
            yield keyword[1].upper(), iri


def declared_prefixes(text: str) -> dict[str, str]:
    """The prefixes that a text declares, with what they stand for.

    >>> declared_prefixes("PREFIX ex: <http://example.org/> ASK { ex:a ?p ?o }")
    {'ex': 'http://example.org/'}
    """
    found = list(tokens(text))
    return {
        name.text.partition(":")[0]: iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.text.upper() == "PREFIX" and word.kind == "word" and iri.kind == "iri"
    }


def query_kind(text: str) -> QueryKind:
    r"""Tell which of the four forms of query a text is.

    Raises:
        BadQuery: it is none of them, for instance an update.

    >>> query_kind("# ask\nPREFIX ask: <http://example.org/> SELECT * { }")
    'select'
    """
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in _KINDS:
            return _KINDS[token.text.upper()]
        if token.kind == "word" and token.text.upper() in _UPDATES:
            raise BadQuery(
                None, None, "the graph is read only: ask SELECT, ASK, CONSTRUCT or DESCRIBE"
            )
    raise BadQuery(None, None, "it holds no SELECT, ASK, CONSTRUCT or DESCRIBE: start with one")


def bad_query(detail: str, text: str = "", known: Collection[str] = ()) -> BadQuery:
    """Make an error of what a store said, with the line and column that it gave.

    Args:
        detail: what the store said.
        text: the query, to find a prefix that is not declared in it.
        known: prefixes that need not be declared.

    >>> str(bad_query("error at 2:5: expected one of FILTER, ['a' ..= 'z']"))
    'cannot run the SPARQL query (line 2, column 5): expected one of FILTER'
    """
    match = _POSITION.match(detail)
    line, column = (int(match[1]), int(match[2])) if match else (None, None)
    said = match[3] if match else detail
    if (missing := _undeclared(text, known)) is not None:
        # Most stores name something else that they expected in this place.
        before = text[: missing.start]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        prefix = missing.text.partition(":")[0]
        return BadQuery(line, column, f"the prefix {prefix}: is not declared: add its PREFIX line")
    said = " ".join(_CHARACTER_CLASS.sub("", said).split()).strip(" ,")
    if said in ("", "expected", "expected one of", "expected <unreported>"):
        said = "unexpected text"
    return BadQuery(line, column, said)


def _undeclared(text: str, known: Collection[str]) -> Token | None:
    """Return the first name whose prefix is not declared, unless a string is left open before."""
    declared = {*known, "_"}
    previous = ""
    for token in tokens(text):
        if token.kind == "mark" and token.text in "\"'":
            return None
        if token.kind == "word" and ":" in token.text:
            prefix = token.text.partition(":")[0]
            if previous == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token
        previous = token.text.upper()
    return None


def syntax_error(text: str) -> BadQuery | None:
    """Return where a SPARQL text is broken, or None if Oxigraph can parse it.

    Stores tell the place of a mistake in many ways, or not at all; Oxigraph tells it best.

    >>> print(syntax_error("SELECT * { ?s ?p }"))
    cannot run the SPARQL query (line 1, column 19): ...
    """
    import pyoxigraph as ox

    try:
        ox.Store().query(text)
    except SyntaxError as error:
        return bad_query(str(error), text)
    except (OSError, ValueError):
        return None
    return None
