"""GEXF 1.3, the format of Gephi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Cell, Kind, edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.registry import Format
from kg.export.xml import XmlWriter, plain_value

_TYPES: Final[dict[Kind, str]] = {
    "string": "string",
    "int": "integer",
    "double": "double",
    "boolean": "boolean",
}
# GEXF has an attribute of its own for these.
_NATIVE: Final = frozenset({"label"})


def write(drawing: Drawing) -> str:
    """Write nodes and edges; the relation is the kind of an edge, its confidence the weight.

    Gephi joins edges between the same nodes unless they differ in kind.
    """
    xml = XmlWriter()
    with xml.element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"}):
        with xml.element("meta"):
            xml.leaf("description", text=f"{drawing.title} ({drawing.version})")
        with xml.element("graph", {"defaultedgetype": "directed", "mode": "static"}):
            _declare(xml, "node", NODE_COLUMNS)
            _declare(xml, "edge", EDGE_COLUMNS)
            with xml.element("nodes"):
                for node in drawing.nodes:
                    with xml.element("node", {"id": node.id, "label": node.label}):
                        _values(xml, node_cells(node))
            with xml.element("edges"):
                for edge in drawing.edges:
                    told: dict[str, str | float] = {
                        "id": edge.id,
                        "source": edge.source,
                        "target": edge.target,
                        "label": edge.phrase,
                        "kind": edge.relation,
                        "weight": edge.confidence,
                    }
                    with xml.element("edge", told):
                        _values(xml, edge_cells(edge))
    return xml.document()


def _declare(xml: XmlWriter, scope: str, columns: Mapping[str, Kind]) -> None:
    with xml.element("attributes", {"class": scope}):
        for name, kind in columns.items():
            if name not in _NATIVE:
                xml.leaf("attribute", {"id": name, "title": name, "type": _TYPES[kind]})


def _values(xml: XmlWriter, cells: Mapping[str, Cell]) -> None:
    with xml.element("attvalues"):
        for name, value in cells.items():
            if value is not None and name not in _NATIVE:
                xml.leaf("attvalue", {"for": name, "value": plain_value(value)})


FORMAT: Final = Format("GEXF 1.3, for Gephi", "application/gexf+xml", ".gexf", write)
