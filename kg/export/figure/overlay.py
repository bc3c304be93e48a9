"""The shapes of a region once more, in the style of its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from kg.export.figure import paint
from kg.export.figure.marks import Mark

_WIDE: Final = 0.2  # of the picture: an area that covers so much is drawn by its edge


def is_line(part: Element) -> bool:
    """Whether a part of a region is one of its lines."""
    return part.tag != "title" and part.get("data-line") is not None


def overlay(
    source: Element, mark: Mark, box: tuple[float, float, float, float]
) -> Iterator[Element]:
    """The shapes of a region once more in the style of its mark; of lines those that are meant.

    Of what covers much of the picture only the edge is drawn, or nothing could be seen below it.
    """
    for part in source:
        if part.get("data-shape") is not None:
            kind = "edge" if _wide(part, box) else "area"
            yield _again(part, f"kg-{kind} kg-{mark.role}")
    lines = [part for part in source if is_line(part) and _leads(part, mark)]
    # All halos first: none may cut another line.
    yield from (_again(line, "kg-halo") for line in lines)
    yield from (_again(line, f"kg-line kg-{mark.role}") for line in lines)


def _wide(part: Element, box: tuple[float, float, float, float]) -> bool:
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", part.get("d", ""))]
    xs, ys = numbers[::2], numbers[1::2]
    area = (max(xs) - min(xs)) * (max(ys) - min(ys)) if xs and len(xs) == len(ys) else 0.0
    return area > _WIDE * box[2] * box[3]


def _leads(line: Element, mark: Mark) -> bool:
    ends = line.get("data-to", "").split()
    return not ends or mark.targets is None or not mark.targets.isdisjoint(ends)


def _again(part: Element, cls: str) -> Element:
    kept = {k: v for k, v in part.attrib.items() if k not in ("class", "id", "style")}
    kept = {k: v for k, v in kept.items() if not k.startswith("data-")}
    return paint.element(part.tag, None, **{**kept, "class": cls})
