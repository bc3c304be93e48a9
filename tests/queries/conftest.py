"""Fixtures for the named queries: the real knowledge in every kind of store, and how to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib

from kg.catalogue import Catalogue, read_catalogue
from kg.prefixes import default_prefixes
from kg.release import merged_turtle
from kg.store import Rows, Store, open_store
from kg.terms import IRI

Ask = Callable[..., Rows]
Concepts = Callable[..., frozenset[str]]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="session")
def memory() -> Iterator[Store]:
    """The knowledge of the package in memory."""
    with open_store() as store:
        yield store


@pytest.fixture(scope="session")
def merged(memory: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The merged release as a file."""
    path = tmp_path_factory.mktemp("release") / "merged.ttl"
    path.write_text(merged_turtle(memory), encoding="utf-8")
    return path


@pytest.fixture(scope="session", params=["folder", "rdflib", "endpoint"])
def other_store(
    request: pytest.FixtureRequest, merged: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The knowledge in every other kind of store, one after the other."""
    if request.param == "folder":
        store = open_store(tmp_path_factory.mktemp("folder") / "store")
    elif request.param == "rdflib":
        store = open_store(rdflib.Graph().parse(merged, format="turtle"))
    else:
        serve: Callable[[Path], str] = request.getfixturevalue("serve")
        store = open_store(serve(merged))
    with store:
        yield store


@pytest.fixture(scope="session")
def ask(memory: Store, catalogue: Catalogue) -> Ask:
    """Answer a named query: `ask("limits", subject="ft:caffeine")`."""

    def answer(name: str, **values: str | list[str]) -> Rows:
        return memory.select(catalogue.get(name).bind(values))

    return answer


@pytest.fixture(scope="session")
def concepts() -> Concepts:
    """Collect the compact IRIs in some columns of an answer, by default in all."""
    compact = default_prefixes().compact

    def collect(rows: Rows, *columns: str) -> frozenset[str]:
        wanted = [rows.columns.index(column) for column in columns or rows.columns]
        cells = (row[index] for row in rows for index in wanted)
        return frozenset(compact(cell) for cell in cells if isinstance(cell, IRI))

    return collect
