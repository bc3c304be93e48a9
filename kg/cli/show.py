"""`kg show`: the card of a concept."""

from __future__ import annotations

import click

from kg.cli.options import colourful, console, graph_options, json_option, opened, write_json


@click.command(name="show")
@click.argument("name", nargs=-1, required=True)
@json_option
@graph_options
def command(name: tuple[str, ...], as_json: bool, source: str | None, add: tuple[str, ...]) -> int:
    """Show what is known about a concept: names, definition, claims both ways, sources.

    NAME is a label, a synonym or an IRI. The id of a claim shows the claim and its evidence.
    """
    with opened(source, add) as graph:
        card = graph.show(" ".join(name))
    if as_json:
        write_json(card.to_dict())
        return 0
    from kg.render.card import compose

    page = compose(card)
    if colourful():
        from kg.render.terminal import render_page

        render_page(page, console())
    else:
        from kg.render.plain import render_page as plain_page

        click.echo(plain_page(page), nl=False)
    return 0
