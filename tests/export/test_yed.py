"""GraphML for yEd: well-formed, complete, in the elements that yEd draws."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from kg.export.drawing import Drawing
from kg.export.formats.yed import write

G = "{http://graphml.graphdrawing.org/xmlns}"
Y = "{http://www.yworks.com/xml/graphml}"
# As yEd's own schema lists them (y:Shape, y:Arrows and y:LineStyle).
SHAPES = {
    "rectangle", "roundrectangle", "ellipse", "parallelogram", "hexagon", "octagon", "diamond",
    "triangle", "trapezoid", "trapezoid2", "rectangle3d", "fatarrow",
}  # fmt: skip
HEADS = {"none", "standard", "t_shape", "transparent_circle", "plain"}


def check(drawing: Drawing) -> None:
    root = ElementTree.fromstring(write(drawing))
    keys = {key.get("id"): key for key in root.iter(f"{G}key")}
    nodes = list(root.iter(f"{G}node"))
    edges = list(root.iter(f"{G}edge"))
    assert [node.get("id") for node in nodes] == [node.id for node in drawing.nodes]
    assert [edge.get("id") for edge in edges] == [edge.id for edge in drawing.edges]
    for data in root.iter(f"{G}data"):
        assert data.get("key") in keys
    for element in nodes:
        (look,) = element.iter(f"{Y}ShapeNode")
        names = [child.tag.removeprefix(Y) for child in look]
        assert names == ["Geometry", "Fill", "BorderStyle", "NodeLabel", "Shape"]
        assert look.find(f"{Y}Shape").get("type") in SHAPES
        assert all(float(look.find(f"{Y}Geometry").get(side)) >= 0 for side in ("x", "y"))
    for element, edge in zip(edges, drawing.edges, strict=True):
        assert (element.get("source"), element.get("target")) == (edge.source, edge.target)
        (line,) = element.iter(f"{Y}PolyLineEdge")
        assert [child.tag.removeprefix(Y) for child in line] == ["LineStyle", "Arrows", "EdgeLabel"]
        assert line.find(f"{Y}LineStyle").get("type") in {"line", "dashed"}
        assert line.find(f"{Y}Arrows").get("target") in HEADS
    looks = {"node-look": "nodegraphics", "edge-look": "edgegraphics"}
    for name, kind in looks.items():
        assert keys[name].get("yfiles.type") == kind


@pytest.mark.parametrize("name", ["whole", "around", "explanation", "path", "lonely", "hostile"])
def test_yed_finds_labels_shapes_and_arrows(drawings: dict[str, Drawing], name: str) -> None:
    check(drawings[name])


def test_no_node_hides_another(drawings: dict[str, Drawing]) -> None:
    for drawing in drawings.values():
        root = ElementTree.fromstring(write(drawing))
        places = [(box.get("x"), box.get("y")) for box in root.iter(f"{Y}Geometry")]
        assert len(places) == len(set(places)) == len(drawing.nodes)


def test_kinds_have_their_shapes_and_signs_their_arrows(drawings: dict[str, Drawing]) -> None:
    drawing = drawings["explanation"]
    root = ElementTree.fromstring(write(drawing))
    shapes = {n.get("id"): n.find(f".//{Y}Shape").get("type") for n in root.iter(f"{G}node")}
    assert shapes["ft:nostril-twitching"] != shapes["ft:caffeine"]
    heads = {e.get("id"): e.find(f".//{Y}Arrows").get("target") for e in root.iter(f"{G}edge")}
    signs = {edge.polarity: heads[edge.id] for edge in drawing.edges}
    assert signs[1] != signs[-1]


@given(st.data())
def test_any_text_is_well_formed(any_drawing: Any, data: DataObject) -> None:
    check(data.draw(any_drawing))
