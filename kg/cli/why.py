"""`kg why`: why one candidate ranks above another."""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    case_options,
    concept_names,
    graph_options,
    opened,
    progress,
    read_input,
    write_json,
    write_page,
)


@click.command(name="why")
@click.argument("candidate", shell_complete=concept_names)
@click.option("--rather-than", required=True, metavar="NAME", help="What it is compared with.")
@case_options
@form_options()
@graph_options
def command(
    candidate: str,
    rather_than: str,
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    form: str,
    where: Where,
) -> int:
    """Tell why a condition, or a cause, ranks above another for what is reported.

    The findings that make the difference come first, then what only one of the two explains, and
    which questions would tell them apart.

    Exit code 1: it does not rank above the other one.
    """
    told = read_input(text)
    with opened(where) as graph, progress("Comparing"):
        answer = graph.why(
            candidate, rather_than=rather_than, text=told, findings=finding, absent=absent
        )
    if form == "json":
        write_json(answer.to_dict())
    else:
        from kg.render.contrast import compose

        write_page(compose(answer))
    return 0 if answer.holds else 1
