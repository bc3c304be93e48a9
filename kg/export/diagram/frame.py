"""What stands around the graph of a diagram: title and banner, legend, notes and sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.export.diagram.appearance import Look
from kg.export.diagram.lines import head, route
from kg.export.diagram.measure import clean, text_width, wrap
from kg.export.diagram.scene import Banner, Scene
from kg.export.diagram.svg import element, group, outline, text, titled

_SMALL: Final = 11.0
LINES: Final = {
    "up": "causes or raises",
    "down": "lowers",
    "open": "acts on, which way is not known",
    "shows": "shows as",
    "kind": "is a kind of",
    "part": "is part of, lies in",
    "plain": "relates to",
    "refuted": "not so, says a source",
}


class Frame:
    """Draws what is above and below the graph of a scene.

    Args:
        scene: what is drawn.
        width: of the whole picture.
        edge: paper left free at each side.
        class_of: the class of a look.
    """

    def __init__(
        self, scene: Scene, width: float, edge: float, class_of: Callable[[Look], str]
    ) -> None:
        self._scene = scene
        self._width = width
        self._edge = edge
        self._class_of = class_of
        self._room = width - 2 * edge

    def above(self) -> tuple[list[str], float]:
        """Title and banner, and where they end."""
        y = self._edge
        made = []
        for line in wrap(self._scene.title, 19, self._room, bold=True):
            y += 19
            made.append(text(line, self._edge, y, 19, bold=True))
            y += 4
        y += 10
        if self._scene.banner is not None:
            banner, y = self._banner(self._scene.banner, y)
            made.append(banner)
        return made, y + 14

    def _banner(self, banner: Banner, y: float) -> tuple[str, float]:
        left, size = self._edge + 54, 13.0
        label = f"{banner.label}:"
        indent = text_width(label, 14, bold=True) + 6
        room = self._room - 66
        first = wrap(banner.advice, size, room - indent)[0]
        rest = banner.advice[len(first) :].strip()
        lines = wrap(rest, size, room) if rest else ()
        because = f"Because: {'; '.join(banner.reasons)}"
        reasons = wrap(because, size, room) if banner.reasons else ()
        height = max(44.0, 17.0 * (1 + len(lines) + len(reasons)) + 16)
        class_ = f"shape {self._class_of(banner.look)}"
        made = [
            outline("rounded", self._edge, y, self._room, height, class_ + " strong"),
            outline(banner.look.shape, self._edge + 13, y + height / 2 - 13, 27, 26, class_),
            text(
                "!" if banner.severe else "i",
                self._edge + 26.5,
                y + height / 2 + (7.5 if banner.look.shape == "triangle" else 5.5),
                16,
                anchor="middle",
                bold=True,
            ),
        ]
        line = y + (height - 17.0 * (1 + len(lines) + len(reasons))) / 2 + 13
        made.append(text(label, left, line, 14, bold=True))
        made.append(text(first, left + indent, line, size))
        for told in (*lines, *reasons):
            line += 17
            made.append(text(told, left, line, size))
        return group(*made), y + height

    def below(self, top: float, looks: list[Look]) -> tuple[list[str], float]:
        """Legend, notes and sources, and where they end."""
        shared, y = self._shared(top)
        made, y = self._legend(y, looks)
        made = [*shared, *made]
        y += 8
        for note in self._scene.notes:
            for line in wrap(note, _SMALL, self._room):
                made.append(text(line, self._edge, y + 11, _SMALL, class_="quiet"))
                y += 14.5
        sources, y = self._sources(y + 13)
        return [*made, *sources], y + self._edge - 4

    def _shared(self, y: float) -> tuple[list[str], float]:
        """The remedies that act on much of what is drawn, one a row."""
        made = []
        for tag, acted_on in self._scene.shared:
            label = f"{tag.label} {tag.cited}".strip()
            width = text_width(label, 11.5) + 24
            lines = wrap(acted_on, 11.5, max(160.0, self._room - width - 46))
            height = max(24.0, 15.0 * len(lines))
            middle = y + height / 2
            class_ = f"shape {self._class_of(tag.look)}"
            shapes, tip = head(tag.line, (self._edge + width + 32, middle))
            way = route([(self._edge + width, middle), tip])
            made.append(
                titled(
                    tag.title,
                    outline(tag.look.shape, self._edge, middle - 12, width, 24, class_),
                    text(label, self._edge + 12, middle + 4, 11.5),
                    element("path", d=way, class_=f"line {tag.line}"),
                    *shapes,
                )
            )
            top = middle - 7.5 * len(lines) + 11.5
            made += [
                text(line, self._edge + width + 40, top + 15 * number, 11.5)
                for number, line in enumerate(lines)
            ]
            y += height + 8
        return made, y + (8 if made else 0)

    def _legend(self, y: float, looks: list[Look]) -> tuple[list[str], float]:
        made = [self._rule(y)]
        x, y = self._edge, y + 12
        for drawn, label, width in self._entries(looks):
            whole = width + 7 + text_width(label, _SMALL) + 16
            if x > self._edge and x + whole - 16 > self._width - self._edge:
                x, y = self._edge, y + 22
            made.append(drawn(x, y))
            made.append(text(label, x + width + 7, y + 12, _SMALL))
            x += whole
        return made, y + 22

    def _entries(self, looks: list[Look]) -> list[tuple[Callable[[float, float], str], str, float]]:
        entries: list[tuple[Callable[[float, float], str], str, float]] = []
        for look in sorted(looks, key=lambda look: look.id):
            entries.append((self._swatch(look, ""), clean(look.label, 40), 26.0))
        items, arrows = self._scene.items, self._scene.arrows
        if any(item.open for item in items):
            look = next(item.look for item in items if item.open)
            entries.append((self._swatch(look, " untold"), "not mentioned", 26.0))
        lines = {a.line for a in arrows} | {tag.line for i in items for tag in i.tags}
        lines |= {tag.line for tag, _ in self._scene.shared}
        entries += [(_sample(line), told, 34.0) for line, told in LINES.items() if line in lines]
        words = {w for a in arrows for w in a.words}
        if any(a.contested for a in arrows):
            entries.append((_contested, "sources disagree", 24.0))
        if any(word.startswith("[") for word in words):
            entries.append((_mark("[1]"), self._numbered(), 20.0))
        if any("≠" in word for word in words):
            entries.append((_mark("[≠ 2]"), "source that says it is not so", 30.0))
        return entries

    def _numbered(self) -> str:
        as_told = ", as in the text" if self._scene.banner is not None else ""
        return f"number of a source{as_told}"

    def _swatch(self, look: Look, more: str) -> Callable[[float, float], str]:
        class_ = f"shape {self._class_of(look)}{more}"
        return lambda x, y: outline(look.shape, x, y, 26, 16, class_)

    def _rule(self, y: float) -> str:
        path = f"M{self._edge:.0f} {y:.0f}H{self._width - self._edge:.0f}"
        return element("path", d=path, class_="rule")

    def _sources(self, y: float) -> tuple[list[str], float]:
        """The sources in two columns where there is room, numbered as everywhere."""
        if not self._scene.sources:
            return [], y
        made = [self._rule(y - 4), text("Sources", self._edge, y + 13, 12, bold=True)]
        y += 20
        count = 2 if self._room > 560 and len(self._scene.sources) > 3 else 1
        room = (self._room - 20 * (count - 1)) / count
        blocks = []
        for number, source in self._scene.sources:
            told = f"{source.title} ({source.type.replace('-', ' ')})"
            blocks.append((f"{number}.", wrap(clean(told, 160), _SMALL, room - 28)))
        half = sum(len(lines) for _, lines in blocks) / count
        column, row, told_lines, lowest = 0, y, 0, y
        for mark, lines in blocks:
            if column < count - 1 and told_lines >= half:
                column, row = column + 1, y
            x = self._edge + column * (room + 20)
            made.append(text(mark, x + 22, row + 11, _SMALL, anchor="end", class_="quiet"))
            for line in lines:
                made.append(text(line, x + 28, row + 11, _SMALL))
                row += 14
                told_lines += 1
            row += 1.5
            lowest = max(lowest, row)
        return made, lowest + 6


def _sample(line: str) -> Callable[[float, float], str]:
    def draw(x: float, y: float) -> str:
        shapes, tip = head(line, (x + 34, y + 8))
        way = element("path", d=route([(x, y + 8), tip]), class_=f"line {line}")
        return group(way, *shapes)

    return draw


def _contested(x: float, y: float) -> str:
    pad = element("rect", x=x, y=y, width=24, height=16, rx=3, class_="pad contested")
    return group(pad, text("[2]", x + 12, y + 12, 10.5, anchor="middle"))


def _mark(words: str) -> Callable[[float, float], str]:
    return lambda x, y: text(words, x, y + 12, 10.5)
