"""The OWL release of the knowledge: what an ontology editor finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from kg.store import Store, open_store

FT = rdflib.Namespace("https://w3id.org/facial-twitch/")
HEADER = f"PREFIX ft: <{FT}>\nPREFIX owl: <{OWL}>\nPREFIX rdf: <{RDF}>\nPREFIX rdfs: <{RDFS}>\n"

# That it is consistent is found out in test_release.py, where the reasoner runs.
# The whole graph as OWL takes a minute; a plain run looks at that of the small one (test_release).
pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.fixture(scope="module")
def owl_file(release: Path) -> Path:
    return release / "kg.owl"


@pytest.fixture(scope="module")
def graph(owl_file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(owl_file, format="xml")


@pytest.fixture(scope="module")
def ontology(owl_file: Path) -> Any:
    import owlready2

    return owlready2.World().get_ontology(owl_file.as_uri()).load()


def names(store: Store, pattern: str) -> set[str]:
    rows = store.select(f"{HEADER}SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    return {str(row[0]) for row in rows}


def test_one_axiom_for_each_supported_claim(store: Store, graph: rdflib.Graph) -> None:
    supported = names(store, "?x a ft:Claim ; ft:evidence/ft:direction ft:supports")
    axioms = list(graph.subjects(RDF.type, OWL.Axiom))
    assert len(axioms) == len(supported)
    things = [a for a in axioms if isinstance(graph.value(a, OWL.annotatedTarget), rdflib.URIRef)]
    with_things = names(
        store,
        "?x a ft:Claim ; rdf:object ?o ; ft:evidence/ft:direction ft:supports FILTER (isIRI(?o))",
    )
    assert len(things) == len(with_things)
    assert {str(graph.value(axiom, FT.claim)) for axiom in axioms} == supported


def test_every_axiom_annotates_an_edge_that_is_there(graph: rdflib.Graph) -> None:
    for axiom in graph.subjects(RDF.type, OWL.Axiom):
        edge = [
            graph.value(axiom, part)
            for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        ]
        assert tuple(edge) in graph
        said = set(graph.predicates(axiom))
        assert not [p for p in said if (p, RDF.type, OWL.ObjectProperty) in graph]
        assert graph.value(axiom, FT.hedge) is not None
        assert list(graph.objects(axiom, FT.evidence))


def test_a_refuted_claim_states_no_edge(store: Store, graph: rdflib.Graph) -> None:
    rows = store.select(
        f"{HEADER}SELECT ?s ?p ?o {{ ?c a ft:Claim ; rdf:subject ?s ; rdf:predicate ?p ; "
        "rdf:object ?o . FILTER NOT EXISTS { ?c ft:evidence/ft:direction ft:supports } }"
    )
    assert len(rows) > 0
    for row in rows:
        assert tuple(rdflib.URIRef(str(term)) for term in row) not in graph


def test_classes_and_properties_are_those_of_the_schema(store: Store, ontology: Any) -> None:
    stated = names(store, "?x a owl:Class FILTER NOT EXISTS { ?x rdfs:subClassOf* ft:Interface }")
    assert {each.iri for each in ontology.classes()} >= stated
    relations = names(store, "?x a owl:ObjectProperty")
    assert {each.iri for each in ontology.object_properties()} == relations
    assert {each.iri for each in ontology.data_properties()} == names(
        store, "?x a owl:DatatypeProperty"
    )


def test_every_concept_is_an_individual_of_its_kinds(store: Store, ontology: Any) -> None:
    concepts = names(store, "?kind rdfs:subClassOf* ft:Concept . ?x a ?kind")
    individuals = {each.iri: each for each in ontology.individuals()}
    assert concepts <= set(individuals)
    muscle = individuals[str(FT["levator-labii-superioris-alaeque-nasi"])]
    assert {kind.name for kind in muscle.is_a} == {"Muscle", "Concept"}  # the latter of SKOS
    assert [str(label) for label in muscle.prefLabel] == ["levator labii superioris alaeque nasi"]


def test_nothing_is_punned(graph: rdflib.Graph) -> None:
    properties = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for subject in set(graph.subjects(RDF.type, None)):
        kinds = set(graph.objects(subject, RDF.type))
        assert len(kinds & (properties | {OWL.Class, OWL.NamedIndividual})) <= 1, subject
