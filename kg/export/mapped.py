"""An export under the ids of other vocabularies, where a term is exactly what a concept is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.export.drawing import Drawing
from kg.prefixes import default_prefixes
from kg.terms import IRI, Triple
from kg.view import View


def mapped_ids(view: View) -> dict[str, str]:
    """The term that each concept exactly is: of the vocabulary for its kind, else the first.

    No term stands for two concepts: what several claim stays with the first of them.
    """
    exact = (
        (not match.preferred, term, match.concept)
        for term, matches in view.terms.items()
        for match in matches
        if match.kind == "exact"
    )
    found: dict[str, str] = {}
    for _, term, concept in sorted(exact):
        if concept not in found and term not in found.values():
            found[concept] = term
    return found


def mapped_drawing(drawing: Drawing, view: View) -> Drawing:
    """The drawing with the ids and the IRIs of terms; sorted anew."""
    ids, expand = mapped_ids(view), default_prefixes().expand
    nodes = (
        replace(node, id=ids[node.id], iri=str(expand(ids[node.id]))) if node.id in ids else node
        for node in drawing.nodes
    )
    edges = (
        replace(
            edge, source=ids.get(edge.source, edge.source), target=ids.get(edge.target, edge.target)
        )
        for edge in drawing.edges
    )
    return replace(
        drawing,
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        edges=tuple(edges),
        centre=ids.get(drawing.centre or "", drawing.centre),
    )


def mapped_statements(triples: Iterable[Triple], view: View) -> tuple[Triple, ...]:
    """The statements about terms instead of concepts, with the way back as an exact match."""
    expand = default_prefixes().expand
    iris = {expand(concept): expand(term) for concept, term in mapped_ids(view).items()}
    return tuple(dict.fromkeys(_mapped(triple, iris) for triple in triples))


def _mapped(triple: Triple, iris: Mapping[IRI, IRI]) -> Triple:
    subject, predicate, value = triple
    if isinstance(subject, IRI) and iris.get(subject) == value:
        return Triple(iris[subject], predicate, subject)
    if isinstance(value, IRI):
        value = iris.get(value, value)
    return Triple(
        iris.get(subject, subject) if isinstance(subject, IRI) else subject, predicate, value
    )
