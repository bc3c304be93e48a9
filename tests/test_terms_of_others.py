"""Ids of other vocabularies: understood wherever a name is, and written when asked for."""

from __future__ import annotations

import json

import pytest
import rdflib

import kg
from kg.errors import AmbiguousConcept, BadInput, UnknownConcept
from kg.export.mapped import mapped_ids
from kg.view import Match

HP = "http://purl.obolibrary.org/obo/HP_0000643"


@pytest.mark.parametrize("name", ["HP:0000643", "hp:0000643", HP, f"<{HP}>"])
def test_an_exact_match_goes_before_a_close_one_and_is_told(name: str) -> None:
    with kg.open() as graph:
        assert graph.resolve(name) == "ft:blepharospasm"
        (note,) = graph.notes
        assert note == (
            "HP:0000643 is blepharospasm and is close to blepharospastic closure: "
            "blepharospasm is meant"
        )


def test_a_term_stands_wherever_a_name_does(graph: kg.Graph) -> None:
    assert graph["UBERON:0002682"].label == "abducens nucleus"
    assert graph.search("HP:0000643")[0].id == "ft:blepharospasm"
    answer = graph.explain(findings=["HP:0000643"])
    assert answer.case.present()[0] == "ft:blepharospasm"
    near = graph.export("nodelink", around="UBERON:0002682")
    assert "ft:abducens-nucleus" in str(near)


def test_every_exact_term_is_understood(graph: kg.Graph) -> None:
    for term, matches in graph.view.terms.items():
        if matches[0].kind == "exact":
            assert graph.resolve(term) == matches[0].concept


def test_of_two_that_are_close_the_one_of_the_right_kind_is_meant(graph: kg.Graph) -> None:
    """HPO holds findings: the lid that twitches, not the condition."""
    assert graph.view.terms["HP:0030826"][0] == Match("ft:eyelid-twitching", "close", True)
    assert graph.resolve("HP:0030826") == "ft:eyelid-twitching"


def test_several_that_fit_alike_are_named(graph: kg.Graph) -> None:
    with pytest.raises(AmbiguousConcept, match=r"ft:dry-eye-symptom.*ft:reduced-tearing"):
        graph.resolve("HP:0001097")


def test_what_says_less_than_we_do_is_never_meant(graph: kg.Graph) -> None:
    only_broad = next(t for t, m in graph.view.terms.items() if m[0].kind == "broad")
    with pytest.raises(UnknownConcept):
        graph.resolve(only_broad)


def test_an_export_has_the_ids_of_others(graph: kg.Graph) -> None:
    data = json.loads(graph.export("nodelink", around="blepharospasm", ids="mapped"))
    ids = {node["id"]: node for node in data["nodes"]}
    assert ids["DOID:529"]["label"] == "blepharospasm"
    assert "ft:blepharospasm" not in ids
    assert all(edge["source"] in ids and edge["target"] in ids for edge in data["edges"])


def test_a_kind_has_a_vocabulary_that_comes_first(graph: kg.Graph) -> None:
    chosen = mapped_ids(graph.view)
    for term, (first, *_) in graph.view.terms.items():
        if term.startswith("MONDO:") and first.kind == "exact" and first.preferred:
            assert chosen[first.concept].startswith("MONDO:")


def test_mapped_statements_tell_the_way_back(graph: kg.Graph) -> None:
    mapped = rdflib.Graph().parse(
        data=str(graph.export("turtle", around="abducens nucleus", ids="mapped")), format="turtle"
    )
    ours = rdflib.URIRef("https://w3id.org/facial-twitch/abducens-nucleus")
    theirs = rdflib.URIRef("http://purl.obolibrary.org/obo/UBERON_0002682")
    assert (theirs, rdflib.SKOS.exactMatch, ours) in mapped
    assert (theirs, rdflib.SKOS.prefLabel, None) in mapped
    assert (ours, None, None) not in mapped


def test_a_picture_has_no_ids(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="svg shows names and no ids"):
        graph.export("svg", around="coffee", ids="mapped")
