"""Files that somebody hands in: what they hold is refused or is data, calls nobody, and ends."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib import SH

from kg.errors import BadTurtle, InvalidKnowledge
from kg.resources import ontology_dir
from kg.store import Store, open_store
from kg.store.oxigraph_store import OxigraphStore
from kg.validate.shapes import check_shapes

Canary = tuple[str, list[int]]
PREFIXES = (
    "@prefix ex: <https://example.org/> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)
_LAUGHS = "".join(
    f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)
)  # ten of ten of ten …, nine times
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'
# What is no Turtle: no reader that expands or fetches ever sees it.
OTHERS = {
    "laughs.rdf": f'<!DOCTYPE r [<!ENTITY l0 "ha">{_LAUGHS}]>' + _RDF.format("&l9;"),
    "outside.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]>' + _RDF.format("&e;"),
    "secret.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _RDF.format("&e;"),
    "deep.jsonld": '{"ex:a":' * 10_000 + "1" + "}" * 10_000,
    "context.jsonld": '{"@context": "URL", "a": "b"}',
    "bad.ttl": "<ex:a> <ex:b> \udcff .",
    "nested.ttl": "<urn:a> <urn:b> " + "(" * 100_000,
    "bracketed.ttl": "<urn:a> <urn:b> " + "[ <urn:c> " * 100_000,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_turtle_is_refused_unread(
    name: str, mini: Path, tmp_path: Path, canary: Canary
) -> None:
    url, calls = canary
    file = tmp_path / name
    file.write_bytes(OTHERS[name].replace("URL", url).encode("utf-8", "surrogateescape"))
    began = time.process_time()
    with pytest.raises(BadTurtle) as caught:
        open_store(ontology=mini, add=[file])
    assert name in str(caught.value)
    assert "root:" not in str(caught.value)
    assert time.process_time() - began < 5
    assert calls == []


def test_a_mark_of_the_byte_order_is_no_fault(mini: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked.ttl"
    marked.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8-sig")
    with open_store(ontology=mini, add=[marked]) as store:
        assert store.ask("ASK { <urn:a> <urn:b> <urn:c> }")


def test_what_a_file_imports_is_not_fetched(mini: Path, tmp_path: Path, canary: Canary) -> None:
    url, calls = canary
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    for file, next_ in ((one, other), (other, one)):
        imported = f"<{next_.as_uri()}>, <{url}>, <{file.as_uri()}>"
        file.write_text(f"{PREFIXES}<{file.as_uri()}> owl:imports {imported} .", encoding="utf-8")
    with open_store(ontology=mini, add=[one, other]) as store:
        assert store.ask(f"ASK {{ ?s <http://www.w3.org/2002/07/owl#imports> <{url}> }}")
    assert calls == []


def test_a_text_that_is_too_long_is_refused(mini: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.ttl"
    long.write_bytes(b'<urn:a> <urn:b> "' + b"a" * 100_000_000 + b'" .')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadTurtle, match=r"long\.ttl.*too long"):
        open_store(ontology=mini, add=[long])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1024 * 1024  # kilobytes


# -- shapes

_ALL = "ex:rule a sh:NodeShape ; sh:targetSubjectsOf skos:prefLabel ; "
SHAPES: dict[str, Callable[[str], str]] = {
    "recursive": lambda url: f"{_ALL} sh:node ex:rule .",
    "deep": lambda url: (
        f"{_ALL} sh:node ex:n0 . "
        + " ".join(f"ex:n{n} a sh:NodeShape ; sh:node ex:n{n + 1} ." for n in range(40))
        + " ex:n40 a sh:NodeShape ; sh:class ex:none ."
    ),
    "no pattern": lambda url: f"{_ALL} sh:property [ sh:path skos:prefLabel ; sh:pattern '(' ] .",
    "service": lambda url: (
        f"{_ALL} sh:sparql [ sh:select 'SELECT $this {{ SERVICE <{url}> {{ $this ?p ?o }} }}' ] ."
    ),
    "script": lambda url: (
        f"{_ALL} sh:js [ a sh:JSConstraint ; sh:jsFunctionName 'f' ; "
        f"sh:jsLibrary [ sh:jsLibraryURL <{url}> ] ] ."
    ),
    "imports": lambda url: f"ex: owl:imports <{url}> . {_ALL} sh:class ex:none .",
}


@pytest.mark.filterwarnings("ignore:.*Recursive Shape")
@pytest.mark.parametrize("name", SHAPES)
def test_shapes_end_and_call_nobody(
    name: str, mini_store: OxigraphStore, tmp_path: Path, canary: Canary
) -> None:
    url, calls = canary
    rules = tmp_path / "rules.ttl"
    rules.write_text(PREFIXES + SHAPES[name](url), encoding="utf-8")
    began = time.process_time()
    try:
        check_shapes(mini_store, rules)
    except InvalidKnowledge as error:
        told = str(error)
    else:
        told = "" if name in ("recursive", "script", "imports") else "nothing"
    assert not told or "rules.ttl" in told
    assert time.process_time() - began < 20
    assert calls == []


def test_shapes_in_a_file_of_ones_own_are_data(
    mini: Path, mini_store: Store, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"{PREFIXES}{_ALL} sh:class ex:none .", encoding="utf-8")
    with open_store(ontology=mini, add=[mine]) as store:
        assert isinstance(store, OxigraphStore)
        assert isinstance(mini_store, OxigraphStore)
        assert check_shapes(store) == check_shapes(mini_store)


def test_no_pattern_of_ours_runs_away() -> None:
    import re

    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")
    patterns = {str(pattern) for pattern in shapes.objects(None, SH.pattern)}
    assert len(patterns) > 5
    for pattern in patterns:
        for nasty in ("a" * 5_000 + "!", "a-" * 5_000, "1." * 5_000 + "/", " " * 5_000 + "\n"):
            began = time.process_time()
            re.search(pattern, nasty)
            assert time.process_time() - began < 1, pattern
