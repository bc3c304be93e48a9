"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import click

from kg.cli.options import Where, graph_options, opened
from kg.errors import BadInput

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(name="serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is everywhere."
)
@click.option("--port", default=8100, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="A name that the server goes by, such as that of a proxy; may be repeated.",
)
@click.option(
    "--query-seconds",
    "seconds",
    default=5,
    show_default=True,
    type=click.IntRange(1, 30),
    help="How long a SPARQL query may take.",
)
@click.option(
    "--rate",
    default=20,
    show_default=True,
    type=click.IntRange(0, 10_000),
    help="Requests a second that one address may send, ten times as many at once; 0 for no limit. "
    "This machine has none.",
)
@graph_options
def command(
    host: str,
    port: int,
    allowed: tuple[str, ...],
    seconds: int,
    rate: int,
    where: Where,
) -> int:
    """Serve a page for people, an API and SPARQL, on this machine alone unless told otherwise.

    All of it is read-only. Nothing that anybody writes is stored or logged.
    """
    try:
        from kg.serve.answering import Limits
        from kg.serve.engine import Engine
        from kg.serve.run import check_free, run
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "anyio"):
            raise
        raise BadInput(
            "serving needs starlette and uvicorn: pip install 'facial-twitch-kg[serve]'"
        ) from None
    if host not in _LOOPBACK:
        click.echo(
            f"Listening on {host}: whoever reaches this machine can ask. "
            "There is no login; put a proxy with TLS in front.",
            err=True,
        )
    check_free(host, port)
    engine = None if where.remote else Engine(where.source, where.add, Limits(seconds))
    hosts = (*_LOOPBACK, "[::1]", host, *allowed) if host in _LOOPBACK else allowed
    with opened(where) as graph:
        run(graph, engine, host, port, hosts, rate)
    return 0
