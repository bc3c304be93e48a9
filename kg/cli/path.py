"""`kg path`: how one concept leads to another."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from kg.explain.model import Chain
    from kg.graph import Graph


@click.command(name="path")
@click.argument("start", shell_complete=concept_names)
@click.argument("end", shell_complete=concept_names)
@click.option("--limit", default=3, show_default=True, type=click.IntRange(1, 20))
@form_options()
@graph_options
def command(start: str, end: str, limit: int, form: str, where: Where) -> int:
    """Tell the causal chains from one concept to another, the best first.

    Exit code 1: no chain leads there.
    """
    with opened(where) as graph:
        with progress("Searching"):
            chains = graph.path(start, end, limit)
        if form == "json":
            write_json([asdict(chain) for chain in chains])
        elif chains:
            _tell(graph, chains)
        else:
            click.echo("error: no causal chain leads there: try another end", err=True)
    return 0 if chains else 1


def _tell(graph: Graph, chains: tuple[Chain, ...]) -> None:
    from kg.render.paths import compose

    write_page(compose(chains, graph.view))
