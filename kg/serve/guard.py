"""What every request passes: its host, its size, and the headers of every answer."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.html import refusal
from kg.serve.metrics import Metrics
from kg.serve.outgoing import Outgoing, TooMuch, TooSlow
from kg.serve.pace import Pace
from kg.serve.problem import Refused, problem

LARGEST: Final = 64 * 1024  # bytes of a body
_LONGEST: Final = 16 * 1024  # characters of an address
_PATIENCE: Final = 10.0  # seconds that a body may take
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HERE: Final = ("127.0.0.1", 0)  # what has no address comes from this machine
_UNCOUNTED: Final = frozenset({"/healthz", "/readyz"})  # what watches the server is not kept out
_BUSY: Final = Refused(
    503, "too many large answers wait for their readers: try again soon", {"Retry-After": "5"}
)
_LOG: Final = logging.getLogger("kg.serve")


class Guard:
    """Refuses what no route should see, and lets no error out that quotes what somebody wrote.

    Args:
        app: what answers.
        hosts: the names that the server goes by; none for all.
        rate: requests a second that one address may send; 0 for no limit.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = (), rate: float = 0) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._pace = Pace(rate)
        self._outgoing = Outgoing()
        self.metrics = Metrics()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun, held = 0, time.monotonic(), 0

        async def sent(message: Message) -> None:
            nonlocal status, held
            if message["type"] == "http.response.start":
                held += self._outgoing.hold(message)
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await self._outgoing.send(message, send)

        self.metrics.running += 1
        try:
            self._check(scope)
            await self._app(scope, receive, sent)
        except Refused as refused:
            await refusal(Request(scope), refused)(scope, receive, sent)
        except (ClientDisconnect, TooSlow):
            return  # what was begun is not ended, so that the link is closed
        except TooMuch:
            await _BUSY.response()(scope, receive, sent)
        except Exception as error:
            # The message and the values of an error may hold what somebody wrote: only its kind
            # and its place are kept.
            place = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
            if not status:
                told = problem(500, "the server failed: this is a bug, please report it")
                await told(scope, receive, sent)
        finally:
            self._outgoing.release(held)
            self.metrics.running -= 1
            self.metrics.count(scope, status, time.monotonic() - begun)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if scope["path"] not in _UNCOUNTED:
            self._pace.check((scope.get("client") or _HERE)[0], time.monotonic())
        if self._hosts and _name(headers.get("host", "")) not in self._hosts:
            raise Refused(
                421, "this server does not go by that host: use its address, or --allow-host"
            )
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > _LONGEST:
            raise Refused(414, "the address is too long: send it by POST")
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise Refused(415, "a compressed body is not read: send it as it is")
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > LARGEST:
            raise Refused(413, f"the body is too large: send at most {LARGEST:,} bytes")


async def body_of(request: Request) -> str:
    """The body of a request as text.

    Raises:
        Refused: it is too large, too slow, or not UTF-8.
    """
    read = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                read += chunk
                if len(read) > LARGEST:
                    raise Refused(413, f"the body is too large: send at most {LARGEST:,} bytes")
    except TimeoutError:
        raise Refused(408, "the body came too slowly: send it again") from None
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the body is not UTF-8 text: convert it first") from None


def _name(host: str) -> str:
    """The name in a `Host` header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
