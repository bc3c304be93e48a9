"""`kg explain --batch`: a file of cases in, a line of JSON for each out, to be taken up again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final, TypeVar, cast

import click

from kg.cli.options import colourful
from kg.errors import BadInput, MissingFile

_Command = TypeVar("_Command", bound=Callable[..., Any])
_TAKEN: Final = frozenset({"full", "today", "output", "source", "add", "level", "as_json"})


def batch_options(command: _Command) -> _Command:
    """Add `--batch` and `--jobs`; what is given with them goes past the command itself."""

    @wraps(command)
    def run(*, batch: str | None, jobs: int, **given: Any) -> Any:
        if batch is None:
            return command(**given)
        other = next((name for name, value in given.items() if value and name not in _TAKEN), None)
        if other is not None:
            what = other.removeprefix("as_")
            raise click.UsageError(f"a file tells of its cases itself: leave {what} out")
        return _run(
            None if batch == "-" else Path(batch),
            jobs,
            **{k: v for k, v in given.items() if k in _TAKEN},
        )

    made = click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        default=1,
        show_default=True,
        help="How many processes explain the cases of a file.",
    )(cast("_Command", run))
    return click.option(
        "--batch",
        metavar="FILE",
        help="Explain the cases of a .jsonl or .csv file, or of standard input (-), a line of JSON "
        "for each; what -o FILE holds already is not done again.",
    )(made)


def _run(
    file: Path | None,
    jobs: int,
    *,
    full: bool,
    today: datetime | None,
    output: str | None,
    source: str | None,
    add: tuple[str, ...],
    **_: Any,
) -> int:
    from kg.batch import Opening, cases_of, explain_all

    day = {} if today is None else {"today": today.date().isoformat()}
    # What comes from standard input is explained as it comes: nobody knows how much it will be.
    total = None if file is None else sum(1 for _ in cases_of(file))
    cases: Iterator[Any] = ({**day, **case} for case in cases_of(file))
    first = next(cases, None)
    if first is None:
        name = "standard input" if file is None else f'"{file.name}"'
        raise BadInput(f"{name} holds no case: write one a line, with a text or findings")
    cases = chain([first], cases)
    failed = explained = 0
    with _opened(output) as (out, before):
        done = _resumed(out, cases, _version(source, add)) if before else 0
        answers = explain_all(cases, Opening(source, add, full), jobs)
        for answer in _shown(answers, done, total):
            explained += 1
            failed += "error" in answer
            line = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
            # Half a character stays the escape that JSON has for it.
            out.write(line.encode("utf-8", "backslashreplace").decode() + "\n")
            out.flush()
    if failed:
        click.echo(f"{failed} of {explained} cases were not explained: see their error", err=True)
    return 1 if failed else 0


@contextmanager
def _opened(output: str | None) -> Iterator[tuple[IO[str], bool]]:
    """Where the lines go, and whether some are there already."""
    if output in (None, "-"):
        yield sys.stdout, False
        return
    path = Path(str(output))
    try:
        before = path.exists() and path.stat().st_size > 0
        file = path.open("r+" if before else "w", encoding="utf-8", newline="\n")
    except OSError as error:
        detail = f"cannot be written ({error.strerror}): choose another file"
        raise MissingFile(str(output), detail) from None
    with file:
        yield file, before


def _version(source: str | None, add: tuple[str, ...]) -> str:
    from kg.graph import open_graph

    with open_graph(source, add=add) as graph:
        return graph.view.version


def _resumed(out: IO[str], cases: Iterator[Any], version: str) -> int:
    """How many cases have their line already; the file is cut after the last whole one."""
    done, end = 0, 0
    for line in iter(out.readline, ""):
        if not line.endswith("\n"):
            break
        case = next(islice(cases, 1), None)
        told, name = _told(line), getattr(out, "name", "")
        if case is None or case["id"] != told.get("id"):
            raise BadInput(f'"{name}" holds answers to other cases: name another file')
        if told.get("graph_version", version) != version:
            raise BadInput(f'"{name}" holds answers of another graph: name another file')
        done, end = done + 1, out.tell()
    out.seek(end)
    out.truncate()
    if done:
        click.echo(f"{done} cases are done already", err=True)
    return done


def _told(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _shown(answers: Iterator[Any], done: int, total: int | None) -> Iterator[Any]:
    """The same answers; on a terminal a bar tells how far they are."""
    if not colourful(sys.stderr):
        yield from answers
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("Explaining"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=done)
        for answer in answers:
            yield answer
            bar.advance(task)
