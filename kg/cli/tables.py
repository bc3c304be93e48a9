"""Tables for people: through rich on a terminal, aligned plain text elsewhere."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence

import click

from kg.cells import Value, shown
from kg.cli.options import colourful, console
from kg.cli.options import columns as terminal_width
from kg.render.page import safe

_LEGIBLE = 16  # characters that a column needs, to be read


def write_table(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table to standard output; control characters in it are escaped.

    On a terminal that is too narrow for it, each row is a record of one line for each column.
    """
    cells = [[safe(shown(value)) for value in row] for row in rows]
    watched = bool(getattr(sys.stdout, "isatty", lambda: False)())
    if watched and not _fits(columns, cells, terminal_width(), colourful()):
        for line in _records(columns, cells, terminal_width()):
            click.echo(line)
    elif colourful():
        _draw(columns, cells)
    else:
        click.echo(_aligned(columns, cells), nl=False)


def _fits(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int, folds: bool) -> bool:
    """Whether a table can be read in so many characters, longer columns folded where it folds."""
    widths = _widths([columns, *rows])
    least = (min(width, _LEGIBLE) for width in widths) if folds else widths
    return sum(least) + 3 * len(columns) + 1 <= room


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """Each row as lines; a value that is that of the row before is left out."""
    indent = max(map(len, columns)) + 4
    before: Sequence[str] = [""] * len(columns)
    for number, row in enumerate(rows, 1):
        title = f"{number} of {len(rows)}"
        yield click.style(title, bold=True) if colourful() else title
        for column, cell, last in zip(columns, row, before, strict=True):
            if cell != last:
                lines = textwrap.wrap(cell or "-", max(room - indent, _LEGIBLE)) or [cell]
                yield f"  {column}".ljust(indent) + f"\n{' ' * indent}".join(lines)
        before = row


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = _widths([columns, *rows])
    every = [columns, ["-" * width for width in widths], *rows]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in every
    )
    return "".join(f"{line}\n" for line in lines)
