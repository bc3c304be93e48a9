"""Turtle, for people and RDF tools."""

from __future__ import annotations

from typing import Final

from kg.export.rdf import rdf_writer
from kg.export.registry import Format

FORMAT: Final = Format(
    "Turtle, for people and RDF tools", "text/turtle", ".ttl", rdf_writer("turtle"), "statements"
)
