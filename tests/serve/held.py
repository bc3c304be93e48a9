"""An endpoint in this process that holds the data of a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import kg

pytest.importorskip("starlette")
uvicorn = pytest.importorskip("uvicorn")


@contextmanager
def endpoint(graph: kg.Graph, quads: Path) -> Iterator[int]:
    """The port of a server whose statements are those of a file of N-Quads."""
    from kg.serve.app import make_app
    from kg.serve.engine import Engine

    engine = Engine(quads=quads)
    config = uvicorn.Config(make_app(graph, engine), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    for _ in range(400):
        if server.started and engine.ready.is_set():
            break
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=20)
