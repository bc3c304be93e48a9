"""A page for the browser: text, interactive picture and tables in one file, without a network."""

from __future__ import annotations

from typing import Final

from kg.export.registry import Format
from kg.export.web.document import write_document

FORMAT: Final = Format(
    "a page for the browser, one file, no network",
    "text/html",
    ".html",
    write_document,
    options=("level",),
    shows_ids=False,
)
