"""Virtuoso as a store that somebody else runs: what it answers is what the files say."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.compile import compile_view
from kg.serialise import serialise
from kg.store import Store, open_store

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql")
GRAPH = "https://example.org/graph"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(mini_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query address of a server that holds the small ontology."""
    if SERVER is None or CLIENT is None:
        told = "Virtuoso is asked with virtuoso-t and isql-vt (Debian: virtuoso-opensource-7-bin)"
        if os.environ.get("KG_REQUIRE_READERS"):
            pytest.fail(told)
        pytest.skip(told)
    folder = tmp_path_factory.mktemp("virtuoso")
    statements = mini_store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    (folder / "graph.nt").write_text(serialise(statements, "ntriples"), encoding="utf-8")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
LockFile = {folder}/virtuoso.lck
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
DefaultGraph = {GRAPH}
ResultSetMaxRows = 100000
""",
        encoding="utf-8",
    )
    server = subprocess.Popen(
        [SERVER, "+foreground", "+configfile", str(folder / "virtuoso.ini")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    load = f"DB.DBA.TTLP(file_to_string_output('{folder}/graph.nt'), '', '{GRAPH}', 0); checkpoint;"
    command = [CLIENT, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={load}"]
    try:
        for _ in range(120):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0 and "Error" not in done.stdout + done.stderr:
                break
            assert server.poll() is None, (folder / "virtuoso.log").read_text("utf-8")
            time.sleep(0.5)
        yield f"http://127.0.0.1:{http}/sparql"
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_the_view_is_that_of_the_files(endpoint: str, mini: Path) -> None:
    with open_store(endpoint) as remote, open_store(ontology=mini) as local:
        found, wanted = compile_view(remote), compile_view(local)
    differing = {name for name, claim in wanted.claims.items() if found.claims.get(name) != claim}
    # Virtuoso 7.2 keeps years as seconds; durations of the ontology are days, hours and minutes.
    assert differing == {"claim:chain-lasts-p2y"}
    assert found.claims.keys() == wanted.claims.keys()
    assert found.concepts == wanted.concepts
    assert found.relations == wanted.relations
    assert found.sources == wanted.sources
    assert found.cues == wanted.cues
