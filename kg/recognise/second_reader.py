"""The second reader: a sign for a clause that the grammar leaves over, as a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.recognise.case import GUESSED
from kg.recognise.frames import PARTS
from kg.recognise.learned import NONE, Learned
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import (
    CANDIDATE,
    EFFECT,
    PATTERN,
    Reading,
    Span,
)

__all__ = ["DOUBTED", "SecondReader"]

_CHANCE: Final = 0.35  # from how likely on a sign is guessed
_DOUBT: Final = 0.003  # of the chance of no sign: below it a sign is doubted
DOUBTED: Final = "doubted"
"""Mark of a sign whose clause most likely tells none."""
_FEWEST: Final = 3  # words that tell a sign
_BREAKING: Final = frozenset({"and", "but", "then", "while", "so", "because", "when"})


class SecondReader:
    """Looks at the clauses of which no sign was read, by what was learned from sentences.

    A guess is a mention like any other: whether it is denied, asked about or somebody else's, and
    where and since when it is, the steps behind it read. It makes no word understood.
    """

    def __init__(self, learned: Callable[[], Learned], places: Places) -> None:
        self._learned, self._places = learned, places

    def guess(self, reading: Reading) -> None:
        """Add a mention for each clause that likely tells a sign and of which none was read."""
        found = [
            m
            for clause in _clauses(reading, *reading.sentences)
            if (m := self._mention(reading, clause))
        ]
        reading.add(found)

    def doubt(self, reading: Reading) -> None:
        """Mark the signs of clauses that most likely tell none: "the toast gave her a fit"."""
        broader = reading.words.broader
        for mention in filter(reading.is_effect, reading.mentions):
            told = not (mention.dropped or mention.denied or mention.asked or mention.past)
            if not told or GUESSED in mention.marks:
                continue
            start, end = _around(reading, mention)
            chances = self._learned().chances(reading.written(start, end))
            alike = [
                chance
                for name, chance in chances.items()
                if name in reading.words.view.concepts
                and (name in broader(mention.id) or mention.id in broader(name))
            ]
            if alike and max(alike) < _DOUBT * chances[NONE]:
                mention.marks.add(DOUBTED)

    def _mention(self, reading: Reading, clause: Span) -> Mention | None:
        mentions = [m for m in reading.inside(clause) if not m.dropped]
        owners = (reading.owner[i] for i in range(*clause))
        told = [*mentions, *(o for o in owners if o is not None and not o.dropped)]
        taken = any(map(reading.is_effect, told))
        short = sum(not reading.is_mark(i) for i in range(*clause)) < _FEWEST
        if short and not any(m.kind in PARTS for m in mentions):
            return None
        taken = taken or bool(reading.hits_inside("ordinary", clause))
        stretch = None if taken else _left(reading, clause)
        if stretch is None:
            return None
        chances = self._learned().chances(reading.written(*clause))
        name = max(chances, key=chances.__getitem__)
        chance = chances[name]
        concept = reading.words.view.concepts.get(name)
        if chance < _CHANCE or concept is None or EFFECT not in concept.roles:
            return None
        if not concept.roles.isdisjoint({PATTERN, CANDIDATE}) or not self._fits(name, mentions):
            return None
        return Mention(*stretch, "finding", name, marks={GUESSED})

    def _fits(self, sign: str, mentions: list[Mention]) -> bool:
        """Whether a sign can be at one of the places that the clause names."""
        home, within = self._places.own(sign), self._places.within
        parts = [m.id for m in mentions if m.kind in PARTS]
        return not (home and parts) or any(
            not {*within(part)}.isdisjoint(home) or any(part in within(own) for own in home)
            for part in parts
        )


def _around(reading: Reading, mention: Mention) -> Span:
    """The clause, or the clauses, in which a mention stands."""
    met = [
        c
        for c in _clauses(reading, reading.sentence_of(mention.start))
        if c[0] < mention.end and mention.start < c[1]
    ]
    return met[0][0], met[-1][1]


def _clauses(reading: Reading, *sentences: Span) -> Iterator[Span]:
    """The clauses of some sentences: what stands between marks and joining words."""
    for first, last in sentences:
        start = first
        for place in range(first, last + 1):
            ends = place == last or reading.is_mark(place) or reading.norm(place) in _BREAKING
            if ends and place > start:
                yield start, place
            start = place + 1 if ends and place < last and reading.is_mark(place) else start
            start = place if ends and place < last and not reading.is_mark(place) else start


def _left(reading: Reading, clause: Span) -> Span | None:
    """The longest stretch of words in a clause that no name and no cue of a status accounts for."""
    stretches: list[Span] = []
    start = clause[0]
    for place in range(clause[0], clause[1] + 1):
        free = place < clause[1] and reading.owner[place] is None and place not in reading.at
        if not free or reading.is_mark(place):
            stretches += [(start, place)] if place > start else []
            start = place + 1
    return max(stretches, key=lambda s: s[1] - s[0], default=None)
