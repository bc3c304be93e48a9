"""`kg diff`: what changed between two graphs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.forms import form_options
from kg.cli.options import progress


@click.command(name="diff")
@click.argument("old")
@click.argument("new", required=False)
@form_options()
def command(old: str, new: str | None, form: str) -> int:
    """Tell which claims and concepts were added, changed and removed since another graph.

    OLD and NEW are Turtle files, folders of them, or release folders; without NEW it is the graph
    that came with kg. The exit code is 1 where anything differs.
    """
    from kg.release import compare, read_graph
    from kg.store import open_store

    with (
        read_graph(Path(old)) as before,
        open_store() if new is None else read_graph(Path(new)) as after,
        progress("Comparing"),
    ):
        changes = compare(before, after)
    text = (
        json.dumps(changes.to_dict(), ensure_ascii=False, indent=2)
        if form == "json"
        else str(changes)
    )
    click.echo(text.rstrip("\n"))
    return 1 if changes else 0
