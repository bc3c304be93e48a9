"""`kg show`: the card of a concept."""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    concept_names,
    graph_options,
    opened,
    progress,
    write_json,
    write_page,
)


@click.command(name="show")
@click.argument("name", nargs=-1, required=True, shell_complete=concept_names)
@form_options()
@graph_options
def command(name: tuple[str, ...], form: str, where: Where) -> int:
    """Show what is known about a concept: names, definition, claims both ways, sources.

    NAME is a label, a synonym or an IRI. The id of a claim shows the claim and its evidence.
    """
    with opened(where) as graph, progress("Looking it up"):
        card = graph.show(" ".join(name))
    if form == "json":
        write_json(card.to_dict())
        return 0
    from kg.render.card import compose

    write_page(compose(card))
    return 0
