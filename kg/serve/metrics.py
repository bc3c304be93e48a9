"""What the server counts, in the text format of Prometheus: no words and no addresses."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from kg.serve.service import service_of

MEDIA: Final = "text/plain; version=0.0.4"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts requests by route, method and status, and how long they took."""

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._within: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self.running = 0

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        """Count an answer; 0 is the status of one that nobody waited for."""
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._answers[route, method, status] += 1
        self._within.setdefault(route, [0] * (len(_BOUNDS) + 1))[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[route] = self._seconds.get(route, 0.0) + seconds

    def lines(self) -> Iterator[str]:
        """What was counted."""
        counted = [
            ((("route", route), ("method", method), ("status", str(status))), number)
            for (route, method, status), number in sorted(self._answers.items())
        ]
        yield from _family("kg_http_requests_total", "counter", "Answers.", counted)
        yield from _family("kg_http_running", "gauge", "Under way.", [((), self.running)])
        name = "kg_http_seconds"
        yield from _head(name, "histogram", "How long an answer took.")
        for route, within in sorted(self._within.items()):
            number = 0
            for bound, more in zip((*map(str, _BOUNDS), "+Inf"), within, strict=True):
                number += more
                yield _line(f"{name}_bucket", (("route", route), ("le", bound)), number)
            yield _line(f"{name}_sum", (("route", route),), round(self._seconds[route], 6))
            yield _line(f"{name}_count", (("route", route),), number)


async def metrics(request: Request) -> Response:
    """What was counted since the server was started, and what it holds now."""
    service, engine = service_of(request), request.app.state.engine
    lines = list(request.app.state.metrics.lines())
    told = [((("version", service.graph.view.version),), 1)]
    lines += _family("kg_graph_info", "gauge", "The version of the graph.", told)
    waiting = [((("for", "answers"),), service.waiting)]
    memory = [((("of", "web"),), _resident(os.getpid()))]
    if engine is not None:
        waiting.append(((("for", "sparql"),), engine.waiting))
        memory.append(((("of", "engine"),), _resident(engine.pid)))
        lines += _family("kg_sparql_starts_total", "counter", "Engines.", [((), engine.starts)])
        lines += _family("kg_sparql_triples", "gauge", "Statements.", [((), engine.triples)])
    lines += _family("kg_waiting", "gauge", "Who waits for a turn, or has it.", waiting)
    lines += _family("kg_resident_bytes", "gauge", "Memory that is held.", memory)
    seconds = [((), round(time.process_time(), 3))]
    lines += _family("process_cpu_seconds_total", "counter", "Of the web process.", seconds)
    content = "".join(f"{line}\n" for line in lines)
    return Response(content, headers={"Cache-Control": "no-store"}, media_type=MEDIA)


def _family(
    name: str, kind: str, about: str, values: Sequence[tuple[_Labels, float]]
) -> Iterator[str]:
    yield from _head(name, kind, about)
    yield from (_line(name, labels, value) for labels, value in values)


def _head(name: str, kind: str, about: str) -> tuple[str, str]:
    return f"# HELP {name} {about}", f"# TYPE {name} {kind}"


def _line(name: str, labels: _Labels, value: float) -> str:
    told = ",".join(f'{key}="{held}"' for key, held in labels)
    return f"{name}{{{told}}} {value}" if told else f"{name} {value}"


def _resident(pid: int | None) -> int:
    """The bytes that a process holds; none where there is none."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGESIZE")
