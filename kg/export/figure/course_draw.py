"""A course as a picture of one page: a line, what holds it at the left, what leaves it right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from kg.export.diagram.measure import clean, text_width, wrap
from kg.export.figure import paint
from kg.export.figure.course import Band, Plan, Station
from kg.export.figure.foot import Sheet
from kg.export.figure.leaf import LEAVES, MARGIN, PLAIN, WIDTH, LeafRow
from kg.export.figure.marks import ROLES
from kg.export.themes import AUTO, Theme, styled

_COLUMN: Final = 30.0  # a band, with its name upright
_TEXT: Final = 30.0  # from the line to the names
_STEP: Final = 20.0
_MANY: Final = 260.0  # what leaves one station stands below its name, too, where it is higher
_SEATS: Final = ("seat", "possible", "asked")


def draw_course(plan: Plan, told: Sheet, theme: str = AUTO, named: bool = True) -> str:
    """Draw a course.

    Args:
        plan: what to draw.
        told: the words above and below it.
        theme: one of `kg.export.themes`.
        named: whether the names on the course are written.

    Raises:
        BadInput: there is no such theme.
    """
    # What holds one station alone is told beside it.
    bands = [band for band in plan.bands if band.first < band.last]
    columns = _columns(bands)
    spine = MARGIN + _COLUMN * (max(columns.values(), default=-1) + 1) + 26
    common = _common(plan)
    marked = bool(plan.roles - set(PLAIN))
    rows = [
        _Row(
            station, [b.label for b in plan.bands if b.first == b.last == n], spine, common, marked
        )
        for n, station in enumerate(plan.stations)
    ]
    _make_room(rows, bands)
    used = {role for row in rows for role in row.roles}
    roles = [role for role in ROLES if role in used]
    top = told.above(WIDTH, plan.heading, "")
    y = top.height + 24
    for row in rows:
        row.y = y
        y += row.height
    alike = [f"All that is marked accounts for: {', '.join(map(clean, common))}."] if common else []
    notes = (*alike, *plan.notes, *_sources(plan))
    foot = told.below(WIDTH, y + 10, dict.fromkeys(roles, ("area",)), notes)
    root = paint.svg(
        WIDTH,
        foot.end,
        plan.heading,
        " ".join(_described(plan)),
        styled(theme, _rules, partial(_rules, full=False)),
    )
    root.append(paint.patterns(roles))
    paint.add(root, "rect", class_="ground", width=WIDTH, height=foot.end)
    root.extend(top.elements)
    for band in bands:
        root.append(_band(band, columns[band.id], rows))
    followers = [*rows[1:], None]
    root.extend(row.drawn(after) for row, after in zip(rows, followers, strict=True))
    if not named:
        for group in root.iter("g"):
            for words in [e for e in group if e.tag == "text" and group.get("data-concept")]:
                group.remove(words)
    root.extend(foot.elements)
    return paint.written(root)


def _common(plan: Plan) -> tuple[str, ...]:
    """The signs by which every marked station was found: they tell none from another."""
    found = [station.covers for station in plan.stations if station.covers]
    alike = set(found[0]).intersection(*found[1:]) if len(found) > 1 else set()
    return tuple(sign for sign in (found[0] if found else ()) if sign in alike)


def _rules(theme: Theme, full: bool = True) -> str:
    return paint.sheet(theme.figure, full) + _style(theme.figure)


def _style(c: Mapping[str, str]) -> str:
    rules = (
        f".spine {{ stroke: {c['rule']}; stroke-width: 7; stroke-linecap: round; fill: none; }}",
        f".stem {{ stroke: {c['rule']}; stroke-width: 2; stroke-linecap: round; fill: none; }}",
        f".band {{ fill: {c['panel']}; stroke: {c['rule']}; stroke-width: 1; }}",
        f".stop {{ fill: {c['ground']}; stroke: {c['rule']}; stroke-width: 3; }}",
        f".chip {{ fill: {c['panel']}; stroke: {c['rule']}; stroke-width: .8; }}",
        ".wide { stroke-width: 7; stroke-dasharray: none; }",
    )
    return "".join(f".kg-figure {rule}\n" for rule in rules)


class _Row:
    """A station with all that hangs on it, and how high that is."""

    def __init__(
        self,
        station: Station,
        within: Sequence[str],
        spine: float,
        common: tuple[str, ...],
        marked: bool,
    ) -> None:
        self.station = station
        self._spine = spine
        self._words = _words(station, within, LEAVES - 34 - spine - _TEXT, common)
        own = _STEP * len(self._words) + 10
        self._heights = [own, 6.0]  # of what stands below the name, and of what stands beside it
        self._leaves: list[tuple[int, float, LeafRow]] = []
        for leaf in station.leaves:
            beside = int(self._heights[1] < _MANY or self._heights[1] < self._heights[0])
            row = LeafRow(leaf, marked, LEAVES if beside else spine + _TEXT + 16)
            self._leaves.append((beside, self._heights[beside], row))
            self._heights[beside] += row.height
        self.height = max(self._heights)
        self.roles = {role for _, _, row in self._leaves for role in row.roles} | {station.role}
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
        start = self._spine + _TEXT + text_width(self._words[0][0], 17, bold=True) + 8
        for beside, y, leaf in self._leaves:
            begin = start if beside else self._spine
            group.append(leaf.drawn(begin, self.stop, self.y + y - (6 if beside else 0)))
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
            width, height = LEAVES - 30 - left, _STEP * len(self._words) + 10
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


def _sources(plan: Plan) -> Iterator[str]:
    if plan.sources:
        yield f"Sources: {'; '.join(clean(title, 240) for title in plan.sources)}."


def _words(
    station: Station, within: Sequence[str], room: float, common: tuple[str, ...]
) -> list[tuple[str, str]]:
    """The name, then what is said of it, each line with its class."""
    lines = [(line, "strong") for line in wrap(clean(station.label), 17, room, bold=True)]
    said = []
    if station.role and station.role != "leads":
        said.append(ROLES[station.role])
    covers = [sign for sign in station.covers if sign not in common]
    if covers:
        said.append(f"accounts for: {', '.join(map(clean, covers))}")
    if station.spares:
        said.append(f"spared: {', '.join(map(clean, station.spares))}")
    if within:
        said.append(f"in: {', '.join(map(clean, within))}")
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


def _make_room(rows: Sequence[_Row], bands: Sequence[Band]) -> None:
    """Make the last station of a band higher where the name of the band needs it."""
    for band in bands:
        height = sum(row.height for row in rows[band.first : band.last + 1])
        rows[band.last].height += max(0.0, text_width(clean(band.label), 14.5) + 24 - height)


def _band(band: Band, column: int, rows: Sequence[_Row]) -> Element:
    first, last = rows[band.first], rows[band.last]
    x, y = MARGIN + column * _COLUMN, first.y - 3
    group = paint.element("g", "\n", data_concept=band.id)
    paint.add(group, "title", clean(band.label))
    height = last.y + last.height - 8 - first.y
    paint.add(group, "rect", class_="band", x=x, y=y, width=_COLUMN - 6, height=height, rx=8)
    words = wrap(clean(band.label), 14.5, height - 12)[0]
    foot = (height + text_width(words, 14.5)) / 2
    turned = paint.add(group, "text", words, class_="quiet small", x=x + 16, y=y + foot)
    turned.set("transform", f"rotate(-90 {paint.num(x + 16)} {paint.num(y + foot)})")
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
