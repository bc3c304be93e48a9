"""GraphML for yEd: labels, shapes, colours and arrows in the dialect of that editor."""

from __future__ import annotations

from typing import Final

from kg.export.columns import placed
from kg.export.drawing import Drawing, Edge, Node
from kg.export.registry import Format
from kg.export.shapes import foreign_shape, look_of
from kg.export.text import shortened, wrapped
from kg.export.xml import XmlWriter

_NAMESPACES: Final = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
    "xmlns:yed": "http://www.yworks.com/xml/yed/3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd",
}
_KEYS: Final = (
    {"id": "node-look", "for": "node", "yfiles.type": "nodegraphics"},
    {"id": "node-url", "for": "node", "attr.name": "url", "attr.type": "string"},
    {"id": "node-description", "for": "node", "attr.name": "description", "attr.type": "string"},
    {"id": "node-kind", "for": "node", "attr.name": "kind", "attr.type": "string"},
    {"id": "edge-look", "for": "edge", "yfiles.type": "edgegraphics"},
    {"id": "edge-description", "for": "edge", "attr.name": "description", "attr.type": "string"},
    {"id": "edge-relation", "for": "edge", "attr.name": "relation", "attr.type": "string"},
)
_HEADS: Final = {1: "standard", -1: "t_shape", 0: "transparent_circle", None: "plain"}
_LINE, _CHARACTER, _MARGIN = 16, 7, 24
_COLUMN, _ROW = 300, 90
# In an explanation causes stand at the left, findings at the right; yEd lays out anew on demand.
_ORDER: Final = ("remedy", "cause", "condition", "step", "finding")


def write(drawing: Drawing) -> str:
    """Write nodes in columns, with labels, and edges with the phrase of their relation."""
    xml = XmlWriter()
    places = _places(drawing)
    with xml.element("graphml", _NAMESPACES):
        for key in _KEYS:
            xml.leaf("key", key)
        with xml.element("graph", {"id": "graph", "edgedefault": "directed"}):
            for node in drawing.nodes:
                _node(xml, node, *places[node.id])
            for edge in drawing.edges:
                _edge(xml, edge)
    return xml.document()


def _places(drawing: Drawing) -> dict[str, tuple[int, int]]:
    roles = sorted({_ORDER.index(n.role) for n in drawing.nodes if n.role in _ORDER})
    if roles:
        columns: dict[int, int] = {}
        places = {}
        for node in drawing.nodes:
            column = roles.index(_ORDER.index(node.role)) if node.role in _ORDER else len(roles)
            row = columns[column] = columns.get(column, -1) + 1
            places[node.id] = (column * _COLUMN, row * _ROW)
        return places
    ordered = sorted(drawing.nodes, key=lambda node: (node.kind, node.id))
    width = max(1, round(len(ordered) ** 0.5))
    return {n.id: (i % width * _COLUMN, i // width * _ROW) for i, n in enumerate(ordered)}


def _node(xml: XmlWriter, node: Node, x: int, y: int) -> None:
    look, lines = look_of(node.kind), wrapped(node.label)
    width = max(map(len, lines)) * _CHARACTER + _MARGIN
    size = {"height": len(lines) * _LINE + _MARGIN, "width": width, "x": x, "y": y}
    with xml.element("node", {"id": node.id}):
        xml.leaf("data", {"key": "node-url"}, node.iri)
        xml.leaf("data", {"key": "node-description"}, node.definition)
        xml.leaf("data", {"key": "node-kind"}, node.kind_label)
        with xml.element("data", {"key": "node-look"}), xml.element("y:ShapeNode"):
            xml.leaf("y:Geometry", size)
            xml.leaf("y:Fill", {"color": look.fill, "transparent": "false"})
            xml.leaf("y:BorderStyle", {"color": look.outline, "type": "line", "width": "1.0"})
            xml.leaf("y:NodeLabel", {"fontSize": "12"}, "\n".join(lines))
            xml.leaf("y:Shape", {"type": foreign_shape(look).yed})


def _edge(xml: XmlWriter, edge: Edge) -> None:
    line = "line" if edge.hedge == "asserted" else "dashed"
    evidence = "; ".join(map(placed, edge.evidence))
    with xml.element("edge", {"id": edge.id, "source": edge.source, "target": edge.target}):
        xml.leaf("data", {"key": "edge-description"}, f"{edge.text} ({evidence})")
        xml.leaf("data", {"key": "edge-relation"}, edge.relation)
        with xml.element("data", {"key": "edge-look"}), xml.element("y:PolyLineEdge"):
            xml.leaf("y:LineStyle", {"color": "#444b54", "type": line, "width": "1.0"})
            xml.leaf("y:Arrows", {"source": "none", "target": _HEADS.get(edge.polarity, "plain")})
            xml.leaf("y:EdgeLabel", {"fontSize": "10"}, shortened(edge.phrase))


FORMAT: Final = Format("GraphML for yEd", "application/graphml+xml", ".graphml", write)
