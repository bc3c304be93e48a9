"""Measure `kg serve` against a bare route of Starlette, both on loopback, in one run.

Usage: python benchmarks/serving.py [speed|load|memory] [--seconds N] [-o FILE]

``speed`` tells how many answers of each kind come in a second, and what share that is of a bare
route under the same uvicorn; the kinds take turns, so that load of the machine hits all alike.
``load`` tells how long 20 quick clients wait alone, and beside 200 whose queries run into the
limit. ``memory`` tells what the server holds before and after so many seconds of mixed requests.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
TEXTS = (
    "My nostril keeps twitching, three espressos a day, slept badly, no weakness",
    "my left eyelid has been twitching since Tuesday",
    "My lip has been flickering for three weeks and I sleep badly",
    "my chin trembles when I cry, no numbness",
    "the whole left half of my face pulls together, it comes and goes",
)
BARE = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def answer(request):
    await request.body()
    return Response(b'{"ok":true}', media_type="application/json")
app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])
uvicorn.run(app, port=PORT, access_log=False, log_level="error", http="h11", ws="none")
"""
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def request(path: str, body: bytes = b"", media: str = JSON) -> bytes:
    """A request as bytes; POST where there is a body."""
    method = "POST" if body else "GET"
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {media}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def posted(path: str, field: str, values: tuple[str, ...] = TEXTS) -> list[bytes]:
    """A request for each value of a field."""
    return [request(path, json.dumps({field: value}).encode()) for value in values]


KINDS = {
    "explain": posted("/v1/explain", "text"),
    "explain, all of it": posted("/v1/explain?full=1", "text"),
    "read": posted("/v1/read", "text"),
    "ask": posted("/v1/ask", "question", ("what is caffeine?", "which nerve moves the mentalis?")),
    "page": [request("/", urlencode({"text": text}).encode(), FORM) for text in TEXTS],
    "search": [request("/v1/search?q=coffee")],
    "sparql": [request("/sparql?query=SELECT+(1+AS+%3Fn)+%7B%7D")],
}


class Link:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, data: bytes) -> int:
        """Send a request, read the answer, return its status."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(data)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        await reader.readexactly(length)
        if b"connection: close" in head:
            self.close()
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def in_a_while(port: int, data: list[bytes], seconds: float, clients: int = 4) -> float:
    """How many answers a second some clients get."""
    end = time.perf_counter() + seconds
    got = 0

    async def client(first: int) -> None:
        nonlocal got
        link = Link(port)
        for number in count(first):
            if time.perf_counter() >= end:
                break
            status = await link.send(data[number % len(data)])
            assert status == 200, (status, data[number % len(data)][:200])
            got += 1
        link.close()

    begun = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    return got / (time.perf_counter() - begun)


async def speed(site: int, bare: int, seconds: float) -> dict[str, Any]:
    """Answers a second, and their share of the bare ones, by kind; the median of three rounds."""
    rounds: dict[str, list[float]] = {name: [] for name in ("bare", *KINDS)}
    for _ in range(3):
        rounds["bare"].append(await in_a_while(bare, [request("/", b"{}")], seconds))
        for name, data in KINDS.items():
            rounds[name].append(await in_a_while(site, data, seconds))
    middle = {name: statistics.median(found) for name, found in rounds.items()}
    return {
        name: {"a second": round(found, 1), "of bare": round(found / middle["bare"], 4)}
        for name, found in middle.items()
    }


async def load(site: int, bare: int, seconds: float) -> dict[str, Any]:
    """The 95th percentile of 20 quick clients alone and beside 200 slow ones, in milliseconds."""
    slow = request("/sparql", urlencode({"query": SLOW}).encode(), FORM)
    quick = [request("/healthz"), *KINDS["search"], *KINDS["explain"]]

    async def clients(number: int, data: list[bytes], end: float, pause: float) -> list[float]:
        times: list[float] = []

        async def client(start: int) -> None:
            link = Link(site)
            for each in cycle(data[start % len(data) :] + data[: start % len(data)]):
                if time.perf_counter() >= end:
                    break
                begun = time.perf_counter()
                try:
                    await link.send(each)
                except (OSError, asyncio.IncompleteReadError):
                    link.close()
                times.append((time.perf_counter() - begun) * 1000)
                await asyncio.sleep(pause)
            link.close()

        await asyncio.gather(*(client(n) for n in range(number)))
        return times

    def p95(times: list[float]) -> float:
        return round(statistics.quantiles(times, n=20)[-1], 1)

    alone = p95(await clients(20, quick, time.perf_counter() + seconds, 0.5))
    end = time.perf_counter() + seconds
    beside, _ = await asyncio.gather(clients(20, quick, end, 0.5), clients(200, [slow], end, 0.2))
    return {"alone": alone, "beside 200 slow": p95(beside), "times": round(p95(beside) / alone, 2)}


async def memory(site: int, bare: int, seconds: float) -> dict[str, Any]:
    """Megabytes of the server after a first tenth, half and all of the time."""
    slow = [request("/sparql", urlencode({"query": SLOW}).encode(), FORM)]

    everything = [*(each for data in KINDS.values() for each in data), *slow]

    async def mixed(end: float) -> None:
        link = Link(site)
        for each in cycle(everything):
            if time.perf_counter() >= end:
                break
            await link.send(each)
        link.close()

    found = {}
    begun = time.perf_counter()
    for share in (0.1, 0.5, 1.0):
        end = begun + share * seconds
        await asyncio.gather(*(mixed(end) for _ in range(4)))
        found[f"after {share * seconds:.0f} s"] = round(_resident(), 1)
    return found


def _resident() -> float:
    """The megabytes that the server and its children hold."""
    pids = [_SERVER[0]]
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        pids += map(int, children.split())
    pages = (int(Path(f"/proc/{p}/statm").read_text(encoding="ascii").split()[1]) for p in pids)
    return sum(pages) * os.sysconf("SC_PAGESIZE") / 1e6


_SERVER: list[int] = []


@contextmanager
def servers() -> Iterator[tuple[int, int]]:
    """The server and a bare one, each in a process of its own; their ports."""
    bare_port = _free()
    bare = subprocess.Popen([sys.executable, "-c", BARE.replace("PORT", str(bare_port))])
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--query-seconds", "2"]
    site = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert site.stderr is not None
    _SERVER.append(site.pid)
    port = int(site.stderr.readline().rstrip("/\n").rpartition(":")[2])
    try:
        asyncio.run(_ready(port, "/readyz"))
        asyncio.run(_ready(bare_port, "/"))
        yield port, bare_port
    finally:
        for process in (site, bare):
            process.terminate()
            process.wait()


async def _ready(port: int, path: str) -> None:
    link = Link(port)
    for _ in range(600):
        try:
            if await link.send(request(path)) == 200:
                return link.close()
        except OSError:
            link.close()
        await asyncio.sleep(0.1)
    raise TimeoutError("the server does not start")


def _free() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main() -> None:
    """Measure and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="speed", choices=("speed", "load", "memory"))
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("-o", "--output", type=argparse.FileType("w"), default=sys.stdout)
    chosen = parser.parse_args()
    measure = {"speed": speed, "load": load, "memory": memory}[chosen.what]
    with servers() as (site, bare):
        found = asyncio.run(measure(site, bare, chosen.seconds))
    json.dump(found, chosen.output, indent=2)
    chosen.output.write("\n")


if __name__ == "__main__":
    main()
