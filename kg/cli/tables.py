"""Tables for people: through rich on a terminal, aligned plain text elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kg.cli.options import colourful, console
from kg.query_result import Value, shown
from kg.render.page import safe

__all__ = ["write_table"]


def write_table(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table to standard output; control characters in it are escaped."""
    cells = [[safe(shown(value)) for value in row] for row in rows]
    if not colourful():
        click.echo(_aligned(columns, cells), nl=False)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console().print(table)


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    every = [list(columns), *map(list, rows)]
    widths = [max(len(row[index]) for row in every) for index in range(len(columns))]
    every.insert(1, ["-" * width for width in widths])
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in every
    )
    return "".join(f"{line}\n" for line in lines)
