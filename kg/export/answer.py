"""An explanation as a file: its drawing, or its statements in RDF."""

from __future__ import annotations

from typing import Any

from kg.convert import triple_from_rdflib
from kg.errors import BadInput
from kg.explain.model import Explanation
from kg.explain.paths import Paths
from kg.export.drawn import draw_chains, draw_explanation
from kg.export.registry import get_format
from kg.terms import Triple


def export_answer(explanation: Explanation, name: str, **options: Any) -> str | bytes:
    """Write an explanation in a file format; see `Explanation.export`."""
    written = get_format(name)
    if written.takes == "statements":
        return written.written(answer_statements(explanation), **options)
    return written.written(draw_explanation(explanation, explanation.view), **options)


def export_chains(chains: Paths, name: str) -> str | bytes:
    """Write chains in a file format; see `Paths.export`."""
    written = get_format(name)
    if written.takes == "statements":
        raise BadInput(f"{name} writes statements of a graph: use Graph.export with a path")
    return written.write(draw_chains(chains, chains.view))


def answer_statements(explanation: Explanation) -> tuple[Triple, ...]:
    """The statements of `Explanation.to_rdf`."""
    return tuple(map(triple_from_rdflib, explanation.to_rdf()))
