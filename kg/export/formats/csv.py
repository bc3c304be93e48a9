"""Two tables of comma-separated values, nodes.csv and edges.csv, in one zip archive."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.cells import defused
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Cell, edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.registry import Format
from kg.export.text import legal

# Zip archives hold dates, and cannot tell an earlier one; the same content gives the same bytes.
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def write(drawing: Drawing) -> bytes:
    """Write both tables with a header line, in UTF-8; a missing value is an empty cell.

    Line ends within a text are line feeds. A text that a spreadsheet would take for a formula gets
    an apostrophe before it.
    """
    nodes = ({"id": node.id, **node_cells(node)} for node in drawing.nodes)
    edges = (
        {"id": edge.id, "source": edge.source, "target": edge.target, **edge_cells(edge)}
        for edge in drawing.edges
    )
    files = {
        "edges.csv": _table(("id", "source", "target", *EDGE_COLUMNS), edges),
        "nodes.csv": _table(("id", *NODE_COLUMNS), nodes),
    }
    archive = io.BytesIO()
    with ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            zipped.writestr(info, content)
    return archive.getvalue()


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    out = io.StringIO()
    names = list(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: Cell) -> str | int | float:
    if isinstance(value, str):
        return defused(legal(value).replace("\r\n", "\n").replace("\r", "\n"))
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


FORMAT: Final = Format(
    "nodes.csv and edges.csv in a zip archive, for tables", "application/zip", ".zip", write
)
