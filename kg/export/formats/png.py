"""PNG, a picture for programs that show no SVG; needs a library, the extra `png`."""

from __future__ import annotations

import re
from typing import Final

from kg.export.diagram.draw import Labels, draw_svg
from kg.export.drawing import Drawing
from kg.export.picture import to_png
from kg.export.registry import Format
from kg.export.themes import fixed

_WIDTH: Final = re.compile(r'viewBox="0 0 (\d+) ')
_LARGEST: Final = 6000  # pixels


def write(
    drawing: Drawing,
    theme: str = "light",
    width: int | None = None,
    level: str = "plain",
    labels: Labels = "all",
    limit: int | None = None,
) -> bytes:
    """Draw nodes and edges.

    Args:
        drawing: what to draw.
        theme: "auto" is light, since a PNG cannot follow the reader.
        width: in pixels; twice what the SVG has, for sharp screens, without it.
        level: "plain" or "clinical" names.
        labels: "none" leaves the shapes empty.
        limit: how many concepts are drawn at most.

    Raises:
        BadInput: the library is not installed, or the width does not fit.
    """
    svg = draw_svg(drawing, fixed(theme), level, labels, limit)
    found = _WIDTH.search(svg)
    drawn = int(found[1]) if found else 800
    return to_png(svg, width if width is not None else min(2 * drawn, _LARGEST))


FORMAT: Final = Format(
    "PNG, a picture in pixels",
    "image/png",
    ".png",
    write,
    options=("theme", "width", "level", "labels", "limit"),
    shows_ids=False,
)
