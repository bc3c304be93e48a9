"""`kg release`: the release files."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from kg.cli.options import Where, graph_options, opened, progress


@click.command(name="release")
@click.argument("folder", metavar="DIR")
@click.option("--since", metavar="OLD", help="An older graph: CHANGES.md tells what changed.")
@graph_options
def command(folder: str, since: str | None, where: Where) -> int:
    """Write the files of a release into a folder: Turtle, OWL, SKOS, OBO Graph, SSSOM, metadata."""
    from kg.release import read_graph, write_release

    before = nullcontext() if since is None else read_graph(Path(since))
    with opened(where) as graph, before as older, progress("Writing the release"):
        paths = write_release(graph.store, Path(folder), older)
    for path in paths:
        click.echo(str(path))
    return 0
