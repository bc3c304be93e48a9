"""`kg diff`: what changed between two graphs."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(name="diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
def command(old: str, new: str | None, as_json: bool) -> int:
    """Tell which claims and concepts were added, changed and removed since another graph.

    OLD and NEW are Turtle files, folders of them, or release folders; without NEW it is the graph
    that came with kg. The exit code is 1 where anything differs.
    """
    from kg.release import compare, read_graph
    from kg.store import open_store

    with (
        read_graph(Path(old)) as before,
        open_store() if new is None else read_graph(Path(new)) as after,
    ):
        changes = compare(before, after)
    text = json.dumps(changes.to_dict(), ensure_ascii=False, indent=2) if as_json else str(changes)
    click.echo(text.rstrip("\n"))
    return 1 if changes else 0
