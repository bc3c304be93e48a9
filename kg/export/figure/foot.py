"""The words above and below a picture: heading, what must not wait, legend, notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from kg.explain.model import Explanation
from kg.explain.summary import OUTSIDE
from kg.export.diagram.measure import clean, text_width, wrap
from kg.export.figure import paint
from kg.export.figure.marks import ROLES
from kg.export.watch import watched
from kg.view import View

_MARGIN: Final = 18.0
_HEADING: Final = 400
_LONGEST: Final = 5000  # characters of a note


@dataclass(frozen=True, slots=True)
class Block:
    """Elements that stand one below the other, and where they end."""

    elements: tuple[Element, ...]
    end: float

    @property
    def height(self) -> float:
        """Where they end, counted from the top of the sheet."""
        return self.end


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told around a picture: its title, what must not wait, and the disclaimer."""

    title: str = ""
    urgent: str = ""
    disclaimer: str = ""
    pressing: bool = False
    watch: tuple[str, ...] = ()

    @classmethod
    def of(cls, explanation: Explanation, title: str, view: View) -> Sheet:
        """The words that no picture of an explanation may leave out."""
        urgency = explanation.urgency
        seen = explanation.in_scope or urgency.because
        told = f"{urgency.label}: {urgency.advice}"
        because = "; ".join(flag.label for flag in urgency.because)
        if because:
            told = f"{told} Reason: {because}."
        if not seen:
            told = f"{told} {OUTSIDE}"
        return cls(
            title,
            told[:1].upper() + told[1:],
            explanation.disclaimer,
            bool(because) or not urgency.clear,
            tuple(watched(explanation, view.label)),
        )

    def above(self, width: float, heading: str, subtitle: str) -> Block:
        """The heading, and what must not wait under it."""
        heading, rest = (heading, subtitle) if heading else (subtitle, "")
        elements, y = [], 14.0
        for size, words, cls in (
            (25.0, heading, "heading"),
            (17.0, rest, "quiet"),
            (17.0, self.urgent, "urgent strong" if self.pressing else "strong"),
        ):
            if words:
                block, y = _paragraph(words, size, width, y, cls, limit=_HEADING)
                elements.append(block)
        return Block(tuple(elements), y)

    def below(
        self, width: float, y: float, roles: Mapping[str, Collection[str]], notes: Sequence[str]
    ) -> Block:
        """The legend of the roles that are used, then the notes and the disclaimer.

        `roles` tells for each whether an ``area`` or a ``line`` is drawn in it.
        """
        elements = []
        if roles:
            legend, y = _legend(roles, width, y)
            elements.append(legend)
        for words in (*self.watch, *notes, self.disclaimer):
            if words:
                block, y = _paragraph(words, 14.5, width, y, "quiet small", limit=_LONGEST)
                elements.append(block)
        return Block(tuple(elements), y + 14)


def _paragraph(
    words: str, size: float, width: float, y: float, cls: str, limit: int
) -> tuple[Element, float]:
    lines = wrap(
        clean(words, limit), size, width - 2 * _MARGIN, bold="strong" in cls or cls == "heading"
    )
    step = size * 1.3
    group = paint.element("g", "\n")
    paint.text_lines(group, [(line, cls) for line in lines], _MARGIN, y + size, "start", step)
    return group, y + step * len(lines) + 4


def _legend(roles: Mapping[str, Collection[str]], width: float, y: float) -> tuple[Element, float]:
    group = paint.element("g", "\n", class_="legend", aria_hidden="true")
    x = _MARGIN
    for role, shapes in roles.items():
        words = ROLES[role]
        room = 46 + text_width(words, 17) + 28
        if x > _MARGIN and x + room > width - _MARGIN:
            x, y = _MARGIN, y + 32
        area = 36.0 if "line" not in shapes else 20.0 if "area" in shapes else 0.0
        if area:
            cls = f"kg-area kg-{role}"
            paint.add(group, "rect", class_=cls, x=x, y=y, width=area, height=20, rx=3)
        if "line" in shapes:
            path = f"M{paint.num(x + area)} {paint.num(y + 10)}H{paint.num(x + 36)}"
            paint.add(group, "path", class_=f"kg-line kg-{role}", d=path)
        paint.add(group, "text", words, x=x + 46, y=y + 16)
        x += room
    return group, y + 34
