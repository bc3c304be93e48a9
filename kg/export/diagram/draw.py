"""A drawing as SVG: an explanation by its chains, anything else by its nodes and edges."""

from __future__ import annotations

from kg.export.diagram.appearance import appearance
from kg.export.diagram.explained import explained
from kg.export.diagram.paint import paint
from kg.export.diagram.theme import Theme
from kg.export.drawing import Drawing

__all__ = ["draw_svg"]


def draw_svg(drawing: Drawing, theme: Theme = "auto") -> str:
    """Draw nodes and edges.

    Args:
        drawing: what to draw.
        theme: "auto" follows the reader's setting, "light" and "dark" are fixed.
    """
    looks = appearance()
    if drawing.explanation is not None:
        return paint(explained(drawing, drawing.explanation, looks), theme)
    from kg.export.diagram.selected import selected

    return paint(selected(drawing, looks), theme)
