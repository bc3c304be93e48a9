"""A relation that the graph does not know, in a file of one's own: every query walks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg

KNOWLEDGE = """
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/facial-twitch/source/> .

ft:kindles a ft:Relation, owl:ObjectProperty ; rdfs:label "kindles"@en ;
    skos:definition "The subject sets the object alight."@en ;
    ft:causal true ; ft:polarity 1 ; ft:chain-direction "forward" ;
    ft:phrase "kindles"@en ; ft:inverse-phrase "is kindled by"@en .
ft:quenches a ft:Relation, owl:ObjectProperty ; rdfs:label "quenches"@en ;
    skos:definition "The subject puts the object out."@en ;
    ft:causal true ; ft:polarity -1 ; ft:chain-direction "forward" ;
    ft:phrase "quenches"@en ; ft:inverse-phrase "is quenched by"@en .

ft:yodelling a ft:Habit ; skos:prefLabel "yodelling"@en ; skos:definition "Song."@en .
ft:face-yoga a ft:SelfCare ; skos:prefLabel "face yoga"@en ; skos:definition "Rest."@en .
"""
CLAIM = """
claim:{0}-{1}-{2} a ft:Claim ; rdf:subject ft:{0} ; rdf:predicate ft:{1} ; rdf:object ft:{2} ;
    ft:evidence [ ft:direction ft:supports ; ft:source source:nostril ; ft:locator "here" ] ;
    ft:hedge ft:asserted .
"""
CLAIMS = [
    ("yodelling", "kindles", "muscle-tension"),
    ("yodelling", "kindles", "hemifacial-spasm"),
    ("face-yoga", "quenches", "muscle-tension"),
    ("face-yoga", "quenches", "hemifacial-spasm"),
]
YODELLING, YOGA, TENSION = "ft:yodelling", "ft:face-yoga", "ft:muscle-tension"
TWITCH, SPASM = "ft:nostril-twitching", "ft:hemifacial-spasm"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    mine = tmp_path_factory.mktemp("mine") / "mine.ttl"
    mine.write_text(KNOWLEDGE + "".join(CLAIM.format(*claim) for claim in CLAIMS), "utf-8")
    with kg.open(add=mine) as graph:
        yield graph


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("causal-steps", {"from": YODELLING, "to": TWITCH}, YODELLING),
        ("causes-of-condition", {"condition": SPASM}, YODELLING),
        ("chain-nodes", {"from": YODELLING, "to": TWITCH}, TENSION),
        ("mechanism-of-trigger", {"trigger": YODELLING}, TENSION),
        ("remedies-for", {"finding": TWITCH}, YOGA),
        ("remedies-for-trigger", {"trigger": YODELLING}, YOGA),
        ("remedies-on-mechanism", {"mechanism": TENSION}, YOGA),
        ("triggers-of-finding", {"finding": TWITCH}, YODELLING),
        ("triggers-via", {"mechanism": TENSION}, YODELLING),
        ("ask/can-cause", {"from": YODELLING, "to": SPASM}, SPASM),
        ("ask/causes", {"of": SPASM}, YODELLING),
        ("ask/does-help", {"remedy": YOGA, "of": SPASM}, SPASM),
        ("ask/helps", {"of": SPASM}, YOGA),
        ("ask/leads", {"from": YODELLING, "to": TWITCH}, YODELLING),
        ("ask/side-effects", {"of": YODELLING}, SPASM),
        ("ask/through", {"of": TENSION}, YODELLING),
    ],
)
def test_a_query_finds_what_a_new_relation_says(
    added: kg.Graph, name: str, values: dict[str, str], expected: str
) -> None:
    rows = added.query(name, **values).to_records()
    assert expected in {cell for row in rows for cell in row}


def test_it_is_reasoned_with(added: kg.Graph) -> None:
    answer = added.explain("My nostril keeps twitching. I have been yodelling.")
    assert YODELLING in {cause.id for cause in answer.causes}
    assert YOGA in {remedy.id for remedy in answer.remedies}
