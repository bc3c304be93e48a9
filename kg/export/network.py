"""A drawing as a `networkx.MultiDiGraph`: concepts are nodes, claims are edges."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.export.drawing import Drawing, Edge, Node

if TYPE_CHECKING:
    import networkx

__all__ = ["edge_data", "node_data", "to_networkx"]


def to_networkx(drawing: Drawing) -> networkx.MultiDiGraph[str]:
    """Turn a drawing into a networkx graph; nodes and edges come sorted by id.

    Nodes are compact IRIs with `label`, `lay_label`, `kind` (id of the class), `kind_label`,
    `role`, `definition` and `iri`. Edges have the id of their claim as key, and `relation`,
    `phrase`, `text`, `polarity` (None where the relation is not causal), `hedge`, `frequency`,
    `extent`, `confidence`, `supported`, `contested`, `sources` (ids) and `evidence`. A claim about
    a claim is an edge from or to a node of kind ``ft:Claim``.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        title=drawing.title, version=drawing.version
    )
    for node in drawing.nodes:
        graph.add_node(node.id, **node_data(node))
    for edge in drawing.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, **edge_data(edge))
    return graph


def node_data(node: Node) -> dict[str, Any]:
    """What a node tells besides its id, ready for JSON."""
    data = asdict(node)
    del data["id"]
    return data


def edge_data(edge: Edge) -> dict[str, Any]:
    """What an edge tells besides its id and its ends, ready for JSON."""
    data = asdict(edge)
    for name in ("id", "source", "target"):
        del data[name]
    data["sources"] = list(edge.sources)
    data["evidence"] = list(data["evidence"])
    return data
