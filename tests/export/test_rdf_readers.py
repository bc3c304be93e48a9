"""The formats of RDF: parsers that nobody here wrote count the same statements."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.export.registry import get_format
from kg.export.text import legal
from kg.terms import IRI, Literal, Triple

TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
SYNTAXES = {"turtle": "turtle", "ntriples": "ntriples", "rdfxml": "rdfxml"}
FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
BASE = "https://example.org/"


def read(name: str, content: str | bytes) -> set[pyoxigraph.Quad]:
    assert isinstance(content, str)
    return set(pyoxigraph.parse(content.encode(), format=FORMATS[name]))


def count_by_rapper(run_program: Callable[..., str], name: str, content: str) -> int:
    command = ("rapper", "-q", "-i", SYNTAXES[name], "-o", "ntriples", "-", BASE)
    told = run_program("raptor2-utils", *command, text=content)
    return len(set(told.splitlines()))


@pytest.mark.parametrize(
    "part",
    [
        "around",
        *(pytest.param(p, marks=pytest.mark.thorough) for p in ("whole", "explanation", "path")),
    ],
)
def test_rapper_counts_what_pyoxigraph_counts(
    graph: kg.Graph, part: str, run_program: Callable[..., str]
) -> None:
    parts = {
        "whole": {},
        "around": {"around": "coffee"},
        "explanation": {"explanation": graph.explain(TEXT)},
        "path": {"path": ("coffee", "nostril twitching")},
    }
    content = {name: graph.export(name, **parts[part]) for name in FORMATS}
    found = {name: read(name, text) for name, text in content.items()}
    assert len(found["turtle"]) > 50
    assert all(triples == found["turtle"] for triples in found.values())
    for name in SYNTAXES:
        assert count_by_rapper(run_program, name, str(content[name])) == len(found[name])


def triples(texts: list[str]) -> list[Triple]:
    return [
        Triple(IRI(f"{BASE}s{i}"), IRI(f"{BASE}p"), Literal(text)) for i, text in enumerate(texts)
    ]


def test_hostile_texts_come_back(hostile_texts: list[str], run_program: Callable[..., str]) -> None:
    for name in FORMATS:
        content = str(get_format(name).write(triples(hostile_texts)))
        assert len(read(name, content)) == len(hostile_texts), name
        if name == "rdfxml":
            assert count_by_rapper(run_program, name, content) == len(hostile_texts)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    for name in FORMATS:
        content = get_format(name).write(triples(texts))
        kept = [legal(text) for text in texts] if name == "rdfxml" else texts
        told = {(str(t.subject), str(t.object.value)) for t in triples(kept)}
        parsed = pyoxigraph.parse(str(content).encode(), format=FORMATS[name])
        assert {(q.subject.value, q.object.value) for q in parsed} == told, name
        assert content == get_format(name).write(triples(texts))
