"""Runs an application until it is told to stop."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Collection
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from kg.errors import BadInput
from kg.graph import Graph
from kg.serve.app import make_app
from kg.serve.engine import Engine

_MOST_CONNECTIONS: Final = 512
_IDLE: Final = 15  # seconds that a connection may be idle
_SWITCH: Final = 0.0005  # seconds: an explanation does not keep the rest of the server waiting
_LAST: Final = 10  # seconds for what is under way when the server stops


class _Server(uvicorn.Server):
    """A server that says where it listens once it does."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        for server in self.servers:
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                print(f"http://{shown}:{port}/", file=sys.stderr, flush=True)


def check_free(host: str, port: int) -> None:
    """Try whether a port can be listened on.

    Raises:
        BadInput: it cannot.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else str(error)
            raise BadInput(f"cannot listen on {host}:{port} ({why}): try another --port") from None


def run(
    graph: Graph, engine: Engine | None, host: str, port: int, hosts: Collection[str], rate: float
) -> None:
    """Serve a graph at an address; see `make_app`."""
    listen(make_app(graph, engine, hosts, rate), host, port)


def listen(app: ASGIApp, host: str, port: int) -> None:
    """Run an application at an address; nothing that anybody sends is logged."""
    sys.setswitchinterval(_SWITCH)
    config = uvicorn.Config(
        app,
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
