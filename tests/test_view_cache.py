"""Compiled views in the cache folder: the same answers, and nothing that can break."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from zlib import crc32

import pytest

import kg
from kg.errors import BadTurtle, StoreUnusable
from kg.resources import ontology_dir

TEXT = "My nostril keeps flickering, three espressos a day, bad sleep, no weakness"
# What the whole graph says of a drink and a finding, so that opening it takes no time.
SMALL = """
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/facial-twitch/source/> .
ft:caffeine a ft:Habit ;
  skos:prefLabel "caffeine"@en ; skos:altLabel "espressos"@en ; skos:definition "A drink."@en .
ft:nostril-twitching a ft:Finding ;
  skos:prefLabel "nostril flicker"@en ; skos:definition "A twitch."@en .
ft:adenosine-receptor a ft:Receptor ;
  skos:prefLabel "adenosine receptor"@en ; skos:definition "A receptor."@en .
source:one a ft:Article ; dcterms:title "One"@en ; ft:source-type ft:review .
claim:caffeine-blocks-adenosine-receptor a ft:Claim ;
  rdf:subject ft:caffeine ; rdf:predicate ft:blocks ; rdf:object ft:adenosine-receptor ;
  ft:evidence [ ft:direction ft:supports ; ft:source source:one ; ft:locator "page 3" ] ;
  ft:hedge ft:asserted .
"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder that is in use."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The same, and a graph that comes with the package and is small."""
    small = tmp_path_factory.mktemp("ontology")
    for name in ("prefixes.ttl", "scales.ttl", "schema.ttl"):
        shutil.copy(ontology_dir() / name, small)
    (small / "small.ttl").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("kg.resources.ontology_dir", lambda: small)
    return empty


def answer(**options: object) -> str:
    with kg.open(**options) as graph:  # type: ignore[arg-type]
        return json.dumps(graph.explain(TEXT).to_dict())


def kept(folder: Path) -> list[Path]:
    """The tables that are kept; the copy of the statements is a folder of its own."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parent.suffix != ".store")


def test_a_kept_view_gives_the_same_view_and_the_same_answers(empty: Path) -> None:
    with kg.open() as first:
        compiled = first.view
        expected = json.dumps(first.explain(TEXT).to_dict())
    assert [path.suffix for path in kept(empty)] == [".tables", ".tables"]
    with kg.open() as second:
        assert second.view == compiled
        for name in ("concepts", "claims", "relations", "scales", "quantities", "passages"):
            assert list(getattr(second.view, name)) == list(getattr(compiled, name))
        assert dict(second.view.cues) == dict(compiled.cues)
        assert json.dumps(second.explain(TEXT).to_dict()) == expected


def test_answers_are_the_same_with_and_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, from_cache = answer(), answer()
    monkeypatch.setenv("KG_CACHE", "off")
    assert compiled == from_cache == answer()
    assert "ft:caffeine" in compiled


def test_off_writes_and_reads_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", "OFF")
    answer()
    assert kept(folder) == []


def checked(content: bytes) -> bytes:
    """What a file holds that keeps a content, whatever that is."""
    return crc32(content).to_bytes(4) + content


@pytest.mark.thorough(keep=2)
@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "other", "letters", "untabled"])
def test_a_damaged_file_is_compiled_anew(folder: Path, damage: str) -> None:
    expected = answer()
    written = {path: path.read_bytes() for path in kept(folder)}
    assert len(written) == 2  # the view, and what reading needs of it
    for path, good in written.items():
        path.write_bytes(
            {
                "cut": good[: len(good) // 2],
                "changed": good.replace(b"i", b"j"),
                "emptied": b"",
                "other": b"{}\n{}",
                "untabled": checked(b"no tables"),
                "letters": b"\xff\xfe\n\xff",
            }[damage]
        )
    assert answer() == expected
    assert {path: path.read_bytes() for path in kept(folder)} == written


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path) -> None:
    folder.write_text("a file stands where the folder should be")
    expected = answer()
    assert answer() == expected
    assert folder.is_file()


def test_a_place_taken_by_a_folder_is_no_error(folder: Path) -> None:
    expected = answer()
    taken = kept(folder)
    for path in taken:
        path.unlink()
        path.mkdir()
    assert answer() == expected
    assert sorted(taken[0].parent.iterdir()) == taken


def test_a_relative_cache_folder_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    answer()
    assert not (tmp_path / "here").exists()
    assert len(kept(tmp_path / "home")) == 2  # the view, and what reading needs of it


def test_other_files_have_their_own_view(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix ft: <https://w3id.org/facial-twitch/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'ft:yodelling a ft:Habit ; skos:prefLabel "yodelling"@en ; skos:definition "Song."@en .\n'
    )
    answer()
    for _ in range(2):
        with kg.open(add=mine) as graph:
            assert graph.resolve("yodelling") == "ft:yodelling"
    assert len([path for path in kept(folder) if "words" not in path.name]) == 2
    mine.write_text("this is no Turtle")
    with pytest.raises(BadTurtle):
        kg.open(add=mine)


def test_only_a_few_views_are_kept(folder: Path, tmp_path: Path) -> None:
    answer()
    path = min(kept(folder), key=lambda path: len(path.name))
    for number in range(12):
        path.with_name(f"view-{number:032}.tables").write_bytes(b"old")
    path.unlink()
    answer()
    assert path in kept(folder)
    assert len(kept(folder)) == 8


def test_queries_are_answered_beside_a_kept_view(folder: Path) -> None:
    answer()
    with kg.open() as graph:
        assert graph.view.concepts
        query = "SELECT ?o { ft:caffeine ft:blocks ?o }"
        assert graph.query(query).to_records() == [("ft:adenosine-receptor",)]
        assert len(graph.rdf) > 100
    with pytest.raises(StoreUnusable):
        graph.query(query)


def test_a_damaged_copy_of_the_statements_is_read_anew(folder: Path) -> None:
    answer()
    query = "SELECT ?l { ft:caffeine skos:prefLabel ?l }"
    for _ in range(2):  # the copy is written, then opened
        with kg.open() as graph:
            expected = graph.query(query).to_records()
    written = list(folder.rglob("*.sst"))
    assert written
    for path in written:
        path.write_bytes(b"damaged" * 1000)
    with kg.open() as graph:
        assert graph.query(query).to_records() == expected == [("caffeine",)]


def test_the_view_that_is_read_outlives_those_that_are_not(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view_cache._MOST_KEPT", 4)
    answer()
    own = kept(folder)
    mine = tmp_path / "mine.ttl"
    for number in range(5):
        mine.write_text(f"<https://example.org/{number}> a <https://example.org/thing> .")
        answer(add=mine)
        answer()
    assert set(own) <= set(kept(folder))
