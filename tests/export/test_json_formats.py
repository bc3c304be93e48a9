"""Cytoscape.js and CX2: loaded by the libraries of those formats, with everything in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from networkx.readwrite import json_graph

from kg.export.columns import placed
from kg.export.drawing import Drawing
from kg.export.formats import cx2, cytoscape, nodelink

NAMES = ["whole", "around", "explanation", "path", "lonely", "hostile"]


def check_elements(found: dict[str, Any], drawing: Drawing) -> None:
    nodes = {data["id"]: data for data in found["nodes"]}
    edges = {data["claim"]: data for data in found["edges"]}
    assert len({data["id"] for scope in found.values() for data in scope}) == (
        len(drawing.nodes) + len(drawing.edges)
    )
    assert len(nodes) == len(found["nodes"]) == len(drawing.nodes)
    assert len(edges) == len(found["edges"]) == len(drawing.edges)
    for node in drawing.nodes:
        data = nodes[node.id]
        assert (data["label"], data["kind"], data["role"]) == (node.label, node.kind, node.role)
        assert (data["definition"], data["iri"]) == (node.definition, node.iri)
    for edge in drawing.edges:
        data = edges[edge.id]
        assert (data["source"], data["target"]) == (edge.source, edge.target)
        assert (data["polarity"], data["phrase"]) == (edge.polarity, edge.phrase)
        assert data["sources"] == list(edge.sources)
        assert data["evidence"] == [placed(item) for item in edge.evidence]


@pytest.mark.thorough(keep=2)
@pytest.mark.parametrize("name", NAMES)
def test_cytoscape_js_shows_every_element(
    drawings: dict[str, Drawing], name: str, run_node: Callable[[str, str], dict[str, Any]]
) -> None:
    check_elements(run_node("cytoscape", cytoscape.write(drawings[name])), drawings[name])


def check_cx2(drawing: Drawing, text: str) -> None:
    document = json.loads(text)
    aspects = {name: held for part in document[1:-1] for name, held in part.items()}
    counts = {item["name"]: item["elementCount"] for item in aspects.pop("metaData")}
    assert counts == {name: len(held) for name, held in aspects.items()}
    assert document[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert document[-1] == {"status": [{"success": True}]}
    declared = aspects["attributeDeclarations"][0]
    kinds = {"string": str, "integer": int, "double": float, "boolean": bool}
    for scope in ("nodes", "edges"):
        for item in aspects[scope]:
            for name, value in item["v"].items():
                kind = declared[scope][name]["d"]
                assert type(value) is kinds.get(kind, list), (name, value)


@pytest.mark.parametrize("name", NAMES)
def test_ndex2_loads_cx2(
    drawings: dict[str, Drawing], name: str, need_module: Callable[[str, str], ModuleType]
) -> None:
    drawing = drawings[name]
    text = cx2.write(drawing)
    check_cx2(drawing, text)
    network = need_module("ndex2.cx2", "ndex2").CX2Network()
    network.create_from_raw_cx2(json.loads(text))
    nodes, edges = network.get_nodes(), network.get_edges()
    ids = {number: node["v"]["represents"] for number, node in nodes.items()}
    assert sorted(ids.values()) == [node.id for node in drawing.nodes]
    labels = {node["v"]["represents"]: node["v"]["name"] for node in nodes.values()}
    assert labels == {node.id: node.label for node in drawing.nodes}
    assert sorted((e["v"]["name"], ids[e["s"]], ids[e["t"]]) for e in edges.values()) == [
        (edge.id, edge.source, edge.target) for edge in drawing.edges
    ]
    found = {edge["v"]["name"]: edge["v"] for edge in edges.values()}
    for edge in drawing.edges:
        held = found[edge.id]
        assert held.get("polarity") == edge.polarity
        assert held["confidence"] == edge.confidence
        assert held["supported"] is edge.supported
        assert held["sources"] == list(edge.sources)


def test_no_text_ends_a_script(hostile: Drawing) -> None:
    for form in (cytoscape, cx2, nodelink):
        assert "<" not in form.write(hostile)


@given(st.data())
def test_any_text_comes_back(any_drawing: Any, data: DataObject) -> None:
    drawing = data.draw(any_drawing)
    told = json.loads(cytoscape.write(drawing))["elements"]
    elements = {scope: [element["data"] for element in told[scope]] for scope in told}
    check_elements(elements, drawing)
    check_cx2(drawing, cx2.write(drawing))
    read = json_graph.node_link_graph(json.loads(nodelink.write(drawing)), edges="edges")
    assert isinstance(read, networkx.MultiDiGraph)
    assert [data["label"] for _, data in read.nodes(data=True)] == [n.label for n in drawing.nodes]
    assert {key for *_, key in read.edges(keys=True)} == {edge.id for edge in drawing.edges}
