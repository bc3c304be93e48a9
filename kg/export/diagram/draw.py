"""A drawing as SVG: an explanation by its chains, anything else by its nodes and edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kg.export.diagram.appearance import appearance
from kg.export.diagram.explained import explained
from kg.export.diagram.paint import paint
from kg.export.drawing import Drawing
from kg.export.levels import worded
from kg.export.themes import AUTO

Labels = Literal["all", "none"]


def draw_svg(
    drawing: Drawing,
    theme: str = AUTO,
    level: str = "plain",
    labels: Labels = "all",
    limit: int | None = None,
) -> str:
    """Draw nodes and edges.

    Args:
        drawing: what to draw.
        theme: "auto" follows the reader's setting, the others are fixed.
        level: "plain" or "clinical" names.
        labels: "none" leaves the shapes empty, to be filled in by who learns.
        limit: how many concepts are drawn at most; the picture of an answer has its own measure.

    Raises:
        BadInput: there is no such level or theme.
    """
    looks = appearance()
    drawing = worded(drawing, level)
    if drawing.explanation is not None:
        scene = explained(drawing, drawing.explanation, looks, level)
    else:
        from kg.export.diagram.selected import selected

        scene = selected(drawing, looks, limit)
    return paint(replace(scene, named=labels != "none"), theme)
