"""SVG, a picture that stays sharp and can be searched: no script, nothing from outside."""

from __future__ import annotations

from typing import Final

from kg.export.diagram.draw import draw_svg
from kg.export.registry import Format

FORMAT: Final = Format(
    "SVG, a picture that stays sharp",
    "image/svg+xml",
    ".svg",
    draw_svg,
    options=("theme", "level", "labels", "limit"),
    shows_ids=False,
)
