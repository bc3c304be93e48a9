"""A drawing as two tables, for the formats that know texts, numbers and truth values only."""

from __future__ import annotations

from typing import Final, Literal

from kg.explain.model import EvidenceItem
from kg.export.drawing import Edge, Node

Cell = str | int | float | bool | None
Kind = Literal["string", "int", "double", "boolean"]

NODE_COLUMNS: Final[dict[str, Kind]] = {
    "label": "string",
    "lay_label": "string",
    "kind": "string",
    "kind_label": "string",
    "role": "string",
    "definition": "string",
    "iri": "string",
}
EDGE_COLUMNS: Final[dict[str, Kind]] = {
    "relation": "string",
    "phrase": "string",
    "text": "string",
    "polarity": "int",
    "hedge": "string",
    "frequency": "string",
    "extent": "string",
    "confidence": "double",
    "supported": "boolean",
    "contested": "boolean",
    "sources": "string",
    "evidence": "string",
}


def node_cells(node: Node) -> dict[str, Cell]:
    """The values of a node, by column; None where there is none."""
    return {name: getattr(node, name) for name in NODE_COLUMNS}


def edge_cells(edge: Edge) -> dict[str, Cell]:
    """The values of an edge, by column; ids of sources and places of evidence as one text."""
    cells: dict[str, Cell] = {name: getattr(edge, name) for name in EDGE_COLUMNS}
    cells["sources"] = " ".join(edge.sources)
    cells["evidence"] = "; ".join(map(placed, edge.evidence))
    return cells


def placed(item: EvidenceItem) -> str:
    """A piece of evidence in words.

    >>> placed(EvidenceItem("source:book", "page 3", "supports"))
    'supports: source:book, page 3'
    """
    place = f", {item.locator}" if item.locator else ""
    return f"{item.direction}: {item.source}{place}"
