"""From files to statements: evidence gets IRIs, claims give edges, versions tell contents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

from kg.errors import BadTurtle, InvalidKnowledge, MissingFile
from kg.loading import derive, load, parse_turtle, read_sources
from kg.mappings import read_sssom
from kg.prefixes import default_prefixes
from kg.store import Store, graph_version, open_store
from kg.terms import IRI, Literal

FT = default_prefixes().sparql_header()


def ask(store: Store, pattern: str) -> bool:
    return store.ask(f"{FT} ASK {{ {pattern} }}")


def column(store: Store, pattern: str) -> list[str]:
    rows = store.select(f"{FT} SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x")
    return [default_prefixes().compact(str(x)) for (x,) in rows]


def test_supported_claims_give_edges(mini_store: Store) -> None:
    assert ask(mini_store, "ft:pedal ft:drives ft:chain")
    assert ask(mini_store, "ft:brake ft:slows ft:wheel")
    assert ask(mini_store, 'ft:chain ft:lasts "P2Y"^^xsd:duration')


def test_a_claim_about_a_claim_gives_an_edge(mini_store: Store) -> None:
    assert ask(mini_store, "ft:rust ft:strengthens claim:brake-slows-wheel")


def test_a_claim_that_is_only_refuted_gives_no_edge(mini_store: Store) -> None:
    assert not ask(mini_store, "ft:rust ft:drives ft:wheel")
    assert ask(mini_store, "claim:rust-drives-wheel a ft:Claim")


def test_evidence_is_named_after_what_it_cites(mini_store: Store) -> None:
    assert column(mini_store, "claim:pedal-drives-chain ft:evidence ?x") == [
        "claim:pedal-drives-chain/evidence/handbook",
        "claim:pedal-drives-chain/evidence/nostril-p1s1",
    ]


def test_equal_evidence_is_one_item_and_different_evidence_is_numbered(mini_store: Store) -> None:
    items = column(mini_store, "claim:chain-drives-wheel ft:evidence ?x")
    stem = "claim:chain-drives-wheel/evidence/nostril-p2s1"
    assert items == [stem, f"{stem}-2"]
    directions = column(mini_store, "claim:chain-drives-wheel ft:evidence/ft:direction ?x")
    assert directions == ["ft:refutes", "ft:supports"]


def test_no_evidence_stays_blank(mini_store: Store) -> None:
    assert not ask(mini_store, "?claim ft:evidence ?item . FILTER(isBlank(?item))")


def test_mappings_become_triples_and_negative_ones_do_not(mini_store: Store) -> None:
    assert ask(mini_store, "ft:wheel skos:exactMatch UBERON:0000001")
    assert ask(mini_store, 'UBERON:0000001 rdfs:label "wheel thing"')
    assert not ask(mini_store, "?s skos:exactMatch UBERON:0000002")
    assert not ask(mini_store, "?s skos:broadMatch ?o")


def test_shapes_are_no_data(mini_store: Store) -> None:
    assert not ask(mini_store, "?s a <http://www.w3.org/ns/sh#NodeShape>")


def test_the_version_is_the_release_and_the_digest_and_stands_in_the_graph(mini: Path) -> None:
    knowledge = load(read_sources(mini))
    assert knowledge.version == f"7.1.0+{knowledge.digest[:12]}"
    assert graph_version(open_store(ontology=mini)) == knowledge.version


def test_the_digest_is_of_the_contents_alone(mini: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(mini, copy)
    (copy / "claims" / "drive.ttl").rename(copy / "renamed.ttl")
    schema = copy / "schema.ttl"
    schema.write_bytes(schema.read_bytes().replace(b"\n", b"\r\n"))
    assert read_sources(copy).digest == read_sources(mini).digest
    schema.write_bytes(schema.read_bytes() + b"# one more line\n")
    assert read_sources(copy).digest != read_sources(mini).digest


def test_loading_the_merged_release_again_changes_nothing(mini: Path, tmp_path: Path) -> None:
    from kg.release import merged_turtle

    everything = "CONSTRUCT WHERE { ?s ?p ?o }"
    once = open_store(ontology=mini)
    merged = tmp_path / "merged.ttl"
    merged.write_text(merged_turtle(once), encoding="utf-8")
    both = open_store(ontology=mini, add=[merged])
    stamp = default_prefixes().expand("ft:graph-version")
    assert [each for each in both.construct(everything) if each.predicate != stamp] == [
        each for each in once.construct(everything) if each.predicate != stamp
    ]
    assert column(both, "ft: ft:graph-version ?x") != column(once, "ft: ft:graph-version ?x")


ADDED = """
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
claim:wheel-drives-dynamo a ft:Claim ;
    rdf:subject ft:wheel ; rdf:predicate ft:drives ; rdf:object ft:dynamo ;
    ft:evidence [ ft:source <https://example.org/books#b7> ; ft:direction ft:supports ] .
"""


def test_files_and_folders_can_be_added(mini: Path, tmp_path: Path) -> None:
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    (inside / "mine.ttl").write_text(ADDED, encoding="utf-8")
    for add in ([inside / "mine.ttl"], str(tmp_path), [str(tmp_path)]):
        store = open_store(ontology=mini, add=add)
        assert ask(store, "ft:wheel ft:drives ft:dynamo")
        assert column(store, "claim:wheel-drives-dynamo ft:evidence ?x") == [
            "claim:wheel-drives-dynamo/evidence/b7"
        ]


def test_broken_turtle_is_reported_with_file_and_line(mini: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix ft: <ex:> .\n\nft:a ft:b ft:c ;;\n  no:prefix 1 .\n", "utf-8")
    with pytest.raises(BadTurtle) as caught:
        open_store(ontology=mini, add=[broken])
    assert (caught.value.path, caught.value.line, caught.value.column) == (str(broken), 4, 3)
    assert "line 4" in str(caught.value)
    assert "no:" in caught.value.detail


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00", b"<a> <b> c ."])
def test_what_is_no_turtle_is_reported(mini: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "odd.ttl"
    file.write_bytes(data)
    with pytest.raises(BadTurtle):
        open_store(ontology=mini, add=[file])


def test_a_mark_before_the_first_letter_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "windows.ttl"
    file.write_bytes(b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\r\n")
    assert len(parse_turtle(file, file.read_bytes())) == 1


@pytest.mark.parametrize("depth", ["( ", "[ <urn:p> "])
def test_turtle_that_is_nested_deeply_does_no_harm(tmp_path: Path, depth: str) -> None:
    end = {"(": ") ", "[": "] "}[depth[0]]
    data = f"<urn:a> <urn:b> {depth * 50_000}1 {end * 50_000}.".encode()
    assert len(parse_turtle(tmp_path / "deep.ttl", data)) >= 50_000


def test_triple_terms_are_refused(mini: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.ttl"
    file.write_text("<ex:a> <ex:b> <<( <ex:s> <ex:p> <ex:o> )>> .", encoding="utf-8")
    with pytest.raises(InvalidKnowledge, match=r"RDF 1\.2"):
        open_store(ontology=mini, add=[file])


def test_a_missing_file_and_an_empty_folder_are_reported(mini: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no such file"):
        open_store(ontology=mini, add=[tmp_path / "nothing.ttl"])
    with pytest.raises(MissingFile, match=r"no \.ttl file"):
        open_store(ontology=mini, add=[tmp_path])
    with pytest.raises(MissingFile):
        open_store(ontology=mini, add=["a\0b.ttl"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ft:a\tskos:exactMatch\tNOPE:1", "line 4"),
        ("ft:a\trdfs:seeAlso\tUBERON:1", "not a mapping relation"),
        ("ft:a\tskos:exactMatch\t", "is not an IRI"),
    ],
)
def test_a_bad_mapping_is_reported_with_its_line(row: str, message: str) -> None:
    table = f"# meta\nsubject_id\tpredicate_id\tobject_id\nft:a\tskos:exactMatch\tft:b\n{row}\n"
    with pytest.raises(InvalidKnowledge, match=message):
        list(read_sssom(table, "table.tsv", default_prefixes()))


def test_a_mapping_table_without_its_columns_is_refused() -> None:
    with pytest.raises(InvalidKnowledge, match="subject_id is missing"):
        list(read_sssom("a\tb\n1\t2\n", "table.tsv", default_prefixes()))


def test_malformed_claims_give_no_edge(mini: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.ttl"
    file.write_text(
        ADDED + "claim:x a ft:Claim ; rdf:subject ft:a, ft:b ; rdf:predicate ft:drives ;"
        " rdf:object ft:c ; ft:evidence [ ft:direction ft:supports ] .\n"
        'claim:y a ft:Claim ; rdf:subject "a" ; rdf:predicate ft:drives ;'
        " rdf:object ft:c ; ft:evidence [ ft:direction ft:supports ] .\n",
        encoding="utf-8",
    )
    store = open_store(ontology=mini, add=[file])
    assert column(store, "?x ft:drives ft:c") == []
    assert column(store, "claim:x ft:evidence ?x") == ["claim:x/evidence/item"]


def test_evidence_shared_by_two_claims_is_named_for_each(mini: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.ttl"
    file.write_text(
        ADDED + "claim:x ft:evidence _:e . claim:y ft:evidence _:e . _:e ft:source ft:b .",
        encoding="utf-8",
    )
    store = open_store(ontology=mini, add=[file])
    assert column(store, "?x ft:source ft:b") == ["claim:x/evidence/b", "claim:y/evidence/b"]


def test_derive_gives_rdflib_what_loading_gives(mini_store: Store, authored: rdflib.Graph) -> None:
    before = len(authored)
    derived = derive(authored)
    assert len(authored) == before
    ours = {
        (str(each.subject), str(each.predicate), str(each.object))
        for each in mini_store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
        if not each.predicate.endswith(("graph-version", "exactMatch"))
        and each.object != Literal("wheel thing")
    }
    assert {(str(s), str(p), str(o)) for s, p, o in derived} == ours
    assert dict(derived.namespaces())["claim"] == rdflib.URIRef(default_prefixes()["claim"])
    assert derive(derived).isomorphic(derived)


def test_iris_of_loaded_evidence_can_be_cited(mini_store: Store) -> None:
    rows = mini_store.select(f"{FT} SELECT ?x WHERE {{ ?claim ft:evidence ?x }}")
    assert all(isinstance(x, IRI) and IRI(x) for (x,) in rows)
