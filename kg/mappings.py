"""SSSOM tables to triples: which concept of ours is which term of other vocabularies."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Final

from kg.errors import BadInput, InvalidKnowledge, printable
from kg.prefixes import Prefixes
from kg.terms import RDFS_LABEL, Literal, Triple

_COLUMNS: Final = ("subject_id", "predicate_id", "object_id")
_PREDICATES: Final = frozenset(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)
_NO_MATCH: Final = "sssom:NoTermFound"


def read_sssom(text: str, name: str, prefixes: Prefixes) -> Iterator[Triple]:
    r"""Yield the triples of an SSSOM table: one a mapping, and the label of each foreign term.

    A row that says that two terms do *not* match, or that nothing was found, yields nothing.

    Args:
        text: the table, tab-separated, with its metadata in lines that start with `#`.
        name: what to call the table in an error.
        prefixes: expand the compact IRIs of the table.

    Raises:
        InvalidKnowledge: a column is missing, an IRI cannot be expanded, or the relation is none
            of SKOS's mapping relations; names the line.

    >>> table = "subject_id\tpredicate_id\tobject_id\nex:a\tskos:exactMatch\tex:b\n"
    >>> some = Prefixes({"ex": "https://example.org/", "skos": "https://example.org/skos#"})
    >>> next(read_sssom(table, "table", some)).object
    IRI('https://example.org/b')
    """
    lines = text.replace("\r\n", "\n").split("\n")
    skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.DictReader(lines[skipped:], delimiter="\t")
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InvalidKnowledge(name, f"the column {missing[0]} is missing: add it to the header")
    for row in reader:
        try:
            yield from _triples(row, prefixes)
        except BadInput as error:
            place = f"{name}, line {skipped + reader.line_num}"
            raise InvalidKnowledge(place, str(error)) from None


def _triples(row: Mapping[str, str | None], prefixes: Prefixes) -> Iterator[Triple]:
    subject, predicate, target = ((row[column] or "").strip() for column in _COLUMNS)
    if target == _NO_MATCH or (row.get("predicate_modifier") or "").strip().lower() == "not":
        return
    if predicate not in _PREDICATES:
        known = ", ".join(sorted(_PREDICATES))
        raise BadInput(f'"{printable(predicate)}" is not a mapping relation: use one of {known}')
    iri = prefixes.expand(target)
    yield Triple(prefixes.expand(subject), prefixes.expand(predicate), iri)
    label = (row.get("object_label") or "").strip()
    if label:
        yield Triple(iri, RDFS_LABEL, Literal(label))
