"""Exports: read back by other tools, complete, the same bytes every time."""

from __future__ import annotations

import json
from importlib import import_module

import networkx
import pytest
import rdflib
from networkx.readwrite import json_graph
from rdflib.compare import isomorphic

import kg
from kg.export.registry import Format, format_names, get_format
from kg.export.selection import around

FT = rdflib.Namespace("https://w3id.org/facial-twitch/")
PARSERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}


def test_every_module_of_formats_is_a_format() -> None:
    for name in format_names():
        assert isinstance(get_format(name), Format)
        assert import_module(f"kg.export.formats.{name}").__doc__
    assert {"nodelink", "turtle", "ntriples", "jsonld"} <= set(format_names())


@pytest.mark.parametrize("name", format_names())
def test_the_same_bytes_every_time(graph: kg.Graph, name: str) -> None:
    assert graph.export(name, around="caffeine") == graph.export(name, around="caffeine")


# rdflib's own parser of JSON-LD uses a class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_rdf_formats_hold_the_same_statements(graph: kg.Graph) -> None:
    read = {
        name: rdflib.Graph().parse(data=graph.export(name, around="caffeine"), format=parser)
        for name, parser in PARSERS.items()
    }
    assert len(read["turtle"]) > 50
    assert isomorphic(read["turtle"], read["ntriples"])
    assert isomorphic(read["turtle"], read["jsonld"])


@pytest.mark.thorough
def test_the_whole_graph_can_be_opened_again(graph: kg.Graph) -> None:
    copy = rdflib.Graph().parse(data=graph.export("turtle"), format="turtle")
    with kg.open(copy) as again:
        assert again.info() == graph.info()


def test_a_part_holds_claims_with_their_evidence_and_no_loose_ends(graph: kg.Graph) -> None:
    part = rdflib.Graph().parse(
        data=graph.export("turtle", around="caffeine", depth=1), format="turtle"
    )
    claim = FT["claim/caffeine-blocks-adenosine-receptor"]
    evidence = part.value(claim, FT.evidence)
    assert part.value(part.value(evidence, FT.passage), FT.source) == FT["source/nostril"]
    concepts = {rdflib.URIRef(c.iri) for c in graph.view.concepts.values()}
    relations = {rdflib.URIRef(r.iri) for r in graph.view.relations.values()}
    for subject, predicate, target in part:
        if predicate in relations and target in concepts:
            assert (target, None, None) in part, (subject, predicate, target)


def test_depth_widens_the_part(graph: kg.Graph) -> None:
    sizes = [len(around(graph.view, "ft:caffeine", depth)) for depth in range(4)]
    assert sizes == sorted(sizes)
    assert around(graph.view, "ft:caffeine", 0) >= {"ft:caffeine"}
    assert sizes[0] < sizes[1] < sizes[3]


def test_node_link_opens_in_networkx_and_every_claim_is_an_edge(graph: kg.Graph) -> None:
    read = json_graph.node_link_graph(json.loads(graph.export("nodelink")), edges="edges")
    made = graph.to_networkx(refuted=True)
    assert isinstance(read, networkx.MultiDiGraph)
    assert set(made) <= set(read)
    assert set(made.edges(keys=True)) <= set(read.edges(keys=True))
    for start, end, key, data in made.edges(keys=True, data=True):
        assert read.edges[start, end, key]["confidence"] == data["weight"]
    claims = graph.view.claims
    stated = {c.id: c for c in claims.values() if not c.literal_object}
    assert {key for *_, key in read.edges(keys=True)} == set(stated)
    between = {key for key, c in stated.items() if claims.keys().isdisjoint((c.subject, c.object))}
    assert {key for *_, key in made.edges(keys=True)} == between
