"""`kg flip`: the smallest change of answers that changes the result."""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    case_options,
    graph_options,
    opened,
    progress,
    read_input,
    write_json,
    write_page,
)


@click.command(name="flip")
@case_options
@click.option("--to", metavar="CONDITION", help="What is to come first; any other one without it.")
@click.option("--urgency", is_flag=True, help="Change the urgency, not the first condition.")
@click.option(
    "--most", default=3, show_default=True, type=click.IntRange(1, 3), help="Answers that change."
)
@form_options()
@graph_options
def command(
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    to: str | None,
    urgency: bool,
    most: int,
    form: str,
    where: Where,
) -> int:
    """Find the smallest change of answers that changes the result.

    Without an option the first condition is to change. Open questions are answered before
    anything that was told is changed, the likeliest answers first.

    Exit code 1: no change so small does it.
    """
    told = read_input(text)
    with opened(where) as graph, progress("Trying changes"):
        answer = graph.flip(
            told, to=to, urgency=urgency, findings=finding, absent=absent, most=most
        )
    if form == "json":
        write_json(answer.to_dict())
    else:
        from kg.render.flip import compose

        write_page(compose(answer))
    return 0 if answer.found else 1
