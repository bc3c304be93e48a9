"""What a phrase can mean, and where it stands in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Sense(NamedTuple):
    """What a phrase can mean.

    `kind` is ``finding``, ``site``, ``body-part`` or ``foreign-place`` (without a concept),
    ``function`` or ``sound-function``, ``remedy`` for what is only looked for where something was
    tried; `rank` is 0 for a preferred label, 1 for a synonym,
    2 for a hidden label; `weak` marks ordinary words, `denied` a name of the absence.
    """

    kind: str
    id: str
    rank: int
    weak: bool = False
    quantity: str | None = None
    words: tuple[str, ...] = ()
    denied: bool = False


class Match(NamedTuple):
    """Tokens `start` to `end` (exclusive) carry one of the senses, the likeliest first.

    `weight` counts the words of the name; fillers between them do not count.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]
    weight: int = 1

    @property
    def extent(self) -> range:
        """The places of its words."""
        return range(self.start, self.end)


def strength(match: Match) -> tuple[int, int]:
    """Of two equally long names the first one holds: in "lower lip twitches" the lip is lower."""
    return -match.weight, match.start


def ranked(senses: Iterable[Sense], written: Iterable[str] = ()) -> tuple[Sense, ...]:
    """One sense for each concept; what is written exactly so goes before its inflections."""
    senses = tuple(senses)
    if len(senses) == 1:
        return senses
    here = set(written)
    merged: dict[tuple[str, str], tuple[bool, Sense]] = {}
    for sense in senses:
        exact = here.issuperset(sense.words)
        seen = merged.get((sense.kind, sense.id))
        if seen is None:
            merged[sense.kind, sense.id] = exact, sense
        else:
            best = min(seen[1], sense, key=lambda s: s.rank)
            quantity = seen[1].quantity or sense.quantity
            merged[sense.kind, sense.id] = exact or seen[0], best._replace(quantity=quantity)
    order = sorted(
        merged.values(),
        key=lambda item: (item[1].kind != "finding", not item[0], item[1].rank, item[1].id),
    )
    return tuple(sense for _, sense in order)
