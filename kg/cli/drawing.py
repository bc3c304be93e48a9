"""What the commands share that draw: their options, and the file that they write."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import case_options, output_option, write_output
from kg.export.themes import AUTO, NAMES, fixed

if TYPE_CHECKING:
    from kg.export.picture import Picture

_Command = TypeVar("_Command", bound=Callable[..., Any])


def drawing_options(command: _Command) -> _Command:
    """Add what a picture needs: what to mark, where to write it, how large and how light."""
    for option in (
        naming_options,
        click.option(
            "--theme",
            type=click.Choice(NAMES),
            default=AUTO,
            show_default=True,
            help="Colours; auto follows the reader.",
        ),
        click.option(
            "--width",
            type=click.IntRange(16, 8000),
            default=1600,
            show_default=True,
            help="Of a PNG, in pixels.",
        ),
        output_option,
        click.option(
            "--format",
            "form",
            type=click.Choice(("svg", "png")),
            help="The form; else the ending of FILE tells it, and it is SVG.",
        ),
        click.option("--concept", metavar="NAME", help="Mark this concept instead."),
    ):
        command = option(command)
    return case_options(command)


def naming_options(command: _Command) -> _Command:
    """Add `--level` and `--labels`: the names in a picture."""
    command = click.option(
        "--labels",
        type=click.Choice(("all", "none")),
        help="Of a picture: none leaves the names out, for who learns them.",
    )(command)
    return click.option(
        "--level",
        type=click.Choice(("plain", "clinical")),
        help="Of a picture: its names; plain without it.",
    )(command)


def write_picture(
    picture: Picture, output: str | None, form: str | None, width: int, theme: str
) -> None:
    """Write a picture in its form; without one PNG where the name of the file says so, else SVG.

    Raises:
        BadInput: PNG needs a library that is not installed.
        MissingFile: the file cannot be written.
    """
    if form == "png" or (form is None and (output or "").lower().endswith(".png")):
        write_output(picture.to_png(width, fixed(theme)), output)
    else:
        write_output(picture.draw(theme), output)
