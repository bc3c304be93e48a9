"""A layered layout, from left to right (Sugiyama, Tagawa and Toda 1981), the same on any machine.

Nodes stand in layers; between two layers of nodes lies a layer for the labels of the links, so
that no label can cover a node or another label. Crossings are reduced by barycentres and by
exchanging neighbours; the heights minimise the bends, by pooling adjacent violators in each layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.export.diagram.layers import layers_of, turned_links

_SWEEPS: Final = 12
_PASSES: Final = 24
_NODE_GAP: Final = 16.0
_EMPTY: Final = 22.0  # paper that may stay empty between two parts
_LANE_GAP: Final = 7.0
_LANE: Final = 4.0
_MARGIN: Final = 15.0  # beside a layer of labels, at least
_STEEPEST: Final = 9.0  # rise of a link for each unit of margin
_WIDEST: Final = 46.0
_STIFF: Final = {0: 1.0, 1: 3.0, 2: 9.0}  # by how many ends of a segment are no node


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


@dataclass(slots=True)
class _Item:
    """A node or, with `link` set, the part of a link that lies in a layer."""

    key: str
    width: float
    above: float
    below: float
    layer: int
    link: str | None = None
    left: list[_Item] = field(default_factory=list)
    right: list[_Item] = field(default_factory=list)
    y: float = 0.0
    order: int = 0


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
    _order(layers)
    _heights(layers)
    _close(list(items.values()))
    return _placed(layers, items, real, ends, turned)


def _layers(
    boxes: Sequence[Box],
    links: Sequence[Link],
    ends: Mapping[str, tuple[str, str]],
    ranks: Mapping[str, int],
) -> tuple[list[list[_Item]], dict[str, _Item]]:
    """Nodes in the even layers, the labels and the lanes of links in the odd ones and between."""
    count = 2 * max(ranks.values(), default=0) + 1
    layers: list[list[_Item]] = [[] for _ in range(count)]
    items = {}
    for box in boxes:
        above = box.height / 2 if box.anchor is None else box.anchor
        items[box.id] = _Item(box.id, box.width, above, box.height - above, 2 * ranks[box.id])
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
            lane = _Item(f"{link.id}#{layer}", width, above, _LANE / 2, layer, link.id)
            items[lane.key] = lane
            layers[layer].append(lane)
            _join(previous, lane)
            previous = lane
        _join(previous, right)
    return layers, items


def _join(left: _Item, right: _Item) -> None:
    left.right.append(right)
    right.left.append(left)


def _order(layers: list[list[_Item]]) -> None:
    """Order each layer so that few links cross; the best order that was met is kept."""
    given = [list(layer) for layer in layers]
    _number(layers)
    best, kept = _crossings(layers), given
    # Where one way of sweeping gets stuck another may not.
    for start in range(4):
        for layer, first in zip(layers, given, strict=True):
            layer[:] = first[::-1] if start >= 2 else first
        _number(layers)
        for sweep in range(_SWEEPS):
            if not best:
                break
            _sweep(layers, rightwards=(sweep + start) % 2 == 0)
            crossings = _crossings(layers)
            if crossings < best:
                best, kept = crossings, [list(layer) for layer in layers]
    for layer, order in zip(layers, kept, strict=True):
        layer[:] = order
    _number(layers)


def _sweep(layers: list[list[_Item]], rightwards: bool) -> None:
    """Order each layer by where the layer before stands, then exchange neighbours."""
    for layer in layers if rightwards else reversed(layers):
        for item in layer:
            near = item.left if rightwards else item.right
            # What nothing is tied to keeps its place.
            item.y = sum(n.order for n in near) / len(near) if near else float(item.order)
        layer.sort(key=lambda item: item.y)
        for place, item in enumerate(layer):
            item.order = place
    _exchange(layers)


def _number(layers: list[list[_Item]]) -> None:
    for layer in layers:
        for place, item in enumerate(layer):
            item.order = place


def _crossings(layers: list[list[_Item]]) -> int:
    total = 0
    for layer in layers:
        seen: list[int] = []
        for item in layer:
            reached = sorted(n.order for n in item.right)
            total += sum(1 for order in reached for earlier in seen if earlier > order)
            seen += reached
    return total


def _exchange(layers: list[list[_Item]]) -> None:
    """Exchange neighbours as long as that removes crossings."""
    for _ in range(8):
        better = False
        for layer in layers:
            for place in range(len(layer) - 1):
                upper, lower = layer[place], layer[place + 1]
                if _between(upper, lower) > _between(lower, upper):
                    layer[place], layer[place + 1] = lower, upper
                    lower.order, upper.order = place, place + 1
                    better = True
        if not better:
            return


def _between(upper: _Item, lower: _Item) -> int:
    """How often the links of two items cross, the one above the other."""
    pairs = ((upper.left, lower.left), (upper.right, lower.right))
    return sum(1 for ups, lows in pairs for u in ups for low in lows if u.order > low.order)


def _heights(layers: list[list[_Item]]) -> None:
    """Give each item the height at which its links bend least, apart from its neighbours."""
    for layer in layers:
        y = 0.0
        for above, item in zip([None, *layer], layer, strict=False):
            y += _apart(above, item) if above is not None else 0.0
            item.y = y
        middle = (layer[0].y + layer[-1].y) / 2 if layer else 0.0
        for item in layer:
            item.y -= middle
    for number in range(_PASSES):
        rightwards = number % 2 == 0
        # The last passes look both ways.
        both = number >= _PASSES - 8
        for layer in layers if rightwards else reversed(layers):
            _settle(layer, rightwards, both)


def _close(items: list[_Item]) -> None:
    """Take out the empty paper between parts that nothing ties to each other."""
    low = shift = 0.0
    for number, item in enumerate(sorted(items, key=lambda item: item.y - item.above)):
        top = item.y - item.above
        if number and top - low > _EMPTY:
            shift += top - low - _EMPTY
        low = max(low, item.y + item.below) if number else item.y + item.below
        item.y -= shift


def _settle(layer: list[_Item], rightwards: bool, both: bool) -> None:
    wanted: list[tuple[float, float]] = []
    offset = 0.0
    for above, item in zip([None, *layer], layer, strict=False):
        offset += _apart(above, item) if above is not None else 0.0
        near = [*item.left, *item.right] if both else (item.left if rightwards else item.right)
        ties = [(_tie(item, n), n.y) for n in near]
        weight = sum(w for w, _ in ties)
        # What nothing is tied to stays beside its neighbour.
        alone = not item.left and not item.right
        free = above.y if alone and above is not None else item.y
        y = sum(w * y for w, y in ties) / weight if weight else free
        wanted.append((y - offset, weight or (0.001 if alone else 0.1)))
    offset = 0.0
    for (above, item), base in zip(
        zip([None, *layer], layer, strict=False), _pooled(wanted), strict=True
    ):
        offset += _apart(above, item) if above is not None else 0.0
        item.y = base + offset


def _tie(item: _Item, other: _Item) -> float:
    """How much an item wants to be level with another: with the end that has fewest links most."""
    stiff = _STIFF[(item.link is not None) + (other.link is not None)]
    if other.link is not None:
        return stiff
    return stiff / max(1, len(other.right) if other.layer < item.layer else len(other.left))


def _apart(above: _Item, below: _Item) -> float:
    lanes = above.link is not None or below.link is not None
    gap = _LANE_GAP if lanes else _NODE_GAP
    return above.below + below.above + gap


def _pooled(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The rising values that are nearest to those wanted, by weighted squares.

    >>> _pooled([(3.0, 1.0), (1.0, 1.0), (5.0, 1.0)])
    [2.0, 2.0, 5.0]
    """
    pools: list[tuple[float, float, int]] = []
    for value, weight in wanted:
        size = 1
        while pools and pools[-1][0] > value:
            other, mass, count = pools.pop()
            value = (value * weight + other * mass) / (weight + mass)
            weight, size = weight + mass, size + count
        pools.append((value, weight, size))
    return [value for value, _, count in pools for _ in range(count)]


def _margins(labels: Sequence[_Item]) -> tuple[float, float]:
    """The room to the left and to the right of a layer of labels: more where links are steep."""
    lefts = [abs(item.y - n.y) for item in labels for n in item.left]
    rights = [abs(item.y - n.y) for item in labels for n in item.right]
    rises = (max(each, default=0.0) for each in (lefts, rights))
    before, after = (min(_WIDEST, max(_MARGIN, rise / _STEEPEST)) for rise in rises)
    return before, after


def _placed(
    layers: list[list[_Item]],
    items: Mapping[str, _Item],
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
