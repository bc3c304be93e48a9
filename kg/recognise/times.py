"""Stretches and points of time: how long something has lasted, in days, without a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.cues import CueBook
from kg.recognise.reading import Reading
from kg.recognise.tokens import Token

__all__ = ["Number", "TimeSpan", "find_numbers", "find_times"]

_MARKER = "ft:time-marker"
_YEAR = 365.0
_WEEK = 7.0
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_BRIEF = 0.0006  # days, just under a minute: a number of seconds is the length of a bout


class Number(NamedTuple):
    """A number in digits or in words; of a range, the larger end."""

    start: int
    end: int
    value: float


class TimeSpan(NamedTuple):
    """A time of `days` or more.

    `kind` is ``for``, ``ago``, ``point``, ``date``, ``bout`` (how long one lasts), ``age`` or
    ``offset`` (so long after something else); of a `vague` one only the least is known.
    """

    start: int
    end: int
    days: float
    kind: str
    vague: bool = False


def find_numbers(tokens: Sequence[Token], cues: CueBook) -> dict[int, Number]:
    """The numbers of a text by the place where they start."""
    found: dict[int, Number] = {}
    place = 0
    phrases = cues.layers["number"]
    while place < len(tokens):
        one = _number_at(tokens, place, phrases)
        if one is None:
            place += 1
            continue
        end, value = one
        if value % 10 == 0 and 20 <= value < 100 and tokens[place].kind == "word":
            # "Seventy-six" and "seventy six" are one number.
            behind = end + (end < len(tokens) and tokens[end].norm == "-")
            ones = _number_at(tokens, behind, phrases) if behind < len(tokens) else None
            if ones is not None and 1 <= ones[1] < 10 and tokens[behind].kind == "word":
                end, value = ones[0], value + ones[1]
        if end + 1 < len(tokens) and tokens[end].norm in ("-", "to", "or"):
            other = _number_at(tokens, end + 1, phrases)
            if other is not None and other[1] > value:
                end, value = other
        found[place] = Number(place, end, value)
        place = end
    return found


def _number_at(tokens: Sequence[Token], place: int, phrases: object) -> tuple[int, float] | None:
    token = tokens[place]
    if token.kind == "number":
        text = token.norm
        if text.count(",") == 1 and text.count(".") == 0 and len(text.split(",")[1]) == 3:
            text = text.replace(",", "")
        part = _PARTS.get(text[-1], 0.0)
        try:
            whole = float(text.rstrip("½¼¾").replace(",", ".") or 0)
        except ValueError:
            return None
        return place + 1, whole + part
    best = phrases.longest(tokens, place)  # type: ignore[attr-defined]
    if best is None:
        return None
    value = best[1][0].properties.get("ft:cue-value")
    return (best[0], float(value)) if value is not None else None


class _Finder:
    def __init__(self, reading: Reading, numbers: dict[int, Number]) -> None:
        self.tokens = reading.tokens
        self.reading = reading
        self.numbers = numbers
        self.cues = reading.words.cues
        phrases = reading.words.cues.layers["time"]
        self.periods = reading.words.cues.layers["period"]
        self.best = [phrases.longest(self.tokens, place) for place in range(len(self.tokens))]
        # Where a marker ends: the earliest place at which one begins that ends there.
        self.marker_starts: dict[int, int] = {}
        for place, best in enumerate(self.best):
            if best is not None and any(c.category == _MARKER for c in best[1]):
                self.marker_starts.setdefault(best[0], place)

    def hit(self, place: int, category: str) -> tuple[int, Mapping[str, str]] | None:
        """The end and the properties of a cue of one category that begins at `place`."""
        if not 0 <= place < len(self.tokens):
            return None
        best = self.best[place]
        if best is None:
            return None
        for cue in best[1]:
            if cue.category == "ft:" + category:
                return best[0], cue.properties
        return None

    def days(self, place: int, category: str) -> tuple[int, float] | None:
        hit = self.hit(place, category)
        return None if hit is None else (hit[0], float(hit[1]["ft:cue-days"]))

    def marked(self, place: int) -> int | None:
        """Where the time marker starts that ends right before `place`, if there is one."""
        return self.marker_starts.get(place)

    def find(self) -> list[TimeSpan]:
        found: list[TimeSpan] = []
        place = 0
        while place < len(self.tokens):
            span = None
            if place not in self.reading.covered:
                span = self._fraction(place) or self._counted(place) or self._pointed(place)
            if span is None:
                place += 1
            else:
                found.append(span)
                place = span.end
        return found

    def _fraction(self, place: int) -> TimeSpan | None:
        tokens = self.tokens
        if place + 2 >= len(tokens) or tokens[place + 1].norm != "/":
            return None
        if tokens[place].kind != "number" or not tokens[place].norm.isdigit():
            return None
        if self.reading.owner[place] is not None:
            return None  # "24/7"
        if place + 3 < len(tokens) and tokens[place + 3].norm == "/":
            return None  # a date
        below = self.days(place + 2, "clinical-fraction")
        if below is None:
            return None
        return self._finish(place, below[0], float(tokens[place].norm) * below[1])

    def _counted(self, place: int) -> TimeSpan | None:
        number = self.numbers.get(place)
        if number is not None:
            end = number.end
            while (
                end < len(self.tokens)
                and self.tokens[end].norm not in ("a", "an")
                and (self.reading.is_filler(end) or self.tokens[end].norm in ("+", "of", "good"))
            ):
                end += 1
            age = self.hit(end, "age")
            if age is not None:
                return TimeSpan(place, age[0], number.value * _YEAR, "age")
            clock = self.days(end, "clock")
            if clock is not None and self.marked(place) is not None:
                return TimeSpan(self._start(place), clock[0], clock[1], "point")
            unit = self.days(end, "time-unit")
            return None if unit is None else self._finish(place, unit[0], number.value * unit[1])
        if self.tokens[place].norm in ("a", "an"):
            unit = self.days(place + 1, "time-unit")
            if unit is None:
                return None
            back = self.hit(unit[0], "ago")
            if back is None and self.marked(place) is None:
                return None
            return self._finish(place, unit[0], unit[1])
        unit = self.days(place, "time-unit")
        marker = self.marked(place)
        if (
            unit is not None
            and unit[0] in self.numbers
            and not self.tokens[place].norm.endswith("s")
        ):
            # "day 10", "week 8": counted from the start.
            number = self.numbers[unit[0]]
            return self._finish(place, number.end, number.value * unit[1])
        if unit is not None and self.hit(place - 1, "whole-stretch") is not None:
            return self._finish(place, unit[0], unit[1])
        if unit is not None and marker is not None and self.tokens[place].norm.endswith("s"):
            return self._finish(place, unit[0], 2 * unit[1])
        if unit is not None and self.hit(unit[0], "ago") is not None:
            return self._finish(place, unit[0], 2 * unit[1])
        return None

    def _pointed(self, place: int) -> TimeSpan | None:
        point = self.days(place, "time-point")
        if point is not None:
            return TimeSpan(self._start(place), point[0], point[1], "point")
        if self.marked(place) is None:
            return None
        name = self.days(place, "calendar-name")
        if name is not None:
            return TimeSpan(self._start(place), name[0], name[1], "date", name[1] > _WEEK)
        token = self.tokens[place]
        if token.kind == "number" and len(token.norm) == 4 and token.norm[:2] in ("19", "20"):
            return TimeSpan(self._start(place), place + 1, _YEAR, "ago")
        return None

    def _start(self, place: int) -> int:
        marker = self.marked(place)
        return place if marker is None else marker

    def _finish(self, place: int, end: int, days: float) -> TimeSpan:
        start = self._start(place)
        end, days = self._and_a_half(end, days)
        back = self.hit(end, "ago")
        bout = self.hit(end, "bout")
        offset = self.hit(end, "offset")
        if offset is not None:
            return TimeSpan(start, offset[0], days, "offset")
        age = self.hit(end + 1 if self._is_hyphen(end) else end, "age")
        if age is not None:
            return TimeSpan(start, age[0], days, "age")
        period = self.periods.longest(self.tokens, end) if end < len(self.tokens) else None
        if period is not None and days < 1:
            return TimeSpan(start, period[0], days, "bout")  # "ten hours a day"
        if back is None and days < _BRIEF:
            return TimeSpan(start, bout[0] if bout else end, days, "bout")
        if start > 0 and bout is None:
            earlier = next(
                (s for s in range(max(0, start - 2), start) if self._bout_ends(s, start)), None
            )
            if earlier is not None:
                return TimeSpan(earlier, end, days, "bout")
        if bout is not None:
            return TimeSpan(start, bout[0], days, "bout")
        if back is not None:
            return TimeSpan(start, back[0], days, "ago")
        return TimeSpan(start, end, days, "for")

    def _and_a_half(self, end: int, days: float) -> tuple[int, float]:
        """The half that may follow a unit: "a year and a half", "two years and a half"."""
        half = end + 2 < len(self.tokens) and self.tokens[end + 1].norm in ("a", "an")
        number = self.numbers.get(end + 2) or self.numbers.get(end + 1) if half else None
        unit = self.days(end - 1, "time-unit")
        if number is None or number.value >= 1 or unit is None:
            return end, days
        return number.end, days + number.value * unit[1]

    def _is_hyphen(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].norm == "-"

    def _bout_ends(self, start: int, end: int) -> bool:
        hit = self.best[start]
        return hit is not None and hit[0] == end and any(c.reach == "forward" for c in hit[1])


def find_times(reading: Reading, numbers: dict[int, Number]) -> list[TimeSpan]:
    """The times that a text tells, in order; their tokens are marked as understood."""
    found = _Finder(reading, numbers).find()
    for span in found:
        reading.covered.update(range(span.start, span.end))
    return found
