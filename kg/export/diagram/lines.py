"""The lines of a diagram: smooth ways through points, and heads that tell what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.export.diagram.svg import element, number, text

Point = tuple[float, float]

# Heads of straight lines: corners (how far back, how far aside), where the line ends, if closed.
_HEADS: Final[dict[str, tuple[tuple[Point, ...], float, bool]]] = {
    "up": (((0.5, 0), (9, -4.2), (9, 4.2)), 8, True),
    "down": (((2.5, -6), (2.5, 6)), 2.5, False),
    "kind": (((0.8, 0), (10, -5), (10, 5)), 10, True),
    "part": (((0.8, 0), (7, -4), (13.2, 0), (7, 4)), 13.2, True),
    "plain": (((8, -4), (0.8, 0), (8, 4)), 0.8, False),
}


def route(points: Sequence[Point], straight: bool = False) -> str:
    """The path through points: smooth, level at both ends, never beyond the points between.

    The slopes are those of a monotone cubic (Fritsch and Butland 1984).

    >>> route([(0, 0), (10, 0), (20, 8)])
    'M0 0L10 0C13.3 0 16.7 8 20 8'
    """
    points = [p for p, q in zip(points, [None, *points], strict=False) if p != q]
    told = f"M{_point(points[0])}"
    slopes = _slopes(points)
    for place, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        if straight or (abs(y1 - y2) < 0.05 and not slopes[place] and not slopes[place + 1]):
            told += f"L{_point((x2, y2))}"
        else:
            third = (x2 - x1) / 3
            first = (x1 + third, y1 + third * slopes[place])
            second = (x2 - third, y2 - third * slopes[place + 1])
            told += f"C{_point(first)} {_point(second)} {_point((x2, y2))}"
    return told


def _slopes(points: Sequence[Point]) -> list[float]:
    rises = [(y2 - y1) / (x2 - x1) if x2 != x1 else 0.0 for (x1, y1), (x2, y2) in pairwise(points)]
    between = [
        2 * one * other / (one + other) if one * other > 0 else 0.0
        for one, other in pairwise(rises)
    ]
    return [0.0, *between, 0.0]


def head(line: str, tip: Point, way: int = 1, *, upwards: bool = False) -> tuple[list[str], Point]:
    """The head of an arrow, and the point where its line ends.

    Raises is a filled arrow, lowers a bar, unknown a circle with a question mark, shows as a dot,
    a kind of a hollow triangle, a part of a hollow diamond, refuted a cross, anything else an open
    arrow; so all can be told apart without colours.

    Args:
        line: how the relation is drawn, see `Appearance.line`.
        tip: where the head touches.
        way: 1 for an arrow that points to the right, -1 to the left.
        upwards: it points up instead.
    """
    x, y = tip

    def at(back: float, aside: float) -> Point:
        return (x + aside, y + back) if upwards else (x - way * back, y + aside)

    if line in _HEADS:
        corners, end, closed = _HEADS[line]
        path = "M" + "L".join(_point(at(*corner)) for corner in corners) + ("Z" if closed else "")
        return [element("path", d=path, class_=f"line head {line}")], at(end, 0)
    if line == "refuted":
        path = f"M{_point(at(12, -5))}L{_point(at(2, 5))}M{_point(at(12, 5))}L{_point(at(2, -5))}"
        return [element("path", d=path, class_="line head refuted")], at(7, 0)
    radius, back = (3.8, 4.3) if line == "shows" else (6.0, 7.0)
    centre = at(back, 0)
    dot = element("circle", cx=centre[0], cy=centre[1], r=radius, class_=f"line head {line}")
    mark = text("?", centre[0], centre[1] + 3.6, 10, anchor="middle", bold=True)
    return [dot, mark] if line == "open" else [dot], at(back + radius, 0)


def _point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
