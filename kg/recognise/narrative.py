"""When a story plays: what is told of long ago stays there, to the end of its sentence.

A clause that tells a time long ago ("in 2014", "three years ago", "when I was six", "at 18 months"
of one who is twelve) sets the time of what follows in the past tense in its sentence, where it
tells of the body or of nothing else. A word of today, a verb in the present, a time of late, a sign
that is there again or somebody else ends that. "Fourteen months on, I'm used to it" sets the time
of what was told before. A story without such a time is of now, in whatever tense it is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.recognise.long_ago import AGE, FAR, times_long_ago
from kg.recognise.mentions import Mention, TimeSpan
from kg.recognise.moments import is_condition
from kg.recognise.nearby import tense_of
from kg.recognise.reading import SELF, Reading

LATE = 31.0  # days up to which a time brings a story back to today
_CIRCUMSTANCE = "ft:Circumstance"
POINTS = ("ago", "date", "point")
_NO_ONSET = ("been", "happened")
_ON, _AGAIN, _HAD = "on", "again", "had"
_BACK = ("one", "another", _AGAIN)
_THE = ("the",)
_PLAIN = ("i", "we", "you", "they")  # who does something without an ending: "I live", "they say"
# What is said of today in a story of then, and what tells no time.
_TOLD = (
    *("remember", "recall", "think", "guess", "suppose", "believe", "reckon", "mean"),
    *("would", "could", "should", "might", "must", "will", "can", "to", "and", "or", "of"),
)
_BEHIND = ("since", "after", "following", "before", "during", "from", "in", "of")
_ONWARD = ("from", "after", "since")


class _Scene(NamedTuple):
    """A time long ago, and of whom its clause tells; of anybody where that is empty."""

    days: float
    whose: frozenset[str]


def apply_narrative(reading: Reading) -> None:
    """Put into the past what the text tells of long ago."""
    scenes = _Teller(reading).scenes()
    reading.then = {number: scene.days for number, scene in scenes.items()}
    for mention in reading.mentions:
        if mention.kind == "finding":
            mention.past |= _is_behind(reading, mention) or _is_treated(reading, mention)
        scene = scenes.get(reading.segment[mention.start])
        if scene is None or mention.kind != "finding" or not _may_be_past(reading, mention):
            continue
        if not (scene.whose and mention.who and mention.who not in scene.whose):
            mention.past = True
            mention.days = max(mention.days or 0.0, scene.days)
    _bring_back(reading)
    _date_measures(reading)


def _date_measures(reading: Reading) -> None:
    """Say of what was measured how long ago that was; nothing of today follows from it."""
    behind = {
        token.start: reading.then[number]
        for token, number in zip(reading.tokens, reading.segment, strict=True)
        if number in reading.then
    }
    reading.measures = [
        replace(m, days_ago=behind[m.span[0]]) if m.span[0] in behind else m
        for m in reading.measures
    ]
    reading.implied = [i for i in reading.implied if reading.segment[i.start] not in reading.then]


def _bring_back(reading: Reading) -> None:
    """Let what was long ago be there where it is said to be back: "I had one an hour ago"."""
    for first, last in reading.sentences:
        for place in range(first, last):
            back = reading.told("recurrence", within=(place, place + 1))
            if not back and reading.norm(place) not in _BACK:
                continue
            clause = reading.clause_of(place)
            within = clause.start, clause.stop
            if any(map(reading.is_effect, reading.inside(within))) or reading.denies(clause):
                continue
            late = [
                t.days
                for t in reading.times
                if t.start in clause and t.kind in POINTS and t.days <= LATE
            ]
            past = [
                m
                for m in reading.mentions
                if m.past and m.end <= clause.start and reading.is_effect(m)
            ]
            of_it = any(reading.is_word(i, "pronoun-thing") for i in range(clause.start, place))
            if past and (late or (of_it and reading.norm(place) == _AGAIN)):
                since = reading.sentence_of(past[-1].start)[0]
                for mention in (m for m in past if m.start >= since):
                    mention.past, mention.days = False, min(late, default=None)
                    mention.at_least = 0.0


def _is_behind(reading: Reading, mention: Mention) -> bool:
    """Whether a grave illness is only named as what is behind somebody: "since my stroke"."""
    grave = reading.words.view.concepts[mention.id].urgency_when_named is not None
    if mention.dropped or not (grave and is_condition(reading, mention)):
        return False
    first, last = reading.sentence_of(mention.start)
    place, owned = mention.start - 1, False
    while place > first and (reading.is_filler(place) or reading.is_word(place, "possessive")):
        owned |= reading.norm(place) in _THE or reading.is_word(place, "possessive")
        place -= 1
    late = any(
        first <= t.start < last and t.days <= LATE and t.kind != "bout" for t in reading.times
    )
    return owned and not late and reading.norm(place) in _BEHIND


def _is_treated(reading: Reading, mention: Mention) -> bool:
    """Whether somebody who had a grave illness is home from hospital: it is no news of today."""
    grave = reading.words.view.concepts[mention.id].urgency_when_named is not None
    if not (grave and is_condition(reading, mention)) or not _may_be_past(reading, mention):
        return False
    first, last = reading.sentence_of(mention.start)
    had = reading.told("past-form", within=(first, last)) or _HAD in map(
        reading.norm, range(first, mention.start)
    )
    home = reading.told("home-again", within=(mention.end, len(reading.tokens)))
    late = any(t.days <= LATE and t.kind != "bout" for t in reading.times)
    return bool(had) and bool(home) and not late


def _may_be_past(reading: Reading, mention: Mention) -> bool:
    if mention.denied or mention.asked or mention.open or mention.dropped:
        return False
    concept = reading.words.view.concepts[mention.id]
    if is_condition(reading, mention):
        # An illness that lasts is there today as well.
        return concept.urgency_when_named is not None
    known = reading.is_effect(mention) or reading.words.is_pattern(mention)
    return known and _CIRCUMSTANCE not in concept.kinds


class _Teller:
    """Goes through the clauses of a text and keeps when they play."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.anchors = times_long_ago(reading)

    def scenes(self) -> dict[int, _Scene]:
        """The clauses that tell of long ago."""
        found: dict[int, _Scene] = {}
        before: list[int] = []  # clauses in the past tense since the last word of today
        for sentence in self.reading.sentences:
            # What goes on in another sentence may be of now: people tell emergencies in the past.
            scene: _Scene | None = None
            fragments: list[int] = []
            place = sentence[0]
            while place < sentence[1]:
                clause = self.reading.clause_of(place)
                number, place = self.reading.segment[place], clause.stop
                told = [a for a in self.anchors if a.start in clause]
                if (on := self._on(clause)) is not None:
                    near = self._told_before(clause)
                    found |= {n: _Scene(on, frozenset()) for n in before if n in near}
                if self._is_of_today(clause, told) or (scene and self._is_of_else(clause, scene)):
                    scene, before, fragments = None, [], []
                    continue
                if told:
                    scene = self._scene(clause, told)
                past = self._is_past(clause)
                if past:
                    before.append(number)
                named = bool(told) and not self.reading.hits_inside(
                    "predicate", (clause.start, clause.stop)
                )
                if scene is not None and (named or past):
                    found |= dict.fromkeys((*fragments, number), scene)
                    fragments = []
                elif found and number - 1 in (*fragments, *found):
                    fragments.append(number)  # "… shook, limp and blue, and I screamed"
        return found

    def _scene(self, clause: range, told: list[TimeSpan]) -> _Scene | None:
        """The scene that the times of a clause set, where it tells of the body or of no more."""
        reading, within = self.reading, (clause.start, clause.stop)
        inside = [m for m in reading.inside(within) if m.kind == "finding" and not m.dropped]
        bodily = [m for m in inside if reading.is_effect(m) or is_condition(reading, m)]
        if begins(reading, clause):
            return None  # "it began three years ago" is there today
        # "In 2019, my mouth hung" sets one; "my dad died in 2012, my mouth hung" does not.
        inside_times = {i for a in told for i in range(a.start, a.end)}
        alone = all(i in inside_times or reading.is_mark(i) for i in clause)
        if not (bodily or alone or self._is_measured(clause) or any(a.kind == AGE for a in told)):
            return None
        whose = frozenset(m.who for m in bodily if m.who)
        return _Scene(max(a.days for a in told), whose)

    def _is_measured(self, clause: range) -> bool:
        places = {self.reading.span(i, i + 1)[0] for i in clause}
        return any(m.span[0] in places for m in self.reading.measures)

    def _is_past(self, clause: range) -> bool:
        reading = self.reading
        first = next(
            (i for i in clause if not (reading.is_mark(i) or reading.is_joint(i))), clause.start
        )
        told = reading.told("past-form", within=(clause.start, clause.stop))
        led = reading.norm(first).endswith("ed") and reading.tokens[first].stem != reading.norm(
            first
        )
        return bool(told) or led or tense_of(reading, clause.start) == "past"

    def _is_present(self, clause: range) -> bool:
        """Whether somebody or a part does something today: "my mouth hangs", "I live alone"."""
        reading = self.reading
        if self._is_past(clause):
            return False
        if any(reading.norm(h.end - 1).endswith("s")
               for h in reading.hits_inside("predicate", (clause.start, clause.stop))):  # fmt: skip
            return True
        people = {h.end for h in reading.hits["person"]}
        for place in clause[1:]:
            norm, first = reading.norm(place), place - 1
            if reading.is_mark(place) or reading.is_filler(place) or norm in _TOLD:
                continue
            while first > clause.start and reading.is_filler(first):
                first -= 1
            plain = reading.norm(first) in _PLAIN
            other = reading.is_word(first, "pronoun-third", "pronoun-thing") or place in people
            if plain or (other and norm.endswith("s")):
                return True
        return False

    def _is_of_today(self, clause: range, told: list[TimeSpan]) -> bool:
        """Whether a clause tells of today, or of late."""
        reading, within = self.reading, (clause.start, clause.stop)
        own = {i for a in told for i in range(a.start, a.end + 1)}  # "four years ago now"
        marks = reading.told("present-verb", "back-to-today", within=within)
        marks += [h for h in reading.hits_inside("turn", within) if not self._is_of_thing(h.end)]
        signs = any(map(reading.is_effect, reading.inside(within)))
        anew = begins(reading, clause) or any(reading.norm(i) == _AGAIN for i in clause)
        late = (t for t in reading.times if t.start in clause and t.kind in POINTS)
        return (
            (signs and anew and not told)
            or self._is_present(clause)
            or any(h.start not in own for h in marks)
            or any(t.days <= LATE and not t.vague and t.start not in own for t in late)
        )

    def _is_of_thing(self, place: int) -> bool:
        """Whether "new" is said of no sign: "a new job"."""
        owner = self.reading.owner[place] if place < len(self.reading.owner) else None
        return self.reading.norm(place - 1) in ("new", "newly") and not self.reading.is_effect(
            owner
        )

    def _is_of_else(self, clause: range, scene: _Scene) -> bool:
        """Whether the writer comes in, where a scene is of somebody else."""
        own = any(
            self.reading.is_word(i, "pronoun-self") and not self.reading.is_word(i, "possessive")
            for i in clause
        )
        return bool(scene.whose) and SELF not in scene.whose and own

    def _told_before(self, clause: range) -> set[int]:
        """The clauses before one in its sentence; in the last one where it opens its own."""
        first, _ = self.reading.sentence_of(clause.start)
        if clause.start == first and first:
            first, _ = self.reading.sentence_of(first - 1)
        return set(self.reading.segment[first : clause.start])

    def _on(self, clause: range) -> float | None:
        """How long ago all of it was, by a clause of today: "a year on, I'm used to it"."""
        reading = self.reading
        for time in reading.times:
            if time.start in clause and time.days >= FAR and time.kind in ("for", "later"):
                behind = _ON in (
                    reading.norm(time.end),
                    reading.norm(time.end - 1),
                    reading.norm(time.end - 2),
                )
                further = any(reading.norm(i) in _ONWARD for i in clause)
                sentence = reading.sentence_of(time.start)
                if (
                    behind
                    and not further
                    and reading.told("present-verb", within=(time.start, sentence[1]))
                ):
                    return time.days
        return None


def begins(reading: Reading, clause: range) -> bool:
    """Whether a clause tells that something began; "there had been" and "it happened" do not."""
    told = reading.told("onset-verb", within=(clause.start, clause.stop))
    return any(reading.norm(h.end - 1) not in _NO_ONSET for h in told)
