"""The order of the items in each layer of a layout, so that few links cross."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_SWEEPS: Final = 12


@dataclass(slots=True)
class Item:
    """A node or, with `link` set, the part of a link that lies in a layer."""

    key: str
    width: float
    above: float
    below: float
    layer: int
    link: str | None = None
    left: list[Item] = field(default_factory=list)
    right: list[Item] = field(default_factory=list)
    y: float = 0.0
    order: int = 0


def order(layers: list[list[Item]]) -> None:
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


def _sweep(layers: list[list[Item]], rightwards: bool) -> None:
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


def _number(layers: list[list[Item]]) -> None:
    for layer in layers:
        for place, item in enumerate(layer):
            item.order = place


def _crossings(layers: list[list[Item]]) -> int:
    total = 0
    for layer in layers:
        seen: list[int] = []
        for item in layer:
            reached = sorted(n.order for n in item.right)
            total += sum(1 for order in reached for earlier in seen if earlier > order)
            seen += reached
    return total


def _exchange(layers: list[list[Item]]) -> None:
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


def _between(upper: Item, lower: Item) -> int:
    """How often the links of two items cross, the one above the other."""
    pairs = ((upper.left, lower.left), (upper.right, lower.right))
    return sum(1 for ups, lows in pairs for u in ups for low in lows if u.order > low.order)
