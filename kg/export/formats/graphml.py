"""GraphML, the XML of graphs: igraph, networkx, Gephi, Cytoscape and many others read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Cell, Kind, edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.registry import Format
from kg.export.xml import XmlWriter, plain_value

_NAMESPACE: Final = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
}
# The id again: igraph 1.0 takes the ids of nodes for those of edges.
_EDGE_COLUMNS: Final[dict[str, Kind]] = {"claim": "string", **EDGE_COLUMNS}


def write(drawing: Drawing) -> str:
    """Write nodes and edges with typed attributes; a missing value has no element."""
    xml = XmlWriter()
    with xml.element("graphml", _NAMESPACE):
        for scope, columns in (("node", NODE_COLUMNS), ("edge", _EDGE_COLUMNS)):
            for name, kind in columns.items():
                key = {"id": f"{scope}-{name}", "for": scope, "attr.name": name, "attr.type": kind}
                xml.leaf("key", key)
        for name in ("title", "version"):
            key = {"id": f"graph-{name}", "for": "graph", "attr.name": name, "attr.type": "string"}
            xml.leaf("key", key)
        with xml.element("graph", {"id": "graph", "edgedefault": "directed"}):
            _data(xml, "graph", {"title": drawing.title, "version": drawing.version})
            for node in drawing.nodes:
                with xml.element("node", {"id": node.id}):
                    _data(xml, "node", node_cells(node))
            for edge in drawing.edges:
                ends = {"id": edge.id, "source": edge.source, "target": edge.target}
                with xml.element("edge", ends):
                    _data(xml, "edge", {"claim": edge.id, **edge_cells(edge)})
    return xml.document()


def _data(xml: XmlWriter, scope: str, cells: Mapping[str, Cell]) -> None:
    for name, value in cells.items():
        if value is not None:
            xml.leaf("data", {"key": f"{scope}-{name}"}, plain_value(value))


FORMAT: Final = Format(
    "GraphML, for igraph, networkx and Gephi", "application/graphml+xml", ".graphml", write
)
