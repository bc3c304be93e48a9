"""The release files hold everything, come out the same each time, and open elsewhere."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import app
from kg.errors import InvalidKnowledge, MissingFile
from kg.prefixes import default_prefixes
from kg.release import compare, merged_turtle, owl_xml, read_graph, write_release
from kg.release.files import release_shapes
from kg.release.mappings import release_mappings
from kg.release.owl import to_owl
from kg.store import Store, open_store
from kg.store.oxigraph_store import OxigraphStore
from kg.validate.shapes import check_shapes

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
    write_release(store, tmp_path)
    path = tmp_path / "kg.owl"
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)  # raises where it is inconsistent
    assert list(world.inconsistent_classes()) == []
    assert len(list(ontology.individuals())) > 5


@pytest.mark.thorough
def test_every_file_is_in_the_list_of_checksums(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(told) == {path.name for path in release.iterdir()} - {"SHA256SUMS"}
    for name, digest in told.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest


@pytest.mark.thorough
def test_no_word_list_and_no_colour_is_released(release: Path) -> None:
    store = ox.Store()
    store.load(path=str(release / "knowledge.ttl"), format=ox.RdfFormat.TURTLE)
    knowledge = OxigraphStore(store)
    for pattern in ("?x a ft:Cue", "?x ft:engine-role ?y", "?x ft:fill ?y", "?x ft:cue-text ?y"):
        assert not knowledge.ask(f"{FT}ASK {{ {pattern} }}")
    assert knowledge.ask(FT + "ASK { ft:caffeine a ft:Stimulant, skos:Concept }")


@pytest.mark.thorough
def test_every_concept_stands_in_the_scheme_below_the_top(release: Path) -> None:
    store = ox.Store()
    store.load(path=str(release / "knowledge.ttl"), format=ox.RdfFormat.TURTLE)
    lost = """SELECT ?x WHERE { ?x a/rdfs:subClassOf* ft:Concept FILTER NOT EXISTS {
      ?x skos:inScheme ft:concepts ; skos:broader*/skos:topConceptOf ft:concepts } }"""
    assert OxigraphStore(store).select(FT + lost).rows == ()


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["kg.ttl", "knowledge.ttl"])
def test_what_is_released_keeps_the_shapes_that_are_released(release: Path, name: str) -> None:
    """As `kg validate` asks them: pyshacl over Oxigraph; over rdflib it takes forty minutes."""
    store = ox.Store()
    store.bulk_load(path=str(release / name), format=ox.RdfFormat.TURTLE)
    violations, number = check_shapes(OxigraphStore(store), release / "shapes.ttl")
    assert violations == ()
    assert number > 80


@pytest.mark.thorough
def test_the_obo_graph_names_each_concept_once(release: Path) -> None:
    (graph,) = json.loads((release / "concepts.obo.json").read_text(encoding="utf-8"))["graphs"]
    ids = [node["id"] for node in graph["nodes"]]
    assert len(ids) == len(set(ids))
    (spasm,) = (node for node in graph["nodes"] if node["id"].endswith("/hemifacial-spasm"))
    assert spasm["lbl"] == "hemifacial spasm"
    assert spasm["meta"]["xrefs"]
    assert {edge[end] for edge in graph["edges"] for end in ("sub", "obj")} <= set(ids)


@pytest.mark.thorough
def test_each_query_of_the_release_runs_as_it_stands(release: Path) -> None:
    found = rdflib.Graph().parse(release / "queries.ttl")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    texts = [str(text) for _, _, text in found.triples((None, sh.select, None))]
    assert len(texts) > 100
    with open_store() as store:
        assert len(store.select(texts[0])) >= 0
        for text in texts[1:]:
            ox.Store().query(text)  # on an empty store: it parses, and every name has a prefix


@pytest.mark.thorough
def test_the_mapping_table_says_who_when_and_how_surely(release: Path) -> None:
    text = (release / "mappings.sssom.tsv").read_text(encoding="utf-8")
    assert "#creator_label:\n#  - " in text
    assert re.search(r"^#mapping_date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    rows = list(csv.DictReader((x for x in text.splitlines() if x[0] != "#"), delimiter="\t"))
    assert rows
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)


@pytest.mark.thorough
def test_evidence_is_typed_as_others_have_it(release: Path) -> None:
    graph = ox.Store()
    graph.bulk_load(path=str(release / "knowledge.nt"), format=ox.RdfFormat.N_TRIPLES)
    assert graph.query(f"""{FT} ASK {{
      claim:caffeine-blocks-adenosine-receptor a rdf:Statement , SEPIO:0000001 ;
        SEPIO:0000007 ?evidence ; prov:wasDerivedFrom source:nostril .
      ?evidence a SEPIO:0000002 , ECO:0000302 }}""")
    refuting = graph.query(f"""{FT} SELECT * {{
      ?claim SEPIO:0000008 ?e . ?e ft:direction ft:supports }}""")
    assert list(refuting) == []


def test_mappings_and_shapes_are_those_of_the_graph(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        """@prefix ft: <https://w3id.org/facial-twitch/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix HP: <http://purl.obolibrary.org/obo/HP_> .
        ft:lips skos:closeMatch HP:9999999 .
        ft:my-shape a sh:NodeShape ; sh:targetClass ft:Muscle ; sh:property [ sh:path ft:x ] .""",
        encoding="utf-8",
    )
    with open_store(add=[own]) as store:
        table, shapes = release_mappings(store), release_shapes(store)
    assert "ft:lips\tlips\tskos:closeMatch\tHP:9999999\t" in table
    assert "semapv:UnspecifiedMatching" in table
    assert "ft:my-shape" in shapes
    assert "sh:path ft:x" in shapes
    assert "concept" not in shapes  # those of the package are not mixed in


def test_the_changes_name_what_came_went_and_differs(mini: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(mini, old)
    files = list(old.rglob("*.ttl"))
    text = {path: path.read_text(encoding="utf-8") for path in files}
    claims = next(path for path in files if "claim:pedal-drives-chain a" in text[path])
    changed = re.sub(
        r"(claim:pedal-drives-chain a ft:Claim.*?ft:hedge ft:)asserted",
        r"\1possible",
        text[claims],
        flags=re.DOTALL,
    )
    assert changed != text[claims]
    claims.write_text(changed, encoding="utf-8")
    with read_graph(old) as before, read_graph(mini) as after:
        found = compare(before, after)
    (change,) = found.claims
    assert (change.kind, change.id) == ("changed", "claim:pedal-drives-chain")
    assert change.details == ("- hedge: ft:possible", "+ hedge: ft:asserted")
    assert not found.concepts
    assert "## Claims changed: 1" in str(found)


@pytest.mark.thorough
def test_a_release_is_equal_to_the_graph_that_it_was_made_of(release: Path) -> None:
    same = CliRunner().invoke(app, ["diff", str(release)])
    assert (same.exit_code, same.output) == (0, "Nothing changed.\n")
    lost = CliRunner().invoke(app, ["diff", str(release / "nothing.ttl")])
    assert lost.exit_code == 2
    assert "nothing.ttl" in lost.output
