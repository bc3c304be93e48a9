"""The engine of SPARQL as the server sees it: a process of its own, replaced when it dies."""

from __future__ import annotations

import asyncio
import json
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import anyio

from kg.serve.answering import Answer, Limits
from kg.serve.problem import Refused

_AT_ONCE: Final = 4
_MOST_WAITING: Final = 256
_PATIENCE: Final = 10.0  # seconds that a query waits for its turn
_START: Final = 30.0  # seconds that it waits for the process to start
_LENGTH: Final = struct.Struct("!I")
_PAUSE: Final = 1.0  # seconds before a process that died is started again
_SPARE: Final = 2.0  # seconds for a process to say how it ended


class Engine:
    """Answers SPARQL queries in processes that have no files, no sockets, and limits.

    Args:
        source: the graph, as `kg.open` takes it.
        add: Turtle files beside it.
        limits: of each query.
        quads: a file of N-Quads that is served instead of a graph.
    """

    def __init__(
        self,
        source: str | None = None,
        add: Sequence[str] = (),
        limits: Limits | None = None,
        quads: Path | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.graphs: frozenset[str] = frozenset()
        self.triples = 0
        self.starts = 0
        self.ready = asyncio.Event()
        self._folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self._task = {
            "source": source,
            "add": list(add),
            "limits": self.limits,
            "quads": str(quads) if quads is not None else None,
            "socket": str(self._folder / "engine"),
        }
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self.waiting = 0

    @property
    def pid(self) -> int | None:
        """The id of the process."""
        return self._process.pid if self._process is not None else None

    async def run(self) -> None:
        """Keep the process running until this is cancelled."""
        try:
            while True:
                await self._live()
                await asyncio.sleep(_PAUSE)
        finally:
            with anyio.CancelScope(shield=True):
                await self._stop()
            self.ready.clear()
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _stop(self) -> None:
        """End the process: it goes when its standard input ends, once it is ready."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        if not self.ready.is_set():
            with suppress(ProcessLookupError):
                process.kill()
        process.stdin.close()
        with anyio.move_on_after(_SPARE):
            await process.stdout.read()
            await process.wait()

    async def _live(self) -> None:
        """One life of the process."""
        Path(str(self._task["socket"])).unlink(missing_ok=True)
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.serve.zygote", json.dumps(self._task)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self.starts += 1
        assert process.stdout is not None
        line = await process.stdout.readline()
        if line:
            told = json.loads(line)
            self.graphs, self.triples = frozenset(told["graphs"]), told["triples"]
            self.ready.set()
        await process.wait()
        self.ready.clear()

    async def ask(self, asked: dict[str, Any]) -> Answer:
        """The answer to a query; see `kg.serve.answering.answer`.

        Raises:
            Refused: the engine is busy or not there, or the query took too much.
        """
        if self.waiting >= _MOST_WAITING:
            raise _busy()
        self.waiting += 1
        try:
            await self._wait()
            try:
                return await self._asked(json.dumps(asked).encode())
            finally:
                self._turn.release()
        finally:
            self.waiting -= 1

    async def started(self) -> None:
        """Wait until it is known what there is to be asked.

        Raises:
            Refused: it takes too long.
        """
        async with _patience(_START):
            await self.ready.wait()

    async def _wait(self) -> None:
        """Wait for a turn: who is refused at once and comes again at once costs more."""
        await self.started()
        async with _patience(_PATIENCE):
            await self._turn.acquire()

    async def _asked(self, data: bytes) -> Answer:
        begun = time.monotonic()
        writer = None
        try:
            async with asyncio.timeout(self.limits.seconds + _SPARE):
                reader, writer = await asyncio.open_unix_connection(str(self._task["socket"]))
                writer.write(_LENGTH.pack(len(data)) + data)
                head = json.loads(await _read(reader))
                content = await _read(reader)
            return Answer(head.pop("status"), head, content)
        except (asyncio.IncompleteReadError, TimeoutError, OSError):
            if time.monotonic() - begun >= 0.9 * self.limits.seconds:
                detail = f"the query took longer than {self.limits.seconds} s: make it narrower"
            else:
                detail = "the query needs too much memory, or broke the engine: make it narrower"
            raise Refused(503, detail, {"Retry-After": "2"}) from None
        finally:
            # The process ends a query whose caller hung up.
            if writer is not None:
                with suppress(OSError):
                    writer.close()


def _busy() -> Refused:
    return Refused(503, "the engine is busy: try again soon", {"Retry-After": "2"})


@asynccontextmanager
async def _patience(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise _busy() from None


async def _read(reader: asyncio.StreamReader) -> bytes:
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return await reader.readexactly(length)
