"""The times that a text tells: stretches and points, each as days counted back from now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.recognise.dates import SHORT, Years, days_since
from kg.recognise.mentions import TimeSpan
from kg.recognise.reading import Reading

_YEAR = 365.0
_BRIEF = 0.0006  # days, just under a minute: a number of seconds is the length of a bout,
_HOUR = 0.04  # and a number of minutes is, unless "for" or the like stands before it
_ARTICLES = ("a", "an")
_SUFFIXES = ("st", "nd", "rd", "th")
_LOOK = 2  # words between "bouts of" or "in" and the stretch of time


def find_times(reading: Reading, today: date | None = None) -> None:
    """Find the times that a text tells, in order; their tokens are marked as understood.

    `today` is the day on which the text was written: what needs one tells no length without it.
    """
    finder = _Finder(reading, today)
    found = reading.times
    place = 0
    while place < len(reading.tokens):
        span = None if place in reading.covered else finder.at(place)
        if span is not None:
            found.append(span)
        place = place + 1 if span is None else span.end
    reading.times = finder.by_week(found)
    for span in found:
        reading.covered.update(range(span.start, span.end))


class _Finder:
    def __init__(self, reading: Reading, today: date | None) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.norms = [t.norm for t in reading.tokens] + [""] * 4
        self.numbers = reading.numbers
        self.today = today
        told = reading.words.cues.by_category.get("no-earlier-than", ())
        self.years = Years(self.norms, [cue.properties["ft:cue-date"] for cue in told])
        self.weekdays: dict[int, int] = {}  # where a day of the week is told, by its number
        self.hits = [reading.longest("time", place) for place in range(len(self.tokens))]
        # Where a marker ends: the earliest place at which one begins that ends there.
        self.marked: dict[int, int] = {}
        for hit in self.hits:
            if hit is not None and "time-marker" in hit.categories:
                self.marked.setdefault(hit.end, hit.start)

    def at(self, place: int) -> TimeSpan | None:
        """The time that begins at a place, not counting the words that lead to it."""
        norm = self.norms[place]
        digits = place in self.numbers or norm.isdigit()
        if self.hits[place] is None and not digits and norm not in (*_ARTICLES, "of"):
            return None
        return (
            self._fraction(place)
            or self._counted(place)
            or self._uncounted(place)
            or self._pointed(place)
            or self._dated(place)
        )

    def cue(self, place: int, category: str) -> tuple[int, Mapping[str, str]] | None:
        """The end and the properties of a cue of one category that begins at `place`."""
        hit = self.hits[place] if 0 <= place < len(self.hits) else None
        cue = None if hit is None else hit.cue(category)
        return None if hit is None or cue is None else (hit.end, cue.properties)

    def days(self, place: int, category: str) -> tuple[int, float] | None:
        """The end and the days of such a cue."""
        found = self.cue(place, category)
        return None if found is None else (found[0], float(found[1]["ft:cue-days"]))

    def _fraction(self, place: int) -> TimeSpan | None:
        """The shorthand of clinics: "6/52" is six weeks."""
        whole = self.norms[place].isdigit() and self.norms[place + 1] == "/"
        if not whole or self.reading.owner[place] is not None or self.norms[place + 3] == "/":
            return None
        below = self.days(place + 2, "clinical-fraction")
        return below and self._finish(place, below[0], float(self.norms[place]) * below[1])

    def _counted(self, place: int) -> TimeSpan | None:
        """A number of units: "three weeks", "~10 days", "4 am", "day 10"."""
        number = self.numbers.get(place)
        if number is None:
            ordinal = self.cue(place, "ordinal")
            if ordinal is not None and (unit := self.days(ordinal[0], "time-unit")) is not None:
                return self._finish(place, unit[0], float(ordinal[1]["ft:cue-value"]) * unit[1])
            unit = self.days(place, "time-unit")
            number = self.numbers.get(unit[0]) if unit is not None else None
            if unit is None or number is None or self.norms[place].endswith("s"):
                return None
            if self.years.at(unit[0]) is not None:
                return None  # "the year 2020" is no stretch of time
            return self._finish(place, number.end, number.value * unit[1])
        end = number.end + (self.norms[number.end] in _SUFFIXES)
        while end < len(self.tokens) and self.norms[end] not in _ARTICLES and (
            self.reading.is_filler(end) or self.cue(end, "unit-lead")
        ):  # fmt: skip
            end += 1
        if (age := self.cue(end, "age")) is not None:
            return TimeSpan(place, age[0], number.value * _YEAR, "age")
        clock = self.days(end, "clock")
        if clock is not None and place in self.marked:
            return TimeSpan(self.marked.get(place, place), clock[0], clock[1], "point")
        unit = self.days(end, "time-unit")
        return unit and self._finish(place, unit[0], number.value * unit[1])

    def _uncounted(self, place: int) -> TimeSpan | None:
        """Units without a number: "a week ago", "for months", "the whole week", "days now"."""
        if self.norms[place] in _ARTICLES:
            unit = self.days(place + 1, "time-unit")
            back = unit is not None and self.cue(unit[0], "ago") is not None
            later = unit is not None and self.cue(unit[0], "later") is not None
            if unit is None or not (back or later or place in self.marked or self._half(unit[0])):
                return None
            return self._finish(place, unit[0], unit[1])
        unit = self.days(place, "time-unit")
        if unit is None:
            return None
        if self.cue(place - 1, "whole-stretch") is not None:
            return self._finish(place, unit[0], unit[1])
        several = self.norms[place].endswith("s")
        behind = any(self.cue(unit[0], c) is not None for c in ("ago", "on-end"))
        behind = behind or (several and unit[1] >= 1 and self.norms[unit[0]] == "of")
        if several and not behind and unit[1] < 1 and place in self.marked:
            return TimeSpan(self.marked[place], unit[0], 2 * unit[1], "bout")  # "for hours"
        if behind or (several and place in self.marked):
            return self._finish(place, unit[0], 2 * unit[1])
        return None

    def _pointed(self, place: int) -> TimeSpan | None:
        point = self.days(place, "time-point")
        if point is not None:
            return TimeSpan(self.marked.get(place, place), point[0], point[1], "point")
        stretch = self.days(place, "time-stretch")
        if stretch is not None:
            return TimeSpan(place, stretch[0], stretch[1], "for")
        later = self.days(place, "next-point")
        return later and TimeSpan(place, later[0], later[1], "later")

    def _dated(self, place: int) -> TimeSpan | None:
        """A day, a month, a season or a year of the calendar: "since June", "on 3 May"."""
        day = self.numbers.get(place)
        first = place if day is None else day.end
        if day is not None and self.norms[first] in _SUFFIXES:
            first += 1
        first += self.norms[first] == "of"
        name = self.cue(first, "calendar-name")
        start = self.marked.get(place, place)
        told = name is not None and (
            day is not None
            or start < place
            or name[0] > first + 1
            or (self._opens(place) and name[1].get("ft:cue-date", "").startswith("w"))
            or self._is_today(place)
        )  # "Tuesday night" needs no other word
        if name is None or not told:
            lead = place - (self.norms[place - 1] == SHORT)  # "back in '98"
            year = self.years.at(place) if lead in self.marked or self._follows(lead) else None
            if year is None:
                return None
            days = days_since(self.today, "", year=year)
            known = self.years.least(year) if days is None else days
            return TimeSpan(self.marked.get(lead, lead), place + 1, known, "date", days is None)
        end, what = name
        if day is None and end in self.numbers and self.numbers[end].value <= 31:
            day, end = self.numbers[end], self.numbers[end].end
            end += self.norms[end] in _SUFFIXES
        year = self.years.at(end)
        number = None if day is None else int(day.value)
        date = what.get("ft:cue-date", "")
        days = days_since(self.today, date, day=number, year=year)
        if days is None and date.startswith("w"):
            self.weekdays[start] = int(date[1:])
        least, vague = float(what["ft:cue-days"]), "ft:cue-vague" in what
        least = least if year is None else max(least, self.years.least(year))
        last = "last" in self.norms[start:first] and not vague
        known = (7.0 if last else least) if days is None else days
        end += year is not None
        if self._before(start, place, "deadline") is not None:
            return TimeSpan(start, end, known, "offset")
        return TimeSpan(start, end, known, "date", vague and days is None)

    def _follows(self, place: int) -> bool:
        """Whether a sign, an event or an illness ends before a place: "thyroidectomy 2011"."""
        hits = (h for layer in ("event", "illness") for h in self.reading.hits[layer])
        owner = self.reading.owner[place - 1] if place else None
        named = owner is not None and owner.kind == "finding"
        return named or any(h.end == place for h in hits)

    def _opens(self, place: int) -> bool:
        """Whether a day begins a sentence, as in a diary: "Friday a vile earache"."""
        return any(place == s[0] for s in self.reading.sentences)

    def by_week(self, found: list[TimeSpan]) -> list[TimeSpan]:
        """The times, the days of the week counted back from the day that the text is written on.

        That is the one which is said to be today, else the last with which a sentence of a diary
        begins, or the day after where "this morning" or the like follows.
        """
        week = [t for t in found if t.kind == "date" and t.start in self.weekdays]
        now = next((t for t in week if self._is_today(t.start)), None)
        days: dict[int, float] = {}
        if now is not None:
            last = self.weekdays[now.start]
            days = {t.start: float((last - self.weekdays[t.start]) % 7) for t in week}
        elif len(diary := [t for t in week if self._opens(t.start)]) > 1:
            later = diary[-1]
            back = 0.0 + any(t.kind == "point" and t.start > later.start for t in found)
            for day in reversed(diary):
                back += (self.weekdays[later.start] - self.weekdays[day.start]) % 7
                days[day.start], later = back, day
        counted = [t._replace(days=days.get(t.start, t.days)) for t in found]
        return [t._replace(kind="offset") if now and t.start == now.start else t for t in counted]

    def _is_today(self, place: int) -> bool:
        """Whether a day is said to be the day of writing: "today is Monday", "it's Monday now"."""
        named = self.norms[place - 1] == "is" and self.cue(place - 2, "time-point") is not None
        return named or self._before(place, place, "this-day") is not None

    def _finish(self, place: int, end: int, days: float) -> TimeSpan:
        """A stretch of time with the words before and behind it that say of what kind it is."""
        start = self.marked.get(place, place)
        if (half := self._half(end)) is not None:
            end, days = half[0], days + half[1]
        on_end = self.cue(end, "on-end")
        end = end if on_end is None else on_end[0]
        for kind, category in (("later", "later"), ("offset", "offset")):
            lasts = start < place and self.norms[start] == "for"  # "for three days after a cold"
            if not lasts and (hit := self.cue(end, category)) is not None:
                return TimeSpan(start, hit[0], days, kind)
        led = start if self.cue(start, "later-lead") else self._before(start, place, "later-lead")
        # Not "still there after two weeks", not "after two weeks of twitching".
        opens = led is not None and (led == 0 or self.norms[led - 1] in ".!?;,\n")
        if opens and self.norms[end] != "of":
            return TimeSpan(start, end, days, "later")
        age = self.cue(end + (self.norms[end] == "-"), "age")
        if age is not None:
            return TimeSpan(start, age[0], days, "age")
        if days >= _YEAR and self._is_had(place, end):
            return TimeSpan(start, end, days, "age")
        back, bout = self.cue(end, "ago"), self.cue(end, "bout")
        if back is not None and bout is None:
            return TimeSpan(start, back[0], days, "ago")
        period = self.reading.longest("period", end)
        if period is not None and days < 1:
            return TimeSpan(start, period.end, days, "bout")  # "ten hours a day"
        before = self._before(start, place, "bout")
        short = days < (_BRIEF if start < place else _HOUR)
        if bout is not None or before is not None or short:
            first = start if before is None else before
            return TimeSpan(first, bout[0] if bout else end, days, "bout")
        ahead = self._before(start, place, "ahead")
        if ahead is not None and not self._is_denied(ahead):
            return TimeSpan(ahead, end, days, "offset")
        return TimeSpan(start, end, days, "for")

    def _is_had(self, place: int, end: int) -> bool:
        """Whether somebody has so many years: "I have 34 years and …"."""
        aged = self.reading.words.cues.layers["aged"]
        having = any(h.end == place and "age-having" in h.categories
                     for h in self.reading.told("age-having"))  # fmt: skip
        after = aged.longest(self.tokens, end) if end < len(self.tokens) else None
        closed = after is not None and "age-after" in after.categories
        return having and (closed or self.reading.is_mark(end))

    def _half(self, end: int) -> tuple[int, float] | None:
        """The half that may follow a unit, in days: "a year and a half", "two years and a half"."""
        if self.norms[end : end + 2] not in (["and", "a"], ["and", "an"]):
            return None
        number = self.numbers.get(end + 2) or self.numbers.get(end + 1)
        unit = self.days(end - 1, "time-unit")
        if number is None or number.value >= 1 or unit is None:
            return None
        return number.end, number.value * unit[1]

    def _before(self, start: int, place: int, category: str) -> int | None:
        """Where a word of a category begins that leads to a time: "every", "bouts of", "in"."""
        for first in range(max(0, start - _LOOK), place):
            hit = self.hits[first]
            if hit is None or hit.end not in (start, place):
                continue
            if any(c.category == f"ft:{category}" and c.reach != "backward" for c in hit.cues):
                return first
        return None

    def _is_denied(self, place: int) -> bool:
        """Whether "in two weeks" looks back: "not slept in two weeks", "first time in …"."""
        segment = self.reading.segment
        before = self.reading.told("negation", within=(0, place))
        denied = any(h.end <= place and segment[h.start] == segment[place] for h in before)
        return denied or self.cue(place - 1, "occasion") is not None
