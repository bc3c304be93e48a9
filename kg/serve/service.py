"""What the routes share: the graph, who may use it when, and answers that may be kept."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any, Final, TypeVar

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError
from kg.graph import Graph
from kg.serve.problem import Refused, of_error

_MOST_WAITING: Final = 64
_PATIENCE: Final = 20.0  # seconds that somebody waits for their turn
OPEN: Final = {"Access-Control-Allow-Origin": "*"}
_T = TypeVar("_T")


class Service:
    """The graph for many at once: one answers at a time, the others wait, too many are refused.

    Python runs one thread at a time, so that several would only make everybody wait longer.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.ready = False
        self._turn = asyncio.Semaphore(1)
        self.waiting = 0

    async def run(self, work: Callable[..., _T], *args: Any, status: int = 422) -> _T:
        """What a function gives for the graph and arguments, beside the server.

        Raises:
            Refused: too many wait, or the graph refuses (with the status that is given).
        """
        if self.waiting >= _MOST_WAITING:
            raise _busy()
        self.waiting += 1
        try:
            await self._wait()
            try:
                return await anyio.to_thread.run_sync(partial(work, self.graph, *args))
            finally:
                self._turn.release()
        except KgError as error:
            raise of_error(error, status) from None
        finally:
            self.waiting -= 1

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._turn.acquire()
        except TimeoutError:
            raise _busy() from None

    async def warm(self) -> None:
        """Compile what the first answer needs."""
        await self.run(lambda graph: graph.explain("Something is wrong since today.").summary)
        await self.run(lambda graph: (graph.ask("what is it?"), graph.search("a")))
        # What is there now stays: the garbage collector need not go through it for every answer.
        gc.collect()
        gc.freeze()
        self.ready = True


def _busy() -> Refused:
    return Refused(503, "too many wait for an answer: try again soon", {"Retry-After": "2"})


def service_of(request: Request) -> Service:
    """The service that answers a request."""
    found: Service = request.app.state.service
    return found


def as_json(data: object) -> bytes:
    """Data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, default=str, separators=(",", ":")).encode()


def kept(
    request: Request, content: str | bytes, media: str, headers: dict[str, str] | None = None
) -> Response:
    """An answer about the graph alone: open to other pages, the same until the graph changes."""
    data = content.encode() if isinstance(content, str) else content
    tag = f'"{sha256(media.encode() + data).hexdigest()[:32]}"'
    told = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache", **OPEN, **(headers or {})}
    known = {each.strip().removeprefix("W/") for each in _known(request).split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=told)
    return Response(data, headers=told, media_type=media)


def _known(request: Request) -> str:
    return request.headers.get("if-none-match", "")
