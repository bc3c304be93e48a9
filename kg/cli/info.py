"""`kg info`: which graph this is."""

from __future__ import annotations

import click

from kg.cli.options import graph_options, json_option, opened, write_json
from kg.cli.tables import write_table


@click.command(name="info")
@json_option
@graph_options
def command(as_json: bool, source: str | None, add: tuple[str, ...]) -> int:
    """Tell the version of the graph and how much it holds."""
    with opened(source, add) as graph:
        info = graph.info()
    if as_json:
        write_json(info)
    else:
        write_table(("what", "value"), list(info.items()))
    return 0
