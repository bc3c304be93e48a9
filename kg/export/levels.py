"""The names and the sentences of a drawing at a level: plain words, or the terms of clinicians."""

from __future__ import annotations

from dataclasses import replace

from kg.export.drawing import Drawing, Node
from kg.render.words import level_of


def worded(drawing: Drawing, level: str) -> Drawing:
    """A drawing in the words of a level; at the plain one the other name comes second.

    Raises:
        BadInput: there is no such level.
    """
    if level_of(level) == "clinical":
        return drawing
    title = drawing.title
    for node in sorted(drawing.nodes, key=lambda node: -len(node.label)):
        title = title.replace(node.label, node.lay_label or node.label)
    edges = tuple(replace(edge, text=edge.plain or edge.text) for edge in drawing.edges)
    nodes = tuple(map(_plainly, drawing.nodes))
    return replace(drawing, title=title, nodes=nodes, edges=edges)


def _plainly(node: Node) -> Node:
    if not node.lay_label:
        return node
    return replace(node, label=node.lay_label, lay_label=node.label)
