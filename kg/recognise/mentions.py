"""What a text names, counts and dates: mentions, numbers, times, and what amounts imply."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.recognise.case import Amount

LASTING = frozenset({"for", "ago", "point", "date"})
"""The kinds of times that say when something was, or for how long it has been."""

LIKELY = "likely"
"""Mark of a guess that is believed though it would be a grave sign."""

HARMLESS = "harmless"
"""Mark of a guess in a clause that hardly tells of anything that could not wait."""


class Number(NamedTuple):
    """A number in digits or in words; of a range, the larger end."""

    start: int
    end: int
    value: float


class TimeSpan(NamedTuple):
    """A time of `days` or more.

    `kind` is ``for``, ``ago``, ``point``, ``date``, ``bout`` (how long one lasts), ``age``,
    ``later`` (so long after what was told before) or ``offset`` (so long from something else); of
    a `vague` one only the least is known.
    """

    start: int
    end: int
    days: float
    kind: str
    vague: bool = False


class Implied(NamedTuple):
    """A finding that an amount below or above a threshold implies, or denies."""

    concept: str
    present: bool
    start: int
    end: int
    amount: Amount


@dataclass(slots=True, eq=False)
class Mention:
    """A concept, a place or a bodily function named in the text, and what was read about it."""

    start: int
    end: int
    kind: str
    id: str
    weak: bool = False
    fuzzy: bool = False
    quantity: str | None = None
    nested: bool = False
    denied: bool = False
    ended: bool = False
    past: bool = False
    resolved: bool = False
    open: bool = False
    asked: bool = False
    who: str = ""
    side: str | None = None
    places: list[Mention] = field(default_factory=list)
    elsewhere: bool = False
    days: float | None = None
    days_sure: bool = False
    counted_back: bool = False
    at_least: float = 0.0
    course: str | None = None
    marks: set[str] = field(default_factory=set)
    amount: Amount | None = None
    dropped: bool = False
    used: bool = False
    framed: bool = False

    @property
    def extent(self) -> range:
        """The places of its words."""
        return range(self.start, self.end)
