"""Medicines: which ones, and whether they are taken, were begun, raised, cut down or stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.recognise.case import Measure, Medicine
from kg.recognise.cues import Hit
from kg.recognise.durations import told_time
from kg.recognise.medicine_names import Place, medicine_places, nearest_medicine
from kg.recognise.nearby import (
    is_asked,
    is_denied,
    is_floated,
    is_only_planned,
    is_other,
    sentence_of,
)
from kg.recognise.numbers import Number
from kg.recognise.reading import Reading
from kg.recognise.times import TimeSpan

__all__ = ["find_medicines"]

_BEFORE = 7  # words between what is said and the medicine that it is said of
_BEHIND = 5
_NEXT = 2  # words between a cue that only says so of what comes next, and the medicine
_LATER = 60  # words within which "they upped it" is said of the medicine named last
_PLAIN, _STARTED, _STOPPED = "taking", "started", "stopped"
_RECENT = 60.0  # days: what is taken for no longer was started


def find_medicines(
    reading: Reading,
    spans: Sequence[TimeSpan],
    numbers: Mapping[int, Number],
    measures: Sequence[Measure],
    asked: tuple[frozenset[int], frozenset[int]],
    case: str,
) -> tuple[Medicine, ...]:
    """The medicines that the person of the case takes or took, in order, each change once.

    `asked` holds the places of words that only ask: whether something would help, and whether
    to stop what is taken.
    """
    helps, stops = asked
    places = medicine_places(reading, numbers)
    changes = _Changes(reading, {p.start for p in places}, stops, spans)
    found: dict[tuple[str, str], Medicine] = {}
    for place in places:
        start, end = place.start, place.end
        change = changes.of(start, end)
        if place.general and change is None and not _is_owned(reading, start):
            continue
        if start in helps or _passed_over(reading, place, change, case):
            continue
        first, last = reading.span(start, end)
        if any(m.span[0] < last and first < m.span[1] for m in measures):
            continue  # "vitamin D was low"
        name = reading.text[first:last]
        reading.covered.update(range(start, end))
        if change is not None:
            reading.covered.update(range(change.start, change.end))
        _cover_dose(reading, numbers, start, end)
        told = changes.told(start, end, change)
        days = None if told is None or told.vague else told.days
        known = place.concept or nearest_medicine(reading, name)
        kind = _PLAIN if change is None else _by_time(change.kind, told)
        made = Medicine(name, known, kind, (first, last), days)
        found.setdefault((name.lower(), kind), made)
        for later in changes.later(place, places):
            span = reading.span(later.start, later.end)
            reading.covered.update(range(later.start, later.end))
            found.setdefault((name.lower(), later.kind), Medicine(name, known, later.kind, span))
    told_more = {name for name, kind in found if kind != _PLAIN}
    kept = [m for (name, kind), m in found.items() if kind != _PLAIN or name not in told_more]
    return tuple(sorted(kept, key=lambda m: m.span))


class Change(NamedTuple):
    """What is said of a medicine, and where."""

    kind: str
    start: int
    end: int


class _Changes:
    """What is said of the medicines of a text: begun, raised, cut down, stopped, and when."""

    def __init__(
        self, reading: Reading, starts: set[int], stops: frozenset[int], spans: Sequence[TimeSpan]
    ) -> None:
        self.reading, self.starts, self.spans = reading, starts, spans
        self.hits = [h for h in reading.hits["intake"] if h.start not in stops]
        self.norms = [t.norm for t in reading.tokens]
        self.clauses = {h.start for h in reading.hits["clause"]}

    def of(self, start: int, end: int) -> Change | None:
        """The nearest words that are said of a medicine; those that tell of a change first."""
        sentence = sentence_of(self.reading, start)
        near: list[tuple[bool, int, Change]] = []
        for hit in self.hits:
            if not sentence[0] <= hit.start < sentence[1]:
                continue
            gap = self._gap(hit, start, end, sentence)
            if gap is not None:
                kind = _kind(hit)
                second = any(hit.end <= i < start for i in self.starts)
                if second and hit.cues[0].properties.get("ft:cue-span") == "pair":
                    kind = _STARTED  # "switched from one to another"
                near.append((kind == _PLAIN, gap, Change(kind, hit.start, hit.end)))
        return min(near)[2] if near else None

    def _gap(self, hit: Hit, start: int, end: int, sentence: tuple[int, int]) -> int | None:
        """The words between a cue and the medicine that it is said of; None: it is not."""
        reach = hit.cues[0].properties.get("ft:cue-span")
        if hit.end <= start:
            between = range(hit.end, start)
            listed = any(i in self.starts for i in between)
            if reach == "next":
                far = any(self.reading.is_content(i) for i in between) or len(between) > _NEXT
            else:
                far = len(between) > _BEFORE + 4 * listed
        elif hit.start < end or reach in ("ahead", "next"):
            return None
        else:
            between = range(end, hit.start)
            if any(i in self.starts for i in between):
                return None
            if reach == "sentence":
                return len(between) + 1  # "My dose was increased": of what was named last
            far = len(between) > _BEHIND or _kind(hit) == _PLAIN
            far = far or any(self.reading.is_cue(i, "conjunction", "alternative") for i in between)
            # Words behind a medicine may be said of another one that follows them.
            ahead = range(hit.end, min(hit.end + 3, sentence[1]))
            far = far or any(i in self.starts for i in ahead)
        if far or any(i in self.clauses or _is_subject(self.reading, i) for i in between):
            return None
        return len(between) + (hit.start >= end)

    def later(self, place: Place, places: Sequence[Place]) -> Iterator[Change]:
        """What is said afterwards of a medicine that is not named again: "they upped it"."""
        after = next((p.start for p in places if p.start >= place.end), len(self.reading.tokens))
        limit = min(after, sentence_of(self.reading, place.start)[1] + _LATER)
        words = self.reading.words.cues.words
        pronouns = words["pronoun-thing"] | words["pronoun-third"]
        for hit in self.hits:
            if not place.end <= hit.start < limit:
                continue
            kind = _kind(hit)
            told = hit.cues[0].properties.get("ft:cue-span") == "sentence" or not (
                pronouns.isdisjoint(self.norms[hit.start : hit.end + 1])
            )
            if not told or kind in (_PLAIN, _STARTED):
                continue
            said = not is_denied(self.reading, hit.start, hit.end)
            if said and not is_asked(self.reading, hit.start):
                yield Change(kind, hit.start, hit.end)

    def told(self, start: int, end: int, change: Change | None) -> TimeSpan | None:
        """The time that is told of a medicine, or of the change."""
        first = start if change is None else change.start
        told = told_time(self.reading, first, end, self.spans, "event")
        if told is None and change is not None:
            told = told_time(self.reading, start, max(end, change.end), self.spans, "event")
        between = () if told is None else range(end, told.start)
        if any(h.start in between and _kind(h) != _PLAIN for h in self.hits if h.end != first):
            return None if change is None or change.kind == _PLAIN else told
        return told


def _kind(hit: Hit) -> str:
    return hit.cues[0].properties.get("ft:cue-change", _PLAIN)


def _by_time(kind: str, told: TimeSpan | None) -> str:
    """What is taken for a few weeks was started, what was taken long ago is over."""
    if kind not in (_PLAIN, _STARTED) or told is None:
        return kind
    if told.kind == "for":
        return _STARTED if told.days <= _RECENT else _PLAIN
    return _STOPPED if kind == _PLAIN and told.kind == "ago" and told.days > _RECENT else kind


def _is_owned(reading: Reading, start: int) -> bool:
    """Whether the person has the medicine that is named only as such ("my tablets")."""
    return any(h.end == start for h in reading.hits["owning"])


def _is_subject(reading: Reading, place: int) -> bool:
    mention = reading.owner[place]
    return mention is not None and reading.words.is_effect(mention)


def _passed_over(reading: Reading, place: Place, change: Change | None, case: str) -> bool:
    """Whether the text does not say that the person took it."""
    start, end = place.start, place.end
    if is_other(reading, start, case) or is_only_planned(reading, start):
        return True
    if change is None or change.kind in (_PLAIN, _STARTED):
        if is_denied(reading, start, end) or is_floated(reading, start, end):
            return True
        if change is not None and is_denied(reading, change.start, change.end):
            return True
    return is_asked(reading, start)


def _cover_dose(reading: Reading, numbers: Mapping[int, Number], start: int, end: int) -> None:
    doses = {h.start: h for h in reading.hits["dose"]}
    for number in numbers.values():
        if not (0 <= number.start - end <= 2 or 0 <= start - number.end <= 4):
            continue
        dose = doses.get(number.end)
        last = number.end if dose is None else dose.end
        if dose is not None or number.start == end:
            reading.covered.update(range(number.start, last))
