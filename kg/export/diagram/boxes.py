"""How large the boxes of a diagram are: nodes with their remedies below, labels of arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.diagram.appearance import Look
from kg.export.diagram.layered import Box
from kg.export.diagram.measure import text_width, wrap
from kg.export.diagram.scene import Item, Tag
from kg.export.diagram.svg import text

_NODE: Final = 13.0
_TAG: Final = 10.5
_LINE: Final = 13.5  # of the names inside a node
_PORT: Final = 9.0  # between two arrows that meet a node
_WIDEST: Final = 128.0
_NARROWEST: Final = 66.0
_MOST_LINES: Final = 3
_EDGES: Final = {"crossed": 3.0, "double": 3.0}
_STEM: Final = 18.0  # from a node to the remedies below it
_PADDING: Final = {"hexagon": 22.0, "slant": 26.0, "pennant": 24.0, "diamond": 40.0}


@dataclass(frozen=True, slots=True)
class TagBox:
    """A remedy with its lines, its size, and how far below the node it begins."""

    tag: Tag
    lines: tuple[str, ...]
    width: float
    height: float
    offset: float


@dataclass(frozen=True, slots=True)
class ItemBox:
    """A node with its lines, the size of its shape, its remedies, and the box of them all."""

    box: Box
    look: Look
    lines: tuple[str, ...]
    width: float
    height: float
    tags: tuple[TagBox, ...]


def lines_of(label: str, size: float, bold: bool, widest: float = _WIDEST) -> tuple[str, ...]:
    """The label in as narrow a block as its words and a few lines allow."""
    words = label.split() or [""]
    limit = max(_NARROWEST, *(text_width(word, size, bold) for word in words))
    limit = min(limit, widest)
    lines = wrap(label, size, limit, bold)
    while len(lines) > _MOST_LINES and limit < widest:
        limit = min(widest, limit + 6)
        lines = wrap(label, size, limit, bold)
    return lines


def item_box(item: Item, ports: int = 0) -> ItemBox:
    """Measure a node and what stands below it; `ports` arrows can be told apart at each side."""
    lines = lines_of(item.label, _NODE, item.strong)
    widest = max(text_width(line, _NODE, item.strong) for line in lines)
    widest = max([widest, *(text_width(name, _TAG) for name in item.names)])
    width = round(widest + _PADDING.get(item.look.shape, 18.0), 1)
    named = _LINE * len(item.names)
    height = max(15.5 * len(lines) + 13 + named, _PORT * ports)
    tags = _tags(item.tags, max(width, 104.0))
    bottom = height
    if tags:
        bottom += tags[-1].offset + tags[-1].height + (13 if item.more else 0)
    whole = Box(item.id, max([width, *(t.width for t in tags)]), bottom, height / 2)
    return ItemBox(whole, item.look, lines, width, height, tags)


def _tags(tags: Sequence[Tag], room: float) -> tuple[TagBox, ...]:
    made = []
    offset = _STEM
    for tag in tags:
        edge = _EDGES.get(tag.look.shape, 0.0)  # what the shape draws inside
        lines = wrap(f"{tag.label} {tag.cited}".strip(), _TAG, room - 16)
        width = max(text_width(line, _TAG) for line in lines) + 16 + 2 * edge
        height = 12.5 * len(lines) + 7 + 2 * edge
        made.append(TagBox(tag, lines, round(width, 1), height, offset))
        offset += height + 3
    return tuple(made)


def label_size(words: Sequence[str]) -> tuple[float, float]:
    """The size of the label of an arrow; nothing without words."""
    if not words:
        return 0.0, 0.0
    return round(max(text_width(w, 10.5) for w in words) + 6, 1), 12.0 * len(words) + 3


def fit(
    lines: Sequence[str], x: float, y: float, size: float, height: float, bold: bool = False
) -> list[str]:
    """Lines of text around a point, one below the other."""
    top = y - height * len(lines) / 2 + height * 0.5 + size * 0.36
    return [
        text(line, x, top + height * number, size, anchor="middle", bold=bold)
        for number, line in enumerate(lines)
    ]
