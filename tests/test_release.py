"""The release files hold everything, come out the same each time, and open elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import InvalidKnowledge, MissingFile
from kg.owl import to_owl
from kg.prefixes import default_prefixes
from kg.release import merged_turtle, owl_xml, write_release
from kg.store import Store, open_store
from kg.store.oxigraph_store import OxigraphStore

FT = default_prefixes().sparql_header()
EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def owl(mini_store: Store) -> Store:
    """The OWL file of the small ontology, read back."""
    store = ox.Store()
    store.load(owl_xml(mini_store), format=ox.RdfFormat.RDF_XML)
    return OxigraphStore(store)


def test_the_merged_file_holds_the_whole_graph(mini_store: Store) -> None:
    store = ox.Store()
    store.load(merged_turtle(mini_store), format=ox.RdfFormat.TURTLE)
    assert OxigraphStore(store).construct(EVERYTHING) == mini_store.construct(EVERYTHING)


def test_rdflib_reads_both_files(mini_store: Store) -> None:
    merged = rdflib.Graph().parse(data=merged_turtle(mini_store), format="turtle")
    assert len(merged) == len(mini_store.construct(EVERYTHING))
    assert len(rdflib.Graph().parse(data=owl_xml(mini_store), format="xml")) > 100


def test_an_opened_merged_file_answers_as_the_graph_does(mini_store: Store) -> None:
    graph = rdflib.Graph().parse(data=merged_turtle(mini_store), format="turtle")
    with open_store(graph) as store:
        assert store.ask(FT + "ASK { ft:pedal ft:drives+ ft:wheel }")


def test_another_process_writes_the_same_bytes(mini: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.store import open_store; "
        "from kg.release import write_release; "
        "write_release(open_store(ontology=Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    for name in ("one", "two"):
        subprocess.run([sys.executable, "-c", program, str(mini), tmp_path / name], check=True)
    for name in ("kg.ttl", "kg.owl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_each_supported_claim_is_an_annotation_of_its_edge(owl: Store) -> None:
    assert owl.ask(
        FT
        + """ASK {
        ft:pedal ft:drives ft:chain .
        ?axiom a owl:Axiom ; owl:annotatedSource ft:pedal ; owl:annotatedProperty ft:drives ;
          owl:annotatedTarget ft:chain ; ft:hedge ft:asserted ; ft:claim claim:pedal-drives-chain ;
          ft:evidence <https://w3id.org/facial-twitch/claim/pedal-drives-chain/evidence/handbook> .
        }"""
    )


def test_there_is_no_reification_and_no_property_that_is_an_individual(owl: Store) -> None:
    assert not owl.ask(FT + "ASK { ?s rdf:subject ?o }")
    assert not owl.ask(FT + "ASK { ?s a owl:ObjectProperty, ft:Relation }")
    assert not owl.ask(FT + "ASK { ?s a owl:ObjectProperty, owl:AnnotationProperty }")


def test_a_claim_without_support_or_spoken_of_is_an_individual(owl: Store) -> None:
    named = (
        FT + "SELECT ?c WHERE { ?c a ft:Claim, owl:NamedIndividual ; rdfs:label ?l } ORDER BY ?c"
    )
    assert [default_prefixes().compact(str(claim)) for (claim,) in owl.select(named)] == [
        "claim:brake-slows-wheel",
        "claim:rust-drives-wheel",
    ]
    assert not owl.ask(FT + "ASK { ft:rust ft:drives ft:wheel }")
    assert owl.ask(FT + "ASK { claim:rust-drives-wheel ft:hedge ft:possible ; ft:evidence ?e }")


def test_datatypes_that_owl_does_not_know_become_strings(owl: Store) -> None:
    assert owl.ask(FT + "ASK { ft:chain ft:lasts 'P2Y' }")
    assert owl.ask(FT + "ASK { ft:lasts rdfs:range xsd:string }")
    assert owl.ask(FT + "ASK { ?axiom owl:annotatedTarget 'P2Y' }")


def test_everything_is_declared(owl: Store) -> None:
    undeclared = """SELECT ?x WHERE {
        { ?s ?x ?o } UNION { ?s a ?x } UNION { ?x a ft:Part }
        FILTER(STRSTARTS(STR(?x), STR(ft:)))
        FILTER NOT EXISTS { ?x a ?kind . FILTER(STRSTARTS(STR(?kind), STR(owl:))) } }"""
    assert owl.select(FT + undeclared).rows == ()
    assert owl.ask(FT + "ASK { ft: a owl:Ontology ; owl:versionInfo '7.1.0' }")


def test_a_literal_where_a_thing_belongs_is_refused(mini: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    file.write_text("@prefix ft: <https://w3id.org/facial-twitch/> . ft:a ft:drives 'b' .", "utf-8")
    with pytest.raises(InvalidKnowledge, match="needs a thing"):
        to_owl(open_store(ontology=mini, add=[file]).construct(EVERYTHING))


def test_a_folder_that_cannot_be_written_is_reported(mini_store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MissingFile, match="cannot be written"):
        write_release(mini_store, tmp_path / "file")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("which", ["small", pytest.param("installed", marks=pytest.mark.thorough)])
def test_hermit_finds_the_owl_file_consistent(
    which: str, mini_store: Store, tmp_path: Path
) -> None:
    assert shutil.which("java"), "HermiT needs Java"
    import owlready2

    store = mini_store if which == "small" else open_store()
    _, path = write_release(store, tmp_path)
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)  # raises where it is inconsistent
    assert list(world.inconsistent_classes()) == []
    assert len(list(ontology.individuals())) > 5
