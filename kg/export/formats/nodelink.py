"""JSON node-link, as `networkx.node_link_graph` and D3 read it; needs no networkx to be written."""

from __future__ import annotations

from typing import Final

from kg.export.drawing import Drawing
from kg.export.network import edge_data, node_data
from kg.export.registry import Format
from kg.export.text import as_json


def write(drawing: Drawing) -> str:
    """Write nodes and edges, sorted, with the attributes that `to_networkx` gives them."""
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"title": drawing.title, "version": drawing.version},
        "nodes": [{"id": node.id, **node_data(node)} for node in drawing.nodes],
        "edges": [
            {"source": edge.source, "target": edge.target, "key": edge.id, **edge_data(edge)}
            for edge in drawing.edges
        ],
    }
    return as_json(document)


FORMAT: Final = Format("JSON node-link, for networkx and D3", "application/json", ".json", write)
