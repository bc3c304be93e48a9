"""The one list of prefixes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.catalogue import read_catalogue
from kg.errors import BadInput, InvalidKnowledge, MissingFile
from kg.loading import turtle_files
from kg.prefixes import Prefixes, default_prefixes, read_prefixes
from kg.resources import ontology_dir
from kg.sparql import query_kind
from kg.terms import IRI


def test_expand_and_compact_undo_each_other() -> None:
    prefixes = default_prefixes()
    for prefix, namespace in prefixes.items():
        iri = prefixes.expand(f"{prefix}:some-thing")
        assert iri == namespace + "some-thing"
        assert prefixes.compact(iri) == f"{prefix}:some-thing"


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/facial-twitch/claim/a-b-c/evidence/nostril-p1s1",
        "https://w3id.org/facial-twitch/",
        "https://w3id.org/facial-twitch/a?b=c",
        "https://w3id.org/facial-twitch/trailing.",
        "https://example.org/elsewhere",
        "urn:uuid:1234",
    ],
)
def test_whatever_compact_returns_expands_to_the_same(iri: str) -> None:
    prefixes = default_prefixes()
    assert prefixes.expand(prefixes.compact(iri)) == iri


def test_the_longest_namespace_wins() -> None:
    short = default_prefixes().compact(default_prefixes()["nostril"] + "p1s1")
    assert short == "nostril:p1s1"


@pytest.mark.parametrize("text", ["<https://example.org/a>", "https://example.org/a"])
def test_full_iris_come_back(text: str) -> None:
    assert default_prefixes().expand(text) == IRI("https://example.org/a")


@pytest.mark.parametrize("text", ["word", "", "nope:a", "ft:a b", "ft:a>", "a:b:c"])
def test_what_cannot_be_expanded_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        default_prefixes().expand(text)


def test_the_header_lets_a_query_use_every_prefix() -> None:
    header = default_prefixes().sparql_header()
    assert header.count("PREFIX") == len(default_prefixes())
    assert query_kind(header + "ASK { ?s a ft:Claim }") == "ask"


def test_comments_are_no_prefixes(tmp_path: Path) -> None:
    file = tmp_path / "prefixes.ttl"
    file.write_text("# @prefix a: <ex:a> .\n@prefix b: <ex:b#> . # why\n", encoding="utf-8")
    assert dict(read_prefixes(file)) == {"b": "ex:b#"}


def test_a_prefix_for_two_namespaces_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "prefixes.ttl"
    file.write_text("@prefix a: <ex:a> .\n@prefix a: <ex:b> .\n", encoding="utf-8")
    with pytest.raises(InvalidKnowledge, match="declared twice"):
        read_prefixes(file)


def test_a_file_without_prefixes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "prefixes.ttl"
    file.write_text("", encoding="utf-8")
    with pytest.raises(InvalidKnowledge, match="no @prefix line"):
        read_prefixes(file)
    with pytest.raises(MissingFile):
        read_prefixes(tmp_path / "nothing.ttl")


def test_prefixes_are_a_sorted_mapping() -> None:
    assert list(Prefixes({"b": "ex:b", "a": "ex:a"})) == ["a", "b"]


@pytest.mark.parametrize("path", turtle_files(ontology_dir()), ids=lambda path: path.name)
def test_turtle_files_declare_prefixes_as_the_list_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for prefix, namespace in re.findall(r"(?m)^@prefix ([\w-]+): <([^>]*)> \.", text):
        assert default_prefixes().get(prefix) == namespace


def test_queries_declare_prefixes_as_the_list_does() -> None:
    for query in read_catalogue().list():
        for prefix, namespace in query.prefixes.items():
            assert default_prefixes().get(prefix) == namespace, query.name
