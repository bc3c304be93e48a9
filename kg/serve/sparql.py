"""The SPARQL 1.1 Protocol: queries alone, by GET and both kinds of POST."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answering import GRAPHS, RESULTS, Answer
from kg.serve.engine import Engine
from kg.serve.gate import check
from kg.serve.guard import body_of
from kg.serve.negotiate import choose
from kg.serve.problem import Refused, problem
from kg.serve.service import OPEN, kept
from kg.serve.service_description import described

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_JSON: Final = ("application/json", "application/sparql-results+json")
_MOST_FIELDS: Final = 50
_Pairs = list[tuple[str, str]]


async def endpoint(request: Request) -> Response:
    """Answer a query, or describe the service where there is none."""
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS"}
        allowed["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        return Response(status_code=204, headers={**OPEN, **allowed})
    engine: Engine | None = request.app.state.engine
    if engine is None:
        raise Refused(501, "this server has no SPARQL of its own: ask the endpoint that it reads")
    try:
        await engine.started()
        pairs = await _pairs(request)
        if not pairs and request.method in ("GET", "HEAD"):
            wanted = request.headers.get("accept")
            if choose(wanted, ["text/html", *GRAPHS, *_JSON]) in _JSON:
                raise Refused(400, "the query is missing: send it as the field query")
            return await described(request, engine)
        return await _answered(request, engine, pairs)
    except Refused as refused:
        refused.headers |= OPEN
        raise


async def _answered(request: Request, engine: Engine, pairs: _Pairs) -> Response:
    asked = _asked(pairs, engine)
    asked["base"] = str(request.url.replace(query=""))
    accept = request.headers.get("accept")
    asked["results"] = choose(accept, list(RESULTS))
    asked["graph"] = choose(accept, list(GRAPHS))
    if asked["results"] is None and asked["graph"] is None:
        raise Refused(406, f"answers come as {', '.join((*RESULTS, *GRAPHS))}")
    found = await _while_connected(request, lambda: engine.ask(asked))
    if found.status != 200:
        detail = found.told.pop("detail")
        return problem(found.status, detail, OPEN, **found.told)
    return kept(request, found.content, found.told["media"])


async def _pairs(request: Request) -> _Pairs:
    """The fields of a request, those of the address first."""
    pairs = request.query_params.multi_items()
    if request.method != "POST":
        return pairs
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if any(name in ("query", "update") for name, _ in pairs):
        raise Refused(400, "a POST holds its query in the body: leave it out of the address")
    body = await body_of(request)
    if media == _QUERY:
        return [*pairs, ("query", body)]
    if media != _FORM:
        raise Refused(415, f"send the query as {_QUERY} or as {_FORM}")
    try:
        sent = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "the form is not UTF-8 text: convert it first") from None
    except ValueError:
        raise Refused(400, "the form has too many fields") from None
    return [*pairs, *sent]


def _asked(pairs: _Pairs, engine: Engine) -> dict[str, Any]:
    """The query and its dataset."""
    names = {name for name, _ in pairs}
    if "update" in names or "using-graph-uri" in names or "using-named-graph-uri" in names:
        raise Refused(403, "this endpoint is read-only: send a query")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"there are {len(queries)} queries: send one as the field query")
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    if not engine.graphs >= {*default, *named}:
        raise Refused(400, "the dataset names a graph that is not here: leave it out")
    query = queries[0].removeprefix("\ufeff")
    if "\x00" in query:
        raise Refused(400, "the query holds a NUL: remove it")
    check(query, engine.graphs)
    return {"query": query, "default": default, "named": named}


async def _while_connected(request: Request, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """What a query gives; it is ended when its caller hangs up."""
    found: list[Answer] = []
    refused: list[Refused] = []

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        tasks.cancel_scope.cancel()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            found.append(await ask())
        except Refused as error:
            refused.append(error)
        tasks.cancel_scope.cancel()
    if refused:
        raise refused[0]
    if not found:
        raise Refused(503, "the caller hung up")
    return found[0]
