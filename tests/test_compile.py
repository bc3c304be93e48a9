"""Compiling a store into the view that the engine reads."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.claims import complete
from kg.compile import compile_view, days
from kg.confidence import evidence_confidence
from kg.loading import derive
from kg.resources import ontology_dir
from kg.store import open_store
from kg.store.oxigraph_store import OxigraphStore
from kg.store.rdflib_graph import RdflibStore
from kg.view import View

TURTLE = """
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix source: <https://w3id.org/facial-twitch/source/> .
@prefix memo: <https://w3id.org/facial-twitch/source/memo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ft:Concept a owl:Class .
ft:Plant a owl:Class ; rdfs:subClassOf ft:Concept ; ft:engine-role ft:reportable .
ft:Tree a owl:Class ; rdfs:subClassOf ft:Plant ; ft:engine-role ft:cause-kind ; rdfs:label "tree" .
ft:Food a owl:Class ; rdfs:subClassOf ft:Concept .
ft:Quantity a owl:Class ; rdfs:subClassOf ft:Concept .
ft:Hedge a owl:Class .
ft:SourceType a owl:Class .

ft:asserted a ft:Hedge ; skos:prefLabel "stated"@en ; ft:weight 0.9 .
ft:possible a ft:Hedge ; skos:prefLabel "may"@en ; ft:weight 0.6 .
ft:review a ft:SourceType ; skos:prefLabel "review"@en ; ft:weight 0.9 .
ft:memo-type a ft:SourceType ; skos:prefLabel "memo"@en ; ft:weight 0.5 .

ft:oak a ft:Tree, ft:Food ; skos:prefLabel "oak"@en, "Eiche"@de ; skos:definition "A tree."@en ;
    skos:altLabel "oak tree"@en, "common oak"@en, "Stieleiche"@de ; skos:hiddenLabel "oka" ;
    ft:lay-label "an oak"@en ; ft:question "Is it an oak?"@en .
ft:nameless-one a ft:Food .
ft:a-fortnight a ft:Quantity ; skos:prefLabel "a fortnight"@en ;
    ft:minimum-duration "P14D"^^xsd:duration ; ft:maximum-duration "P1M"^^xsd:duration .
ft:five-acorns a ft:Quantity ; skos:prefLabel "five"@en ; ft:value 5 ; ft:unit "1/d" ;
    ft:comparator "<=" ; ft:serving-of ft:oak ; ft:above-implies ft:oak .
ft:oak ft:implied-by ft:nameless-one ; ft:opposite-of ft:a-fortnight .

ft:feeds a owl:ObjectProperty, ft:Relation ; rdfs:label "feeds"@en ; ft:phrase "feeds"@en ;
    ft:inverse-phrase "is fed by"@en ; ft:polarity 1 ; ft:chain-direction "forward" ;
    ft:causal true .
ft:called a owl:DatatypeProperty, ft:Relation ; rdfs:label "called"@en .

claim:oak-feeds-nameless-one a ft:Claim ; rdf:subject ft:oak ; rdf:predicate ft:feeds ;
    rdf:object ft:nameless-one ; ft:hedge ft:asserted ;
    ft:evidence [ ft:passage memo:p2s1 ; ft:direction ft:supports ] ,
        [ ft:passage memo:p10s1 ; ft:direction ft:supports ] ,
        [ ft:source source:book ; ft:locator "page 3" ; ft:direction ft:refutes ] .
claim:oak-called-old-giant a ft:Claim ; rdf:subject ft:oak ; rdf:predicate ft:called ;
    rdf:object "old giant" ; ft:evidence [ ft:source source:book ; ft:direction ft:supports ] .

source:memo a ft:Article ; dcterms:title "Memo"@en ; ft:source-type ft:memo-type .
source:book a ft:Publication ; dcterms:title "Book"@en ; ft:source-type ft:review ;
    foaf:page <https://example.org/book> .
memo:p2s1 a ft:Passage ; ft:source source:memo ; ft:paragraph 2 ; ft:sentence 1 ;
    ft:sha-256 "aa" ; oa:hasSelector [ oa:start 10 ; oa:end 20 ] .
memo:p10s1 a ft:Passage ; ft:source source:memo ; ft:paragraph 10 ; ft:sentence 1 ;
    ft:sha-256 "bb" ; oa:hasSelector [ oa:start 90 ; oa:end 99 ] .

ft:cue-no a ft:Cue ; ft:cue-text "no", "not any" ; ft:cue-category ft:negation ;
    ft:cue-reach "forward" ; ft:cue-concept ft:oak .
