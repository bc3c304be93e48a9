"""A drawing as a `networkx.MultiDiGraph`: concepts are nodes, claims are edges."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.export.columns import Cell, edge_cells, node_cells
from kg.export.drawing import Drawing, Edge, Node

if TYPE_CHECKING:
    import networkx


def to_networkx(drawing: Drawing) -> networkx.MultiDiGraph[str]:
    """Turn a drawing into a networkx graph; nodes and edges come sorted by id.

    Nodes are compact IRIs with `label`, `lay_label`, `kind` (id of the class), `kind_label`,
    `role`, `definition` and `iri`. Edges have the id of their claim as key, and `relation`,
    `phrase`, `text`, `sign` (+1, -1, 0; of causal relations), `hedge`, `frequency`, `extent`,
    `weight` (how sure it is, from 0 to 1), `supported`, `contested`, `supports` and `refutes` (how
    many places say so), `sources` and `evidence` (as text). All values are texts, numbers and
    truth values, and what has no value is left out, so that every writer of networkx takes them.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        title=drawing.title, version=drawing.version
    )
    for node in drawing.nodes:
        graph.add_node(node.id, **_told(node_cells(node)))
    for edge in drawing.edges:
        directions = [item.direction for item in edge.evidence]
        cells = edge_cells(edge)
        cells |= {"sign": cells.pop("polarity"), "weight": cells.pop("confidence")}
        cells |= {name: directions.count(name) for name in ("supports", "refutes")}
        graph.add_edge(edge.source, edge.target, key=edge.id, **_told(cells))
    return graph


def _told(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {name: value for name, value in cells.items() if value is not None}


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
