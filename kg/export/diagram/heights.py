"""How high the items of a layout stand: where their links bend least, apart from each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.export.diagram.crossings import Item

_PASSES: Final = 24
_NODE_GAP: Final = 16.0
_EMPTY: Final = 22.0  # paper that may stay empty between two parts
_LANE_GAP: Final = 7.0
_STIFF: Final = {0: 1.0, 1: 3.0, 2: 9.0}  # by how many ends of a segment are no node


def settle(layers: list[list[Item]]) -> None:
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


def close(items: list[Item]) -> None:
    """Take out the empty paper between parts that nothing ties to each other."""
    low = shift = 0.0
    for number, item in enumerate(sorted(items, key=lambda item: item.y - item.above)):
        top = item.y - item.above
        if number and top - low > _EMPTY:
            shift += top - low - _EMPTY
        low = max(low, item.y + item.below) if number else item.y + item.below
        item.y -= shift


def _settle(layer: list[Item], rightwards: bool, both: bool) -> None:
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


def _tie(item: Item, other: Item) -> float:
    """How much an item wants to be level with another: with the end that has fewest links most."""
    stiff = _STIFF[(item.link is not None) + (other.link is not None)]
    if other.link is not None:
        return stiff
    return stiff / max(1, len(other.right) if other.layer < item.layer else len(other.left))


def _apart(above: Item, below: Item) -> float:
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
