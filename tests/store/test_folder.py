"""A folder on disk: built, found again, built anew; never somebody else's overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BadTurtle, StoreUnusable
from kg.prefixes import default_prefixes
from kg.release import merged_turtle
from kg.store import Store, graph_version, open_store

FT = default_prefixes().sparql_header()
WHEEL = FT + "ASK { ft:wheel skos:prefLabel 'wheel'@en }"


@pytest.fixture
def ontology(mini: Path, tmp_path: Path) -> Path:
    """A copy of the small ontology that a test may change."""
    return Path(shutil.copytree(mini, tmp_path / "ontology"))


def files_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


@pytest.mark.parametrize("exists", [True, False])
def test_it_is_built_when_it_is_not_there_or_empty(
    exists: bool, ontology: Path, tmp_path: Path, mini_store: Store
) -> None:
    folder = tmp_path / "deep" / "store"
    if exists:
        folder.mkdir(parents=True)
    with open_store(folder, ontology=ontology) as store:
        assert store.ask(WHEEL)
        assert graph_version(store) == graph_version(mini_store)
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_it_is_opened_as_it_is_when_the_files_are_the_same(ontology: Path, tmp_path: Path) -> None:
    open_store(str(tmp_path / "store"), ontology=ontology).close()
    before = files_of(tmp_path / "store")
    open_store(str(tmp_path / "store") + "/", ontology=ontology).close()
    assert files_of(tmp_path / "store") == before


def test_two_can_read_it_at_the_same_time(ontology: Path, tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "store", ontology=ontology) as one,
        open_store(tmp_path / "store", ontology=ontology) as two,
    ):
        assert one.ask(WHEEL)
        assert two.ask(WHEEL)


def test_it_is_built_anew_when_the_files_have_changed(ontology: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "store", ontology=ontology).close()
    terms = ontology / "terms" / "parts.ttl"
    terms.write_text(terms.read_text("utf-8").replace('"wheel"', '"ring"'), encoding="utf-8")
    with open_store(tmp_path / "store", ontology=ontology) as store:
        assert not store.ask(WHEEL)
        assert store.ask(WHEEL.replace("wheel'", "ring'"))


def test_it_is_built_anew_when_files_are_added(ontology: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text("<ex:a> <ex:b> <ex:c> .", encoding="utf-8")
    for add, expected in (([], False), ([extra], True), ([], False)):
        with open_store(tmp_path / "store", ontology=ontology, add=add) as store:
            assert store.ask("ASK { <ex:a> <ex:b> <ex:c> }") is expected


def test_broken_files_leave_the_old_store_alone(ontology: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "store", ontology=ontology).close()
    before = files_of(tmp_path / "store")
    (ontology / "broken.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(BadTurtle):
        open_store(tmp_path / "store", ontology=ontology)
    assert files_of(tmp_path / "store") == before


def test_a_folder_with_other_files_is_never_touched(ontology: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(StoreUnusable, match="choose an empty or a new folder"):
        open_store(folder, ontology=ontology)
    assert list(files_of(folder)) == ["holiday.jpg"]


def test_a_file_is_no_folder(ontology: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnusable, match="is a file"):
        open_store(tmp_path / "mine.ttl", ontology=ontology)


def test_a_place_that_cannot_be_written_is_reported(ontology: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnusable, match="choose a folder you can write to"):
        open_store(tmp_path / "file" / "store", ontology=ontology)


def foreign(folder: Path, turtle: str) -> Path:
    store = ox.Store(str(folder))
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    store.flush()
    return folder


def test_a_database_of_somebody_else_is_read_as_it_is(
    mini_store: Store, ontology: Path, tmp_path: Path
) -> None:
    folder = foreign(tmp_path / "theirs", merged_turtle(mini_store) + "<ex:a> <ex:b> <ex:c> .")
    with open_store(folder, ontology=ontology) as store:
        assert store.ask(WHEEL)
        assert store.ask("ASK { <ex:a> <ex:b> <ex:c> }")
    with pytest.raises(StoreUnusable, match="nothing can be added"):
        open_store(folder, ontology=ontology, add=[ontology])


def test_a_database_of_somebody_else_without_edges_names_the_fix(
    ontology: Path, tmp_path: Path
) -> None:
    authored = (ontology / "claims" / "drive.ttl").read_text("utf-8")
    with pytest.raises(StoreUnusable, match="derived edges: load the merged release"):
        open_store(foreign(tmp_path / "theirs", authored), ontology=ontology)


def test_a_broken_database_is_reported(ontology: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "store", ontology=ontology).close()
    (tmp_path / "store" / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreUnusable, match="choose another folder"):
        open_store(tmp_path / "store", ontology=ontology)
