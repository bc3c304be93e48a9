"""Where labels stand: in a column on each side, their leader lines neither crossing nor crowded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

_GAP: Final = 9.0
_ROUNDS: Final = 400


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that point at something; `y` is the middle of the text, set by `place`."""

    key: str
    lines: tuple[str, ...]
    at: tuple[float, float]
    height: float
    y: float = 0.0


def place(
    labels: Sequence[Label], edge: float, top: float, bottom: float
) -> tuple[tuple[Label, ...], float]:
    """Stack labels in a column, each as near to what it points at as the others allow.

    Args:
        labels: what to place, in any order.
        edge: where the leader lines leave the column.
        top: of the column.
        bottom: of the column; it grows where there is more text than room.

    Returns:
        The labels from top to bottom with their places, and where the last one ends.

    >>> a, b = Label("a", ("A",), (0, 50), 20), Label("b", ("B",), (0, 52), 20)
    >>> [label.y for label in place([b, a], 100, 0, 200)[0]]
    [36.5, 65.5]
    """
    order = sorted(labels, key=lambda label: (label.at[1], label.at[0], label.key))
    for _ in range(_ROUNDS):
        ys = _heights(order, top, bottom)
        swap = _crossing(order, ys, edge)
        if swap is None:
            break
        one, other = swap
        order[one], order[other] = order[other], order[one]
    placed = tuple(replace(label, y=y) for label, y in zip(order, ys, strict=True)) if order else ()
    end = max((label.y + label.height / 2 for label in placed), default=top)
    return placed, max(bottom, end)


def _heights(order: Sequence[Label], top: float, bottom: float) -> list[float]:
    """The middles: least moved from where they point, in this order (pooled adjacent violators)."""
    offsets, pools = [], []
    offset = top
    for label in order:
        offsets.append(offset + label.height / 2)
        pools.append([label.at[1] - offsets[-1], 1.0])
        offset += label.height + _GAP
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, weight = pools.pop()
            total = pools[-1][1] + weight
            pools[-1] = [(pools[-1][0] * pools[-1][1] + value * weight) / total, total]
    room = max(0.0, bottom - (offset - _GAP))
    shifts = [min(max(value, 0.0), room) for value, weight in pools for _ in range(int(weight))]
    return [round(o + shift, 1) for o, shift in zip(offsets, shifts, strict=True)]


def _crossing(order: Sequence[Label], ys: Sequence[float], edge: float) -> tuple[int, int] | None:
    """The first two labels whose leader lines cross; exchanging them shortens both."""
    for one in range(len(order)):
        for other in range(one + 1, len(order)):
            start, end = (edge, ys[one]), (edge, ys[other])
            if _cross(start, order[one].at, end, order[other].at):
                return one, other
    return None


_Point = tuple[float, float]


def _cross(a: _Point, b: _Point, c: _Point, d: _Point) -> bool:
    return (_turn(a, b, c) * _turn(a, b, d) < 0) and (_turn(c, d, a) * _turn(c, d, b) < 0)


def _turn(a: _Point, b: _Point, c: _Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
