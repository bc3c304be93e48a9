"""Circumstances: what the slots of a case mean to the red flags beside its findings.

Who the person is, what is known of them, what they take or gave up, what happened to them and what
was measured can be criteria of a red flag as findings are. Which entries mean what stands in the
graph, one row for each (``ft:circumstance-row``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.recognise.case import Case, Person
from kg.view import Cue, View

_CATEGORY = "circumstance-row"
# A medicine that was given up, and an illness that is over, are what they were no longer.
_NO_LONGER = frozenset({"stopped", "past"})

_SELF, _PREGNANT = "self", "pregnant"
_SEXES = ("female", "male")
_YOUNGEST = ("newborn", "infant")
_GROWN = ("teenager", "adult", "older")
_OF_AGE = _GROWN[1:]
_BANDS = (*_YOUNGEST, "child", *_GROWN)
_VAGUE = (None, "child")
_BARREN = (*_YOUNGEST, "child", "older")


class _Entry(NamedTuple):
    """What one slot of a case holds, whatever the slot."""

    slot: str
    id: str = ""
    state: str = ""
    days: float | None = None
    site: str | None = None
    value: float | None = None
    unit: str | None = None
    side: str | None = None
    course: str | None = None


class _Row(NamedTuple):
    """Which entries of a slot mean a circumstance; what is empty or None is not looked at."""

    means: str
    of: frozenset[str]
    states: frozenset[str]
    sides: frozenset[str]
    sites: frozenset[str]
    courses: frozenset[str]
    days: float | None
    least: float | None
    below: float | None
    unit: str | None


class Circumstances:
    """The circumstances that a view knows, found in the slots of cases."""

    def __init__(self, view: View) -> None:
        self._view = view
        # By slot and by what they are about, "" for anything; each with its place among all.
        self._rows: dict[str, dict[str, list[tuple[int, _Row]]]] = {}
        for place, cue in enumerate(view.cues.get(_CATEGORY, ())):
            slot, row = self._rows.setdefault(cue.properties["ft:row-slot"], {}), _read(cue)
            for about in row.of or ("",):
                slot.setdefault(about, []).append((place, row))

    def beside(
        self, met: Mapping[str, tuple[str, ...]], case: Case
    ) -> Mapping[str, tuple[str, ...]]:
        """What findings meet, joined with the circumstances of the case.

        Each concept comes with the ids that it follows from, general concepts included.
        """
        found: dict[str, tuple[str, ...]] = {}
        for entry in _entries(case):
            for circumstance in self._meant(entry):
                because = entry.id or circumstance
                for general in self._view.broader(circumstance):
                    known = found.get(general, met.get(general, ()))
                    found[general] = known if because in known else (*known, because)
        return {**met, **found} if found else met

    def excluded(self, person: Person) -> frozenset[str]:
        """What cannot hold of the person: another age or sex than is told of them, a pregnancy.

        A child whose age nobody tells may be a baby; who writes of oneself is none.
        """
        entries = list(_personal(person))
        said = {entry.state for entry in entries}
        grown = person.band not in _VAGUE or person.age_years is not None
        known = {*(_SEXES if person.sex else ()), *(_BANDS if grown else ())}
        known.update(_YOUNGEST if person.whose == _SELF else ())
        barren = person.sex == "male" or person.band in _BARREN
        known.update((_PREGNANT,) if barren and not person.pregnant else ())
        rows: dict[str, list[_Row]] = {}
        for slot in self._rows.get("person", {}).values():
            for _, row in slot:
                rows.setdefault(row.means, []).append(row)
        states = {means: {s for row in own for s in row.states} for means, own in rows.items()}
        return frozenset(
            means
            for means, own in rows.items()
            if (states[means] <= known if states[means] else grown)
            and not any(self._fits(row, entry) for row in own for entry in entries)
            and not said & states[means]
        )

    def told(self, case: Case) -> tuple[str, ...]:
        """What the slots of a case mean, but for what is only suspected."""
        entries = (e for e in _entries(case) if e.state != "suspected")
        return tuple(dict.fromkeys(c for e in entries for c in self._meant(e)))

    def _meant(self, entry: _Entry) -> Iterator[str]:
        if entry.slot in ("known", "medicine") and entry.state not in _NO_LONGER:
            yield entry.id
        slot = self._rows.get(entry.slot)
        if not slot:
            return
        rows = {row for about in ("", *self._view.broader(entry.id)) for row in slot.get(about, ())}
        yield from (row.means for _, row in sorted(rows) if self._fits(row, entry))

    def _fits(self, row: _Row, entry: _Entry) -> bool:
        if row.states and entry.state not in row.states:
            return False
        if row.sides and (entry.side or "untold") not in row.sides:
            return False
        if row.sites and row.sites.isdisjoint(self._within(entry.site) or ["untold"]):
            return False
        if row.courses and entry.course not in row.courses:
            return False
        # What is told without its time may be recent.
        if row.days is not None and entry.days is not None and entry.days > row.days:
            return False
        return _in_range(row, entry)

    def _within(self, site: str | None) -> list[str]:
        order = [] if site is None else [site]
        for item in order:
            order += [o for o in self._view.objects(item, "ft:part-of") if o not in order]
        return order


def _in_range(row: _Row, entry: _Entry) -> bool:
    if row.least is None and row.below is None:
        return True
    if entry.value is None or (row.unit is not None and row.unit != entry.unit):
        return False
    return (row.least is None or entry.value >= row.least) and (
        row.below is None or entry.value < row.below
    )


def _read(cue: Cue) -> _Row:
    def words(name: str) -> frozenset[str]:
        return frozenset(cue.properties.get(name, "").split())

    def number(name: str) -> float | None:
        value = cue.properties.get(name)
        return None if value is None else float(value)

    return _Row(
        means=cue.properties["ft:cue-concept"],
        of=words("ft:row-of"),
        states=words("ft:row-state"),
        sides=words("ft:row-side"),
        sites=words("ft:row-site"),
        courses=words("ft:row-course"),
        days=number("ft:row-days"),
        least=number("ft:row-least"),
        below=number("ft:row-below"),
        unit=cue.properties.get("ft:row-unit"),
    )


def _personal(person: Person) -> Iterator[_Entry]:
    pregnant = "pregnant" if person.pregnant else None
    # A son of nineteen is no child.
    whose = None if person.band in _OF_AGE and person.whose in _BANDS else person.whose
    for state in filter(None, (pregnant, person.sex, whose)):
        yield _Entry("person", state=state)
    if person.band is not None or person.age_years is not None:
        yield _Entry("person", state=person.band or "", value=person.age_years, unit="a")


def _entries(case: Case) -> Iterator[_Entry]:
    yield from _personal(case.person)
    for known in case.known:
        days = known.days_ago
        yield _Entry("known", known.id, known.status, days, value=days, unit="d")
    lasting = {f.id: f.duration_days for f in case.findings}
    for taken in case.medicines:
        if taken.id is not None:
            days = lasting.get(taken.id) if taken.days_ago is None else taken.days_ago
            yield _Entry("medicine", taken.id, taken.change, days, value=days, unit="d")
    for event in case.events:
        yield _Entry("event", event.id, days=event.days_ago, site=event.site)
    for measure in (m for m in case.measures if m.days_ago is None):
        yield _Entry("measure", measure.id, measure.range, value=measure.value, unit=measure.unit)
    findings = (*case.findings, *case.others)
    placed = {f.id for f in findings if f.site is not None}
    for finding in findings:
        state, days = finding.reason or finding.status, finding.duration_days
        # What is told of a place is not of an untold one because it is told again.
        place, side = finding.site or ("" if finding.id in placed else None), finding.side
        yield _Entry("finding", finding.id, state, days, place, days, "d", side, finding.course)
