"""Answers one query inside a process that has no files, no sockets and little time and memory."""

from __future__ import annotations

import io
import os
import resource
import signal
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from kg.prefixes import default_prefixes
from kg.sparql import bad_query

RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_NICE: Final = 15


class Limits(NamedTuple):
    """What one query may use: seconds, bytes of memory beside the graph, bytes of answer."""

    seconds: int = 5
    memory: int = 512 * 1024 * 1024
    size: int = 16 * 1024 * 1024


class Answer(NamedTuple):
    """A status of HTTP, what goes with it, and the content."""

    status: int
    told: dict[str, Any]
    content: bytes = b""


class _TooLarge(Exception):
    """The answer has more bytes than it may."""


class _Bounded(io.BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise _TooLarge
        return super().write(data)


def shut_in(limits: Limits) -> None:
    """Give up, for good, all that the process may use beyond the limits."""
    os.nice(_NICE)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library says as it dies is in no log
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)  # the kernel ends it, whatever runs
    _limit(resource.RLIMIT_CPU, limits.seconds)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, _size() + limits.memory)
    _limit(resource.RLIMIT_NOFILE, 0)  # what is open stays open; nothing else can be opened


def answer(store: ox.Store, asked: dict[str, Any], limits: Limits) -> Answer:
    """Answer a query; `asked` holds it, its dataset, and the media types that are wanted."""
    named = asked["named"]
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(name) for name in asked["default"]
    ]
    try:
        found = store.query(
            asked["query"],
            base_iri=asked["base"],
            prefixes=dict(default_prefixes()),
            default_graph=default or None,
            named_graphs=[ox.NamedNode(name) for name in named] if named or default else None,
        )
        return _written(found, asked, limits)
    except SyntaxError as error:
        wrong = bad_query(str(error), asked["query"], [*default_prefixes()])
        place = {"line": wrong.line, "column": wrong.column}
        return Answer(400, {"detail": str(wrong), **{k: v for k, v in place.items() if v}})
    except (ValueError, OSError, RuntimeError) as error:
        return Answer(400, {"detail": str(bad_query(str(error)))})
    except MemoryError:
        return Answer(503, {"detail": "the query needs too much memory: make it narrower"})
    except _TooLarge:
        return Answer(413, {"detail": f"the answer has over {limits.size:,} bytes: add a LIMIT"})


def _written(found: Any, asked: dict[str, Any], limits: Limits) -> Answer:
    out = _Bounded(limits.size)
    if isinstance(found, ox.QueryTriples):
        media = asked["graph"]
        if media is None:
            return Answer(406, {"detail": f"a graph is given as {', '.join(GRAPHS)}"})
        ox.serialize(found, out, format=GRAPHS[media], prefixes=dict(default_prefixes()))
    else:
        media = asked["results"]
        if media is None:
            return Answer(406, {"detail": f"a table is given as {', '.join(RESULTS)}"})
        found.serialize(out, format=RESULTS[media])
    return Answer(200, {"media": media}, out.getvalue())


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, most))


def _size() -> int:
    """The bytes of address space that the process has."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
