"""The second reader: what a clause likely tells and the grammar did not read, as a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Final

from kg.recognise.case import GUESSED
from kg.recognise.frames import PARTS
from kg.recognise.learned import DENIED, NONE, Learned, words_of
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, PATTERN, Reading, Span, Words

_CHANCE: Final = 0.35  # from how likely on a sign is guessed
_SURE: Final = 0.5  # from here on a circumstance is
_OPEN: Final = 0.25  # from here on it may be denied: nothing is guessed
_HARDLY: Final = 0.1  # less likely than this it tells nothing
_MATTERS: Final = 0.1  # how likely it has to be that an unread clause tells a grave sign
_FLAG: Final = "ft:red-flag-kind"
_FEWEST: Final = 3  # words of a clause that tells something and names no part of the body
_LEARNT: Final = frozenset({EFFECT, PATTERN, CAUSE})
_APART: Final = frozenset({"person", "measure"})  # slots that steps of their own fill
# Layers that tell what a clause is of.
_TOLD: Final = ("ordinary", "aside", "event", "illness", "medicine")


class SecondReader:
    """Weighs what each clause tells by what was learned from sentences.

    A guess is a mention like any other: whether it is asked about or somebody else's, and where
    and since when it is, the steps behind it read. It makes no word understood.

    Args:
        learned: gives the weights; it is called when the first text is read.
        words: what of a view is guessed.
        places: where signs are at home.
        lasting: findings that only a length of time makes: they are not guessed.
    """

    def __init__(
        self, learned: Callable[[], Learned], words: Words, places: Places, lasting: Set[str]
    ) -> None:
        self._learned, self._places = learned, places
        self._known = _guessable(words) - lasting
        self.grave = _grave(words)

    def guess(self, reading: Reading) -> None:
        """Add a mention of what each clause likely tells and was not read in it."""
        found: list[Mention] = []
        for clause in _clauses(reading):
            found += self._mentions(reading, clause)
        signs = any(map(reading.words.is_effect, (*reading.mentions, *found)))
        reading.add(found if signs else ())

    def _mentions(self, reading: Reading, clause: Span) -> Iterator[Mention]:
        owners = [m for place in range(*clause) if (m := reading.owner[place]) is not None]
        here = [m for m in (*reading.inside(clause), *owners) if not m.dropped]
        read = [m.id for m in here if m.kind == "finding"]
        parts = [m.id for m in here if m.kind in PARTS]
        concepts = reading.words.view.concepts
        busy = any(not {EFFECT, CAUSE}.isdisjoint(concepts[name].roles) for name in read)
        short = clause[1] - clause[0] < _FEWEST and not parts
        stretch = None if busy or short else _left(reading, clause)
        if stretch is None or any(reading.hits_inside(layer, clause) for layer in _TOLD):
            return
        words = words_of(reading.tokens[slice(*clause)], reading.words.cues.persons)
        chances = self._learned().chances(words)
        if chances[DENIED] >= _OPEN:
            return
        if chances[NONE] < _HARDLY and not read and self._matters(chances):
            reading.puzzles.append(range(*clause))
        named = parts or [m.id for m in reading.mentions if m.kind in PARTS]
        for name, chance in chances.items():
            if name not in self._known or chance < max(_CHANCE, chances[NONE]):
                continue
            sign = reading.words.is_effect_id(name)
            fits = self._fits(name, named) if sign else chance >= _SURE
            if fits and not any(_akin(reading, name, other) for other in read):
                yield Mention(*stretch, "finding", name, marks={GUESSED})

    def _matters(self, chances: Mapping[str, float]) -> bool:
        """Whether a clause may well tell something that must not wait."""
        return sum(chance for name, chance in chances.items() if name in self.grave) >= _MATTERS

    def _fits(self, sign: str, parts: list[str]) -> bool:
        """Whether a sign can be at one of the places that its clause, else the text, names."""
        home, within = self._places.own(sign), self._places.within
        return not home or any(
            not {*within(part)}.isdisjoint(home) or any(part in within(own) for own in home)
            for part in parts
        )


def _guessable(words: Words) -> frozenset[str]:
    """What may be guessed: not what steps of their own read from numbers, times and results."""
    rows = [c.properties for c in words.cues.by_category.get("circumstance-row", ())]
    apart = {t["ft:cue-concept"] for t in rows if t.get("ft:row-slot") in _APART}
    tests = [c.properties for c in words.cues.by_category.get("test-name", ())]
    apart.update(i for t in tests for i in t.get("ft:cue-shows", "").split())
    learnt = (c for c in words.view.concepts.values() if not _LEARNT.isdisjoint(c.roles))
    return frozenset(c.id for c in learnt if CANDIDATE not in c.roles) - apart


def _grave(words: Words) -> frozenset[str]:
    """The signs that warnings above the level of a routine appointment ask for.

    What the graph is about is none of them: a twitch is what the rest stands beside.
    """
    view = words.view
    ranks = {s.id: s.rank or 0 for s in view.scales.values()}
    flags = [f.id for f in view.with_role(_FLAG)]
    high = [f for f in flags if any(ranks[o] > 1 for o in view.objects(f, "ft:has-urgency"))]
    asked = {c for f in high for c in view.objects(f, "ft:has-criterion")}
    known = (c for c in view.concepts.values() if EFFECT in c.roles and PATTERN not in c.roles)
    return frozenset(
        c.id
        for c in known
        if asked & {*words.broader(c.id)}
        and not any(view.concepts[b].scope_anchor for b in words.broader(c.id))
    )


def _akin(reading: Reading, one: str, other: str) -> bool:
    """Whether two concepts are the same, or one is a kind or a form of the other."""
    return one in reading.words.broader(other) or other in reading.words.broader(one)


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
