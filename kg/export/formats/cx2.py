"""CX2, the exchange format of Cytoscape and of the network repository NDEx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.export.columns import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Cell,
    Kind,
    edge_cells,
    node_cells,
    placed,
)
from kg.export.drawing import Drawing, Edge, Node
from kg.export.registry import Format
from kg.export.text import as_json

_TYPES: Final[dict[Kind, str]] = {
    "string": "string",
    "int": "integer",
    "double": "double",
    "boolean": "boolean",
}
# The head of an arrow tells what the edge does: raise, lower, or something the sources leave open.
_HEADS: Final = ((1, "triangle"), (-1, "tee"), (0, "circle"))
_STYLE: Final = {
    "default": {"network": {}, "node": {}, "edge": {"EDGE_TARGET_ARROW_SHAPE": "open"}},
    "nodeMapping": {
        "NODE_LABEL": {
            "type": "PASSTHROUGH",
            "definition": {"attribute": "name", "type": "string"},
        }
    },
    "edgeMapping": {
        "EDGE_LABEL": {
            "type": "PASSTHROUGH",
            "definition": {"attribute": "interaction", "type": "string"},
        },
        "EDGE_TARGET_ARROW_SHAPE": {
            "type": "DISCRETE",
            "definition": {
                "attribute": "polarity",
                "type": "integer",
                "map": [{"v": value, "vp": shape} for value, shape in _HEADS],
            },
        },
    },
}


def write(drawing: Drawing) -> str:
    """Write the aspects; nodes and edges are numbered in the order of their ids.

    As Cytoscape has it, `name` is the label, `represents` the id, and `interaction` the phrase.
    """
    numbers = {node.id: number for number, node in enumerate(drawing.nodes)}
    nodes = [{"id": numbers[node.id], "v": _node(node)} for node in drawing.nodes]
    edges = [
        {"id": number, "s": numbers[edge.source], "t": numbers[edge.target], "v": _edge(edge)}
        for number, edge in enumerate(drawing.edges)
    ]
    aspects: dict[str, list[Any]] = {
        "attributeDeclarations": [_declared()],
        "networkAttributes": [{"name": drawing.title, "version": drawing.version}],
        "nodes": nodes,
        "edges": edges,
        "visualProperties": [_STYLE],
    }
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": n, "elementCount": len(found)} for n, found in aspects.items()]},
        *({name: found} for name, found in aspects.items()),
        {"status": [{"success": True}]},
    ]
    return as_json(document)


def _declared() -> dict[str, Any]:
    nodes = {name: {"d": _TYPES[kind]} for name, kind in NODE_COLUMNS.items() if name != "label"}
    edges = {name: {"d": _TYPES[kind]} for name, kind in EDGE_COLUMNS.items() if name != "phrase"}
    lists = {name: {"d": "list_of_string"} for name in ("sources", "evidence")}
    text = {"d": "string"}
    return {
        "networkAttributes": {"name": text, "version": text},
        "nodes": {"name": text, "represents": text, **nodes},
        "edges": {"name": text, "interaction": text, **edges, **lists},
    }


def _node(node: Node) -> dict[str, Any]:
    cells = _known(node_cells(node))
    return {"name": cells.pop("label"), "represents": node.id, **cells}


def _edge(edge: Edge) -> dict[str, Any]:
    cells = _known(edge_cells(edge))
    lists = {"sources": list(edge.sources), "evidence": [placed(item) for item in edge.evidence]}
    return {"name": edge.id, "interaction": cells.pop("phrase"), **cells, **lists}


def _known(cells: Mapping[str, Cell]) -> dict[str, Any]:
    return {name: value for name, value in cells.items() if value is not None}


FORMAT: Final = Format("CX2, for Cytoscape and NDEx", "application/json", ".cx2", write)
