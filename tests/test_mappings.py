"""The mappings: every foreign id stands in the committed list, with the label it was seen with."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import kg
from kg.prefixes import default_prefixes
from kg.resources import ontology_dir

LOCK = Path(__file__).with_name("mappings.lock.tsv")
TABLE = ontology_dir() / "mappings.sssom.tsv"
FOREIGN = (
    "biolink",
    "CHEBI",
    "CL",
    "DOID",
    "ECO",
    "GO",
    "HP",
    "MAXO",
    "MESH",
    "MONDO",
    "RO",
    "SYMP",
)
FOREIGN += ("SEPIO", "UBERON")


@pytest.fixture(scope="module")
def seen() -> dict[str, str]:
    """Compact IRI to label, as looked up in the files of the vocabularies."""
    with LOCK.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert all(row["seen_in"] for row in rows)
    assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})
    return {row["id"]: row["label"] for row in rows}


@pytest.fixture(scope="module")
def mappings() -> list[dict[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(table, delimiter="\t"))


def test_every_mapped_id_was_seen_with_its_label(
    seen: dict[str, str], mappings: list[dict[str, str]]
) -> None:
    assert len(mappings) >= 100
    for row in mappings:
        assert seen.get(row["object_id"]) == row["object_label"], row["object_id"]


def test_every_foreign_id_of_the_turtle_files_was_seen(seen: dict[str, str]) -> None:
    names = "|".join(FOREIGN)
    for path in sorted(ontology_dir().rglob("*.ttl")):
        text = re.sub(r'"(?:[^"\\]|\\.)*"|@prefix.*', "", path.read_text(encoding="utf-8"))
        for used in re.findall(rf"(?<![\w:/-])(?:{names}):[\w]+", text):
            assert used in seen, f"{path.name}: {used}"


def test_the_list_holds_nothing_that_is_not_used(
    seen: dict[str, str], mappings: list[dict[str, str]]
) -> None:
    turtle = "\n".join(path.read_text(encoding="utf-8") for path in ontology_dir().rglob("*.ttl"))
    used = {row["object_id"] for row in mappings}
    unused = [name for name in seen if name not in used and not re.search(rf"{name}\b", turtle)]
    assert unused == []


def test_the_table_is_sssom(mappings: list[dict[str, str]]) -> None:
    head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] == "#"]
    metadata = "\n".join(line[1:] for line in head)
    for field in ("mapping_set_id", "license", "curie_map"):
        assert re.search(rf"^{field}:", metadata, re.MULTILINE)
    prefixes = dict(re.findall(r"^  (\w+): (\S+)$", metadata, re.MULTILINE))
    for row in mappings:
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in prefixes
        assert row["object_source"].partition(":")[0] in prefixes
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    ours = default_prefixes()
    assert all(
        ours[name] == namespace
        for name, namespace in prefixes.items()
        if name in dict(ours.items())
    )
    keys = [(row["subject_id"], row["predicate_id"], row["object_id"]) for row in mappings]
    assert keys == sorted(set(keys))


def test_every_subject_is_ours_and_named_as_we_name_it(
    graph: kg.Graph, mappings: list[dict[str, str]]
) -> None:
    rows = graph.store.select(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT ?thing ?label { ?thing skos:prefLabel ?label }"
    )
    labels = {default_prefixes().compact(str(thing)): str(label) for thing, label in rows}
    for row in mappings:
        assert labels.get(row["subject_id"]) == row["subject_label"], row["subject_id"]


def test_one_exact_match_a_vocabulary(mappings: list[dict[str, str]]) -> None:
    exact = [row for row in mappings if row["predicate_id"] == "skos:exactMatch"]
    pairs = [(row["subject_id"], row["object_id"].partition(":")[0]) for row in exact]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # Names of the vocabularies that a match by synonym would fall for.
        ("ft:facial-muscle-twitching", "HP:0011468"),
        ("ft:upper-lip-twitching", "HP:0011468"),
        ("ft:motor-neuron-hyperexcitability", "HP:0034351"),
        ("ft:nerve-hyperexcitability", "HP:0034351"),
        ("ft:nose", "UBERON:0000004"),
    ],
)
def test_trap_is_avoided(ours: str, theirs: str, mappings: list[dict[str, str]]) -> None:
    assert (ours, theirs) not in {(row["subject_id"], row["object_id"]) for row in mappings}


def test_no_harmless_twitch_is_a_dystonia_a_tic_or_a_neuropathy(
    mappings: list[dict[str, str]],
) -> None:
    """HPO gives names of harmless twitches as synonyms of these: whose they are is known."""
    whose = {
        "HP:0000643": {"ft:blepharospasm", "ft:blepharospastic-closure"},
        "HP:0010628": {"ft:bells-palsy", "ft:facial-weakness"},
        "HP:0011468": {"ft:facial-tic-disorder"},
        "HP:0034351": {"ft:neuromyotonia", "ft:peripheral-nerve-hyperexcitability"},
    }
    for name, ours in whose.items():
        assert {row["subject_id"] for row in mappings if row["object_id"] == name} == ours
