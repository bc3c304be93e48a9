"""The answer in RDF beside the graph: from every statement to the passage that it rests on."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.explain.model import Explanation
from kg.graph import Graph, open_graph

TEXTS = [
    "My nostril keeps twitching, three espressos a day, slept badly, no weakness",
    "My upper lip has twitched for months and I drink a lot of alcohol, no numbness",
    "Dad's face suddenly dropped on the left and his words are coming out slurred.",
    "Started an antidepressant on Monday and my nose was twitching by Thursday",
    "a loaf of bread",
]
PLAIN = TEXTS[2], TEXTS[4]  # those of a plain run: an emergency, and what is none of our business
HEADER = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ft: <https://w3id.org/facial-twitch/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
# From the answer to the part, to the claim, to the evidence, to the source and the passage.
TRACE = (
    HEADER
    + """
SELECT DISTINCT ?part ?kind ?claim ?direction ?source WHERE {
  ?answer dcterms:conformsTo ?version ; dcterms:hasPart+ ?part .
  ?part ft:answer-part ?kind ; prov:wasDerivedFrom ?claim .
  ?claim a ft:Claim ; ft:evidence ?evidence .
  ?evidence ft:direction ?direction .
  { ?evidence ft:passage/ft:source ?source } UNION { ?evidence ft:source ?source }
  ?source dcterms:title|rdfs:label|<http://www.w3.org/2004/02/skos/core#prefLabel> ?title .
}
"""
)


@pytest.fixture(scope="module")
def known(graph: Graph) -> set[str]:
    """Every IRI of the graph that something is said of."""
    return {str(s) for s in graph.rdf.subjects() if isinstance(s, rdflib.URIRef)}


@pytest.fixture(
    scope="module",
    params=[
        text if text in PLAIN else pytest.param(text, marks=pytest.mark.thorough) for text in TEXTS
    ],
)
def explanation(request: pytest.FixtureRequest, graph: Graph) -> Explanation:
    return graph.explain(request.param)


@pytest.fixture(scope="module")
def told(explanation: Explanation) -> rdflib.Graph:
    return explanation.to_rdf()


@pytest.fixture(scope="module")
def rows(knowledge: ox.Store, explanation: Explanation) -> list[dict[str, str]]:
    return traced(knowledge, explanation)


@pytest.fixture(scope="module")
def knowledge(graph: Graph) -> ox.Store:
    return loaded(graph)


def loaded(graph: Graph) -> ox.Store:
    """The graph in a store of its own."""
    store = ox.Store()
    store.extend(graph.rdf.store._inner)
    return store


def traced(knowledge: ox.Store, explanation: Explanation) -> list[dict[str, str]]:
    """The trace of the answer, its Turtle and the graph in one store."""
    parsed = ox.parse(explanation.to_turtle().encode(), format=ox.RdfFormat.TURTLE)
    answer = [quad for quad in parsed if quad not in knowledge]
    knowledge.extend(answer)
    solutions = knowledge.query(TRACE)
    names = [variable.value for variable in solutions.variables]
    rows = [{name: row[name].value for name in names} for row in solutions]
    for quad in answer:
        knowledge.remove(quad)
    return rows


def test_every_iri_of_the_answer_exists_in_the_graph(told, known) -> None:
    ours = "https://w3id.org/facial-twitch/"
    for triple in told:
        for term in triple:
            if isinstance(term, rdflib.URIRef) and term.startswith(ours):
                assert str(term) in known or term.startswith(f"{ours}answer/"), term


def test_every_statement_can_be_followed_to_its_source(told, rows) -> None:
    part_of = rdflib.URIRef("http://purl.org/dc/terms/hasPart")
    derived = rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
    kind = rdflib.URIRef("https://w3id.org/facial-twitch/answer-part")
    followed = {row["part"] for row in rows}
    for part in set(told.objects(None, part_of)):
        # What has parts rests on what they rest on; the prior of some conditions is an assumption.
        if not list(told.objects(part, part_of)) and str(told.value(part, kind)) != "prior":
            assert list(told.objects(part, derived)), part
            assert str(part) in followed, part


def test_all_parts_of_an_answer_are_there(graph, knowledge) -> None:
    rows = traced(knowledge, graph.explain(TEXTS[0]))
    assert {row["kind"] for row in rows} >= {
        "warning-sign",
        "weight",
        "step",
        "location",
        "remedy",
        "disagreement",
    }


def test_the_trace_agrees_with_the_table(graph, explanation, rows) -> None:
    from_rdf = {(row["claim"], row["direction"].rpartition("/")[2]) for row in rows}
    iri = {claim.id: claim.iri for claim in graph.view.claims.values()}
    records = explanation.to_records()
    assert from_rdf == {(iri[r["claim"]], r["direction"]) for r in records if r["claim"]}


@pytest.mark.thorough
def test_both_sides_of_a_contested_claim_are_reached(tmp_path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """
        @prefix claim: <https://w3id.org/facial-twitch/claim/> .
        @prefix ft: <https://w3id.org/facial-twitch/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix source: <https://w3id.org/facial-twitch/source/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        ft:humming a ft:Habit ; skos:prefLabel "humming"@en ; skos:definition "Singing low."@en .
        claim:humming-triggers-nostril-twitching a ft:Claim ; rdf:subject ft:humming ;
            rdf:predicate ft:triggers ; rdf:object ft:nostril-twitching ; ft:hedge ft:possible ;
            ft:evidence [ ft:direction ft:supports ; ft:passage
                <https://w3id.org/facial-twitch/source/nostril/p3s1> ] ,
              [ ft:direction ft:refutes ; ft:passage
                <https://w3id.org/facial-twitch/source/lip/p3s1> ] .
        """,
        encoding="utf-8",
    )
    with open_graph(add=mine) as graph:
        explanation = graph.explain("My nostril twitches", findings=["humming"])
        rows = traced(loaded(graph), explanation)
    contested = [r for r in rows if r["claim"].endswith("humming-triggers-nostril-twitching")]
    for kind in ("step", "disagreement"):
        sides = {r["direction"].rpartition("/")[2] for r in contested if r["kind"] == kind}
        assert sides == {"supports", "refutes"}, kind


def test_the_same_answer_is_the_same_bytes(graph, explanation, told) -> None:
    turtle = explanation.to_turtle()
    assert graph.explain(explanation.case.text).to_turtle() == turtle
    assert set(rdflib.Graph().parse(data=turtle, format="turtle")) == set(told)
