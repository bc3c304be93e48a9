"""Times of long ago: dates, parts of a life, and the ages at which something was."""

from __future__ import annotations

from collections.abc import Iterator

from kg.recognise.mentions import TimeSpan
from kg.recognise.moments import LONG_AGO, is_point
from kg.recognise.persons import find_person
from kg.recognise.reading import Reading

FAR = 42.0  # days after which what happened is of long ago
AGE = "age"
"""The kind of a time that is told as an age."""

_YEAR, _WEEK = 365.0, 7.0
_CLOCK = 12  # up to here a number behind "at" may be an hour
_OLDEST = 100
_HEAT = range(34, 44)  # what may be a temperature
_LAST = "last"


def times_long_ago(reading: Reading) -> list[TimeSpan]:
    """The times of long ago that a text tells, each with its days, in order."""
    return sorted([*_points(reading), *_ages(reading)])


def _points(reading: Reading) -> Iterator[TimeSpan]:
    for time in reading.times:
        last = _LAST in (reading.norm(i) for i in range(time.start, time.end))
        season = time.vague and time.days < LONG_AGO and not last
        if time.days < FAR or season:
            continue  # "in its winter coat"
        if is_point(reading, time) or (last and time.kind == "point"):  # "last year"
            yield time
    for hit in reading.told("past"):
        if any(c.category == "ft:past" and c.reach == "both" for c in hit.cues):
            kind = AGE if reading.norm(hit.start) == "when" else "ago"
            yield TimeSpan(hit.start, hit.end, LONG_AGO, kind, True)


def _ages(reading: Reading) -> Iterator[TimeSpan]:
    """The ages at which something was, that are not the age of today."""
    found = [*_told_ages(reading)]
    today = find_person(reading).age_years if found else None
    for start, end, years, sure in found:
        if today is not None and (today - years) * _YEAR >= FAR:
            yield TimeSpan(start, end, (today - years) * _YEAR, AGE)
        elif today is None and sure:
            yield TimeSpan(start, end, LONG_AGO, AGE, True)


def _told_ages(reading: Reading) -> Iterator[tuple[int, int, float, bool]]:
    """Words, years, and whether they are of long ago where nobody tells the age of today."""
    clauses = {h.start for h in reading.hits["clause"]}
    for number in reading.numbers.values():
        place, end = number.start - 1, number.end
        before = reading.norm(place)
        lead = " ".join(reading.norm(i) for i in range(place - 3, place + 1))
        told = lead.endswith((" at", " at age", " at aged", "at the age of"))
        who = reading.is_word(place - 1, "pronoun-self", "pronoun-third")
        was = before in ("was", "were") and who
        if not (told or was) or not 0 < number.value < _OLDEST:
            continue
        time = next((t for t in reading.times if t.start <= number.start < t.end), None)
        if time is not None and time.days >= _WEEK and time.kind in ("for", "age"):
            yield place, time.end, time.days / _YEAR, was and time.days >= _YEAR
            continue
        closed = (
            reading.is_mark(end)
            or end in clauses
            or reading.is_word(end, "pronoun-self", "pronoun-third", "clause-joint", "possessive")
        )
        # "At six", "with the heat at 79": nobody's age.
        other = before == "at" and (
            number.value <= _CLOCK or reading.clause_of(place).start < place - 1
        )
        # "He was 39 and shaking" is a fever.
        other |= was and number.value in _HEAT and end not in clauses
        if time is None and closed and not other and number.value == int(number.value):
            yield place, end, number.value, True
