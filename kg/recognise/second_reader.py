"""The second reader: a sign for a clause that the grammar leaves over, as a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.recognise.case import GUESSED
from kg.recognise.frames import PARTS
from kg.recognise.learned import Learned, words_of
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import CANDIDATE, EFFECT, PATTERN, Reading, Span

_CHANCE: Final = 0.35  # from how likely on a sign is guessed
_TOLD: Final = ("ordinary", "event", "illness", "medicine")  # layers that tell what a clause is of
_FEWEST: Final = 3  # words of a clause that names no part of the body


class SecondReader:
    """Looks at the clauses of which no sign was read, by what was learned from sentences.

    A guess is a mention like any other: whether it is denied, asked about or somebody else's, and
    where and since when it is, the steps behind it read. It makes no word understood.
    """

    def __init__(self, learned: Callable[[], Learned], places: Places) -> None:
        self._learned, self._places = learned, places

    def guess(self, reading: Reading) -> None:
        """Add a mention for each clause that likely tells a sign and of which none was read."""
        found = [m for clause in _clauses(reading) if (m := self._mention(reading, clause))]
        reading.add(found)

    def _mention(self, reading: Reading, clause: Span) -> Mention | None:
        mentions = [m for m in reading.inside(clause) if not m.dropped]
        owners = (reading.owner[place] for place in range(*clause))
        if any(map(reading.is_effect, (*mentions, *owners))):
            return None
        if any(reading.hits_inside(layer, clause) for layer in _TOLD):
            return None
        parts = [m.id for m in mentions if m.kind in PARTS]
        named = parts or [m.id for m in reading.mentions if m.kind in PARTS]
        stretch = _left(reading, clause)
        if stretch is None or (clause[1] - clause[0] < _FEWEST and not parts):
            return None
        words = words_of(reading.tokens[slice(*clause)], reading.words.cues.persons)
        name, chance = self._learned().best(words)
        concept = reading.words.view.concepts.get(name)
        roles = concept.roles if concept is not None else frozenset()
        if chance < _CHANCE or EFFECT not in roles or {PATTERN, CANDIDATE} & roles:
            return None
        return (
            Mention(*stretch, "finding", name, marks={GUESSED}) if self._fits(name, named) else None
        )

    def _fits(self, sign: str, parts: list[str]) -> bool:
        """Whether a sign can be at one of the places that its clause, else the text, names."""
        home, within = self._places.own(sign), self._places.within
        return not home or any(
            not {*within(part)}.isdisjoint(home) or any(part in within(own) for own in home)
            for part in parts
        )


def _clauses(reading: Reading) -> Iterator[Span]:
    """The clauses of a text: what stands between marks, each from a joining word on."""
    for first, last in reading.sentences:
        start = first
        for place in range(first, last + 1):
            mark = place == last or reading.is_mark(place)
            if mark or reading.is_joint(place):
                if place > start:
                    yield start, place
                start = place + mark


def _left(reading: Reading, clause: Span) -> Span | None:
    """The longest stretch of words in a clause that no name and no cue of a status accounts for."""
    stretches: list[Span] = []
    start = clause[0]
    for place in range(clause[0], clause[1] + 1):
        if place == clause[1] or reading.owner[place] is not None or place in reading.at:
            told = any(map(reading.is_content, range(start, place)))
            stretches += [(start, place)] if told else []
            start = place + 1
    return max(stretches, key=lambda s: s[1] - s[0], default=None)
