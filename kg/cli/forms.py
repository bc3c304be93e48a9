"""One way for all commands to say in which form they write, and where.

`--format NAME`, or the flag of that name, chooses the form; without either the ending of the file
does that `-o FILE` names.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import wraps
from pathlib import PurePath
from typing import Any, Final, TypeVar, cast

import click

from kg.cli.options import output_option, write_output

_Command = TypeVar("_Command", bound=Callable[..., Any])
_JSON: Final = {"json": "Write JSON."}
_ALSO: Final = {"turtle": ("--rdf",)}
_ENDINGS: Final = {
    ".csv": "csv",
    ".json": "json",
    ".jsonld": "jsonld",
    ".md": "markdown",
    ".nt": "ntriples",
    ".png": "png",
    ".rq": "sparql",
    ".srj": "json",
    ".srx": "xml",
    ".svg": "svg",
    ".tsv": "tsv",
    ".ttl": "turtle",
    ".xml": "xml",
}


def form_options(
    default: str = "text", forms: dict[str, str] = _JSON
) -> Callable[[_Command], _Command]:
    """Add `--format`, a flag for each form, and `-o`; the command gets `form`.

    Args:
        default: the form that is written when none is named.
        forms: what the flag of each form is for.
    """
    names = tuple(dict.fromkeys((default, *forms)))

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def run(*, output: str | None, named: str | None, **given: Any) -> Any:
            flags = [name for name in forms if given.pop(f"as_{name}")]
            form = _wanted([*flags, *([named] if named else [])])
            form = form or form_of_file(output, names, default)
            if output in (None, "-"):
                return command(form=form, **given)
            with redirect_stdout(io.StringIO()) as written:
                code = command(form=form, **given)
            write_output(written.getvalue(), output)
            return code

        made = output_option(cast("_Command", run))
        for name in reversed(forms):
            flags = (f"--{name}", *_ALSO.get(name, ()), f"as_{name}")
            made = click.option(*flags, is_flag=True, help=forms[name])(made)
        help_ = "The form; else the flag or the ending of FILE tells it."
        return click.option("--format", "named", type=click.Choice(names), help=help_)(made)

    return decorate


def _wanted(forms: Sequence[str]) -> str | None:
    if len(set(forms)) > 1:
        raise click.UsageError(f"{forms[0]} and {forms[1]} exclude each other: choose one")
    return forms[0] if forms else None


def form_of_file(output: str | None, names: Sequence[str], default: str) -> str:
    """The form that the ending of a file asks for.

    >>> form_of_file("answer.MD", ("text", "json", "markdown"), "text")
    'markdown'
    >>> form_of_file("answer.txt", ("text", "json"), "text")
    'text'
    """
    ending = PurePath(output or "").suffix.lower()
    if ending in ("", ".txt"):
        return default
    form = _ENDINGS.get(ending, ending)
    if form not in names:
        fix = f"name the form with --format ({', '.join(names)})"
        raise click.UsageError(f'a file that ends in "{ending}" tells no form: {fix}')
    return form
