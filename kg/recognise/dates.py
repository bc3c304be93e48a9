"""Days of the calendar, counted back from a given day."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["days_since"]

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
