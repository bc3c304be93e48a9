"""`kg info`: which graph this is."""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import Where, graph_options, opened, progress, write_json
from kg.cli.tables import write_table


@click.command(name="info")
@form_options()
@graph_options
def command(form: str, where: Where) -> int:
    """Tell the version of the graph and how much it holds."""
    with opened(where) as graph, progress("Counting"):
        info = graph.info()
    if form == "json":
        write_json(info)
    else:
        write_table(("what", "value"), list(info.items()))
    return 0
