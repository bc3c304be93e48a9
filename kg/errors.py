r"""All errors that the package raises: one tree, each with its data and a one-line message.

    KgError
    ├── BadInput                 what the caller gave cannot be used
    │   ├── UnknownConcept       no concept has this name
    │   ├── NothingStated        what is given states nothing that could be explained
    │   ├── AmbiguousConcept     several concepts have this name
    │   ├── UnknownQuery         no query has this name
    │   ├── BadParameter         a query parameter does not fit
    │   ├── BadQuery             the SPARQL text does not parse or cannot be evaluated
    │   ├── BadTurtle            a Turtle file does not parse
    │   └── MissingFile          a file or folder is not there
    ├── InvalidKnowledge         the knowledge itself breaks a rule of the model
    └── StoreUnusable            the store cannot be opened or read
        └── EndpointUnavailable  a remote endpoint does not answer

The errors know no user interface. `str(error)` is one line that says what is wrong and how to
mend it; whatever came from outside is escaped and shortened in it, and complete in the attributes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

# Control and format characters (terminal escapes, bidirectional overrides), lone surrogates,
# line and paragraph separators: none of them may reach a terminal or break the one line.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str, limit: int = 80) -> str:
    r"""Make foreign text safe for a one-line message.

    Args:
        text: anything.
        limit: longest result in characters, before escaping; the rest becomes "…".

    Returns:
        The text with every control, format and separator character escaped.

    >>> printable("two\nlines \x1b[31m")
    'two\\nlines \\x1b[31m'
    >>> printable("a" * 100, limit=5)
    'aaaaa…'
    """
    cut = text if len(text) <= limit else text[:limit] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _UNSAFE_CATEGORIES
        else char
        for char in cut
    )


def _quoted(text: str) -> str:
    return f'"{printable(text)}"'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(printable(name) for name in names)


def _place(line: int | None, column: int | None) -> str:
    if line is None:
        return ""
    return f"line {line}" if column is None else f"line {line}, column {column}"


def _restore(kind: type[KgError], args: tuple[Any, ...], state: dict[str, Any]) -> KgError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class KgError(Exception):
    """The root of all errors of this package; `str()` is one printable line.

    >>> str(KgError("no such thing"))
    'no such thing'
    """

    def __init__(self, message: str) -> None:
        super().__init__(printable(message, limit=1000))

    def __reduce__(self) -> tuple[Callable[..., KgError], tuple[Any, ...]]:
        # The constructors take data, not a message, so the default would call them wrongly.
        return _restore, (type(self), self.args, dict(self.__dict__))


class BadInput(KgError):
    """What the caller gave cannot be used."""


class UnknownConcept(BadInput):
    """No concept has this name.

    Attributes:
        name: what was asked for.
        nearest: up to three names that exist, nearest first.

    >>> str(UnknownConcept("cofee", ["coffee"]))
    'unknown concept "cofee": did you mean coffee?'
    """

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        fix = f"did you mean {_listed(self.nearest)}?" if nearest else "search for another word"
        super().__init__(f"unknown concept {_quoted(name)}: {fix}")


class NothingStated(BadInput):
    """What was given can be read, and states nothing that could be explained."""


class AmbiguousConcept(BadInput):
    """Several concepts have this name.

    Attributes:
        name: what was asked for.
        candidates: compact IRIs of the concepts, sorted by the caller.

    >>> str(AmbiguousConcept("spasm", ["ft:spasm-a", "ft:spasm-b"]))
    'ambiguous concept "spasm": use one of ft:spasm-a, ft:spasm-b'
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"ambiguous concept {_quoted(name)}: use one of {_listed(candidates)}")


class UnknownQuery(BadInput):
    """No query of the catalogue has this name.

    Attributes:
        name: what was asked for.
        nearest: up to three names that exist, nearest first.

    >>> str(UnknownQuery("remedy", ["remedies-for"]))
    'unknown query "remedy": did you mean remedies-for?'
    """

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        fix = f"did you mean {_listed(nearest)}?" if nearest else "list the queries that there are"
        super().__init__(f"unknown query {_quoted(name)}: {fix}")


