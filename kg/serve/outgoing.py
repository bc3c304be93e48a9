"""Large answers on their way: how many bytes wait for whoever reads slowly, and for how long."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Message, Send

_PIECE: Final = 64 * 1024  # bytes that are handed over at once: then it is waited for the reader
_LARGE: Final = 2 * 1024 * 1024  # bytes: no page has them
_MOST: Final = 128 * 1024 * 1024  # bytes of all large answers that wait
_PATIENCE: Final = 20.0  # seconds that a reader has for any answer
_SLOWEST: Final = 64 * 1024  # bytes a second beyond that


class TooMuch(Exception):
    """Too many bytes wait for their readers already."""


class TooSlow(Exception):
    """A reader takes an answer too slowly."""


class Outgoing:
    """Hands answers over in pieces, a bounded number of bytes at a time.

    A server that hands over an answer in one holds it until its reader has it, or hangs up.
    """

    def __init__(self) -> None:
        self._held = 0

    def hold(self, start: Message) -> int:
        """Count the bytes of an answer that begins; the number is given to `release` at its end.

        Raises:
            TooMuch: it would be too many.
        """
        length = Headers(raw=start["headers"]).get("content-length", "0")
        size = int(length) if int(length) > _LARGE else 0
        if size and self._held + size > _MOST:
            raise TooMuch
        self._held += size
        return size

    def release(self, size: int) -> None:
        """An answer is sent, or given up."""
        self._held -= size

    async def send(self, message: Message, send: Send) -> None:
        """Hand over a part of an answer.

        Raises:
            TooSlow: its reader is.
        """
        body = message.get("body", b"")
        if len(body) <= _PIECE:
            await send(message)
            return
        try:
            async with asyncio.timeout(_PATIENCE + len(body) / _SLOWEST):
                for begin in range(0, len(body), _PIECE):
                    piece = body[begin : begin + _PIECE]
                    more = message.get("more_body", False) or begin + _PIECE < len(body)
                    await send({**message, "body": piece, "more_body": more})
        except TimeoutError:
            raise TooSlow from None
