"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Final

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.graph import Graph
from kg.serve import api, concepts, editor, more, page, service_description, sparql
from kg.serve.engine import Engine
from kg.serve.guard import Guard
from kg.serve.html import refusal, script, style
from kg.serve.metrics import metrics
from kg.serve.problem import Refused
from kg.serve.service import Service

_SPARQL: Final = ["GET", "POST", "OPTIONS"]


def make_app(
    graph: Graph, engine: Engine | None = None, hosts: Collection[str] = (), rate: float = 0
) -> ASGIApp:
    """The application that serves a graph.

    Args:
        graph: it is not closed.
        engine: what answers SPARQL; without it nothing does.
        hosts: the names that the server goes by; none for all.
        rate: requests a second that one address may send; 0 for no limit.
    """
    service = Service(graph)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(service.warm)
            if engine is not None:
                tasks.start_soon(engine.run)
            yield
            tasks.cancel_scope.cancel()

    app = Starlette(
        routes=[
            Route("/", page.start, methods=["GET"]),
            Route("/", page.answered, methods=["POST"]),
            Route("/ask", page.asked, methods=["POST"]),
            Route("/why", more.compared, methods=["POST"]),
            Route("/flip", more.changed, methods=["POST"]),
            Route("/file", more.filed, methods=["POST"]),
            Route("/style.css", style, methods=["GET"]),
            Route("/page.js", script, methods=["GET"]),
            Route("/healthz", api.health, methods=["GET"]),
            Route("/readyz", api.ready, methods=["GET"]),
            Route("/metrics", metrics, methods=["GET"]),
            *api.routes(),
            Route("/sparql", sparql.endpoint, methods=_SPARQL),
            Route("/sparql/", sparql.endpoint, methods=_SPARQL),
            Route("/sparql/names.json", editor.names, methods=["GET"]),
            Route("/sparql/editor/{name}", editor.file, methods=["GET"]),
            Route("/.well-known/void", service_description.void, methods=["GET"]),
            Route("/queries/{name:path}", concepts.query, methods=["GET"]),
            # Last: the rest of the addresses are those of concepts and claims.
            Route("/{id:path}", concepts.thing, methods=["GET"]),
        ],
        exception_handlers={Refused: _refused, HTTPException: _failed},
        lifespan=lifespan,
    )
    app.state.service = service
    app.state.engine = engine
    guard = Guard(app, hosts, rate)
    app.state.metrics = guard.metrics
    return guard


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal(request, error)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    taken = (error.headers or {}).get("Allow", "another method").replace(", ", " and ")
    details = {404: "nothing is at this address", 405: f"this address takes {taken} alone"}
    detail = details.get(error.status_code, error.detail)
    return refusal(request, Refused(error.status_code, detail, error.headers))
