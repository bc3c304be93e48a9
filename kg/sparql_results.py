"""The answer to a query as the W3C writes it: SPARQL results in JSON, XML, CSV and TSV."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from kg.terms import IRI, XSD_STRING, Literal, Term

ResultsSyntax = typing.Literal["json", "xml", "csv", "tsv"]

_SYNTAXES: Final[dict[ResultsSyntax, ox.QueryResultsFormat]] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


def results_text(
    columns: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    truth: bool | None,
    syntax: ResultsSyntax,
) -> str:
    r"""Write rows of terms, or the truth value of an ASK query.

    >>> results_text(["s"], [[IRI("http://example.org/a")], [None]], None, "csv")
    's\r\nhttp://example.org/a\r\n\r\n'
    """
    told: dict[str, object] = {"head": {"vars": list(columns)}}
    if truth is None:
        told["results"] = {"bindings": [_binding(columns, row) for row in rows]}
    else:
        told = {"head": {}, "boolean": truth}
    text = json.dumps(told, ensure_ascii=False)
    if syntax == "json":
        return text + "\n"
    # The library reads its own JSON, and writes the other three.
    answer = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    written = (answer.serialize(format=_SYNTAXES[syntax]) or b"").decode("utf-8")
    return written if written.endswith("\n") else written + "\n"


def _binding(columns: Sequence[str], row: Sequence[Term | None]) -> dict[str, object]:
    return {name: _told(term) for name, term in zip(columns, row, strict=True) if term is not None}


def _told(term: Term) -> dict[str, str]:
    if isinstance(term, IRI):
        return {"type": "uri", "value": term}
    told = {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        told["type"] = "literal"
        if term.lang is not None:
            told["xml:lang"] = term.lang
        elif term.datatype != XSD_STRING:
            told["datatype"] = term.datatype
    return told
