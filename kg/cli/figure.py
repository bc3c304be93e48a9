"""`kg` with the name of a picture: the body with what is affected, or with a concept, marked."""

from __future__ import annotations

from functools import partial

import click

from kg.cli.drawing import drawing_options, write_picture
from kg.cli.options import Where, graph_options, opened, read_input
from kg.export.figure.shelf import asset_title


def command_for(name: str) -> click.Command:
    """The command that draws on the asset of this name."""
    made = click.command(name=name, help=f"{asset_title(name)}.\n\n{_HELP}")
    option = click.option(
        "--asset", metavar="FILE", help="An SVG file of your own whose regions name concepts."
    )
    return made(drawing_options(option(graph_options(partial(_draw, name)))))


_HELP = """What is affected and spared, and where the trouble may sit, is marked for symptoms that
are told in plain words. With --concept, what it serves and what serves it is marked. With neither,
the picture is labelled as it is.

A file that ends in .png is written as PNG, everything else as SVG."""


def _draw(
    name: str,
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    concept: str | None,
    asset: str | None,
    output: str | None,
    form: str | None,
    width: int,
    theme: str,
    level: str | None,
    labels: str | None,
    where: Where,
) -> int:
    told = read_input(text)
    with opened(where) as graph:
        picture = graph.figure(
            told,
            concept=concept,
            findings=finding,
            absent=absent,
            asset=asset or name,
            level=level or "plain",
            labels=labels or "all",
        )
        write_picture(picture, output, form, width, theme)
    return 0
