"""Which argument opens which store, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.errors import BadInput, StoreUnusable
from kg.loading import derive
from kg.store import Store, graph_version, open_store
from kg.store.endpoint import EndpointStore
from kg.store.oxigraph_store import OxigraphStore
from kg.store.rdflib_graph import RdflibStore

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_nothing_opens_the_installed_graph_in_memory() -> None:
    with open_store() as store:
        assert isinstance(store, OxigraphStore)
        assert graph_version(store) != "unknown"


def test_a_store_comes_back_as_it_is(mini_store: Store) -> None:
    assert open_store(mini_store) is mini_store


def test_an_rdflib_graph_is_used_and_never_changed(authored: rdflib.Graph) -> None:
    graph = derive(authored)
    before = set(graph)
    with open_store(graph) as store:
        assert isinstance(store, RdflibStore)
        assert graph_version(store) == "unknown"
    assert set(graph) == before


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib warns of itself
def test_a_dataset_of_rdflib_is_a_graph_too(authored: rdflib.Graph) -> None:
    dataset = rdflib.Dataset(default_union=True)
    for triple in derive(authored):
        dataset.add(triple)
    with open_store(dataset) as store:
        assert store.ask("ASK { ?s ?p ?o }")


def test_a_graph_over_an_oxigraph_store_is_a_graph_too(mini_store: OxigraphStore) -> None:
    with open_store(mini_store.rdflib_view()) as store:
        assert isinstance(store, RdflibStore)
        assert store.select(COUNT) == mini_store.select(COUNT)


def test_a_graph_without_derived_edges_names_the_fix(authored: rdflib.Graph) -> None:
    with pytest.raises(StoreUnusable, match=r"kg\.loading\.derive"):
        open_store(authored)


def test_a_graph_without_one_of_its_edges_names_the_fix(authored: rdflib.Graph) -> None:
    graph = derive(authored)
    ft = rdflib.Namespace("https://w3id.org/facial-twitch/")
    graph.remove((ft.brake, ft.slows, ft.wheel))
    with pytest.raises(StoreUnusable, match="derived edges"):
        open_store(graph)


def test_a_graph_without_claims_names_the_fix() -> None:
    with pytest.raises(StoreUnusable, match="no claims"):
        open_store(rdflib.Graph())


def test_the_rdflib_view_shows_the_same_store(mini: Path) -> None:
    store = open_store(ontology=mini)
    assert isinstance(store, OxigraphStore)
    view = store.rdflib_view()
    ((count,),) = store.select(COUNT)
    assert str(len(view)) == str(count)
    ft = rdflib.Namespace("https://w3id.org/facial-twitch/")
    assert (ft.pedal, ft.drives, ft.chain) in view
    assert [str(row.x) for row in view.query("SELECT ?x { ft:chain ft:drives ?x }")] == [  # type: ignore[union-attr]
        str(ft.wheel)
    ]
    view.add((ft.wheel, ft.drives, ft.pedal))  # no copy: what is added there is seen here
    assert store.ask("ASK { <%s> <%s> <%s> }" % (ft.wheel, ft.drives, ft.pedal))  # noqa: UP031


@pytest.mark.parametrize("source", [42, b"bytes", ["list"], "", "a\0b"])
def test_what_is_no_source_is_refused(source: object) -> None:
    with pytest.raises(BadInput):
        open_store(source)  # type: ignore[arg-type]


def test_files_are_only_added_to_what_is_built_here(
    mini_store: Store, authored: rdflib.Graph
) -> None:
    for source in (mini_store, derive(authored), "http://127.0.0.1:9/query"):
        with pytest.raises(BadInput, match="files can only be added"):
            open_store(source, add=["mine.ttl"])


def test_an_address_opens_an_endpoint(mini_endpoint: str, mini_store: Store) -> None:
    with open_store(mini_endpoint) as store:
        assert isinstance(store, EndpointStore)
        assert graph_version(store) == graph_version(mini_store)
