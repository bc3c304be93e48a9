"""The second reader: what a clause likely tells and the grammar did not read, as a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from heapq import nlargest
from math import exp, log
from typing import Final, NamedTuple

from kg.recognise.alarm import enough, words_told
from kg.recognise.case import GUESSED
from kg.recognise.frames import PARTS
from kg.recognise.learned import DENIED, NONE, Learned, words_of
from kg.recognise.likeness import looked_at
from kg.recognise.mentions import HARMLESS, LIKELY, Mention
from kg.recognise.places import Places
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, PATTERN, Reading, Span, Words

_MADE: Final = 0.35  # from how likely right on a guess is made
_BELIEVED: Final = 0.65  # from here on also of a grave sign, which else is asked about
_OPEN: Final = 0.25  # from here on a clause may be a denial: nothing is guessed
_SMALLEST: Final = 0.04  # chance from which on something is a candidate
_MOST: Final = 4  # candidates of a clause
_HARDLY: Final = 0.1  # less likely than this it tells nothing
_MORE: Final = 2.0  # how much likelier than nothing what is grave puzzles
_WEIGHTY: Final = 0.1  # chance of a grave sign from which on a doubtful clause is one to ask about
_FEWEST: Final = 3  # words of a clause that tells something and names no part of the body
_LEARNT: Final = frozenset({EFFECT, PATTERN, CAUSE})
_APART: Final = frozenset({"person", "measure"})  # slots that steps of their own fill
_REASONED: Final = ("explanation", "everyday-reason")
# Layers that tell what a clause is of.
_TOLD: Final = ("ordinary", "aside", "event", "illness", "medicine")


class Candidate(NamedTuple):
    """What a clause may tell: where it stands, what it would be, and what speaks for it.

    `harmless` is whether the clause hardly tells of anything that could not wait.
    """

    clause: Span
    words: Span
    id: str
    clues: Mapping[str, float]
    harmless: bool


class SecondReader:
    """Weighs what each clause tells by what was learned from sentences.

    A guess is a mention like any other: whether it is asked about or somebody else's, and where
    and since when it is, the steps behind it read. It makes no word understood.

    Args:
        learned: gives the weights of clauses and of whole texts; it is called when the first text
            is read.
        words: what of a view is guessed.
        places: where signs are at home.
        lasting: findings that only a length of time makes: they are not guessed.
        grave: signs that alone could not wait.
    """

    def __init__(
        self,
        learned: Callable[[str], Learned],
        words: Words,
        places: Places,
        lasting: Set[str],
        grave: Set[str] = frozenset(),
    ) -> None:
        self._learned, self._places = learned, places
        self._known = _guessable(words) - lasting
        alone = (i for i in words.view.concepts if not grave.isdisjoint(words.broader(i)))
        self._alone = frozenset(alone)
        self._weighty = self._alone | _weighty(words)
        rows = (c.properties for c in words.cues.by_category.get("circumstance-row", ()))
        slots = (t["ft:cue-concept"] for t in rows if t.get("ft:row-slot") != "finding")
        self._not_heard = self._alone.union(slots)  # what is asked about, and what slots tell

    def guess(self, reading: Reading) -> None:
        """Add a mention of what each clause likely tells and was not read in it."""
        found: list[Mention] = []
        weights = self._learned("signs").belief["guess"]
        for one in self.candidates(reading):
            # Where something is read, a sign beside it that could not wait is not guessed.
            if one.clues["read"] and one.id in self._weighty:
                continue
            if (right := belief(weights, one.clues)) >= _MADE:
                marks = {GUESSED, LIKELY} if right >= _BELIEVED else {GUESSED}
                sure = right >= _BELIEVED or not reading.words.is_effect_id(one.id)
                marks |= {HARMLESS} if one.harmless and sure else set()
                found.append(Mention(*one.words, "finding", one.id, marks=marks))
        concepts = reading.words.view.concepts
        anchors = (b for m in found for b in reading.words.broader(m.id))
        signs = any(concepts[b].scope_anchor for b in anchors) or any(
            m.kind == "finding" and not reading.denies(reading.clause_of(m.start))
            for m in reading.mentions
        )
        reading.add(found if signs else ())

    def heard(self, reading: Reading, whole: Mapping[str, float]) -> Iterator[Candidate]:
        """What a text tells by all of its words, clause by clause; nothing that could not wait.

        Such a clause is of the person, and of now; it denies nothing, is no list of medicines, and
        has words that nothing else accounts for.
        """
        own = ("", reading.case)
        weights = self._learned("texts").belief["guess"]
        away = {i for m in reading.mentions if _is_away(m) for i in reading.clause_of(m.start)}
        away |= {i for i, who in enumerate(reading.bearers) if who not in own}
        away |= {i for i, number in enumerate(reading.segment) if number in reading.then}
        for one in self.candidates(reading, whole):
            apart = one.clues["apart"] or one.clues["denial"] or not one.clues["left"]
            apart = apart or one.id in self._not_heard or not away.isdisjoint(range(*one.clause))
            if not apart and belief(weights, one.clues) >= _MADE:
                yield one

    def candidates(
        self, reading: Reading, whole: Mapping[str, float] | None = None
    ) -> Iterator[Candidate]:
        """What each clause may tell that was not read in it.

        With what the `whole` text tells it is asked of every clause; without, of those with words
        left over, and what puzzles is noted on the way.
        """
        for clause in clauses_of(reading):
            yield from self._of(reading, clause, whole or {})

    def _of(
        self, reading: Reading, clause: Span, whole: Mapping[str, float]
    ) -> Iterator[Candidate]:
        owners = [m for place in range(*clause) if (m := reading.owner[place]) is not None]
        every = (*reading.inside(clause), *owners)
        parts = [m.id for m in every if m.kind in PARTS and not m.dropped]
        length = clause[1] - clause[0]
        read = {m.id for m in every if m.kind == "finding"}
        short = length < _FEWEST and not parts and not read
        timed = {place for t in reading.times for place in range(t.start, t.end)} | reading.covered
        left = [p for p in range(*clause) if p not in timed and reading.is_content(p)]
        apart = any(reading.hits_inside(layer, clause) for layer in _TOLD)
        if not whole and (short or apart or len(left) < 1 + bool(read)):
            return
        chances = self.chances(reading, clause)
        if chances[DENIED] >= _OPEN:
            return
        grave = sum(chance for name, chance in chances.items() if name in self._weighty)
        likely_grave = grave > _MORE * chances[NONE]
        if not whole and (chances[NONE] < _HARDLY or likely_grave) and not read:
            puzzles = reading.doubts if grave >= _WEIGHTY else reading.trifles
            puzzles.append(range(*clause))
        half = any(map(self._places.is_half, parts))
        sided = half or (not parts and bool(reading.hits_inside("side", clause)))
        named = parts or [m.id for m in reading.mentions if m.kind in PARTS]
        known = (n for n, chance in chances.items() if chance >= _SMALLEST and n in self._known)
        likely = nlargest(_MOST, known, lambda name: chances[name] * whole.get(name, 1.0))
        for name in likely:
            if any(_akin(reading, name, other) for other in read):
                continue
            if not sided and any(map(self._places.is_half, self._places.own(name))):
                continue
            roles = reading.words.view.concepts[name].roles
            if EFFECT in roles and PATTERN not in roles and not self._fits(name, named):
                continue
            yield Candidate(clause, _left(reading, clause) or clause, name, {
                "chance": logit(chances[name]),
                "none": logit(chances[NONE]),
                "denied": logit(chances[DENIED]),
                "likeliest": name == likely[0],
                "pattern": PATTERN in roles,
                "circumstance": CAUSE in roles and EFFECT not in roles,
                "signs read": min(sum(map(reading.words.is_effect_id, read)), 2),
                "read": min(len(read), 3),
                "parts": min(len(parts), 2),
                "words": min(length, 12) / 12,
                "left": min(len(left), 8) / 8,
                "denial": reading.denies(range(*clause)),
                **({"text": logit(whole.get(name, 0.0)), "short": short, "apart": apart}
                   if whole else {}),
            }, grave < _WEIGHTY)  # fmt: skip

    def chances(self, reading: Reading, clause: Span) -> dict[str, float]:
        """How likely a clause tells what."""
        if clause not in reading.chances:
            words = words_of(reading.tokens[slice(*clause)], reading.words.cues.persons)
            reading.chances[clause] = self._learned("signs").chances(words)
        return reading.chances[clause]

    def whole(self, reading: Reading) -> dict[str, float]:
        """How likely a text tells each sign, by all of its words; nothing of a short one."""
        told = words_told(reading, every=True)
        return self._learned("texts").likely(looked_at(told)) if enough(told) else {}

    def _fits(self, sign: str, parts: list[str]) -> bool:
        """Whether a sign can be at one of the places that its clause, else the text, names."""
        home, within = self._places.own(sign), self._places.within
        return not home or any(
            not {*within(part)}.isdisjoint(home) or any(part in within(own) for own in home)
            for part in parts
        )


def _is_away(mention: Mention) -> bool:
    """Whether something is told that is not there: denied, over, asked about, somebody else's."""
    away = mention.denied or mention.asked or mention.open or mention.ended
    return away or mention.past or mention.resolved


