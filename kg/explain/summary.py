"""What one screen tells of an explanation: the one selection that every rendering follows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

COLUMNS: Final = 80
OUTSIDE: Final = "What you describe lies outside of what is known here."
_OPENING: Final = re.compile(r"[,.:]")
_LINES: Final = 40
_EMERGENCY: Final = 15
# The parts of the screen from top to bottom: what stands in one block, and its title.
_PARTS: Final[tuple[tuple[str | None, tuple[str, ...]], ...]] = (
    (None, ("verdict", "answers")),
    (None, ("understood", "ask")),
    ("What it may be, and why", ("likely", "found", "why")),
    ("What helps", ("helps", "disputes")),
    ("When to see a doctor", ("signs",)),
)
# What is left out where a screen is too small: down to how many of which part, in this order.
_SPARED: Final = (
    ("disputes", 0),
    ("why", 2),
    ("likely", 1),
    ("helps", 3),
    ("verdict", 2),
    ("helps", 2),
    ("why", 1),
    ("helps", 1),
    ("ask", 0),
    ("why", 0),
    ("helps", 0),
    ("signs", 1),
    ("found", 1),
    ("understood", 1),
    ("verdict", 1),
    # What was asked is answered before all else that a screen has room for.
    ("answers", 1),
)
# In an emergency it is told why, in the words of whoever asks, and what was understood, always.
_SPARED_NOW: Final = (("verdict", 2), ("answers", 1), ("answers", 0), ("understood", 0))


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is told, in plain words and in terms, and what it refers to.

    `lead` are the words that stand out before it; `about` the concepts, `claims` what it rests on,
    `sources` who says so, each by id.
    """

    text: str
    clinical: str
    lead: str = ""
    about: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def said(self, level: str) -> str:
        """The words of a level."""
        return self.clinical if level == "clinical" else self.text


def joined(first: Sequence[Told], second: Sequence[Told]) -> list[Told]:
    """Two answers as one; what is told beside them stays apart."""
    if not first or not second:
        return [*first, *second]
    one, two = first[0], second[0]
    both = Told(
        f"{one.text} {two.text}",
        f"{one.clinical} {two.clinical}",
        one.lead,
        tuple(dict.fromkeys((*one.about, *two.about))),
        tuple(dict.fromkeys((*one.claims, *two.claims))),
        tuple(dict.fromkeys((*one.sources, *two.sources))),
    )
    return [both, *first[1:], *second[1:]]


def all_in_one(told: Iterable[Told]) -> list[Told]:
    """All answers to one question as one."""
    whole: list[Told] = []
    for one in told:
        if not any(one.text in before.text for before in whole):
            whole = joined(whole, [one])
    return whole


def once(told: Iterable[Told]) -> list[Told]:
    """Answers to several questions that begin alike as one: the longest, to all of them."""
    alike: dict[str, Told] = {}
    for one in told:
        opening = _OPENING.split(one.text, maxsplit=1)[0]
        before = alike.get(opening, one)
        lead = " ".join(dict.fromkeys(filter(None, (before.lead, one.lead))))
        longer = max(before, one, key=lambda t: len(t.text))
        alike[opening] = replace(longer, lead=lead)
    return list(alike.values())


@dataclass(frozen=True, slots=True)
class Summary:
    """The selection, part by part, each from the most important on.

    `verdict` says how urgent it is and why; `answers` answer what was asked; `understood` tells
    what was read and what was not; `ask` holds the one question that would change most; `likely`
    the explanations, `found` what tests speak for or against, `why` how they come about, `helps`
    what acts on that, `signs` when to see a doctor, `disputes` where sources disagree about what
    is shown. `sources` are those cited, the number of each its place from 1.
    `level` is that of the words which suit who wrote: ``plain`` or ``clinical``.
    """

    verdict: tuple[Told, ...] = ()
    answers: tuple[Told, ...] = ()
    understood: tuple[Told, ...] = ()
    ask: tuple[Told, ...] = ()
    likely: tuple[Told, ...] = ()
    found: tuple[Told, ...] = ()
    why: tuple[Told, ...] = ()
    helps: tuple[Told, ...] = ()
    signs: tuple[Told, ...] = ()
    disputes: tuple[Told, ...] = ()
    sources: tuple[str, ...] = ()
    level: str = "plain"

    @property
    def blocks(self) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
        """The parts with a title for each block; in an emergency there is one without any."""
        held = [(title, parts) for title, parts in _PARTS if any(getattr(self, p) for p in parts)]
        if any(title for title, _ in held):
            return tuple(held)
        return ((None, tuple(part for _, parts in held for part in parts)),)

    def told(self) -> Iterator[Told]:
        """All that is told, from top to bottom."""
        for _, parts in self.blocks:
            for part in parts:
                yield from getattr(self, part)


def cited(told: Told, sources: Sequence[str]) -> str:
    """The numbers of the sources of what is told: " [1, 3]"."""
    numbers = sorted(sources.index(s) + 1 for s in told.sources)
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def first_fitting(summaries: Iterable[Summary], footer: str) -> Summary:
    """The first that a screen of an emergency has room for, else the last."""
    last = Summary()
    for last in summaries:
        if fits(last, footer):
            break
    return _numbered(last)


def fitted(summary: Summary, *, emergency: bool, footer: str) -> Summary:
    """The summary without what a screen has no room for, its sources counted."""
    most = _EMERGENCY if emergency else _LINES
    current = _numbered(summary)
    for part, least in _SPARED_NOW if emergency else _SPARED:
        while len(getattr(current, part)) > least and height(current, footer) > most:
            shorter: Mapping[str, Any] = {part: getattr(current, part)[:-1]}
            current = _numbered(replace(current, **shorter))
    return current


def fits(summary: Summary, footer: str) -> bool:
    """Whether the screen of an emergency has room for it."""
    return height(_numbered(summary), footer) <= _EMERGENCY


def _numbered(summary: Summary) -> Summary:
    used = dict.fromkeys(source for told in summary.told() for source in told.sources)
    return replace(summary, sources=tuple(used))


def height(summary: Summary, footer: str) -> int:
    """How many lines of plain text the summary takes, at whichever level takes more."""
    lines = _wrapped(footer) + (2 + len(summary.sources) if summary.sources else 0)
    for title, parts in summary.blocks:
        told = [t for part in parts for t in getattr(summary, part)]
        if told:
            lines += 1 + (title is not None)
            lines += sum(
                max(_wrapped("- " + _line(t, level, summary)) for level in ("plain", "clinical"))
                for t in told
            )
    return lines


def _line(told: Told, level: str, summary: Summary) -> str:
    lead = f"{told.lead} " if told.lead else ""
    return f"{lead}{told.said(level)}{cited(told, summary.sources)}"


@lru_cache(maxsize=1024)
def _wrapped(text: str) -> int:
    return len(textwrap.wrap(text, COLUMNS - 2, break_long_words=False, break_on_hyphens=False))