class BadParameter(BadInput):
    """A parameter of a query is unknown, missing or of the wrong type.

    Attributes:
        query: name of the query.
        parameter: name of the parameter.
        detail: what is wrong and what would fit.

    >>> str(BadParameter("top", "limit", "give a whole number"))
    'query "top", parameter "limit": give a whole number'
    """

    def __init__(self, query: str, parameter: str, detail: str) -> None:
        self.query = query
        self.parameter = parameter
        self.detail = detail
        super().__init__(f"query {_quoted(query)}, parameter {_quoted(parameter)}: {detail}")


class BadQuery(BadInput):
    """A SPARQL text does not parse, or a store cannot evaluate it.

    Attributes:
        line: line of the mistake, from 1; None where the store does not tell.
        column: column of the mistake, from 1; None where the store does not tell.
        detail: what the store says.

    >>> str(BadQuery(1, 6, "expected SELECT"))
    'cannot run the SPARQL query (line 1, column 6): expected SELECT'
    """

    def __init__(self, line: int | None, column: int | None, detail: str) -> None:
        self.line = line
        self.column = column
        self.detail = detail
        place = _place(line, column)
        where = f" ({place})" if place else ""
        super().__init__(f"cannot run the SPARQL query{where}: {printable(detail, 200)}")


class BadTurtle(BadInput):
    """A Turtle file does not parse.

    Attributes:
        path: the file.
        line: line of the mistake, from 1, or None.
        column: column of the mistake, from 1, or None.
        detail: what the parser says.

    >>> str(BadTurtle("mine.ttl", 3, 7, "the prefix a: has not been declared"))
    'mine.ttl, line 3, column 7: not valid Turtle: the prefix a: has not been declared'
    """

    def __init__(self, path: str, line: int | None, column: int | None, detail: str) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.detail = detail
        place = _place(line, column)
        where = f"{printable(path, 200)}, {place}" if place else printable(path, 200)
        super().__init__(f"{where}: not valid Turtle: {printable(detail, 200)}")


class MissingFile(BadInput):
    """A file or folder is not there or cannot be read.

    Attributes:
        path: the file or folder.
        detail: what is wrong with it.

    >>> str(MissingFile("mine.ttl"))
    'mine.ttl: no such file or folder: check the path'
    """

    def __init__(self, path: str, detail: str = "no such file or folder: check the path") -> None:
        self.path = path
        self.detail = detail
        super().__init__(f"{printable(path, 200)}: {detail}")


class InvalidKnowledge(KgError):
    """The knowledge itself breaks a rule of the model.

    Attributes:
        subject: the file, query or IRI that breaks it.
        detail: which rule, and how to mend it.

    >>> str(InvalidKnowledge("mappings.tsv, line 4", "unknown prefix"))
    'mappings.tsv, line 4: unknown prefix'
    """

    def __init__(self, subject: str, detail: str) -> None:
        self.subject = subject
        self.detail = detail
        super().__init__(f"{printable(subject, 200)}: {printable(detail, 400)}")


class StoreUnusable(KgError):
    """A store cannot be opened, or what it holds cannot be used.

    Attributes:
        store: what was to be opened.
        detail: what is wrong and how to mend it.

    >>> str(StoreUnusable("data/", "not an Oxigraph store: choose an empty folder"))
    'data/: not an Oxigraph store: choose an empty folder'
    """

    def __init__(self, store: str, detail: str) -> None:
        self.store = store
        self.detail = detail
        super().__init__(f"{printable(store, 200)}: {printable(detail, 400)}")


class EndpointUnavailable(StoreUnusable):
    """A remote SPARQL endpoint does not answer, or not as an endpoint does.

    Attributes:
        url: address of the endpoint, without credentials.
        detail: what happened.

    >>> str(EndpointUnavailable("http://localhost:7878/query", "connection refused"))
    'http://localhost:7878/query: no answer (connection refused): check the address and the server'
    """

    def __init__(self, url: str, detail: str) -> None:
        self.url = url
        super().__init__(
            url, f"no answer ({printable(detail, 200)}): check the address and the server"
        )
        self.detail = detail
