"""The group of all commands: finds them lazily, and turns every error into one line."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

import click

from kg.errors import KgError, printable

# Name and short help of each command, so that `kg --help` loads none of their modules.
_COMMANDS: Final = {
    "explain": "Explain symptoms told in plain words.",
    "ask": "Answer a question in words.",
    "read": "Show what a text was read as, and what was left.",
    "why": "Tell why one candidate ranks above another.",
    "flip": "Find the smallest change of answers that changes the result.",
    "show": "Show what is known about a concept, with sources.",
    "search": "Find concepts by words.",
    "path": "Tell how one concept leads to another.",
    "query": "Run a named query, a query file or SPARQL.",
    "queries": "List the named queries, or show one.",
    "export": "Write the graph, or a part of it, in a file format.",
    "serve": "Serve a page, an API and SPARQL over HTTP.",
    "mcp": "Serve agents over standard input and output.",
    "nerve": "Draw an ordered course, and where on it the trouble may sit.",
    "validate": "Check the knowledge, and the passages against the articles.",
    "info": "Tell the version of the graph and how much it holds.",
    "completion": "Write the script that completes kg in a shell.",
    "release": "Write the release files into a folder.",
    "diff": "Tell what changed since another graph.",
}
USAGE: Final = 2
_INTERRUPTED: Final = 130  # as shells do: 128 + SIGINT
_PIPE_CLOSED: Final = 141  # as shells do: 128 + SIGPIPE


@cache
def _all() -> dict[str, str]:
    """The commands, and one for each picture that comes with the graph, named after it."""
    from kg.export.figure.shelf import asset_names, asset_title

    drawn = {name: f"Draw: {asset_title(name)}." for name in asset_names()}
    return _COMMANDS | {name: help_ for name, help_ in drawn.items() if name not in _COMMANDS}


class Commands(click.Group):
    """A group whose commands are modules of this package, each with a `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which people need them."""
        return list(_all())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in _COMMANDS:
            if cmd_name not in _all():
                return None
            drawing: click.Command = import_module("kg.cli.figure").command_for(cmd_name)
            return drawing
        found: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments begin with, or name the nearest."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-") and name not in _all():
            from difflib import get_close_matches

            near = get_close_matches(name, _all(), n=1)
            fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(_all())}"
            raise click.UsageError(f'no such command "{printable(name)}": {fix}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their short help, loading none."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_all().items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and exit with its code; every error is one line on standard error."""
        _prepare_output()
        try:
            code = self._run(args, prog_name or "kg", extra)
            sys.stdout.flush()
        except KgError as error:
            code = _say(str(error))
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx is not None else "kg"
            code = _say(f"{error.format_message()} (see {path} --help)")
        except click.ClickException as error:
            code = _say(error.format_message())
        except (click.Abort, KeyboardInterrupt):
            code = _INTERRUPTED
        except BrokenPipeError:
            code = _PIPE_CLOSED
        except OSError as error:
            code = _say(
                f"cannot write the output ({error.strerror or error}): choose another place"
            )
        _leave(code if isinstance(code, int) else 0)

    def _run(self, args: Sequence[str] | None, name: str, extra: dict[str, Any]) -> Any:
        # Not click's own `main`: it writes to standard error on Ctrl-C, and hides a closed pipe.
        self._main_shell_completion(extra, name)
        try:
            with self.make_context(name, list(sys.argv[1:] if args is None else args)) as ctx:
                return self.invoke(ctx)
        except click.exceptions.Exit as done:
            return done.exit_code


def _prepare_output() -> None:
    # A character that the terminal cannot show must not end the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _say(message: str) -> int:
    click.echo(f"error: {' '.join(message.split())}", err=True)
    return USAGE


def _leave(code: int) -> None:
    if code == _PIPE_CLOSED:
        # Nobody reads any more: keep Python from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        # The root package is loaded whenever one of its modules is.
        click.echo(f"kg {sys.modules[__name__.partition('.')[0]].__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def app(ctx: click.Context) -> int:
    """Ask a knowledge graph that explains a symptom, with a source for every link.

    A concept may be given by name, synonym, IRI, or id of HPO, Mondo, Uberon or MAxO. A single
    hyphen (-) means standard input or standard output; -o FILE writes in the form of its ending.
    KG_GRAPH and KG_LEVEL stand for --graph and --level, KG_CACHE=off keeps nothing. Exit codes:
    0 answered, 1 a negative answer or violations, 2 the input cannot be used.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return 0


def main() -> None:
    """Run the command `kg` with the arguments of the process."""
    # The end of the process frees everything: the collector need not look through it before.
    atexit.register(gc.freeze)
    app.main(prog_name="kg")
