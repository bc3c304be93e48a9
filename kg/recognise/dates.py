"""Days and years of the calendar, counted back from a given day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property

SHORT = "'"  # mark before a year in two figures

_MIDDLE = 15  # the day that a month without one is taken for


def days_since(
    today: date | None, what: str, *, day: int | None = None, year: int | None = None
) -> float | None:
    """How many days ago a day of the calendar was; None without `today`, and for no such day.

    `what` names it as the cues do: ``w1`` Monday to ``w7`` Sunday, ``06`` a month, ``12-25`` a day
    of a month, nothing where only a year is told. The last one before today is meant.

    >>> days_since(date(2026, 11, 28), "w5"), days_since(date(2026, 11, 28), "06", day=1)
    (1.0, 180.0)
    >>> days_since(date(2026, 11, 28), "", year=2024)
    880.0
    """
    if today is None:
        return None
    if what.startswith("w"):
        return float((today.isoweekday() - int(what[1:])) % 7 or 7)  # said on a Friday: a week ago
    month, _, fixed = what.partition("-")
    try:
        if not month:
            told = date(year or today.year, 7, 1)
        else:
            told = date(year or today.year, int(month), int(fixed or day or _MIDDLE))
            if (
                told > today
                and year is None
                and (told.month, told.year) != (today.month, today.year)
            ):
                told = told.replace(year=today.year - 1)
    except ValueError:
        return None
    if told > today:
        # "Since June", written in the first half of June: halfway from the beginning of it.
        first = told.replace(day=1) if month else told.replace(month=1, day=1)
        told = first + timedelta(days=(today - first).days // 2)
    return float((today - told).days) if told <= today else None


class Years:
    """The years that the words of a text name; the text is no older than one of the `dates`."""

    def __init__(self, norms: Sequence[str], dates: Iterable[str]) -> None:
        self._norms, self._dates = norms, dates

    def at(self, place: int) -> int | None:
        """The year at a place, in four figures or in two behind a short mark ("'98")."""
        text = self._norms[place] if place < len(self._norms) else ""
        if len(text) == 2 and text.isdigit() and self._norms[place - 1] == SHORT:
            text = ("20" if int(text) <= self._latest.year % 100 else "19") + text
        return _as_year(text)

    def least(self, year: int) -> float:
        """How many days ago the end of a year was at least, whenever the text was written."""
        return float(max((self._latest - date(year, 12, 31)).days, 0))

    @cached_property
    def _latest(self) -> date:
        """A day that the text is no older than: that of the graph, or of the last year it names."""
        years = filter(None, map(_as_year, self._norms))
        known = [date(year, 1, 1) for year in years]
        return max([*known, *map(date.fromisoformat, self._dates)], default=date.min)


def _as_year(text: str) -> int | None:
    return int(text) if len(text) == 4 and text.isdigit() and text[:2] in ("19", "20") else None
