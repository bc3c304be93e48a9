"""GEXF: valid against the schema of the Gephi project, and complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from kg.export.columns import edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.formats.gexf import write
from kg.export.text import legal
from kg.export.xml import plain_value

G = "{http://gexf.net/1.3}"
# Not ours to pass on; it stands beside the clone where somebody has put it.
SCHEMA = Path(__file__).parents[3] / "shared" / "standards" / "gexf-1.3" / "gexf.xsd"
NAMES = ["whole", "around", "explanation", "path", "lonely", "hostile"]


def check(drawing: Drawing) -> None:
    """What the schema asks for, and that nothing is lost."""
    root = ElementTree.fromstring(write(drawing))
    assert root.tag == f"{G}gexf"
    assert root.get("version") == "1.3"
    assert [child.tag for child in root] == [f"{G}meta", f"{G}graph"]
    graph = root[1]
    assert graph.keys() == ["defaultedgetype", "mode"]
    assert [c.tag.removeprefix(G) for c in graph] == ["attributes", "attributes", "nodes", "edges"]
    types = {
        scope.get("class"): {a.get("id"): a.get("type") for a in scope}
        for scope in graph.findall(f"{G}attributes")
    }
    for element, node in zip(graph.find(f"{G}nodes"), drawing.nodes, strict=True):
        assert element.get("id") == node.id
        assert element.get("label") == legal(node.label)
        assert values(element, types["node"]) == told(node_cells(node))
    edges = graph.find(f"{G}edges")
    for element, edge in zip(edges, drawing.edges, strict=True):
        assert (element.get("source"), element.get("target")) == (edge.source, edge.target)
        assert (element.get("id"), element.get("kind")) == (edge.id, edge.relation)
        assert values(element, types["edge"]) == told(edge_cells(edge))
    assert len({element.get("id") for element in edges}) == len(drawing.edges)


def values(element: ElementTree.Element, types: dict[str, str]) -> dict[str, str]:
    (held,) = element.findall(f"{G}attvalues")
    found = {item.get("for"): item.get("value") for item in held}
    assert found.keys() <= types.keys()
    return found


def told(cells: dict[str, Any]) -> dict[str, str]:
    return {
        name: legal(plain_value(value))
        for name, value in cells.items()
        if value is not None and name != "label"
    }


@pytest.mark.parametrize("name", NAMES)
def test_gexf_is_complete(drawings: dict[str, Drawing], name: str) -> None:
    check(drawings[name])


@pytest.mark.parametrize("name", NAMES)
def test_gexf_is_valid(
    drawings: dict[str, Drawing], name: str, run_program: Callable[..., str]
) -> None:
    if not SCHEMA.is_file():
        pytest.skip(f"the schema of GEXF 1.3 is not beside the clone: put it into {SCHEMA.parent}")
    command = ("xmllint", "--noout", "--huge", "--nonet", "--schema", str(SCHEMA), "-")
    run_program("libxml2-utils", *command, text=write(drawings[name]))


@given(st.data())
def test_any_text_comes_back(any_drawing: Any, data: DataObject) -> None:
    check(data.draw(any_drawing))
