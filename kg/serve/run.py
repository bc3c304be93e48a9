"""Runs the application until it is told to stop."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Final

import uvicorn

from kg.graph import Graph
from kg.serve.app import make_app
from kg.serve.engine import Engine

__all__ = ["run"]

_MOST_CONNECTIONS: Final = 512
_IDLE: Final = 15  # seconds that a connection may be idle
_SWITCH: Final = 0.0005  # seconds: an explanation does not keep the rest of the server waiting
_LAST: Final = 10  # seconds for what is under way when the server stops


class _Server(uvicorn.Server):
    """A server that says where it listens once it does."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        for server in self.servers:
            for socket in server.sockets:
                host, port = socket.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                print(f"http://{shown}:{port}/", file=sys.stderr, flush=True)


def run(graph: Graph, engine: Engine | None, host: str, port: int, hosts: Collection[str]) -> None:
    """Serve a graph at an address; see `make_app`."""
    sys.setswitchinterval(_SWITCH)
    config = uvicorn.Config(
        make_app(graph, engine, hosts),
        host=host,
        port=port,
        access_log=False,  # an address may name what somebody has
        log_level="warning",
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_LAST,
        h11_max_incomplete_event_size=32 * 1024,
        http="h11",
        ws="none",
    )
    _Server(config).run()
