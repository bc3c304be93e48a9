"""JSON-LD, RDF as JSON."""

from __future__ import annotations

from typing import Final

from kg.export.rdf import rdf_writer
from kg.export.registry import Format

FORMAT: Final = Format(
    "JSON-LD, RDF as JSON", "application/ld+json", ".jsonld", rdf_writer("jsonld"), "statements"
)
