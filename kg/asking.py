"""From what a caller calls a query to the SPARQL text that a store runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.catalogue import Catalogue, Query, Resolver, Value, parse_query
from kg.errors import BadInput, BadQuery, KgError, MissingFile, UnknownQuery, printable
from kg.prefixes import default_prefixes
from kg.query_result import QueryResult
from kg.slots import find_slots
from kg.sparql import declared_prefixes, elsewhere, query_kind, tokens
from kg.store.protocol import Rows, Store
from kg.terms import IRI

_SUFFIXES = (".rq", ".sparql")
_MARK = "\ufeff"  # the byte order mark, which some editors put first


def find_query(given: str | os.PathLike[str], catalogue: Catalogue) -> Query | str:
    """Return the named query, the query of a file, or the SPARQL text that a caller means.

    A name of the catalogue comes first, then a file, then the text itself. A file or a text
    whose first line is ``# title: …`` is read like the files of the catalogue, with parameters.

    Raises:
        UnknownQuery: it is one word, and neither a query nor a file.
        MissingFile: the file is not there, or is not text.
        InvalidKnowledge: its header is malformed.
    """
    if isinstance(given, os.PathLike):
        return _described(Path(given).name, _read(Path(given)))
    if not isinstance(given, str):
        raise BadInput(f"a query is needed, not {type(given).__name__}: give a name or a text")
    given = given.removeprefix(_MARK)
    # SPARQL has braces, but for DESCRIBE; a name and a path of a query file have neither.
    path = "{" not in given and given.endswith(_SUFFIXES)
    if not path and ("{" in given or len(given.split()) > 1):
        return _described("the text", given)
    try:
        return catalogue.get(given)
    except UnknownQuery:
        if given.endswith(_SUFFIXES) or (given and Path(given).is_file()):
            return _described(Path(given).name, _read(Path(given)))
        raise


def _described(name: str, text: str) -> Query | str:
    return parse_query(name, text) if text.lstrip().startswith("# title:") else text


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MissingFile(str(path)) from None
    except UnicodeDecodeError:
        raise MissingFile(str(path), "is not UTF-8 text: give a SPARQL file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name holds a NUL"
        raise MissingFile(str(path), f"cannot be read ({reason}): check the file") from None


def ask_store(
    store: Store,
    query: Query | str,
    values: Mapping[str, Value | Sequence[Value]],
    resolver: Resolver,
) -> QueryResult:
    """Run a query and return its answer; rows without an order of their own come sorted.

    Raises:
        BadParameter: a parameter does not fit.
        BadQuery: the text does not parse, with line and column; or it asks another service or for
            another graph, which is never done.
    """
    if isinstance(query, Query):
        text = query.bind(values, resolver)
        return replace(_run(store, text), title=query.title, about=tuple(_about(text)))
    if values:
        name = printable(next(iter(values)))
        raise BadInput(
            f'the parameter "{name}" has no place: begin the query with a line "# title: …" '
            'and declare it in a line "# param: …"'
        )
    text, added = with_prefixes(query)
    with _own_lines(added):
        return _run(store, text)


def _about(text: str) -> Iterator[str]:
    """The IRIs that fill the slots of a query, in their compact form, each once."""
    filled = dict.fromkeys(
        part for _, start, end in find_slots(text) for part in text[start:end].split()
    )
    prefixes = default_prefixes()
    for part in filled:
        if part.startswith("<"):
            yield prefixes.compact(part.strip("<>"))
        elif part[:1].isalpha() and ":" in part:
            yield part


def _run(store: Store, text: str) -> QueryResult:
    for keyword, _ in elsewhere(text):
        if keyword == "SERVICE":
            raise BadQuery(None, None, "SERVICE is not followed: ask the other endpoint itself")
        raise BadQuery(None, None, "FROM loads nothing: leave it out, all there is gets asked")
    kind = query_kind(text)
    if kind == "ask":
        return QueryResult.from_truth(store.ask(text))
    if kind == "select":
        rows = store.select(text)
        return QueryResult.from_rows(rows if _ordered(text) else _in_order(rows))
    return QueryResult.from_triples(store.construct(text))


def _ordered(text: str) -> bool:
    return any(token.kind == "word" and token.text.upper() == "ORDER" for token in tokens(text))


def _in_order(rows: Rows) -> Rows:
    from kg.terms import sort_key

    return Rows(rows.columns, tuple(sorted(rows.rows, key=lambda row: tuple(map(sort_key, row)))))


def iri_finder(store: Store, catalogue: Catalogue, resolve: Callable[[str], str]) -> Resolver:
    """Return what finds the IRI of a concept that a parameter of a query names.

    Args:
        store: knows which IRIs there are.
        catalogue: the named queries.
        resolve: finds the compact IRI for a name; called only for what is not the IRI of
            something, since it needs the compiled graph.
    """
    known = catalogue.get("engine/known")
    prefixes = default_prefixes()

    def find(name: str) -> IRI:
        try:
            iri = prefixes.expand(name)
        except KgError:
            return prefixes.expand(resolve(name))
        if store.ask(known.bind({"thing": iri})):
            return iri
        return prefixes.expand(resolve(name))

    return find


def with_prefixes(text: str) -> tuple[str, int]:
    r"""Declare the project's prefixes that a SPARQL text uses and does not declare.

    Returns:
        The text, and the number of lines that were put before it.

    >>> with_prefixes("ASK { ?s a owl:Class }")
    ('PREFIX owl: <http://www.w3.org/2002/07/owl#>\nASK { ?s a owl:Class }', 1)
    """
    words = [token.text for token in tokens(text) if token.kind == "word"]
    declared = declared_prefixes(text)
    used = {word.partition(":")[0] for word in words if ":" in word} - declared.keys()
    known = default_prefixes()
    lines = [f"PREFIX {name}: {IRI(known[name]).n3()}" for name in sorted(used & known.keys())]
    return "\n".join([*lines, text]), len(lines)


@contextmanager
def _own_lines(added: int) -> Iterator[None]:
    """Tell the place of a mistake in the lines that the caller wrote."""
    try:
        yield
    except BadQuery as error:
        if error.line is None or not added:
            raise
        raise BadQuery(max(1, error.line - added), error.column, error.detail) from None
