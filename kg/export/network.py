"""The graph as a `networkx.MultiDiGraph`: concepts are nodes, claims are edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.export.selection import Selection
from kg.view import Claim, View

if TYPE_CHECKING:
    import networkx

__all__ = ["edge_data", "node_data", "to_networkx"]


def to_networkx(selection: Selection) -> networkx.MultiDiGraph[str]:
    """Turn a selection into a networkx graph; nodes and edges come sorted by id.

    Nodes are compact IRIs with `label`, `kind` (id of the class), `kind_label`, `definition`.
    Edges have the id of their claim as key, and `relation`, `phrase`, `polarity` (None where the
    relation is not causal), `hedge`, `frequency`, `confidence`, `supported`, `sources` (ids) and
    `evidence` (texts). A claim about a claim is an edge between nodes of kind ``ft:Claim``.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(version=selection.view.version)
    view = selection.view
    edges = [claim for claim in selection.claims if not claim.literal_object]
    ends = {end for claim in edges for end in (claim.subject, claim.object)}
    nodes = {concept.id for concept in selection.concepts} | ends
    for node in sorted(nodes):
        graph.add_node(node, **node_data(view, node))
    for claim in edges:
        graph.add_edge(claim.subject, claim.object, key=claim.id, **edge_data(view, claim))
    return graph


def node_data(view: View, node: str) -> dict[str, Any]:
    """What is known of a node: of a concept, of a step of a scale, or of a claim."""
    concept = view.concepts.get(node)
    if concept is not None:
        kind, definition = concept.kind, concept.definition
    elif node in view.scales:
        kind, definition = view.scales[node].kind, view.scales[node].definition
    else:
        kind, definition = "ft:Claim", ""
    return {
        "label": view.label(node),
        "kind": kind,
        "kind_label": (view.class_labels or {}).get(kind, kind),
        "definition": definition,
    }


def edge_data(view: View, claim: Claim) -> dict[str, Any]:
    """What a claim says besides its two ends."""
    relation = view.relations.get(claim.predicate)
    return {
        "relation": claim.predicate,
        "phrase": relation.phrase if relation is not None else claim.predicate,
        "polarity": relation.polarity if relation is not None and relation.causal else None,
        "hedge": claim.hedge,
        "frequency": claim.frequency,
        "confidence": round(claim.confidence, 6),
        "supported": claim.supported,
        "sources": sorted({item.source for item in claim.evidence}),
        "evidence": [
            {"source": item.source, "locator": item.locator, "direction": item.direction}
            for item in claim.evidence
        ],
    }