def belief(weights: Mapping[str, float], clues: Mapping[str, float]) -> float:
    """How likely a candidate is right: a logistic regression over what speaks for it.

    >>> belief({"": -1.0, "chance": 2.0}, {"chance": 0.5})
    0.5
    """
    told = {"": 1.0, **clues}
    return 1 / (1 + exp(-sum(weight * told[name] for name, weight in weights.items())))


def logit(chance: float) -> float:
    """How a chance enters a regression."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return log(chance / (1 - chance))


def _guessable(words: Words) -> frozenset[str]:
    """What may be guessed: not what steps of their own read from numbers, times and results."""
    rows = [c.properties for c in words.cues.by_category.get("circumstance-row", ())]
    apart = {t["ft:cue-concept"] for t in rows if t.get("ft:row-slot") in _APART}
    tests = [c.properties for c in words.cues.by_category.get("test-name", ())]
    apart.update(i for t in tests for i in t.get("ft:cue-shows", "").split())
    # What a sign is only called for its reason: a clause alone does not tell it.
    reasoned = (c for name in _REASONED for c in words.cues.by_category.get(name, ()))
    apart.update(c.properties.get("ft:cue-concept", "") for c in reasoned)
    learnt = (c for c in words.view.concepts.values() if not _LEARNT.isdisjoint(c.roles))
    return frozenset(c.id for c in learnt if CANDIDATE not in c.roles) - apart


def _weighty(words: Words) -> frozenset[str]:
    """The signs that warnings above the level of a routine appointment ask for.

    What the graph is about is none of them: a twitch is what the rest stands beside.
    """
    view = words.view
    ranks = {s.id: s.rank or 0 for s in view.scales.values()}
    flags = [f.id for f in view.with_role("ft:red-flag-kind")]
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


def clauses_of(reading: Reading) -> Iterator[Span]:
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
