"""A layered layout, from left to right (Sugiyama, Tagawa and Toda 1981), the same on any machine.

Nodes stand in layers; between two layers of nodes lies a layer for the labels of the links, so
that no label can cover a node or another label. Crossings are reduced by barycentres and by
exchanging neighbours; the heights minimise the bends, by pooling adjacent violators in each layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.diagram.crossings import Item, order
from kg.export.diagram.heights import close, settle
from kg.export.diagram.layers import layers_of, turned_links

_LANE: Final = 4.0
_MARGIN: Final = 15.0  # beside a layer of labels, at least
_STEEPEST: Final = 9.0  # rise of a link for each unit of margin
_WIDEST: Final = 46.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its size; links meet it `anchor` below its upper side, in the middle without."""

    id: str
    width: float
    height: float
    anchor: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that reads from source to target, with the size of its label."""

    id: str
    source: str
    target: str
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle: the point where links meet it, its width, and how far it reaches up and down."""

    x: float
    y: float
    width: float
    above: float
    below: float

    @property
    def left(self) -> float:
        """Its left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.y - self.above

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.below


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is; `routes` holds what each link runs through, from left to right.

    `turned` are the links that run from right to left, `columns` the centres of the layers.
    """

    width: float
    height: float
    boxes: Mapping[str, Place]
    labels: Mapping[str, Place]
    routes: Mapping[str, tuple[Place, ...]]
    turned: frozenset[str]
    columns: tuple[Place, ...]


def arrange(
    boxes: Sequence[Box], links: Sequence[Link], first: Iterable[str] = (), last: Iterable[str] = ()
) -> Layout:
    """Lay out nodes and links.

    Args:
        boxes: the nodes.
        links: between nodes that are in `boxes`; one from a node to itself is left out.
        first: nodes that stand in the leftmost layer unless something leads to them.
        last: nodes that stand in the rightmost layer unless they lead on.
    """
    real = [link for link in links if link.source != link.target]
    names = [box.id for box in boxes]
    turned = turned_links(names, [(n.id, n.source, n.target) for n in real], tuple(first))
    ends = {
        link.id: (link.target, link.source) if link.id in turned else (link.source, link.target)
        for link in real
    }
    ranks = layers_of(names, list(ends.values()), set(first), set(last))
    layers, items = _layers(boxes, real, ends, ranks)
    order(layers)
    settle(layers)
    close(list(items.values()))
    return _placed(layers, items, real, ends, turned)


def _layers(
    boxes: Sequence[Box],
    links: Sequence[Link],
    ends: Mapping[str, tuple[str, str]],
    ranks: Mapping[str, int],
) -> tuple[list[list[Item]], dict[str, Item]]:
    """Nodes in the even layers, the labels and the lanes of links in the odd ones and between."""
    count = 2 * max(ranks.values(), default=0) + 1
    layers: list[list[Item]] = [[] for _ in range(count)]
    items = {}
    for box in boxes:
        above = box.height / 2 if box.anchor is None else box.anchor
        items[box.id] = Item(box.id, box.width, above, box.height - above, 2 * ranks[box.id])
    for item in items.values():
        layers[item.layer].append(item)
    for link in links:
        left, right = (items[end] for end in ends[link.id])
        middle = (left.layer + right.layer) // 4 * 2 + 1
        if middle > right.layer:
            middle -= 2
        previous = left
        for layer in range(left.layer + 1, right.layer):
            labelled = layer == middle and link.width > 0
            # A label stands on its line.
            width, above = (link.width, link.height) if labelled else (0.0, _LANE / 2)
            lane = Item(f"{link.id}#{layer}", width, above, _LANE / 2, layer, link.id)
            items[lane.key] = lane
            layers[layer].append(lane)
            _join(previous, lane)
            previous = lane
        _join(previous, right)
    return layers, items


def _join(left: Item, right: Item) -> None:
    left.right.append(right)
    right.left.append(left)


def _margins(labels: Sequence[Item]) -> tuple[float, float]:
    """The room to the left and to the right of a layer of labels: more where links are steep."""
    lefts = [abs(item.y - n.y) for item in labels for n in item.left]
    rights = [abs(item.y - n.y) for item in labels for n in item.right]
    rises = (max(each, default=0.0) for each in (lefts, rights))
    before, after = (min(_WIDEST, max(_MARGIN, rise / _STEEPEST)) for rise in rises)
    return before, after


def _placed(
    layers: list[list[Item]],
    items: Mapping[str, Item],
    links: Sequence[Link],
    ends: Mapping[str, tuple[str, str]],
    turned: frozenset[str],
) -> Layout:
    centres, widths = [], []
    x = 0.0
    for number, layer in enumerate(layers):
        width = max((item.width for item in layer), default=0.0)
        before, after = _margins(layer) if number % 2 else (0.0, 0.0)
        centres.append(x + before + width / 2)
        widths.append(width)
        x += before + width + after
    top = min((item.y - item.above for item in items.values()), default=0.0)
    bottom = max((item.y + item.below for item in items.values()), default=0.0)
    place = {}
    for key, item in items.items():
        # A link runs straight past nodes and labels, so that it keeps clear of them.
        lane = item.link is not None and not item.width
        width = widths[item.layer] if lane else item.width
        spot = round(centres[item.layer], 1), round(item.y - top, 1)
        place[key] = Place(*spot, width, item.above, item.below)
    routes = {}
    for link in links:
        left, right = (items[end].layer for end in ends[link.id])
        routes[link.id] = tuple(place[f"{link.id}#{n}"] for n in range(left + 1, right))
    height = round(bottom - top, 1)
    columns = tuple(
        Place(round(c, 1), 0.0, w, 0.0, height)
        for c, w in list(zip(centres, widths, strict=True))[::2]
    )
    labels = {
        item.link: place[key] for key, item in items.items() if item.link is not None and item.width
    }
    boxes = {key: place[key] for key, item in items.items() if item.link is None}
    return Layout(round(x, 1), height, boxes, labels, routes, turned, columns)