<https://w3id.org/facial-twitch/> ft:graph-version "1.2.3+abc" .
"""


@pytest.fixture(scope="module")
def view() -> View:
    quads = complete(ox.parse(TURTLE.encode(), format=ox.RdfFormat.TURTLE))
    return compile_view(OxigraphStore.from_quads(quads))


def test_a_concept_has_its_names_kinds_and_roles(view: View) -> None:
    oak = view.concepts["ft:oak"]
    assert oak.label == "oak"
    assert oak.kinds == ("ft:Tree", "ft:Food", "ft:Plant", "ft:Concept")
    assert oak.kind == "ft:Tree"
    assert oak.roles == {"ft:reportable", "ft:cause-kind"}
    assert oak.alt_labels == ("common oak", "oak tree")
    assert oak.hidden_labels == ("Eiche", "Stieleiche", "oka")
    assert (oak.lay_label, oak.question) == ("an oak", "Is it an oak?")


def test_a_concept_without_a_label_is_called_by_its_name(view: View) -> None:
    assert view.concepts["ft:nameless-one"].label == "nameless one"


def test_quantities_hold_numbers_and_days(view: View) -> None:
    fortnight, acorns = view.quantities["ft:a-fortnight"], view.quantities["ft:five-acorns"]
    assert (fortnight.min_days, fortnight.max_days) == (14.0, 30.0)
    assert (acorns.value, acorns.unit, acorns.comparator) == (5.0, "1/d", "<=")
    assert (acorns.serving_of, acorns.above_implies) == ("ft:oak", "ft:oak")


def test_relations_have_words_and_a_sign(view: View) -> None:
    feeds, called = view.relations["ft:feeds"], view.relations["ft:called"]
    assert (feeds.phrase, feeds.inverse_phrase) == ("feeds", "is fed by")
    assert (feeds.polarity, feeds.chain_direction, feeds.causal) == (1, "forward", True)
    assert (called.phrase, called.polarity, called.causal) == ("called", None, False)


def test_evidence_leads_to_passages_and_sources_in_reading_order(view: View) -> None:
    claim = view.claims["claim:oak-feeds-nameless-one"]
    assert [(e.source, e.passage, e.locator, e.direction) for e in claim.evidence] == [
        ("source:book", None, "page 3", "ft:refutes"),
        ("source:memo", "source:memo/p2s1", "paragraph 2, sentence 1", "ft:supports"),
        ("source:memo", "source:memo/p10s1", "paragraph 10, sentence 1", "ft:supports"),
    ]
    assert claim.supported
    assert view.passages[claim.evidence[1].passage or ""].start == 10


def test_confidence_is_worked_out_from_the_data(view: View) -> None:
    claim = view.claims["claim:oak-feeds-nameless-one"]
    told = evidence_confidence(claim.hedge, claim.evidence, view.sources, view.scales)
    assert claim.confidence == pytest.approx(told.value)
    assert told.support == pytest.approx(0.9 * 0.5)
    assert told.refutation == pytest.approx(0.9)
    assert told.hedge_weight == 0.9


def test_a_literal_object_and_a_missing_hedge(view: View) -> None:
    claim = view.claims["claim:oak-called-old-giant"]
    assert (claim.object, claim.literal_object) == ("old giant", True)
    assert claim.hedge == "ft:possible"


def test_inferences_cues_and_version(view: View) -> None:
    assert view.implications == (("ft:oak", "ft:nameless-one"),)
    assert view.opposites == (("ft:oak", "ft:a-fortnight"),)
    assert [(c.text, c.category, c.reach) for c in view.cues["negation"]] == [
        ("no", "ft:negation", "forward"),
        ("not any", "ft:negation", "forward"),
    ]
    assert dict(view.cues["negation"][0].properties) == {"ft:cue-concept": "ft:oak"}
    assert view.version == "1.2.3+abc"
    assert (view.class_labels or {})["ft:Tree"] == "tree"


def test_every_store_gives_the_same_view(view: View) -> None:
    graph = derive(rdflib.Graph().parse(data=TURTLE, format="turtle"))
    assert compile_view(RdflibStore(graph)) == view


def test_the_real_graph_is_sorted_and_complete() -> None:
    view = compile_view(open_store(ontology=ontology_dir()))
    for index in (view.concepts, view.claims, view.relations, view.sources, view.scales):
        assert list(index) == sorted(index)
        assert index
    for claim in view.claims.values():
        assert claim.evidence, claim.id
        assert 0.0 < claim.confidence < 1.0
        assert claim.predicate in view.relations
        for item in claim.evidence:
            assert item.source in view.sources
            assert item.locator or item.passage is None


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ("P14D", 14.0),
        ("P2W", 14.0),
        ("PT72H", 3.0),
        ("P1M", 30.0),
        ("P1Y", 365.0),
        ("-P1D", -1.0),
        ("PT90M", 0.0625),
        ("P", None),
        ("PT", None),
        ("two weeks", None),
        ("", None),
    ],
)
def test_durations_in_days(duration: str, expected: float | None) -> None:
    assert days(duration) == (None if expected is None else pytest.approx(expected))
