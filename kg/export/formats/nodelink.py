"""JSON node-link, as `networkx.node_link_graph` and D3 read it; needs no networkx to be written."""

from __future__ import annotations

import json
from typing import Final

from kg.export.drawing import Drawing
from kg.export.network import edge_data, node_data
from kg.export.registry import Format


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
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


FORMAT: Final = Format("JSON node-link, for networkx and D3", "application/json", ".json", write)
