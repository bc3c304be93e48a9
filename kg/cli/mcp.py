"""`kg mcp`: the graph for agents."""

from __future__ import annotations

import click

from kg.cli.options import Where, graph_options, opened
from kg.errors import BadInput

_LOOPBACK = "127.0.0.1"


@click.command(name="mcp")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Serve over HTTP at this port of the loopback, at /mcp, instead.",
)
@graph_options
def command(port: int | None, where: Where) -> int:
    """Serve agents over standard input and output (Model Context Protocol), read-only.

    The tools are explain, read, ask, search, concept, path and query.
    """
    try:
        from kg.agents.server import http_app, make_server
        from kg.serve.answering import Limits
        from kg.serve.engine import Engine
        from kg.serve.run import check_free, listen
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("kg"):
            raise
        raise BadInput("this needs the SDK: pip install 'facial-twitch-kg[mcp]'") from None
    limits = Limits(size=256 * 1024)  # no agent reads more
    with opened(where) as graph:
        engine = None if where.remote else Engine(where.source, where.add, limits)
        server = make_server(graph, engine)
        if port is None:
            server.run("stdio")
        else:
            check_free(_LOOPBACK, port)
            listen(http_app(server, _LOOPBACK), _LOOPBACK, port)
    return 0
