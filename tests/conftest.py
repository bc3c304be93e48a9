"""What the tests share: what a plain run leaves out, the small ontology, every kind of store."""

from __future__ import annotations

import csv
import fcntl
import gc
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import rdflib
from hypothesis import settings

import kg
from kg.catalogue import Catalogue, read_catalogue
from kg.loading import derive, turtle_files
from kg.release import merged_turtle, write_release
from kg.store import Store, open_store

DATA = Path(__file__).parent / "data"
LEFT_OUT = pytest.StashKey[Counter[str]]()
SLOW = {
    line
    for line in (Path(__file__).parent / "slow.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
}
FILES = pytest.StashKey[int]()  # how many files are done
SWEPT = 8  # files after which the garbage is collected
EXAMPLES = {"plain": 25, "thorough": 100}  # how many each test of hypothesis makes

T = TypeVar("T")
Some = Callable[[Iterable[T], int], list[T]]


# -- what a plain run leaves out, and what it says about it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run what a plain run leaves out")
    parser.addoption("--left-out", action="store_true", help="run that alone, and no more")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()
    config.stash[FILES] = 0
    for name, examples in EXAMPLES.items():
        # The same examples in every run: a failure on one machine is a failure on all.
        settings.register_profile(name, derandomize=True, deadline=None, max_examples=examples)
    settings.load_profile("thorough" if _is_thorough(config) else "plain")
    if not hasattr(config, "workerinput"):
        _own_cache(config)


def _own_cache(config: pytest.Config) -> None:
    """A cache folder that all workers share: empty at first, and not that of whoever runs them."""
    folder = tempfile.mkdtemp(prefix="kg-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["XDG_CACHE_HOME"] = folder
    os.environ.pop("KG_CACHE", None)
    # Many tests start the command, which would have to be compiled each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _is_thorough(config: pytest.Config) -> bool:
    return bool(config.getoption("thorough") or config.getoption("left_out"))


def _is_whole(config: pytest.Config) -> bool:
    """Whether no file is named: then what is slow is left out. A worker is told."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return bool(getattr(config, "workerinput", {}).get("whole", not named))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist whether a file was named."""
    node.workerinput["whole"] = _is_whole(node.config)


def _is_slow(nodeid: str) -> bool:
    return re.split(r"\[| \(", nodeid)[0] in SLOW


def _is_left_out(item: pytest.Item) -> bool:
    """Whether a plain run leaves something of a test out: cases, some of many, or examples."""
    taken = "some" in getattr(item, "fixturenames", ())
    made = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return bool(item.get_closest_marker("thorough") or taken or made)


def few(many: Iterable[T], keep: int, key: Callable[[T], str] = repr) -> list[T]:
    """So many of them, the same in every run and not all from one end, in their order."""
    listed = list(many)
    mixed = [hashlib.sha1(key(one).encode()).digest() for one in listed]
    kept = sorted(range(len(listed)), key=mixed.__getitem__)[:keep]
    return [listed[index] for index in sorted(kept)]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep as many cases of each test as its mark `thorough` says; those named by id are kept."""
    for item in items if _is_whole(config) or config.getoption("left_out") else ():
        if _is_slow(item.nodeid):
            item.add_marker(pytest.mark.thorough(keep=0), append=False)
    if config.getoption("left_out"):
        items[:] = filter(_is_left_out, items)
    elif _is_thorough(config):
        return
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("thorough") and item.nodeid not in config.args:
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, of_one in cases.items():
        mark = of_one[0].get_closest_marker("thorough")
        kept = few(of_one, mark.kwargs.get("keep", 0), key=lambda item: item.nodeid)
        left = {item for item in of_one if item not in kept}
        if config.getoption("left_out"):
            left = set(kept)
        else:
            config.stash[LEFT_OUT][name] = len(left)
        items[:] = [item for item in items if item not in left]


def pytest_collection_finish() -> None:
    """What is there now stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """After some files what is left is there to stay: it is not looked through again either."""
    if nextitem is not None and nextitem.path != item.path:
        item.config.stash[FILES] += 1
        if item.config.stash[FILES] % SWEPT == 0:
            gc.collect()
            gc.freeze()


@pytest.fixture(scope="session")
def some(pytestconfig: pytest.Config) -> Some[object]:
    """Take a few of many, for a law over many things in one test.

    All with --thorough; with --left-out the others, or the few where there are no others.
    """

    def take(many: Iterable[T], keep: int) -> list[T]:
        listed = list(many)
        taken = few(listed, keep)
        test = re.split(r"\[| \(", os.environ["PYTEST_CURRENT_TEST"])[0]
        if pytestconfig.getoption("left_out") and not _is_slow(test):
            known = set(map(id, taken))
            return [one for one in listed if id(one) not in known] or taken
        if _is_thorough(pytestconfig):
            return listed
        pytestconfig.stash[LEFT_OUT][test] += len(listed) - len(taken)
        return taken

    return take


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(session.config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker of xdist collects all tests, and runs some: what the most leave out counts."""
    node.config.stash[LEFT_OUT] |= Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out, and how to have it."""
    left = +config.stash[LEFT_OUT]
    if left:
        told = f"{left.total():,} cases were left out in {len(left)} slow tests: "
        terminalreporter.write_line(f"{told}pytest --thorough runs them too", yellow=True)


@pytest.fixture
def canary() -> Iterator[tuple[str, list[int]]]:
    """The address of a listener, and a note of each call: what nobody is to make."""
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    listener.accept()[0].close()
                    calls.append(1)
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x", calls
        done.set()
        thread.join()


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
        opened.explain("my lip twitches")
        gc.freeze()
        yield opened


@pytest.fixture(scope="session")
def release() -> Path:
    """The folder of a release of the whole graph: written once for all workers."""
    folder = Path(os.environ["XDG_CACHE_HOME"], "release")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            writing = folder.with_suffix(".new")
            with open_store() as store:
                write_release(store, writing)
            writing.rename(folder)
    return folder


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
