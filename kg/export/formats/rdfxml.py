"""RDF/XML, for older RDF tools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.export.registry import Format
from kg.export.text import legal
from kg.serialise import serialise
from kg.terms import Literal, Triple


def write(triples: Iterable[Triple]) -> str:
    """Write the statements; a character that XML forbids becomes the replacement character."""
    return serialise(map(_legal, triples), "rdfxml")


def _legal(triple: Triple) -> Triple:
    told = triple.object
    if not isinstance(told, Literal) or legal(told.value) == told.value:
        return triple
    return triple._replace(object=replace(told, value=legal(told.value)))


FORMAT: Final = Format(
    "RDF/XML, for older RDF tools", "application/rdf+xml", ".rdf", write, "statements"
)
