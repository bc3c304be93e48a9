"""`kg nerve`: an ordered course and its branches, with where on it the trouble may sit marked."""

from __future__ import annotations

import click

from kg.cli.drawing import drawing_options, write_picture
from kg.cli.options import Where, graph_options, opened, read_input


@click.command(name="nerve")
@drawing_options
@graph_options
def command(
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    concept: str | None,
    output: str | None,
    form: str | None,
    width: int,
    theme: str,
    level: str | None,
    labels: str | None,
    where: Where,
) -> int:
    """Draw an ordered course and its branches.

    Where the trouble may sit is marked for symptoms that are told in plain words, with the signs
    by which it was found. With --concept, the way to it is marked.

    A file that ends in .png is written as PNG, everything else as SVG.
    """
    told = read_input(text)
    with opened(where) as graph:
        picture = graph.course(
            told,
            concept=concept,
            findings=finding,
            absent=absent,
            level=level or "plain",
            labels=labels or "all",
        )
        write_picture(picture, output, form, width, theme)
    return 0
