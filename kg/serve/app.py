"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.graph import Graph
from kg.serve import api, page
from kg.serve.guard import Guard
from kg.serve.html import style
from kg.serve.problem import Refused, problem
from kg.serve.service import Service

__all__ = ["make_app"]


def make_app(graph: Graph, hosts: Collection[str] = ()) -> ASGIApp:
    """The application that serves a graph.

    Args:
        graph: it is not closed.
        hosts: the names that the server goes by; none for all.
    """
    service = Service(graph)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(service.warm)
            yield
            tasks.cancel_scope.cancel()

    app = Starlette(
        routes=[
            Route("/", page.start, methods=["GET"]),
            Route("/", page.answered, methods=["POST"]),
            Route("/ask", page.asked, methods=["POST"]),
            Route("/style.css", style, methods=["GET"]),
            Route("/healthz", api.health, methods=["GET"]),
            Route("/readyz", api.ready, methods=["GET"]),
            *api.routes(),
        ],
        exception_handlers={Refused: _refused, HTTPException: _failed},
        lifespan=lifespan,
    )
    app.state.service = service
    return Guard(app, hosts)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return error.response()


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {404: "nothing is at this address", 405: "this address does not take that method"}
    detail = details.get(error.status_code, error.detail)
    return problem(error.status_code, detail, dict(error.headers or {}))
