"""What the commands share: options, the graph they open, what they read and write."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from kg.cli.day import Day
from kg.errors import BadInput, MissingFile

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import Graph
    from kg.render.page import Page

_Command = TypeVar("_Command", bound=Callable[..., Any])
_WIDTH = 80
_PATIENCE = 1.0  # seconds of work that nobody is told of
_OFFERED = 100  # names of concepts that a shell completes


class Where(NamedTuple):
    """Which graph a command works on: what `graph_options` adds, in one."""

    source: str | None = None
    add: tuple[str, ...] = ()

    @property
    def remote(self) -> bool:
        """Whether it is the endpoint of somebody."""
        return (self.source or "").lower().startswith(("http://", "https://"))

    def words(self) -> tuple[str, ...]:
        """The options that open the same graph again."""
        source = ("--graph", self.source) if self.source is not None else ()
        return (*source, *(word for file in self.add for word in ("--add", file)))


def graph_options(command: _Command) -> _Command:
    """Add the options that every command understands; the command gets them as `where`."""

    @wraps(command)
    def run(**given: Any) -> Any:
        where = Where(**{name: given.pop(name) for name in Where._fields})
        return command(where=where, **given)

    made = click.option(
        "--add",
        multiple=True,
        metavar="FILE",
        help="Turtle file, or folder of them, to load beside the graph; may be repeated.",
    )(cast("_Command", run))
    return click.option(
        "--graph",
        "source",
        metavar="WHERE",
        envvar="KG_GRAPH",
        show_envvar=True,
        help="A folder that keeps the graph on disk, or the http(s) address of a SPARQL endpoint.",
    )(made)


def concept_names(ctx: click.Context, param: click.Parameter, typed: str) -> list[Any]:
    """The names of concepts that begin with what was typed, else those that hold it.

    The last part of the IRI is a name without spaces, which no shell has to quote.
    """
    from click.shell_completion import CompletionItem

    from kg.graph import open_graph

    with open_graph(ctx.params.get("source")) as graph:
        names = {c.id.partition(":")[2]: c.label for c in graph.view.concepts.values()}
    fitting = [name for name in sorted(names) if name.startswith(typed)]
    fitting = fitting or [name for name in sorted(names) if typed in name]
    return [CompletionItem(name, help=names[name]) for name in fitting[:_OFFERED]]


def finding_options(command: _Command) -> _Command:
    """Add `--finding` and `--absent`: concepts besides those of a text."""
    for name, what in (("--absent", "denied"), ("--finding", "present")):
        command = click.option(
            name,
            multiple=True,
            metavar="NAME",
            shell_complete=concept_names,
            help=f"A concept that is {what}.",
        )(command)
    return command


def case_options(command: _Command) -> _Command:
    """Add the text, `--finding` and `--absent`: what somebody reports."""
    argument = click.argument("text", nargs=-1, metavar="[TEXT…|-]")
    return argument(finding_options(command))


def output_option(command: _Command) -> _Command:
    """Add `-o`."""
    return click.option(
        "-o", "--output", metavar="FILE", help="Where to write; standard output without it."
    )(command)


def date_option(command: _Command) -> _Command:
    """Add `--date`: the day from which "since June" and "on Friday" are counted back."""
    return click.option(
        "--date",
        "today",
        type=Day(),
        metavar="YYYY-MM-DD",
        help='The day on which the text was written: "since June" tells no length without it.',
    )(command)


def parameters(given: tuple[str, ...]) -> dict[str, list[str]]:
    """The values of a query's parameters, by name, from options like ``limit=3``."""
    values: dict[str, list[str]] = {}
    for param in given:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise click.UsageError("--param needs NAME=VALUE, such as limit=3")
        values.setdefault(name, []).append(value)
    return values


@contextmanager
def opened(where: Where, more: tuple[str, ...] = ()) -> Iterator[Graph]:
    """Open the graph that the options name, with more files, and close it afterwards."""
    from kg.graph import open_graph

    add = (*where.add, *more)
    new = where.source is not None and not (where.remote or Path(where.source).exists())
    with open_graph(where.source, add=add) as graph:
        if new:
            told = f"note: {where.source} is new: the graph is kept there from now on"
            click.echo(told, err=True)
        for line in _claimed(graph, where.source) if add else ():
            click.echo(f"note: {line}", err=True)
        yield graph
        for line in graph.notes:
            click.echo(f"note: {line}", err=True)


def _claimed(graph: Graph, source: str | None) -> list[str]:
    """What is said of names that several concepts claim alike since files were added."""
    from kg.graph import open_graph

    with open_graph(source) as without:
        known = without.shared_names()
    return [line for line in graph.shared_names() if line not in known]


def colourful(stream: Any = None) -> bool:
    """True when output goes to a terminal and nobody asked for plain text."""
    stream = stream or sys.stdout
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and bool(getattr(stream, "isatty", lambda: False)())


def console() -> Console:
    """The console for output to people; plain, 80 characters wide, where no terminal is."""
    from rich.console import Console

    if colourful():
        return Console(highlight=False, markup=False)
    return Console(highlight=False, markup=False, no_color=True, width=columns())


def columns() -> int:
    """How many characters a line may have: `COLUMNS`, else those of the terminal, else 80."""
    return shutil.get_terminal_size((_WIDTH, 0)).columns


def read_input(words: tuple[str, ...]) -> str:
    """The text of the arguments; a single `-` means standard input.

    Raises:
        BadInput: standard input is not UTF-8.
    """
    return read_file("-") if words == ("-",) else " ".join(words)


def read_file(name: str) -> str:
    """The text of a file; `-` means standard input.

    Raises:
        MissingFile: it cannot be read.
        BadInput: it is not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = "standard input" if name == "-" else f'"{name}"'
        raise BadInput(f"{told} is not UTF-8 text: convert it first") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name holds a NUL"
        raise MissingFile(name, f"cannot be read ({reason}): check the file") from None


def write_output(content: str | bytes, output: str | None) -> None:
    """Write to a file, or to standard output for None and `-`.

    Raises:
        MissingFile: the file cannot be written.
    """
    if output in (None, "-"):
        click.echo(content, nl=False)
        return
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        Path(str(output)).write_bytes(data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name holds a NUL"
        detail = f"cannot be written ({reason}): choose another file"
        raise MissingFile(str(output), detail) from None


def write_page(page: Page) -> None:
    """Write a page to standard output, with colours where a terminal shows them."""
    if colourful():
        from kg.render.terminal import render_page

        render_page(page, console())
    else:
        from kg.render.plain import render_page as plain_page

        click.echo(plain_page(page, columns()), nl=False)


def write_json(data: object) -> None:
    """Write data as JSON to standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress(label: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that work goes on, once it takes a second; elsewhere say nothing.

    Yields a function that takes the name of the stage that begins.
    """
    if not colourful(sys.stderr):
        yield lambda stage: None
        return
    told, done = [label], Event()
    watcher = Thread(target=_show_progress, args=(told, done), daemon=True)
    watcher.start()
    try:
        yield lambda stage: told.append(f"{label}: {stage}")
    finally:
        done.set()
        watcher.join()


def _show_progress(told: list[str], done: Event) -> None:
    """Show the last line that was told, from one second on and until it is done."""
    if done.wait(_PATIENCE):
        return
    from rich.console import Console

    with Console(stderr=True).status(told[-1]) as status:
        while not done.wait(_PATIENCE / 5):
            status.update(told[-1])
