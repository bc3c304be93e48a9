"""A figure: an asset with what is marked on it, labels beside it, and a legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from kg.explain.anatomy import Anatomy
from kg.export.diagram.measure import clean, wrap
from kg.export.figure import paint
from kg.export.figure.asset import Asset, Region
from kg.export.figure.foot import Sheet
from kg.export.figure.frame import Frame
from kg.export.figure.marks import ROLES, Mark, Marks
from kg.export.figure.overlay import is_line, overlay
from kg.export.figure.place import Label, place
from kg.export.themes import AUTO, Theme, styled
from kg.view import View

_WIDTH: Final = 1060.0
_PICTURE: Final = (536.0, 850.0)
_COLUMN: Final = 246.0
_MARGIN: Final = 18.0
_STEP: Final = 20.0
_FAINT: Final = "0.32"
_SCOPE: Final = "kg-asset"
_INNER: Final = 0.12  # of the width: what lies so near to the middle can be named at either side
# Roles whose words stand under the name; for the others the legend says enough.
_SPOKEN: Final = ("affected", "seat", "possible", "spared")


def draw_figure(
    asset: Asset,
    view: View,
    marks: Marks,
    told: Sheet,
    theme: str = AUTO,
    level: str | None = "plain",
) -> str:
    """Draw an asset with its marks.

    Args:
        asset: the picture.
        view: the graph whose labels are used.
        marks: what to mark; without any, everything is labelled.
        told: the words above and below the picture.
        theme: one of `kg.export.themes`.
        level: of the names of what the graph has no concept for; None writes no name at all.

    Raises:
        BadInput: there is no such theme.
    """
    return _Figure(asset, view, marks, level).draw(told, theme)


class _Figure:
    def __init__(self, asset: Asset, view: View, marks: Marks, level: str | None) -> None:
        self._level = level
        self._asset = asset
        self._view = view
        self._marks = marks
        self._anatomy = Anatomy(view)
        self._middle = asset.box[0] + asset.box[2] / 2
        self._of = {id(region.element): region for region in asset.regions}

    def draw(self, told: Sheet, theme: str) -> str:
        roles = [role for role in ROLES if any(m.role == role for m in self._marks.marks)]
        top = told.above(_WIDTH, self._marks.heading, self._asset.title)
        frame = self._frame(top.height + 44)
        bottom = top.height + 44 + self._asset.box[3] * frame.scale
        columns = self._columns() if self._level is not None else {True: [], False: []}
        names = []
        for left in (True, False):
            labels = [self._label(region, frame) for region in columns[left]]
            edge = _MARGIN + _COLUMN if left else _WIDTH - _MARGIN - _COLUMN
            placed, bottom = place(labels, edge, top.height + 52, bottom)
            names.append((left, placed))
        shapes = {role: self._shapes(role) for role in roles}
        foot = told.below(_WIDTH, bottom + 24, shapes, self._notes())
        root = paint.svg(
            _WIDTH,
            foot.end,
            told.title or self._asset.title,
            " ".join(self._described()),
            styled(theme, self._rules, partial(self._rules, full=False)),
        )
        root.append(paint.patterns(roles))
        paint.add(root, "rect", class_="ground", width=_WIDTH, height=foot.end)
        root.extend(top.elements)
        root.append(self._picture(frame))
        root.extend(self._side_names(top.height + 26))
        for left, placed in names:
            root.append(self._column(left, placed))
        root.extend(foot.elements)
        return paint.written(root)

    def _rules(self, theme: Theme, full: bool = True) -> str:
        own = self._asset.dark if theme.dark else self._asset.light
        return paint.scoped(own, _SCOPE) + paint.sheet(theme.figure, full)

    def _frame(self, top: float) -> Frame:
        left, upper, width, height = self._asset.box
        scale = min(_PICTURE[0] / width, _PICTURE[1] / height)
        return Frame(scale, _WIDTH / 2 - (left + width / 2) * scale, top - upper * scale)

    # -- the picture itself

    def _picture(self, frame: Frame) -> Element:
        move = f"translate({frame.x:.2f} {frame.y:.2f}) scale({frame.scale:.4f})"
        group = paint.element("g", "\n", class_=_SCOPE, transform=move)
        group.extend(self._copied(child) for child in self._asset.body)
        return group

    def _copied(self, source: Element) -> Element:
        region = self._of.get(id(source))
        copy = paint.element(source.tag, source.text)
        copy.attrib.update(source.attrib)
        if region is None:
            copy.extend(self._copied(child) for child in source)
            return copy
        marks = self._marked(region)
        faint = self._faint(region)
        for child in source:
            if child.tag != "title":
                copy.append(self._copied(child))
                if faint and is_line(child):
                    copy[-1].set("opacity", _FAINT)
        words = self._words(region, marks)
        copy.insert(0, paint.element("title", words))
        copy.set("tabindex", "0")
        copy.set("role", "img")
        copy.set("aria-label", words)
        if region.side is not None:
            copy.set("data-side", region.side)
        if marks:
            copy.set("data-roles", " ".join(dict.fromkeys(m.role for m in marks)))
            claims = dict.fromkeys(c for m in marks for c in m.claims)
            if claims:
                copy.set("data-claims", " ".join(claims))
        for mark in marks:
            copy.extend(overlay(source, mark, self._asset.box))
        return copy

    def _marked(self, region: Region) -> list[Mark]:
        return [
            mark
            for mark in reversed(self._marks.marks)
            if mark.concept == region.concept and mark.side in (None, region.side)
        ]

    def _faint(self, region: Region) -> bool:
        """Lines that are not meant stand back; without marks, on the side of the other labels."""
        return bool(self._marks.marks) or region.x < self._middle

    def _words(self, region: Region, marks: Sequence[Mark]) -> str:
        side = f", {region.side} side" if region.side else ""
        told = dict.fromkeys(
            f"{ROLES[m.role]} ({clean(m.note)})" if m.note else ROLES[m.role] for m in marks
        )
        roles = f": {'; '.join(told)}" if told else ""
        return f"{self._name(region)}{side}{roles}"

    def _name(self, region: Region) -> str:
        known = region.concept in self._view.concepts
        plain = region.element.get("data-plain") if self._level == "plain" else None
        return clean(self._view.label(region.concept) if known else plain or region.title)

    # -- the words beside it

    def _side_names(self, y: float) -> Iterator[Element]:
        for side in sorted({r.side for r in self._asset.regions if r.side is not None}):
            xs = [r.x for r in self._asset.regions if r.side == side]
            left = sum(xs) / len(xs) < self._middle
            yield paint.element(
                "text",
                f"the person’s {clean(side)} side",
                class_="quiet small",
                x=_MARGIN if left else _WIDTH - _MARGIN,
                y=y,
                text_anchor="start" if left else "end",
            )

    def _label(self, region: Region, frame: Frame) -> Label:
        lines = self._lines(region, self._marked(region))
        return Label(region.concept or region.title, lines, frame.at(region), _STEP * len(lines))

    def _columns(self) -> dict[bool, list[Region]]:
        """What is named at the left and at the right; from a crowded side the inner ones cross."""
        columns: dict[bool, list[Region]] = {True: [], False: []}
        for region in self._pointed():
            columns[region.x < self._middle].append(region)
        fuller = len(columns[True]) > len(columns[False])
        inner = sorted(columns[fuller], key=lambda r: abs(r.x - self._middle))
        for region in inner if self._marks.marks else ():
            near = abs(region.x - self._middle) < self._asset.box[2] * _INNER
            if near and len(columns[fuller]) > len(columns[not fuller]) + 1:
                columns[fuller].remove(region)
                columns[not fuller].append(region)
        return columns

    def _shapes(self, role: str) -> set[str]:
        """Whether areas or lines are drawn in a role."""
        meant = {mark.concept for mark in self._marks.marks if mark.role == role}
        regions = [r.element for r in self._asset.regions if r.concept in meant]
        kinds = {"data-shape": "area", "data-line": "line"}
        return {word for key, word in kinds.items() for e in regions for p in e if key in p.attrib}

    def _pointed(self) -> list[Region]:
        """The regions that get a label: each concept once, on the emptier side if it is on both."""
        if not self._marks.marks:
            return list(self._overview())
        found: dict[str, list[Region]] = {}
        for region in self._asset.regions:
            if self._marked(region):
                found.setdefault(region.concept, []).append(region)
        chosen: list[Region] = []
        weight = {True: 0, False: 0}
        for several in sorted(found.values(), key=lambda rs: (len(rs) > 1, rs[0].y, rs[0].concept)):
            # Of several the one whose column holds less; of equals the one at the right.
            best = min(several, key=lambda r: (weight[r.x < self._middle], -r.x))
            weight[best.x < self._middle] += len(self._lines(best, self._marked(best)))
            chosen.append(best)
        return chosen

    def _overview(self) -> Iterator[Region]:
        """What is served at the left; at the right what serves, and what is there beside."""
        seen = set()
        yield from (region for region in self._asset.beside if region.x > self._middle)
        for region in self._asset.regions:
            if self._anatomy.is_site(region.concept):
                continue
            served = any(
                self._anatomy.suppliers(w)
                for w in (region.concept, *self._view.objects(region.concept, "ft:part-of"))
            )
            left = region.x < self._middle
            if left == served and region.concept not in seen:
                seen.add(region.concept)
                yield region

    def _lines(self, region: Region, marks: Sequence[Mark]) -> tuple[str, ...]:
        """The name first, then, each line marked by a tabulator, what is said of it."""
        lines = list(wrap(self._name(region), 17, _COLUMN, bold=True))
        spoken = [ROLES[m.role] for m in reversed(marks) if m.role in _SPOKEN]
        for words in (*dict.fromkeys(spoken), *dict.fromkeys(m.note for m in marks if m.note)):
            lines += [f"\t{line}" for line in wrap(clean(words, 200), 14.5, _COLUMN)]
        return tuple(lines)

    def _column(self, left: bool, placed: Sequence[Label]) -> Element:
        group = paint.element("g", "\n", class_="labels", aria_hidden="true")
        x = _MARGIN + _COLUMN if left else _WIDTH - _MARGIN - _COLUMN
        name = "strong" if self._marks.marks else ""
        for label in placed:
            out = x + (6 if left else -6)
            path = f"M{paint.num(out)} {paint.num(label.y)}L{paint.num(label.at[0])} "
            path += paint.num(label.at[1])
            paint.add(group, "path", class_="leader under", d=path)
            paint.add(group, "path", class_="leader", d=path)
            paint.add(group, "circle", class_="dot", cx=label.at[0], cy=label.at[1], r=3.2)
            paint.text_lines(
                group,
                [(n.lstrip("\t"), "quiet small" if n[0] == "\t" else name)
                 for n in label.lines],
                x,
                label.y - label.height / 2 + _STEP * 0.74,
                "end" if left else "start",
                _STEP,
            )  # fmt: skip
        return group

    def _notes(self) -> list[str]:
        sources = dict.fromkeys(
            self._view.sources[e.source].title
            for mark in self._marks.marks
            for claim in mark.claims
            for e in self._view.claims[claim].evidence
            if e.source in self._view.sources
        )
        notes = [self._asset.description, *self._marks.notes]
        if sources:
            notes.append(f"Sources: {'; '.join(clean(s, 240) for s in sources)}.")
        return notes

    def _described(self) -> Iterator[str]:
        for role, words in ROLES.items():
            marks = [m for m in self._marks.marks if m.role == role]
            if marks:
                named = dict.fromkeys(
                    f"{clean(self._view.label(m.concept))}{f' ({m.side})' if m.side else ''}"
                    for m in marks
                )
                yield f"{words[0].upper()}{words[1:]}: {', '.join(named)}."
        yield clean(self._asset.description, 600)
