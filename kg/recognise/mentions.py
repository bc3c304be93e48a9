"""A mention: something that the text names, and what was read about it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.recognise.case import Amount

__all__ = ["Mention"]


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
    counted_back: bool = False
    at_least: float = 0.0
    course: str | None = None
    marks: set[str] = field(default_factory=set)
    amount: Amount | None = None
    dropped: bool = False
    used: bool = False
    framed: bool = False
