"""The operations of the API as routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KgError, NothingStated, UnknownConcept
from kg.graph import Graph
from kg.serve.fields import read_address, read_json
from kg.serve.guard import body_of
from kg.serve.negotiate import choose
from kg.serve.openapi import document
from kg.serve.operations import FILE, OPERATIONS, Content, Operation
from kg.serve.problem import Refused, of_error
from kg.serve.service import as_json, kept, service_of

_Endpoint = Callable[[Request], Awaitable[Response]]
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def routes() -> list[Route]:
    """The routes of the API."""
    here: dict[str, dict[str, _Endpoint]] = {}
    for operation in OPERATIONS:
        here.setdefault(operation.address, {})[operation.method.upper()] = _route(operation)
    made = [Route(address, _by_method(ways), methods=_METHODS) for address, ways in here.items()]
    return [*made, Route("/openapi.json", _described, methods=["GET"])]


def _by_method(ways: Mapping[str, _Endpoint]) -> _Endpoint:
    """What answers at an address; a method that it does not take is told which it does."""
    taken = {**ways, **({"HEAD": ways["GET"]} if "GET" in ways else {})}

    async def answer(request: Request) -> Response:
        if request.method not in taken:
            allowed = {"Allow": ", ".join(sorted(taken))}
            raise Refused(405, f"this address takes {' and '.join(sorted(taken))} alone", allowed)
        return await taken[request.method](request)

    return answer


async def health(request: Request) -> Response:
    """Whether the process lives."""
    return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    """Whether the first answer is prepared."""
    engine = request.app.state.engine
    if not service_of(request).ready or (engine is not None and not engine.ready.is_set()):
        raise Refused(503, "the graph is being loaded: try again soon", {"Retry-After": "2"})
    return Response("ready\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


async def _described(request: Request) -> Response:
    return kept(request, as_json(document()), "application/json")


def _route(operation: Operation) -> _Endpoint:
    async def answer(request: Request) -> Response:
        media = _media(request, operation)
        told = read_address(_pairs(request), operation.address_fields)
        if operation.method == "post":
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                raise Refused(415, "send the fields as application/json")
            told |= read_json(await body_of(request), operation.fields)
        found = await service_of(request).run(_answered, operation, told, media)
        headers = {}
        if found.file is not None:
            headers["Content-Disposition"] = f'attachment; filename="{found.file}"'
        if operation.method == "get":
            return kept(request, found.data, found.media, headers)
        # What somebody reported is kept nowhere.
        headers |= {"Cache-Control": "no-store", "Vary": "Accept"}
        return Response(found.data, headers=headers, media_type=found.media)

    return answer


def _answered(graph: Graph, operation: Operation, told: dict[str, object], media: str) -> Content:
    try:
        return operation.answer(graph, told, media)
    except (NothingStated, UnknownConcept) as error:
        raise of_error(error, 404) from None
    except KgError:
        raise
    except RecursionError:
        raise Refused(422, "the request is nested too deeply: make it simpler") from None


def _media(request: Request, operation: Operation) -> str:
    if operation.media == (FILE,):
        return operation.media[0]
    media = choose(request.headers.get("accept"), operation.media)
    if media is None:
        raise Refused(406, f"this is given as {', '.join(operation.media)}")
    return media


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [*request.query_params.multi_items(), *request.path_params.items()]
