"""N-Triples, one statement a line."""

from __future__ import annotations

from typing import Final

from kg.export.rdf import rdf_writer
from kg.export.registry import Format

FORMAT: Final = Format(
    "N-Triples, one statement a line",
    "application/n-triples",
    ".nt",
    rdf_writer("ntriples"),
    "statements",
)
