"""`kg release`: the release files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_options, opened, progress


@click.command(name="release")
@click.argument("folder", metavar="DIR")
@graph_options
def command(folder: str, source: str | None, add: tuple[str, ...]) -> int:
    """Write the merged Turtle file and the OWL file for ontology editors into a folder."""
    from kg.release import write_release

    with opened(source, add) as graph, progress("Writing the release"):
        paths = write_release(graph.store, Path(folder))
    for path in paths:
        click.echo(str(path))
    return 0
