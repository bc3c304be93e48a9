"""The shapes: each rule rejects the example that breaks it, and says what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import MissingFile
from kg.resources import ontology_dir
from kg.store.oxigraph_store import OxigraphStore
from kg.validate import Violation
from kg.validate.shapes import check_shapes

INVALID = Path(__file__).resolve().parents[1] / "data" / "invalid"
EXAMPLES = sorted(INVALID.glob("*.ttl"))
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def broken() -> dict[str, set[Violation]]:
    """What the shapes say of each example; all are looked at in one run, which is faster."""
    store = ox.Store()
    ontology = ontology_dir()
    for path in [
        *(ontology / name for name in ("schema.ttl", "scales.ttl", "sources.ttl")),
        *sorted((ontology / "passages").glob("*.ttl")),
        *EXAMPLES,
    ]:
        store.extend(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    found: dict[str, set[Violation]] = defaultdict(set)
    for violation in check_shapes(OxigraphStore(store))[0]:
        match = re.match(r"https://example\.org/invalid/([a-z-]+)/", violation.focus)
        # Blank nodes without an owner have no name to go by; only one example has any.
        found[match[1] if match else "claim-iri"].add(violation)
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_example_breaks_exactly_its_rule(path: Path, broken: dict[str, set[Violation]]) -> None:
    declared = re.match(r"# violates: (shape:[a-z-]+)\n", path.read_text(encoding="utf-8"))
    assert declared, "the first line of an example names the shape that it violates"
    assert {violation.shape for violation in broken[path.stem]} == {declared[1]}


def test_every_rule_has_an_example_and_a_message_that_names_the_fix() -> None:
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl")
    rules = {
        rule
        for kind in (SH.NodeShape, SH.PropertyShape)
        for rule in shapes.subjects(rdflib.RDF.type, kind)
        if isinstance(rule, rdflib.URIRef)
    }
    assert {str(rule).rpartition("/")[2] for rule in rules} == {path.stem for path in EXAMPLES}
    for rule in rules:
        query = shapes.value(rule, SH.sparql)
        messages = list(shapes.objects(query if query is not None else rule, SH.message))
        assert len(messages) == 1, rule
        assert re.search(r"[:,;] \S.*\.$", str(messages[0])), f"{rule}: {messages[0]}"


def test_a_message_shows_what_is_wrong(broken: dict[str, set[Violation]]) -> None:
    (violation,) = broken["claim-object-known"]
    assert violation.value is None or "example.org" in violation.value
    assert "define it" in violation.message
    assert violation.focus == "https://example.org/invalid/claim-object-known/a-causes-b"


def test_what_has_no_name_is_shown_by_what_owns_it(broken: dict[str, set[Violation]]) -> None:
    (violation,) = broken["evidence-direction"]
    assert violation.focus.endswith("/a-causes-b")
    (violation,) = broken["selector-order"]
    assert violation.focus.endswith("/p1s1")


def test_shapes_that_are_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"rules\.ttl: no such file"):
        check_shapes(OxigraphStore(ox.Store()), tmp_path / "rules.ttl")
