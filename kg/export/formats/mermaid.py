"""Mermaid, the flow charts that GitHub, GitLab and many editors draw."""

from __future__ import annotations

import re
from typing import Final

from kg.export.drawing import Drawing, Edge, Node
from kg.export.registry import Format
from kg.export.shapes import foreign_shape, look_of
from kg.export.text import shortened, tidy

_HEADS: Final = {1: "-->", -1: "--x", 0: "--o", None: "-.->"}
# What Mermaid draws at most where nobody allows it more.
_MOST_EDGES: Final = 500
_MOST_CHARACTERS: Final = 50_000
# All that may have a meaning to Mermaid or HTML; a few harmless signs keep labels readable.
_SPECIAL: Final = re.compile(r"[^\w ,.()/\-–—…’'+]", re.ASCII)


def write(drawing: Drawing) -> str:
    """Write a flow chart from left to right; the shape of a node is that of its kind.

    The end of an arrow tells the sign: a point raises, a cross lowers, a ring is left open by the
    sources; a dotted arrow is no effect. Nodes are numbered in the order of their ids.
    """
    numbers = {node.id: f"n{number}" for number, node in enumerate(drawing.nodes, 1)}
    lines = [
        "flowchart LR",
        *(f"  {numbers[node.id]}{_node(node)}" for node in drawing.nodes),
        *(f"  {numbers[e.source]} {_arrow(e)} {numbers[e.target]}" for e in drawing.edges),
        *_colours(drawing, numbers),
    ]
    chart = "\n".join(lines) + "\n"
    return f"%% {_comment(drawing.title)}\n{_warning(drawing, chart)}{chart}"


def _node(node: Node) -> str:
    shape = foreign_shape(look_of(node.kind))
    return f'{shape.opening}"{_label(node.label)}"{shape.closing}'


def _arrow(edge: Edge) -> str:
    return f'{_HEADS.get(edge.polarity, "-.->")}|"{_label(edge.phrase)}"|'


def _colours(drawing: Drawing, numbers: dict[str, str]) -> list[str]:
    painted: dict[tuple[str, str], list[str]] = {}
    for node in drawing.nodes:
        look = look_of(node.kind)
        painted.setdefault((look.fill, look.outline), []).append(numbers[node.id])
    lines = []
    for index, ((fill, outline), members) in enumerate(sorted(painted.items()), 1):
        lines.append(f"  classDef k{index} fill:{fill},stroke:{outline},color:#1b1f24")
        lines.append(f"  class {','.join(members)} k{index}")
    return lines


def _label(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"#{ord(found[0])};", shortened(text))
    # An empty label is a mistake to Mermaid.
    return escaped or "#32;"


def _comment(text: str) -> str:
    return tidy(re.sub(r"[{}%`]", " ", text))


def _warning(drawing: Drawing, chart: str) -> str:
    edges, characters = len(drawing.edges), len(chart) + 1_000
    if edges <= _MOST_EDGES and characters <= _MOST_CHARACTERS:
        return ""
    return (
        f"%% This is more than Mermaid draws by itself: export a smaller part, or give it\n"
        f"%% maxEdges: {max(edges, _MOST_EDGES)} and "
        f"maxTextSize: {max(characters, _MOST_CHARACTERS)}\n"
    )


FORMAT: Final = Format("Mermaid, for GitHub and editors", "text/vnd.mermaid", ".mmd", write)
