"""Drawings: what every picture and every graph format is made from."""

from __future__ import annotations

import pickle

import pytest

import kg
from kg.errors import BadInput
from kg.export.drawing import Drawing
from kg.export.drawn import draw_chains, draw_explanation, draw_rows, draw_selection
from kg.export.selection import select

TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"


@pytest.fixture(scope="module")
def drawings(graph: kg.Graph) -> dict[str, Drawing]:
    view = graph.view
    explanation = graph.explain(TEXT)
    return {
        "whole": draw_selection(select(view, graph.store)),
        "around": draw_selection(select(view, graph.store, "ft:caffeine", 1)),
        "explanation": draw_explanation(explanation, view),
        "alone": draw_explanation(explanation),
        "path": draw_chains(graph.path("coffee", "nostril twitching"), view),
        "rows": draw_rows(graph.query("causal-steps"), view),
    }


def test_every_end_is_a_node_and_everything_is_sorted_once(drawings: dict[str, Drawing]) -> None:
    for name, drawing in drawings.items():
        nodes = [node.id for node in drawing.nodes]
        edges = [edge.id for edge in drawing.edges]
        assert nodes == sorted(set(nodes)), name
        assert edges == sorted(set(edges)), name
        assert {end for e in drawing.edges for end in (e.source, e.target)} <= set(nodes)
        assert all(node.label and node.kind and node.kind_label for node in drawing.nodes)
        cited = {source for edge in drawing.edges for source in edge.sources}
        assert cited <= drawing.numbers().keys(), name
        assert drawing.title
        assert drawing.version


def test_edges_go_as_the_claims_are_stated(graph: kg.Graph, drawings: dict[str, Drawing]) -> None:
    for name, drawing in drawings.items():
        for edge in drawing.edges:
            claim = graph.view.claims[edge.id]
            ends = (edge.source, edge.relation, edge.target)
            assert ends == (claim.subject, claim.predicate, claim.object), name
            assert edge.evidence


def test_an_explanation_alone_has_all_of_its_chains(drawings: dict[str, Drawing]) -> None:
    alone, told = drawings["alone"], drawings["explanation"]
    assert {edge.id for edge in alone.edges} <= {edge.id for edge in told.edges}
    labels = {node.id: (node.label, node.kind, node.role) for node in told.nodes}
    for node in alone.nodes:
        assert (node.label, node.kind, node.role) == labels[node.id]


def test_the_drawing_of_an_explanation_tells_roles_and_keeps_the_numbers_of_sources(
    graph: kg.Graph, drawings: dict[str, Drawing]
) -> None:
    drawing = drawings["explanation"]
    explanation = graph.explain(TEXT)
    roles = {node.id: node.role for node in drawing.nodes}
    assert roles["ft:caffeine"] == "cause"
    assert roles["ft:nostril-twitching"] == "finding"
    assert {"remedy", "step"} <= set(roles.values())
    assert drawing.sources[: len(explanation.sources)] == explanation.sources


def test_a_neighbourhood_has_its_centre(drawings: dict[str, Drawing]) -> None:
    assert drawings["around"].centre == "ft:caffeine"
    assert len(drawings["around"].nodes) < len(drawings["whole"].nodes)


def test_rows_with_subject_relation_and_object_are_edges(graph: kg.Graph) -> None:
    for text in (
        "SELECT ?s ?p ?o { VALUES ?s { ft:caffeine } VALUES ?p { ft:blocks } ?s ?p ?o }",
        "CONSTRUCT WHERE { ft:caffeine ft:blocks ?o }",
    ):
        drawing = draw_rows(graph.query(text), graph.view)
        assert [edge.id for edge in drawing.edges] == ["claim:caffeine-blocks-adenosine-receptor"]
        assert {node.id for node in drawing.nodes} == {"ft:caffeine", "ft:adenosine-receptor"}


def test_rows_that_hold_nothing_to_draw_are_an_error(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match=r"select \?claim"):
        draw_rows(graph.query('SELECT ("ft:caffeine" AS ?text) {}'), graph.view)
    with pytest.raises(BadInput, match="another end"):
        draw_chains((), graph.view)


def test_parts_exclude_each_other(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="name one"):
        graph.export("nodelink", around="coffee", query="causal-steps")


@pytest.mark.parametrize("name", ["nodelink", "turtle"])
def test_an_explanation_can_be_exported_from_the_graph_and_by_itself(
    graph: kg.Graph, name: str
) -> None:
    explanation = graph.explain(TEXT)
    assert "caffeine" in str(graph.export(name, explanation=explanation))
    assert "caffeine" in str(explanation.export(name))
    # What comes out of a pickle has left the graph behind, and is the same answer.
    again = pickle.loads(pickle.dumps(explanation))
    assert again == explanation
    assert again.view is None
    assert "caffeine" in str(again.export(name))


def test_a_claim_that_a_claim_speaks_of_is_a_node_in_words(drawings: dict[str, Drawing]) -> None:
    claims = [node for node in drawings["whole"].nodes if node.kind == "ft:Claim"]
    assert claims
    assert not any(node.label.startswith("claim:") for node in claims)
