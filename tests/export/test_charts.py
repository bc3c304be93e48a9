"""DOT, Mermaid and Markdown: drawn and parsed by their own programs, labels inert."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

import kg
from kg.explain.model import EvidenceItem, SourceItem
from kg.export.drawing import Drawing, Edge, Node
from kg.export.formats import dot, markdown, mermaid
from kg.export.text import shortened

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["whole", "around", "explanation", "path", "lonely", "hostile"]


@pytest.mark.parametrize("name", [n for n in NAMES if n != "whole"])
def test_graphviz_draws_every_node_and_every_edge(
    drawings: dict[str, Drawing], name: str, run_program: Callable[..., str]
) -> None:
    drawing = drawings[name]
    drawn = ElementTree.fromstring(run_program("graphviz", "dot", "-Tsvg", text=dot.write(drawing)))
    groups = {(g.get("class"), g.get("id")): g for g in drawn.iter(f"{SVG}g")}
    assert {i for kind, i in groups if kind == "node"} == {n.id for n in drawing.nodes}
    assert {i for kind, i in groups if kind == "edge"} == {e.id for e in drawing.edges}
    assert not list(drawn.iter(f"{SVG}script"))
    for node in drawing.nodes:
        lines = [t.text or "" for t in groups["node", node.id].iter(f"{SVG}text")]
        # Graphviz writes a no-break space for a space.
        told = "".join("".join(lines).split())
        assert told == "".join(shortened(node.label).split())


def test_graphviz_accepts_the_whole_graph(whole: Drawing, run_program: Callable[..., str]) -> None:
    """Read and written again: drawing it takes a minute."""
    told = run_program("graphviz", "gc", "-n", "-e", text=dot.write(whole))
    assert [int(n) for n in re.findall(r"\d+", told)[:2]] == [len(whole.nodes), len(whole.edges)]


@pytest.mark.thorough(keep=2)
@pytest.mark.parametrize("name", NAMES)
def test_mermaid_finds_every_node_and_every_edge(
    drawings: dict[str, Drawing], name: str, run_node: Callable[[str, str], dict[str, Any]]
) -> None:
    drawing = drawings[name]
    found = run_node("mermaid", mermaid.write(drawing))
    numbers = {f"n{i}": node for i, node in enumerate(drawing.nodes, 1)}
    assert [node["id"] for node in found["nodes"]] == list(numbers)
    for node in found["nodes"]:
        assert node["label"].split() == shortened(numbers[node["id"]].label).split()
    ends = [(numbers[e["source"]].id, numbers[e["target"]].id) for e in found["edges"]]
    assert ends == [(edge.source, edge.target) for edge in drawing.edges]
    heads = {1: "arrow_point", -1: "arrow_cross", 0: "arrow_circle", None: "arrow_point"}
    for read, edge in zip(found["edges"], drawing.edges, strict=True):
        assert read["type"] == heads[edge.polarity]
        assert (read["stroke"] == "dotted") == (edge.polarity is None)
        assert read["label"].split() == shortened(edge.phrase).split()


def test_mermaid_says_when_a_graph_is_more_than_it_draws(whole: Drawing) -> None:
    assert "maxEdges" in mermaid.write(whole)
    assert "maxEdges" not in mermaid.write(Drawing("t", "1", whole.nodes[:1], (), ()))


@given(st.data())
def test_no_text_leaves_its_quotes(any_drawing: Any, data: DataObject) -> None:
    drawing = data.draw(any_drawing)
    chart = mermaid.write(drawing)
    lines = chart.splitlines()
    assert len(lines) == len(chart.split("\n")) - 1
    quoted = re.compile(r'"[\w ,.()/\-–—…’\'+#;]*"')
    body = [line for line in lines if not line.startswith(("%% ", "  class"))]
    for line in body[1:]:
        rest, count = quoted.subn("", line)
        assert count == 1
        assert re.fullmatch(r"  n\d+[\[\](){}>/\\]+|  n\d+ [-.>xo]+\|\| n\d+", rest), line
    text = dot.write(drawing)
    for line in text.splitlines()[4:-1]:
        bare = re.sub(r'"(\\.|[^"\\])*"', "", line)
        assert re.fullmatch(r"  (?: -> )? ?\[[\w= ]*\]", bare), line
    assert text.count("\n") == len(text.splitlines())


def test_markdown_says_the_same_in_words(drawings: dict[str, Drawing]) -> None:
    for name, drawing in drawings.items():
        text = markdown.write(drawing)
        if drawing.explanation is None:
            assert text.startswith("# ")
        assert ("```mermaid" in text) == (name not in ("whole", "lonely")), name
        if name == "hostile":
            continue
        said, numbers = text.replace("\\", ""), drawing.numbers()
        for edge in drawing.edges:
            assert edge.text in said, name
        cited = {source for edge in drawing.edges for source in edge.sources}
        for source in (source for source in drawing.sources if source.id in cited):
            assert f"[{numbers[source.id]}]" in said
            assert source.title in said


def test_the_markdown_of_an_explanation_begins_with_its_text(graph: kg.Graph) -> None:
    explanation = graph.explain("My nostril keeps twitching, three espressos a day")
    told = explanation.export("markdown")
    assert isinstance(told, str)
    assert told.startswith(explanation.to_markdown().rstrip("\n"))
    assert explanation.disclaimer in told


def test_hostile_markdown_is_inert(hostile: Drawing) -> None:
    text = markdown.write(hostile)
    outside = "".join(text.split("```")[::2])
    for sign in "<*|!~`":
        assert not re.search(rf"(?<!\\){re.escape(sign)}(?!\*)(?<!\*\*)[^h*]", outside), sign
    # The only fence is ours, and nothing but our own list markers begins a line.
    assert text.count("```") == 2
    assert all(line.startswith(("# ", "## ", "- ")) for line in outside.splitlines() if line)


def test_an_address_becomes_a_link_only_where_it_is_one() -> None:
    node = Node("ft:a", "a", "ft:Thing", "thing", None, "", "ft:a")
    addresses = ("https://example.org/x", "javascript:alert(1)", "https://x y>")
    sources = tuple(SourceItem(f"source:{a}", "title", "review", a) for a in addresses)
    evidence = tuple(EvidenceItem(source.id, None, "supports") for source in sources)
    ids = tuple(source.id for source in sources)
    edge = Edge("claim:a", "ft:a", "ft:a", "ft:r", "is", None, "asserted", None, 0.5, True, ids,
                evidence, False)  # fmt: skip
    text = markdown.write(Drawing("t", "1", (node,), (edge,), sources))
    assert "<https://example.org/x>" in text
    assert "<javascript" not in text
    assert text.count("<") == 1 + text.count("\\<")


def test_an_edge_is_worded_as_surely_as_its_source(drawings: dict[str, Drawing]) -> None:
    def sure(edge: Edge) -> bool:
        return edge.hedge == "asserted"

    edges = [edge for edge in drawings["whole"].edges if edge.relation == "ft:triggers"]
    phrases = {sure(edge): {e.phrase for e in edges if sure(e) == sure(edge)} for edge in edges}
    assert phrases[True].isdisjoint(phrases[False])
