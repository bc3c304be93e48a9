"""Compiled views in the cache folder: the same answers, and nothing that can break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.errors import BadTurtle, StoreUnusable

TEXT = "My nostril keeps flickering, three espressos a day, bad sleep, no weakness"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder that is in use."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def answer(**options: object) -> str:
    with kg.open(**options) as graph:  # type: ignore[arg-type]
        return json.dumps(graph.explain(TEXT).to_dict())


def kept(folder: Path) -> list[Path]:
    """The tables that are kept; the copy of the statements is a folder of its own."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parent.suffix != ".store")


def test_a_kept_view_is_the_same_view(folder: Path) -> None:
    with kg.open() as first:
        compiled = first.view
    assert [path.suffix for path in kept(folder)] == [".json"]
    with kg.open() as second:
        assert second.view == compiled
        for name in ("concepts", "claims", "relations", "scales", "quantities", "passages"):
            assert list(getattr(second.view, name)) == list(getattr(compiled, name))
        assert [dict(c.properties) for c in second.view.cues] == [
            dict(c.properties) for c in compiled.cues
        ]


def test_answers_are_the_same_with_and_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, from_cache = answer(), answer()
    monkeypatch.setenv("KG_CACHE", "off")
    assert compiled == from_cache == answer()


def test_off_writes_and_reads_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", "OFF")
    answer()
    assert kept(folder) == []


@pytest.mark.thorough(keep=1)
@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "other", "letters"])
def test_a_damaged_file_is_compiled_anew(folder: Path, damage: str) -> None:
    expected = answer()
    written = {path: path.read_bytes() for path in kept(folder)}
    assert len(written) == 2  # the view, and what reading needs of it
    for path, good in written.items():
        path.write_bytes(
            {
                "cut": good[: len(good) // 2],
                "changed": good.replace(b"care", b"dare"),
                "emptied": b"",
                "other": b"{}\n{}",
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
        path.with_name(f"view-{number:032}.json").write_bytes(b"old")
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
        assert len(graph.rdf) > 1000
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
