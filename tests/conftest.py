"""Fixtures that several test modules share: the small ontology and every kind of store."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from hypothesis import settings

import kg
from kg.catalogue import Catalogue, read_catalogue
from kg.loading import derive, turtle_files
from kg.release import merged_turtle
from kg.store import Store, open_store

# The same examples in every run: a failure on one machine is a failure on all.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of the tests' own: empty at first, and not that of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KG_CACHE", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def mini() -> Path:
    """The folder of the small ontology."""
    return DATA / "mini" / "ontology"


@pytest.fixture(scope="session")
def mini_catalogue() -> Catalogue:
    return read_catalogue(DATA / "mini" / "queries")


@pytest.fixture(scope="session")
def mini_store(mini: Path) -> Iterator[Store]:
    """The small ontology in memory."""
    with open_store(ontology=mini) as store:
        yield store


@pytest.fixture(scope="session")
def graph() -> Iterator[kg.Graph]:
    """The whole graph of the project."""
    with kg.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def described() -> list[str]:
    """The texts of the cited cases."""
    with (DATA / "vignettes.tsv").open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines, delimiter="\t")]


@pytest.fixture
def authored(mini: Path) -> rdflib.Graph:
    """The small ontology as rdflib reads its files: nothing named, nothing derived."""
    graph = rdflib.Graph()
    for path in turtle_files(mini):
        graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Start a real SPARQL server with the content of a Turtle file; returns its query address."""
    scripts = sysconfig.get_path("scripts")
    binary = shutil.which("oxigraph", path=scripts) or shutil.which("oxigraph")
    assert binary, "the server comes with the PyPI package oxigraph, in the extra [test]"
    running: list[subprocess.Popen[bytes]] = []

    def start(turtle: Path) -> str:
        folder = tmp_path_factory.mktemp("server")
        load = [binary, "load", "--location", str(folder), "--file", str(turtle)]
        subprocess.run(load, check=True, capture_output=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{probe.getsockname()[1]}"
        running.append(
            subprocess.Popen(
                [binary, "serve-read-only", "--location", str(folder), "--bind", place],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{place}/", timeout=1).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        return f"http://{place}/query"

    yield start
    for server in running:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def mini_endpoint(
    mini_store: Store, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of a server that holds the merged release of the small ontology."""
    turtle = tmp_path_factory.mktemp("release") / "merged.ttl"
    turtle.write_text(merged_turtle(mini_store), encoding="utf-8")
    return serve(turtle)


@pytest.fixture(params=["memory", "folder", "rdflib", "endpoint"])
def any_store(
    request: pytest.FixtureRequest, mini: Path, tmp_path: Path, authored: rdflib.Graph
) -> Iterator[Store]:
    """The small ontology in each kind of store, one after the other."""
    if request.param == "memory":
        store = open_store(ontology=mini)
    elif request.param == "folder":
        store = open_store(tmp_path / "store", ontology=mini)
    elif request.param == "rdflib":
        mapped = open_store(ontology=mini).construct(
            "CONSTRUCT WHERE { ?s <http://www.w3.org/2004/02/skos/core#exactMatch> ?o }"
        )
        graph = derive(authored)
        for triple in mapped:  # rdflib reads no mapping tables
            graph.add(
                (
                    rdflib.URIRef(triple.subject),
                    rdflib.URIRef(triple.predicate),
                    rdflib.URIRef(triple.object),
                )
            )
        store = open_store(graph)
    else:
        store = open_store(request.getfixturevalue("mini_endpoint"))
    with store:
        yield store
