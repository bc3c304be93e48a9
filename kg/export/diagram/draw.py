"""A drawing as SVG: an explanation by its chains, anything else by its nodes and edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kg.export.diagram.appearance import appearance
from kg.export.diagram.explained import explained
from kg.export.diagram.paint import paint
from kg.export.diagram.theme import Theme
from kg.export.drawing import Drawing, Node
from kg.render.words import level_of

__all__ = ["Labels", "draw_svg"]

Labels = Literal["all", "none"]


def draw_svg(
    drawing: Drawing, theme: Theme = "auto", level: str = "plain", labels: Labels = "all"
) -> str:
    """Draw nodes and edges.

    Args:
        drawing: what to draw.
        theme: "auto" follows the reader's setting, "light" and "dark" are fixed.
        level: "plain" or "clinical" names.
        labels: "none" leaves the shapes empty, to be filled in by who learns.

    Raises:
        BadInput: there is no such level.
    """
    looks = appearance()
    if level_of(level) == "plain":
        title = drawing.title
        for node in sorted(drawing.nodes, key=lambda node: -len(node.label)):
            title = title.replace(node.label, node.lay_label or node.label)
        drawing = replace(drawing, title=title, nodes=tuple(map(_plainly, drawing.nodes)))
    if drawing.explanation is not None:
        scene = explained(drawing, drawing.explanation, looks, level)
    else:
        from kg.export.diagram.selected import selected

        scene = selected(drawing, looks)
    return paint(replace(scene, named=labels != "none"), theme)


def _plainly(node: Node) -> Node:
    """A node that is called by its plain name; the other one is told to whoever points at it."""
    if not node.lay_label:
        return node
    return replace(node, label=node.lay_label, lay_label=node.label)
