"""Cytoscape.js JSON, as the library `cytoscape` and the program Cytoscape read it."""

from __future__ import annotations

from typing import Any, Final

from kg.export.columns import placed
from kg.export.drawing import Drawing, Edge
from kg.export.network import edge_data, node_data
from kg.export.registry import Format
from kg.export.text import as_json


def write(drawing: Drawing) -> str:
    """Write the elements; `cytoscape(JSON.parse(text))` shows them."""
    document = {
        "format_version": "1.0",
        "data": {"name": drawing.title, "version": drawing.version},
        "elements": {
            "nodes": [
                {"data": {"id": n.id, "name": n.label, **node_data(n)}} for n in drawing.nodes
            ],
            "edges": [{"data": _edge(edge)} for edge in drawing.edges],
        },
    }
    return as_json(document)


def _edge(edge: Edge) -> dict[str, Any]:
    # The program knows lists of texts, but no lists of objects.
    told = {**edge_data(edge), "evidence": [placed(item) for item in edge.evidence]}
    # A claim that another one speaks of is a node as well, and no two elements may share an id.
    ends = {"id": f"edge:{edge.id}", "source": edge.source, "target": edge.target}
    return {**ends, "claim": edge.id, "name": edge.text, "interaction": edge.phrase, **told}


FORMAT: Final = Format("Cytoscape.js JSON, for the web", "application/json", ".cyjs", write)
