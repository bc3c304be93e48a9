"""Fixtures for the named queries: the real knowledge in every kind of store, and how to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.catalogue import Catalogue, read_catalogue
from kg.claims import complete
from kg.prefixes import default_prefixes
from kg.store import Rows, Store, open_store
from kg.store.oxigraph_store import OxigraphStore
from kg.terms import IRI

Ask = Callable[..., Rows]
Concepts = Callable[..., frozenset[str]]

_CLAIMS_OF_OTHERS = """
SELECT DISTINCT ?claim ?subject ?object {
  ?claim a ft:Claim ; rdf:subject ?subject ; rdf:object ?object .
  MINUS { ?claim ft:evidence/ft:passage/ft:source source:nostril }
}
"""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="session")
def memory(graph: kg.Graph) -> Store:
    """The knowledge of the package in memory."""
    return graph.store


@pytest.fixture(scope="session")
def merged(memory: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All statements in one file, unsorted: the merged release says the same."""
    path = tmp_path_factory.mktemp("release") / "merged.ttl"
    memory.rdflib_view().store._inner.dump(
        path, format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph()
    )
    return path


@pytest.fixture(scope="session")
def article(merged: Path) -> ox.Store:
    """What one article says: the release without the claims that only other sources make.

    rdflib walks long paths so slowly that the whole graph would take minutes.
    """
    store = ox.Store()
    store.bulk_load(path=str(merged), format=ox.RdfFormat.TURTLE)
    rows = store.query(_CLAIMS_OF_OTHERS, prefixes=dict(default_prefixes().items()))
    for claim, subject, object_ in list(rows):
        of_others = store.quads_for_pattern(claim, None, None)
        edges = store.quads_for_pattern(subject, None, object_)
        for quad in [*of_others, *edges]:
            store.remove(quad)
    store.extend(complete(store))
    return store


@pytest.fixture(
    scope="session",
    params=["folder", pytest.param("rdflib", marks=pytest.mark.thorough(keep=5)), "endpoint"],
)
def two_stores(
    request: pytest.FixtureRequest,
    memory: Store,
    merged: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Store, Store]]:
    """The same knowledge in the default store and in every other kind, one after the other."""
    first = memory
    if request.param == "folder":
        store = open_store(tmp_path_factory.mktemp("folder") / "store")
    elif request.param == "rdflib":
        article: ox.Store = request.getfixturevalue("article")
        first = OxigraphStore(article)
        text = article.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        store = open_store(rdflib.Graph().parse(text, format="nt"))
    else:
        serve: Callable[[Path], str] = request.getfixturevalue("serve")
        store = open_store(serve(merged))
    with store:
        yield first, store


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
