"""A course as a picture: one line from top to bottom, what holds it beside, what leaves below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from kg.export.diagram.measure import clean, text_width, wrap
from kg.export.figure import paint
from kg.export.figure.course import Band, Leaf, Plan, Station
from kg.export.figure.foot import Sheet
from kg.export.figure.marks import ROLES

__all__ = ["draw_course"]

_WIDTH: Final = 1060.0
_MARGIN: Final = 18.0
_COLUMN: Final = 104.0
_TEXT: Final = 30.0  # from the line to the names
_INDENT: Final = 62.0  # from the line to what leaves it
_BAR: Final = 70.0
_STEP: Final = 20.0
_PLAIN: Final = ("", "disputed")
_SEATS: Final = ("seat", "possible", "asked")
_CHIP: Final = 27.0
_PAD: Final = 9.0


def draw_course(plan: Plan, told: Sheet, theme: str = "auto") -> str:
    """Draw a course.

    Args:
        plan: what to draw.
        told: the words above and below it.
        theme: ``light``, ``dark`` or ``auto``.

    Raises:
        BadInput: there is no such theme.
    """
    columns = _columns(plan.bands)
    spine = _MARGIN + _COLUMN * (max(columns.values(), default=-1) + 1) + 26
    rows = [_Row(station, spine) for station in plan.stations]
    _make_room(rows, plan.bands)
    roles = [role for role in ROLES if role in plan.roles]
    top = told.above(_WIDTH, plan.heading, "")
    y = top.height + 24
    for row in rows:
        row.y = y
        y += row.height
    foot = told.below(_WIDTH, y + 18, roles, (*plan.notes, *_sources(plan)))
    root = paint.svg(
        _WIDTH,
        foot.end,
        plan.heading,
        " ".join(_described(plan)),
        theme,
        (
            paint.sheet(paint.LIGHT) + _style(paint.LIGHT),
            paint.sheet(paint.DARK, full=False) + _style(paint.DARK),
        ),
    )
    root.append(paint.patterns(roles))
    paint.add(root, "rect", class_="ground", width=_WIDTH, height=foot.end)
    root.extend(top.elements)
    for band in plan.bands:
        root.append(_band(band, columns[band.id], rows))
    followers = [*rows[1:], None]
    root.extend(row.drawn(after) for row, after in zip(rows, followers, strict=True))
    root.extend(foot.elements)
    return paint.written(root)


def _style(c: dict[str, str]) -> str:
    rules = (
        f".spine {{ stroke: {c['rule']}; stroke-width: 7; stroke-linecap: round; fill: none; }}",
        f".stem {{ stroke: {c['rule']}; stroke-width: 2; stroke-linecap: round; fill: none; }}",
        f".band {{ fill: {c['panel']}; stroke: {c['rule']}; stroke-width: 1; }}",
        f".stop {{ fill: {c['ground']}; stroke: {c['rule']}; stroke-width: 3; }}",
        f".chip {{ fill: {c['panel']}; stroke: {c['rule']}; stroke-width: .8; }}",
        f".bar {{ fill: {c['quiet']}; }}",
        f".trough {{ fill: none; stroke: {c['rule']}; stroke-width: .8; }}",
        ".wide { stroke-width: 7; stroke-dasharray: none; }",
    )
    return "".join(f".kg-figure {rule}\n" for rule in rules)


class _Row:
    """A station with all that hangs on it, and how high that is."""

    def __init__(self, station: Station, spine: float) -> None:
        self.station = station
        self._spine = spine
        self._words = _words(station, _WIDTH - _MARGIN - _BAR - 70 - spine - _TEXT)
        self._leaves = [_LeafRow(leaf, spine + _INDENT + 14) for leaf in station.leaves]
        own = _STEP * len(self._words) + 22
        self.height = own + sum(leaf.height for leaf in self._leaves)
        self.y = 0.0

    @property
    def stop(self) -> float:
        """Where the station is on the line."""
        return self.y + 14

    def drawn(self, after: _Row | None) -> Element:
        """The station and the line to the next as one group that can be focused."""
        told = "; ".join(
            part for part in (clean(self.station.label), *(w for w, _ in self._words[1:])) if part
        )
        group = paint.element(
            "g", "\n", tabindex="0", role="img", aria_label=told, data_concept=self.station.id
        )
        paint.add(group, "title", told)
        group.extend(self._ground())
        group.extend(self._spine_to(after))
        group.extend(self._stop())
        for (words, cls), y in zip(self._words, self._lines(), strict=True):
            paint.add(group, "text", words, class_=cls, x=self._spine + _TEXT, y=y)
        group.extend(self._bar())
        y = self.y + _STEP * len(self._words) + 14
        for leaf in self._leaves:
            # Beside the line to the next station there is no need of another one.
            start = self.stop + 10 if after is None else y
            group.append(leaf.drawn(self._spine, start, y))
            y += leaf.height
        return group

    def _lines(self) -> list[float]:
        return [self.y + 20 + _STEP * place for place in range(len(self._words))]

    def _spine_to(self, after: _Row | None) -> Iterator[Element]:
        if after is None:
            return
        end = paint.num(after.stop - 13)
        path = f"M{paint.num(self._spine)} {paint.num(self.stop)}V{end}"
        yield paint.element("path", class_="spine", d=path)
        if "" not in (self.station.role, after.station.role):
            role = "leads" if after.station.role == "asked" else after.station.role
            yield paint.element("path", class_=f"kg-line kg-{role} wide", d=path)

    def _ground(self) -> Iterator[Element]:
        if self.station.role in _SEATS:
            left = self._spine - 20
            width, height = _WIDTH - left - 6, _STEP * len(self._words) + 12
            yield paint.element(
                "rect", class_="panel", x=left, y=self.y - 3, rx=10, width=width, height=height
            )

    def _stop(self) -> Iterator[Element]:
        role = self.station.role
        yield paint.element("circle", class_="stop", cx=self._spine, cy=self.stop, r=9)
        if role:
            cls = f"kg-area kg-{role}"
            yield paint.element("circle", class_="ground", cx=self._spine, cy=self.stop, r=13)
            yield paint.element("circle", class_=cls, cx=self._spine, cy=self.stop, r=13)

    def _bar(self) -> Iterator[Element]:
        """How well the station fits, as a bar with its number."""
        if self.station.fit is None:
            return
        x, fit = _WIDTH - _MARGIN - _BAR, self.station.fit
        yield paint.element("rect", class_="trough", x=x, y=self.y + 9, width=_BAR, height=9)
        yield paint.element("rect", class_="bar", x=x, y=self.y + 9, width=_BAR * fit, height=9)
        words = f"fit {fit:.2f}"
        yield paint.element(
            "text", words, class_="quiet small", x=x - 8, y=self.y + 19, text_anchor="end"
        )


@dataclass(slots=True)
class _Chip:
    label: str
    role: str
    x: float
    row: int
    width: float


class _LeafRow:
    """What leaves at a station: its name, and what it serves in small boxes."""

    def __init__(self, leaf: Leaf, left: float) -> None:
        self._leaf = leaf
        self._left = left
        self._room = _WIDTH - _MARGIN - left
        self._name = wrap(clean(leaf.label), 17, self._room, bold=bool(leaf.role))
        self._chips = list(self._flow())
        rows = self._chips[-1].row + 1 if self._chips else 0
        self.height = _STEP * len(self._name) + rows * (_CHIP + 5) + 14

    def _flow(self) -> Iterator[_Chip]:
        x, row = self._left, 0
        for _, label, role in self._leaf.serves:
            mark = 26 if role else 0
            words = wrap(clean(label, 60), 14.5, self._room - 2 * _PAD - mark, role not in _PLAIN)[
                0
            ]
            width = text_width(words, 14.5, role not in _PLAIN) + 2 * _PAD + mark
            if x > self._left and x + width > _WIDTH - _MARGIN:
                x, row = self._left, row + 1
            yield _Chip(words, role, x, row, width)
            x += width + 6

    def drawn(self, spine: float, start: float, y: float) -> Element:
        """The branch: a line from the station, the name, and the boxes."""
        leaf = self._leaf
        served = ", ".join(clean(label) for _, label, _ in leaf.serves)
        roles = dict.fromkeys(ROLES[r] for r in (leaf.role, *(r for _, _, r in leaf.serves)) if r)
        told = f"{clean(leaf.label)}: {served}" if served else clean(leaf.label)
        told = f"{told} ({'; '.join(roles)})" if roles else told
        group = paint.element(
            "g", "\n", tabindex="0", role="img", aria_label=told, data_concept=leaf.id
        )
        paint.add(group, "title", told)
        middle, end = y + 12, self._left - 8
        path = (
            f"M{paint.num(spine)} {paint.num(min(start, middle - 14))}V{paint.num(middle - 14)}"
            f"Q{paint.num(spine)} {paint.num(middle)} {paint.num(spine + 14)} {paint.num(middle)}"
            f"H{paint.num(end)}"
        )
        paint.add(group, "path", class_="stem", d=path)
        if leaf.role:
            paint.add(group, "path", class_=f"kg-line kg-{leaf.role}", d=path)
        for place, words in enumerate(self._name):
            cls = "strong" if leaf.role else ""
            paint.add(group, "text", words, class_=cls, x=self._left, y=y + 18 + _STEP * place)
        top = y + _STEP * len(self._name) + 6
        for chip in self._chips:
            group.extend(_chip(chip, top))
        return group


def _chip(chip: _Chip, top: float) -> Iterator[Element]:
    y = top + chip.row * (_CHIP + 5)
    cls = f"small{' strong' if chip.role not in _PLAIN else ''}"
    yield paint.element(
        "rect", class_="chip", x=chip.x, y=y, width=chip.width, height=_CHIP - 3, rx=6
    )
    inset = _PAD
    if chip.role:
        inset += 26
        cls_mark = f"kg-area kg-{chip.role}"
        yield paint.element(
            "rect", class_=cls_mark, x=chip.x + 5, y=y + 4, width=24, height=_CHIP - 11, rx=3
        )
    yield paint.element("text", chip.label, class_=cls, x=chip.x + inset, y=y + 17)


def _sources(plan: Plan) -> Iterator[str]:
    if plan.sources:
        yield f"Sources: {'; '.join(clean(title, 240) for title in plan.sources)}."


def _words(station: Station, room: float) -> list[tuple[str, str]]:
    """The name, then what is said of it, each line with its class."""
    lines = [(line, "strong") for line in wrap(clean(station.label), 17, room, bold=True)]
    said = []
    if station.role and station.role != "leads":
        said.append(ROLES[station.role])
    if station.covers:
        said.append(f"found by: {', '.join(map(clean, station.covers))}")
    if station.spares:
        said.append(f"spared: {', '.join(map(clean, station.spares))}")
    if station.beside:
        said.append(f"with it: {', '.join(map(clean, station.beside))}")
    for words in said:
        lines += [(line, "quiet small") for line in wrap(words, 14.5, room)]
    return lines


def _columns(bands: Sequence[Band]) -> dict[str, int]:
    """Bands side by side, the widest first, none over another."""
    columns: dict[str, int] = {}
    for band in bands:
        taken = {
            columns[b.id] for b in bands
            if b.id in columns and b.first <= band.last and band.first <= b.last
        }  # fmt: skip
        columns[band.id] = next(c for c in range(len(bands) + 1) if c not in taken)
    return columns


def _label(band: Band) -> tuple[str, ...]:
    return wrap(clean(band.label), 14.5, _COLUMN - 18)


def _make_room(rows: Sequence[_Row], bands: Sequence[Band]) -> None:
    """Make the last station of a band higher where the name of the band needs it."""
    for band in bands:
        height = sum(row.height for row in rows[band.first : band.last + 1])
        missing = 18 * len(_label(band)) + 22 - height
        if missing > 0:
            rows[band.last].height += missing


def _band(band: Band, column: int, rows: Sequence[_Row]) -> Element:
    first, last = rows[band.first], rows[band.last]
    x, y = _MARGIN + column * _COLUMN, first.y - 3
    group = paint.element("g", "\n", data_concept=band.id)
    paint.add(group, "title", clean(band.label))
    height = last.y + last.height - 8 - first.y
    paint.add(group, "rect", class_="band", x=x, y=y, width=_COLUMN - 8, height=height, rx=8)
    for place, words in enumerate(_label(band)):
        paint.add(group, "text", words, class_="quiet small", x=x + 6, y=y + 20 + 18 * place)
    return group


def _described(plan: Plan) -> Iterator[str]:
    yield f"In order: {', '.join(clean(s.label) for s in plan.stations)}."
    for role, words in ROLES.items():
        leaves = [leaf for s in plan.stations for leaf in s.leaves]
        named = [s.label for s in plan.stations if s.role == role]
        named += [leaf.label for leaf in leaves if leaf.role == role]
        named += [label for leaf in leaves for _, label, r in leaf.serves if r == role]
        if named:
            yield f"{words[0].upper()}{words[1:]}: {', '.join(dict.fromkeys(map(clean, named)))}."
