"""JSON node-link, as `networkx.node_link_graph` and D3 read it; needs no networkx to be written."""

from __future__ import annotations

import json
from typing import Final

from kg.export.network import edge_data, node_data
from kg.export.registry import Format
from kg.export.selection import Selection


def write(selection: Selection) -> str:
    """Write nodes and edges, sorted, with the attributes that `to_networkx` gives them."""
    view = selection.view
    edges = [claim for claim in selection.claims if not claim.literal_object]
    ends = {end for claim in edges for end in (claim.subject, claim.object)}
    nodes = sorted({concept.id for concept in selection.concepts} | ends)
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"version": view.version},
        "nodes": [{"id": node, **node_data(view, node)} for node in nodes],
        "edges": [
            {"source": c.subject, "target": c.object, "key": c.id, **edge_data(view, c)}
            for c in edges
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


FORMAT: Final = Format("JSON node-link, for networkx and D3", "application/json", ".json", write)
