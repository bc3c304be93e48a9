"""`kg ask`: a question in words."""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    graph_options,
    opened,
    progress,
    read_input,
    write_json,
    write_page,
)


@click.command(name="ask")
@click.argument("question", nargs=-1, required=True, metavar="QUESTION…|-")
@form_options("text", {"sparql": "Write the SPARQL that answers.", "json": "Write JSON."})
@graph_options
def command(
    question: tuple[str, ...],
    form: str,
    where: Where,
) -> int:
    """Answer a question in words, such as "which nerve moves the nostril?".

    Where it cannot tell what is asked, it says so and offers the nearest questions.

    Exit code 1: it was not understood, or nothing answers it.
    """
    with opened(where) as graph, progress("Asking"):
        answer = graph.ask(read_input(question))
    if form == "json":
        write_json(answer.to_dict())
    elif form == "sparql" and answer.sparql is not None:
        click.echo(answer.sparql.rstrip())
    else:
        from kg.ask.page import compose

        write_page(compose(answer))
    return 0 if answer else 1
