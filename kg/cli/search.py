"""`kg search`: concepts by words."""

from __future__ import annotations

from dataclasses import asdict

import click

from kg.cli.forms import form_options
from kg.cli.options import Where, graph_options, opened, progress, write_json
from kg.cli.tables import write_table


@click.command(name="search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@form_options()
@graph_options
def command(words: tuple[str, ...], limit: int, form: str, where: Where) -> int:
    """Find concepts by words, the best hit first.

    Exit code 1: nothing was found.
    """
    with opened(where) as graph, progress("Searching"):
        hits = graph.search(" ".join(words), limit)
        names = graph.view.class_labels or {}
        rows = [
            (hit.id, hit.label, names.get(kind, kind), hit.matched)
            for hit in hits
            for kind in [graph.view.concepts[hit.id].kind]
        ]
    if form == "json":
        write_json([asdict(hit) for hit in hits])
    elif rows:
        write_table(("id", "label", "kind", "matched"), rows)
    else:
        click.echo("error: nothing found: try another word", err=True)
    return 0 if hits else 1
