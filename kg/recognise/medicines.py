"""Medicines: which ones, and whether they are taken, were begun, raised, cut down or stopped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.recognise.case import Medicine
from kg.recognise.cues import Hit
from kg.recognise.mentions import TimeSpan
from kg.recognise.moments import days_ago, told_time
from kg.recognise.nearby import is_asked, is_denied, is_floated, is_only_planned, is_other
from kg.recognise.reading import Reading, Span, between

_BEFORE = 7  # words between what is said and the medicine that it is said of
_BEHIND = 5
_NEXT = 2  # words between a cue that only says so of what comes next, and the medicine
_LATER = 60  # words within which "they upped it" is said of the medicine named last
_PLAIN, _STARTED, _STOPPED = "taking", "started", "stopped"
_RECENT = 60.0  # days: what is taken for no longer was started
_ROLE = "ft:medicine-kind"
_SHORTEST = 4  # letters of a word that may be the name of a medicine
_FUZZY = 6  # letters from which a name may be misspelt
_LONG = 9  # letters from which it may be misspelt twice


def find_medicines(
    reading: Reading, helps: frozenset[int], stops: frozenset[int]
) -> tuple[Medicine, ...]:
    """The medicines that the person of the case takes or took, in order, each change once.

    `helps` and `stops` hold the places of words that only ask: whether something would help, and
    whether to stop what is taken.
    """
    places = _medicines(reading)
    changes = _Changes(reading, places, stops)
    found: dict[tuple[str, str], Medicine] = {}
    for place in places:
        start, end = place.start, place.end
        change = changes.of(start, end)
        owned = any(h.end == start for h in reading.hits["owning"])  # "my tablets"
        if (place.general and change is None and not owned) or start in helps:
            continue
        first, last = span = reading.span(start, end)
        measured = any(m.span[0] < last and first < m.span[1] for m in reading.measures)
        if measured or _is_passed_over(reading, place, change):
            continue  # "vitamin D was low"
        name = reading.written(start, end)
        reading.covered.update(range(start, end), _dose(reading, start, end))
        told = changes.told(start, end, change)
        days = days_ago(told)
        known = place.concept or _nearest(reading, name)
        kind = _PLAIN if change is None else _by_time(change.kind, told)
        if days is None and kind in (_PLAIN, _STARTED) and _is_of_then(reading, start):
            kind = _STOPPED  # "I took it in the past"
        found.setdefault((name.lower(), kind), Medicine(name, known, kind, span, days))
        later = list(changes.later(place))
        for other in later:
            made = Medicine(name, known, other.kind, reading.span(other.start, other.end))
            found.setdefault((name.lower(), other.kind), made)
        for said in (change, *later):
            reading.covered.update(() if said is None else range(said.start, said.end))
    told_more = {name for name, kind in found if kind != _PLAIN}
    kept = [m for (name, kind), m in found.items() if kind != _PLAIN or name not in told_more]
    return tuple(sorted(kept, key=lambda m: m.span))


def _is_of_then(reading: Reading, place: int) -> bool:
    """Whether a clause says that it is of some time in the past."""
    clause = reading.clause_of(place)
    told = reading.told("past", within=(clause.start, clause.stop))
    return any(c.category == "ft:past" and c.reach == "both" for h in told for c in h.cues)


class _Change(NamedTuple):
    """What is said of a medicine, and where."""

    kind: str
    start: int
    end: int


class _Changes:
    """What is said of the medicines of a text: begun, raised, cut down, stopped, and when."""

    def __init__(self, reading: Reading, places: Sequence[_Place], stops: frozenset[int]) -> None:
        self.reading = reading
        self.starts = sorted(place.start for place in places)
        self.hits = [h for h in reading.hits["intake"] if h.start not in stops]
        self.clauses = {h.start for h in reading.hits["clause"]}

    def of(self, start: int, end: int) -> _Change | None:
        """The nearest words that are said of a medicine; those that tell of a change first."""
        sentence = self.reading.sentence_of(start)
        near: list[tuple[bool, int, _Change]] = []
        for hit in between(self.hits, *sentence):
            gap = self._gap(hit, start, end, sentence)
            if gap is not None:
                second = self._is_named(range(hit.end, start))
                # "Switched from one to another": the second one was begun.
                kind = _STARTED if second and hit.get("span") == "pair" else _kind(hit)
                near.append((kind == _PLAIN, gap, _Change(kind, hit.start, hit.end)))
        return min(near)[2] if near else None

    def _gap(self, hit: Hit, start: int, end: int, sentence: Span) -> int | None:
        """The words between a cue and the medicine that it is said of; None: it is not."""
        reach = hit.get("span")
        if hit.end <= start:
            between = range(hit.end, start)
            listed = self._is_named(between)
            if reach == "next":
                far = any(self.reading.is_content(i) for i in between) or len(between) > _NEXT
            else:
                far = len(between) > _BEFORE + 4 * listed
        elif hit.start < end or reach in ("ahead", "next"):
            return None
        else:
            between = range(end, hit.start)
            if self._is_named(between):
                return None
            if reach == "sentence":
                return len(between) + 1  # "My dose was increased": of what was named last
            far = len(between) > _BEHIND or _kind(hit) == _PLAIN
            far = far or any(self.reading.is_joint(i) for i in between)
            # Words behind a medicine may be said of another one that follows them.
            ahead = range(hit.end, min(hit.end + 3, sentence[1]))
            far = far or self._is_named(ahead)
        if far or any(
            i in self.clauses or self.reading.is_effect(self.reading.owner[i]) for i in between
        ):
            return None
        return len(between) + (hit.start >= end)

    def _is_named(self, places: range) -> bool:
        """Whether the name of a medicine begins at one of these places."""
        first = bisect_left(self.starts, places.start)
        return first < len(self.starts) and self.starts[first] < places.stop

    def later(self, place: _Place) -> Iterator[_Change]:
        """What is said afterwards of a medicine that is not named again: "they upped it"."""
        reading = self.reading
        after = next(iter(self.starts[bisect_left(self.starts, place.end) :]), len(reading.tokens))
        limit = min(after, reading.sentence_of(place.start)[1] + _LATER)
        for hit in between(self.hits, place.end, limit):
            told = hit.get("span") == "sentence" or any(
                reading.is_word(i, "pronoun-thing", "pronoun-third")
                for i in range(hit.start, hit.end + 1)
            )
            said = told and _kind(hit) not in (_PLAIN, _STARTED)
            if said and not (is_denied(reading, *hit[:2]) or is_asked(reading, hit.start)):
                yield _Change(_kind(hit), hit.start, hit.end)

    def told(self, start: int, end: int, change: _Change | None) -> TimeSpan | None:
        """The time that is told of a medicine, or of the change."""
        first = start if change is None else change.start
        told = told_time(self.reading, first, end, "event")
        if told is None and change is not None:
            told = told_time(self.reading, start, max(end, change.end), "event")
        if told is not None and told.kind == "for" and change is not None:
            told = self._since(start, told) if change.kind == _STOPPED else told
            if change.kind == _STOPPED and told is not None and told.kind == "for":
                # "Stopped it after ten years" tells how long it was taken.
                later = self.reading.told("later-lead", within=told[:2])
                told = None if later and change.end <= told.start else told
        hits = [] if told is None else between(self.hits, end, told.start)
        if any(_kind(h) != _PLAIN and h.end != first for h in hits):
            return None if change is None or change.kind == _PLAIN else told
        return told

    def _since(self, start: int, told: TimeSpan) -> TimeSpan:
        """When it was given up, where that is told beside how long it was taken."""
        sentence = self.reading.sentence_of(start)
        stops = [h for h in between(self.hits, start, sentence[1]) if _kind(h) == _STOPPED]
        spans = [t for t in self.reading.times if t.kind == "ago" and t.end <= sentence[1]]
        return next((t for h in stops for t in spans if 0 <= t.start - h.end <= 1), told)


def _kind(hit: Hit) -> str:
    return hit.get("change", _PLAIN)


def _by_time(kind: str, told: TimeSpan | None) -> str:
    """What is taken for a few weeks was started, what was taken long ago is over."""
    if kind not in (_PLAIN, _STARTED) or told is None:
        return kind
    if told.kind == "for":
        return _STARTED if told.days <= _RECENT else _PLAIN
    return _STOPPED if kind == _PLAIN and told.kind == "ago" and told.days > _RECENT else kind


def _is_passed_over(reading: Reading, place: _Place, change: _Change | None) -> bool:
    """Whether the text does not say that the person took it."""
    start, end = place.start, place.end
    given_up = change is not None and change.kind not in (_PLAIN, _STARTED)
    said = range(change.start, change.end) if given_up and change is not None else range(0)
    if is_other(reading, start) or is_asked(reading, start):
        return True
    if is_only_planned(reading, start, said):
        return True
    if given_up:
        return False
    return (
        is_denied(reading, start, end)
        or is_floated(reading, start, end)
        or (change is not None and is_denied(reading, change.start, change.end))
    )


def _dose(reading: Reading, start: int, end: int) -> Iterator[int]:
    """The places of the doses that stand beside a medicine."""
    doses = {h.start: h for h in reading.hits["dose"]}
    for number in reading.numbers.values():
        dose = doses.get(number.end)
        near = 0 <= number.start - end <= 2 or 0 <= start - number.end <= 4
        if near and (dose is not None or number.start == end):
            yield from range(number.start, number.end if dose is None else dose.end)


# -- names


class _Place(NamedTuple):
    """Words that name a medicine, by its own name or (general) only as a medicine."""

    start: int
    end: int
    concept: str
    general: bool


def _medicines(reading: Reading) -> list[_Place]:
    """Where medicines are named, and words that stand where the name of one stands."""
    hits = reading.hits["medicine"]
    found = [_Place(h.start, h.end, h.get("concept"), h.get("span") == "told") for h in hits]
    taken = reading.taken("medicine")
    for mention in reading.mentions:
        if _ROLE in reading.words.roles(mention) and taken.isdisjoint(mention.extent):
            found.append(_Place(mention.start, mention.end, mention.id, True))
            taken.update(mention.extent)
    unknown = {place for place in _unknown(reading, taken) if place not in taken}
    return sorted([*found, *(_Place(place, place + 1, "", True) for place in unknown)])


def _unknown(reading: Reading, taken: set[int]) -> Iterator[int]:
    """Words that stand where the name of a medicine stands."""
    doses = {h.start: h for h in reading.hits["dose"]}
    for number in reading.numbers.values():
        dose = doses.get(number.end)
        if dose is None:
            continue
        after, before = dose.end, number.start - 1
        while reading.norm(after) in ("of", "a", "-"):
            after += 1
        if taken.isdisjoint((before, before - 1, after)):
            yield from [i for i in (after, before) if _may_be_name(reading, i)][:1]
    for hit in reading.hits["intake"]:
        place = hit.end
        while reading.is_filler(place):
            place += 1
        told = len(hit.extent) > 1 or reading.norm(hit.start).startswith("prescri")
        if told and _may_be_name(reading, place):
            yield place


def _may_be_name(reading: Reading, place: int) -> bool:
    if not reading.is_content(place):
        return False
    token, words = reading.tokens[place], reading.words
    if token.kind != "word" or len(token.norm) < _SHORTEST or place in reading.covered:
        return False
    if token.norm in words.cues.known or token.stem in words.cues.known:
        return False
    return not words.lexicon.senses((token.stem,)) and not words.lexicon.is_ordinary(token.norm)


def _nearest(reading: Reading, name: str) -> str | None:
    """The class of the medicine whose name is misspelt; None where none is near."""
    word = name.lower()
    if len(word) < _FUZZY:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = {
        cue.text.lower(): cue.properties["ft:cue-concept"]
        for cue in reading.words.cues.by_category.get("medicine-name", ())
        if len(cue.text) >= _FUZZY and cue.text[:1] == word[:1]
    }
    most = 1 if len(word) < _LONG else 2
    near = process.extractOne(word, sorted(names), scorer=OSA.distance, score_cutoff=most)
    return None if near is None else names[near[0]]
