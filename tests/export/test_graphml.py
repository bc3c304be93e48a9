"""GraphML: networkx and igraph read back the same nodes, edges and attributes."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from kg.export.columns import edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.formats.graphml import write
from kg.export.text import legal

Cells = frozenset[tuple[str, Any]]


def cells(values: dict[str, Any]) -> Cells:
    """The values that are there, to be compared; igraph knows no missing text."""
    given = {
        name: legal(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return frozenset(
        (name, value)
        for name, value in given.items()
        if value not in (None, "") and not (isinstance(value, float) and math.isnan(value))
    )


def expected(drawing: Drawing) -> tuple[Counter[Any], Counter[Any]]:
    return (
        Counter((node.id, cells(node_cells(node))) for node in drawing.nodes),
        Counter(
            (e.id, e.source, e.target, cells({"claim": e.id, **edge_cells(e)}))
            for e in drawing.edges
        ),
    )


def by_networkx(text: str) -> tuple[Counter[Any], Counter[Any]]:
    read = networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    return (
        Counter((node, cells(data)) for node, data in read.nodes(data=True)),
        Counter((key, s, t, cells(data)) for s, t, key, data in read.edges(keys=True, data=True)),
    )


def by_igraph(igraph: ModuleType, path: str) -> tuple[Counter[Any], Counter[Any]]:
    read = igraph.Graph.Read_GraphML(path)
    names = read.vs["id"] if len(read.vs) else []

    def without_id(items: Iterable[Any]) -> list[tuple[str, Cells]]:
        rows = [dict(item.attributes()) for item in items]
        return [(row.pop("id"), cells(row)) for row in rows]

    # igraph 1.0 gives edges the ids of nodes, so the claim that an edge carries is its id here.
    claims = read.es["claim"] if len(read.es) else []
    edges = zip(claims, read.get_edgelist(), without_id(read.es), strict=True)
    return (
        Counter(without_id(read.vs)),
        Counter((claim, names[s], names[t], data) for claim, (s, t), (_, data) in edges),
    )


@pytest.mark.parametrize("name", ["whole", "around", "explanation", "path", "lonely", "hostile"])
def test_networkx_and_igraph_read_what_was_drawn(
    drawings: dict[str, Drawing],
    name: str,
    need_module: Callable[[str, str], ModuleType],
    tmp_path: Any,
) -> None:
    text = write(drawings[name])
    assert by_networkx(text) == expected(drawings[name])
    igraph = need_module("igraph", "igraph")
    (tmp_path / "a.graphml").write_bytes(text.encode())
    assert by_igraph(igraph, str(tmp_path / "a.graphml")) == expected(drawings[name])


def test_the_title_and_the_version_are_told(whole: Drawing) -> None:
    read = networkx.read_graphml(io.BytesIO(write(whole).encode()))
    assert read.graph["version"] == whole.version
    assert read.graph["title"] == whole.title


@given(st.data())
def test_any_text_comes_back(any_drawing: Any, data: DataObject) -> None:
    drawing = data.draw(any_drawing)
    text = write(drawing)
    assert by_networkx(text) == expected(drawing)
    assert text == write(drawing)
