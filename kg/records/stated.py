"""What a record states, whatever standard it follows, and how its data are looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

State = Literal["present", "absent", "past", "illness", "takes", "took", "person", "words"]

_DURATION: Final = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?"
)
_DAYS: Final = (365.25, 30.4375, 7.0, 1.0)


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a record states.

    `codes` are terms of vocabularies for it, the best first; `name` is what the record calls it,
    or the words themselves; `days` tells since when.
    """

    state: State
    name: str = ""
    codes: tuple[str, ...] = ()
    days: float | None = None


def part(data: Any, *names: str) -> Any:
    """What lies under names in nested objects; None where something is not there."""
    for name in names:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def items(data: Any, name: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; what is no object is passed over."""
    found = part(data, name)
    yield from (
        (each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()
    )


def word(data: Any, *names: str) -> str:
    """A text under names; empty where there is none."""
    found = part(data, *names)
    return " ".join(found.split()) if isinstance(found, str) else ""


def days_of(duration: str) -> float | None:
    """The days of an ISO 8601 duration.

    >>> days_of("P2W"), days_of("P1Y"), days_of("soon")
    (14.0, 365.25, None)
    """
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        return None
    return sum(float(n) * days for n, days in zip(found.groups(), _DAYS, strict=True) if n)


def days_between(begun: str, now: str) -> float | None:
    """The days from a date to another, each as ISO 8601 has them; None where one is none.

    >>> days_between("2026-11-01", "2026-11-15T12:00:00Z")
    14.0
    """
    try:
        days = (date.fromisoformat(now[:10]) - date.fromisoformat(begun[:10])).days
    except ValueError:
        return None
    return float(days) if days >= 0 else None


def age_of(days: float | None, sex: str) -> str:
    """A person in words.

    >>> age_of(12418.5, "female"), age_of(60.0, ""), age_of(None, "male")
    ('34-year-old female', '60-day-old', 'A male')
    """
    known = sex if sex in ("female", "male") else ""
    if days is None:
        return f"A {known}" if known else ""
    age = f"{int(days / 365.25)}-year-old" if days >= 730 else f"{int(days)}-day-old"
    return f"{age} {known}".strip()
