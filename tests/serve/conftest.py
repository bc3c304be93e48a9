"""One server for all tests of this folder, started as anybody starts it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("starlette", reason="comes with the extra [serve]")
pytest.importorskip("uvicorn", reason="comes with the extra [serve]")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media(self) -> str:
        return self.headers.get_content_type()

    def json(self) -> Any:
        return json.loads(self.body)


# Counts for longer than anybody waits.
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Site:
    """A running server: its address, its process, and what it wrote."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def send(self, method: str, path: str, data: bytes | None = None, **headers: str) -> Reply:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.address.rstrip("/") + path, data, names, method=method
        )
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
                return Reply(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, **headers)

    def form(self, path: str, fields: Any, **headers: str) -> Reply:
        media = "application/x-www-form-urlencoded"
        data = urlencode(fields, doseq=True).encode()
        return self.send("POST", path, data, content_type=media, **headers)

    def json(self, path: str, data: Any, **headers: str) -> Reply:
        body = json.dumps(data).encode()
        return self.send("POST", path, body, content_type="application/json", **headers)

    def cheap(self, query: str) -> Reply:
        """The answer to a cheap query, asked again while a busy machine has no time for it."""
        for _ in range(10):
            reply = self.form("/sparql", {"query": query})
            if reply.status != 503:
                break
            assert reply.headers["Retry-After"]
        return reply


def start(log: Path, *options: str, command: str = "serve", ready: bool = True) -> Site:
    """Start `kg serve`, or another, on a free port and wait until it listens, or is ready."""
    started = [sys.executable, "-m", "kg", command, "--port", "0", *options]
    with log.open("wb") as out:
        process = subprocess.Popen(started, stderr=out, stdout=out)
    for _ in range(600):
        lines = log.read_text(encoding="utf-8").splitlines()
        address = next((line for line in lines if line.startswith("http://")), None)
        if address is not None:
            site = Site(address, process, log)
            if not ready or site.get("/readyz").status == 200:
                return site
        assert process.poll() is None, "\n".join(lines)
        time.sleep(0.05)
    raise TimeoutError("the server does not start")


def engine_of(site: Site) -> int:
    """The id of the process that holds the statements."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
    return int(children.read_text(encoding="ascii").split()[0])


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server; told to stop in the middle of a query, it stops and leaves nothing behind."""
    found = start(tmp_path_factory.mktemp("serve") / "log", "--query-seconds", "4")
    yield found
    engine = engine_of(found)
    waiting = threading.Thread(target=lambda: found.form("/sparql", {"query": CROSS}))
    waiting.start()
    time.sleep(0.2)
    found.process.terminate()
    assert found.process.wait(timeout=20) in (0, -signal.SIGTERM)
    waiting.join(timeout=20)
    until(lambda: not Path(f"/proc/{engine}").exists())
