"""What leaves a course at a station: a branch with its name, and what it serves in small boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from kg.export.diagram.measure import clean, text_width, wrap
from kg.export.figure import paint
from kg.export.figure.course import Leaf
from kg.export.figure.marks import ROLES

WIDTH: Final = 1160.0
MARGIN: Final = 18.0
LEAVES: Final = 620.0  # where the names of what leaves the line begin
PLAIN: Final = ("", "disputed", "shared")
_CHIP: Final = 24.0
_PAD: Final = 7.0


@dataclass(slots=True)
class _Chip:
    label: str
    role: str
    x: float
    row: int
    width: float


class LeafRow:
    """What leaves at a station: its name, and what it serves in small boxes."""

    def __init__(self, leaf: Leaf, marked: bool, left: float) -> None:
        self._leaf = leaf
        self._left = left
        self._room = (WIDTH if left == LEAVES else LEAVES - 40) - MARGIN - left
        # Where something is marked, the rest is named alone.
        meant = {leaf.role, *(role for _, _, role in leaf.serves)} - set(PLAIN)
        cls = "small strong" if meant or not marked else "small quiet"
        lines = wrap(clean(leaf.label), 14.5, self._room, bold="strong" in cls)
        self._name = [(line, cls) for line in lines]
        self._chips = list(self._flow(PLAIN if marked else ()))
        rows = self._chips[-1].row + 1 if self._chips else 0
        self.roles = {chip.role for chip in self._chips} | {leaf.role}
        self.height = 18 * len(self._name) + rows * _CHIP + (12 if rows else 4)

    def _flow(self, hidden: Sequence[str]) -> Iterator[_Chip]:
        x, row = self._left, 0
        for _, label, role in self._leaf.serves:
            if role in hidden:
                continue
            mark = 18 if role else 0
            words = wrap(clean(label, 60), 14.5, self._room - 2 * _PAD - mark, role not in PLAIN)[0]
            width = text_width(words, 14.5, role not in PLAIN) + 2 * _PAD + mark
            if x > self._left and x + width > self._left + self._room:
                x, row = self._left, row + 1
            yield _Chip(words, role, x, row, width)
            x += width + 5

    def drawn(self, start: float, stop: float, y: float) -> Element:
        """The branch: a line from the station's name, its own name, and the boxes."""
        leaf = self._leaf
        served = ", ".join(clean(label) for _, label, _ in leaf.serves)
        roles = dict.fromkeys(ROLES[r] for r in (leaf.role, *(r for _, _, r in leaf.serves)) if r)
        told = f"{clean(leaf.label)}: {served}" if served else clean(leaf.label)
        told = f"{told} ({'; '.join(roles)})" if roles else told
        group = paint.element(
            "g", "\n", tabindex="0", role="img", aria_label=told, data_concept=leaf.id
        )
        paint.add(group, "title", told)
        turn, end = max(start, self._left - 22), self._left - 6
        path = f"M{paint.num(start)} {paint.num(stop)}H{paint.num(turn)}"
        path += f"V{paint.num(y + 14)}H{paint.num(end)}"
        paint.add(group, "path", class_="stem", d=path)
        if leaf.role:
            paint.add(group, "path", class_=f"kg-line kg-{leaf.role}", d=path)
        for place, (words, cls) in enumerate(self._name):
            paint.add(group, "text", words, class_=cls, x=self._left, y=y + 18 + 18 * place)
        top = y + 18 * len(self._name) + 6
        for chip in self._chips:
            group.extend(_chip(chip, top))
        return group


def _chip(chip: _Chip, top: float) -> Iterator[Element]:
    y = top + chip.row * _CHIP
    cls = f"small{' strong' if chip.role not in PLAIN else ''}"
    yield paint.element(
        "rect", class_="chip", x=chip.x, y=y, width=chip.width, height=_CHIP - 3, rx=6
    )
    inset = _PAD
    if chip.role:
        inset += 18
        cls_mark = f"kg-area kg-{chip.role}"
        yield paint.element(
            "rect", class_=cls_mark, x=chip.x + 5, y=y + 3, width=18, height=_CHIP - 9, rx=3
        )
    yield paint.element("text", chip.label, class_=cls, x=chip.x + inset, y=y + 15.5)
