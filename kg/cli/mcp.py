"""`kg mcp`: the graph for agents."""

from __future__ import annotations

import click

from kg.cli.options import Where, graph_options, opened
from kg.errors import BadInput


@click.command(name="mcp")
@graph_options
def command(where: Where) -> int:
    """Serve agents over standard input and output (Model Context Protocol), read-only.

    The tools are explain, read, ask, search, concept, path and query.
    """
    try:
        from kg.agents.server import make_server
        from kg.serve.answering import Limits
        from kg.serve.engine import Engine
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("kg"):
            raise
        raise BadInput("this needs the SDK: pip install 'facial-twitch-kg[mcp]'") from None
    limits = Limits(size=256 * 1024)  # no agent reads more
    with opened(where) as graph:
        engine = None if where.remote else Engine(where.source, where.add, limits)
        make_server(graph, engine).run("stdio")
    return 0
