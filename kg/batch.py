"""Many cases at once: read from a file, explained by several processes, one line each."""

from __future__ import annotations

import csv
import gc
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from kg.errors import BadInput, KgError, MissingFile
from kg.graph import Graph, open_graph
from kg.short import shortened

Case = Mapping[str, Any]
_FIELDS: Final = frozenset({"id", "text", "findings", "absent", "today"})
_KINDS: Final = {".jsonl": "json", ".ndjson": "json", ".csv": "csv"}
_CHUNK: Final = 16  # cases that a process takes at a time
_AHEAD: Final = 4  # chunks for each process that are read before they are wanted


@dataclass(frozen=True, slots=True)
class Opening:
    """How each process opens the graph, and how much of an answer it writes."""

    source: str | None = None
    add: tuple[str, ...] = ()
    full: bool = False


def cases_of(file: Path | None) -> Iterator[Case]:
    """The cases of a file: JSON, one object a line, or CSV with a column ``text``.

    Without a file they come from standard input, as either.

    A case has an ``id`` (else the number of its line, of its row in CSV), a ``text`` or
    ``findings``, and maybe ``absent`` and ``today``; in CSV names of concepts have a semicolon
    between them. What is no case comes as one that holds its ``error``.

    Raises:
        MissingFile: it cannot be read.
        BadInput: it is no such file.
    """
    name = "standard input" if file is None else f'"{file.name}"'
    kind = "" if file is None else file.suffix.lower()
    if file is not None and kind not in _KINDS:
        raise BadInput(f"{name} is neither .jsonl nor .csv: name it after what it holds")
    try:
        with open(0 if file is None else file, encoding="utf-8-sig", newline="",
                  closefd=file is not None) as lines:  # fmt: skip
            for number, case in _of(lines, _KINDS.get(kind)):
                yield {"id": str(number), **{k: v for k, v in case.items() if v not in (None, "")}}
    except OSError as error:
        raise MissingFile(name.strip('"'), f"cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadInput(f"{name} is no UTF-8 text: convert it first") from None


def explain_all(cases: Iterator[Case], opening: Opening, jobs: int = 1) -> Iterator[dict[str, Any]]:
    """The answer to each case, in their order; an error stands beside its case.

    Raises:
        BadInput: a process came to its end.
    """
    if jobs == 1:
        _open(opening)
        yield from map(_explained, cases)
        return
    waiting: deque[Future[list[dict[str, Any]]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_open, initargs=(opening,)) as pool:
        try:
            while True:
                while len(waiting) < jobs * _AHEAD and (chunk := list(islice(cases, _CHUNK))):
                    waiting.append(pool.submit(_chunk, chunk))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise BadInput("a process ended: is there memory for fewer --jobs?") from None
        finally:
            pool.shutdown(cancel_futures=True)


def explain_case(graph: Graph, case: Case, *, full: bool = False) -> dict[str, Any]:
    """The answer to one case as data: its id, then the explanation or the error.

    >>> from kg.graph import open_graph
    >>> with open_graph() as graph:
    ...     found = explain_case(graph, {"id": "7", "text": "My eyelid twitches"})
    ...     wrong = explain_case(graph, {"id": "8", "findings": ["a unicorn"]})
    >>> found["id"], found["urgency"]["level"], wrong["id"], wrong["error"][:15]
    ('7', 'self-care', '8', 'unknown concept')
    """
    told = {"id": case.get("id")}
    try:
        answer = graph.explain(**_asked(case))
        short = {} if full else shortened(answer, graph.view, graph.citations)
        return told | (answer.to_dict() if full else short)
    except KgError as error:
        return told | {"error": str(error)}


def _asked(case: Case) -> dict[str, Any]:
    """What the graph is asked with.

    Raises:
        BadInput: it is no case.
    """
    if "error" in case:
        raise BadInput(str(case["error"]))
    if case.keys() - _FIELDS:
        raise BadInput(f"unknown field: use {', '.join(sorted(_FIELDS))}")
    text, today = case.get("text", ""), case.get("today")
    if not isinstance(text, str):
        raise BadInput("the text is no text: give it as a string")
    try:
        day = date.fromisoformat(today) if today is not None else None
    except (TypeError, ValueError):
        raise BadInput("today is no date: give one like 2026-11-28") from None
    return {"text": text, "findings": _names(case, "findings"), "absent": _names(case, "absent"),
            "today": day}  # fmt: skip


def _names(case: Case, field: str) -> list[str]:
    given = case.get(field, [])
    names = given.split(";") if isinstance(given, str) else given
    if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise BadInput(f"{field} is no list of names: give names of concepts")
    return [name.strip() for name in names if name.strip()]


def _of(lines: Iterator[str], kind: str | None) -> Iterator[tuple[int, Case]]:
    """The cases in lines of a kind, with their numbers; without one the first line tells it."""
    told = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    first = next(told, None)
    if first is None:
        return iter(())
    kind = kind or ("json" if first[1].lstrip().startswith("{") else "csv")
    if kind == "csv":
        return enumerate(_of_csv(chain([first[1]], lines)), 1)
    return ((number, _of_line(line)) for number, line in chain([first], told))


def _of_line(line: str) -> Case:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "the line is no JSON: write one object a line"}
    return case if isinstance(case, dict) else {"error": "the line is no object: write one"}


def _of_csv(lines: Iterator[str]) -> Iterator[Case]:
    rows = csv.DictReader(lines)
    if not {"text", "findings"} & {*(rows.fieldnames or ())}:
        raise BadInput("the table has no column text: name the columns in its first row")
    for row in rows:
        known = {name: value for name, value in row.items() if name in _FIELDS}
        yield known if None not in row else {**known, "error": "the row has too many cells"}


# -- what each process holds

_held: list[tuple[Graph, Opening]] = []


def _open(opening: Opening) -> None:
    graph = open_graph(opening.source, add=opening.add)
    graph.explain("Something is wrong since today.").summary  # noqa: B018
    gc.collect()
    gc.freeze()  # what is there now stays
    _held[:] = [(graph, opening)]


def _explained(case: Case) -> dict[str, Any]:
    graph, opening = _held[0]
    return explain_case(graph, case, full=opening.full)


def _chunk(cases: Sequence[Case]) -> list[dict[str, Any]]:
    return [_explained(case) for case in cases]
