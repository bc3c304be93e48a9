"""Conditions that the text says the person has, had, or was told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.recognise.case import Known
from kg.recognise.cues import Hit
from kg.recognise.durations import told_time
from kg.recognise.mentions import Mention
from kg.recognise.nearby import (
    is_asked,
    is_denied,
    is_floated,
    is_other,
    is_written_so,
    sentence_of,
)
from kg.recognise.people import bearer_of
from kg.recognise.reading import HISTORY, Reading
from kg.recognise.times import TimeSpan

__all__ = ["find_known"]

_CANDIDATE = "ft:candidate-kind"
_NAMED, _SUSPECTED, _PAST = "named", "suspected", "past"
_TOLD, _FEARED, _OWNED = "told", "feared", "owned"
_RANK = (_NAMED, _PAST, _SUSPECTED)
_FAR = 6  # words between "diagnosed with" and the illness
_NEXT = 2  # words between "my" and the illness
_WORDS = 2  # words before "syndrome" that belong to the name
_LETTERS = 4  # letters before the ending of an illness that nobody listed


class _Name(NamedTuple):
    """Words that name an illness; those of the graph's own conditions have a mention."""

    start: int
    end: int
    concept: str
    mention: Mention | None = None
    listed: bool = True
    loose: bool = False  # an everyday word: an illness only where it is told of as one


def find_known(
    reading: Reading, spans: Sequence[TimeSpan], asked: frozenset[int], case: str
) -> tuple[Known, ...]:
    """The conditions of the person of the case, each once, in the order of the text.

    `asked` holds the places of words that only ask whether it is some condition.
    """
    names = sorted(_names(reading), key=lambda n: n.start)
    inside = {place for name in names for place in range(name.start, name.end)}
    best: dict[str, Known] = {}
    found: list[Known] = []
    for name in names:
        if name.start in asked and not _is_owned(reading, name.start):
            continue
        status = _status(reading, name, inside, case)
        if status is None:
            continue
        if name.listed:
            reading.covered.update(range(name.start, name.end))
        time = told_time(reading, name.start, name.end, spans, "medicine")
        told = _told(reading, name, inside) == _TOLD
        days = None if time is None else time.days
        found.append(Known(name.concept, status, reading.span(name.start, name.end), told, days))
    for known in sorted(found, key=lambda k: (_RANK.index(k.status), k.span)):
        best.setdefault(known.id, known)
    return tuple(sorted(best.values(), key=lambda k: k.span))


def _names(reading: Reading) -> Iterator[_Name]:
    """The illnesses that a text names: conditions, listed illnesses, and what ends like one."""
    taken: set[int] = set()
    for mention in reading.mentions:
        concept = reading.words.concept(mention)
        if mention.kind == "finding" and concept is not None and _CANDIDATE in concept.roles:
            taken.update(range(mention.start, mention.end))
            yield _Name(mention.start, mention.end, mention.id, mention)
    for hit in reading.hits["illness"]:
        inside = range(hit.start, hit.end)
        owner = reading.owner[hit.start]
        part = owner is not None and _is_part(reading, hit, owner)
        if taken.isdisjoint(inside) and is_written_so(reading, hit) and not part:
            taken.update(inside)
            concept_id = hit.cues[0].properties["ft:cue-concept"]
            listed = hit.cues[0].properties.get("ft:cue-open") is None
            loose = hit.cues[0].properties.get("ft:cue-span") == "told"
            yield _Name(hit.start, hit.end, concept_id, None, listed, loose)
    yield from _unlisted(reading, taken)


def _is_part(reading: Reading, hit: Hit, owner: Mention) -> bool:
    """Whether an illness is only part of another name; "after the palsy" does name the palsy."""
    concept = reading.words.concept(owner)
    inside = owner.start <= hit.start and hit.end <= owner.end
    whole = owner.end - owner.start == hit.end - hit.start
    return inside and not whole and not (concept is not None and HISTORY in concept.roles)


def _unlisted(reading: Reading, taken: set[int]) -> Iterator[_Name]:
    """Words that nobody listed, and that end as the names of illnesses do."""
    cues = reading.words.cues.by_category.get("illness-ending", ())
    endings = tuple(cue.text for cue in cues)
    for place in (i for i, t in enumerate(reading.tokens) if t.norm.endswith(endings)):
        token = reading.tokens[place]
        if place in taken or reading.owner[place] is not None or not reading.is_content(place):
            continue
        for cue in cues:
            whole = token.norm == cue.text
            ends = len(token.norm) >= len(cue.text) + _LETTERS and token.norm.endswith(cue.text)
            first = place - _before(reading, place) if whole else place
            if (whole and first == place) or not (whole or (ends and _is_rare(reading, place))):
                continue
            if taken.isdisjoint(range(first, place + 1)):
                yield _Name(first, place + 1, cue.properties["ft:cue-concept"])
                break


def _before(reading: Reading, place: int) -> int:
    """How many words before "syndrome" are part of the name."""
    count = 0
    while count < _WORDS and place - count > 0 and reading.is_content(place - count - 1):
        count += 1
    return count


def _is_rare(reading: Reading, place: int) -> bool:
    token, words = reading.tokens[place], reading.words
    listed = token.norm in words.cues.known or token.stem in words.cues.known
    return token.kind == "word" and not listed and not words.lexicon.is_ordinary(token.norm)


def _is_owned(reading: Reading, start: int) -> bool:
    # "Could my diabetes cause this?" takes for granted that there is one.
    words = reading.words.cues.words
    return start > 0 and reading.tokens[start - 1].norm in (
        words["possessive"] | words["pronoun-self"]
    )


def _status(reading: Reading, name: _Name, names: set[int], case: str) -> str | None:
    """How the text stands to an illness; None where the person does not have it."""
    start, end, mention = name.start, name.end, name.mention
    if mention is None:
        if is_other(reading, start, case) or is_denied(reading, start, end):
            return None
    elif bearer_of(mention, case) != "case" or mention.denied:
        return None
    told = _told(reading, name, names)
    if told == _FEARED or _is_question(reading, start):
        if mention is not None:
            mention.open = True  # what is only feared is no finding either
        return None
    if told == _SUSPECTED:
        return _SUSPECTED
    if name.loose and told not in (_TOLD, _NAMED):
        return None
    over = mention is not None and (mention.resolved or mention.ended)
    over = over or _is_past(reading, end)
    if told == _TOLD:
        return _PAST if over else _NAMED
    doubted = mention is not None and (mention.asked or mention.open or mention.dropped)
    if told is None and (doubted or is_asked(reading, start) or is_floated(reading, start, end)):
        return None
    if over or (mention is not None and mention.past):
        return _PAST
    acted = any(h.start in range(end, end + _NEXT) for h in reading.hits["deed"])
    has = told in (_NAMED, _OWNED) or acted or not _is_doubted(reading, start)
    return _NAMED if has else _SUSPECTED


def _told(reading: Reading, name: _Name, names: set[int]) -> str | None:
    """What the words around an illness say of it: told, had, suspected or feared."""
    sentence = sentence_of(reading, name.start)
    clauses = {h.start for h in reading.hits["clause"]}
    best: tuple[int, int, str] | None = None
    for hit in reading.hits_inside("diagnosis", sentence):
        status, gap = hit.cues[0].properties["ft:cue-status"], _gap(reading, hit, name, names)
        if gap is None:
            continue
        between = range(min(hit.end, name.end), max(hit.start, name.start))
        if any(i in clauses or _asks(reading, i) for i in between):
            continue
        if status == _SUSPECTED and _by_self(reading, hit):
            status = _FEARED
        # What is suspected or feared is not had, whatever word of having stands nearer.
        if status == _NAMED and hit.cues[0].properties.get("ft:cue-span") == "next":
            status = _OWNED
        rank = (_FEARED, _SUSPECTED, _TOLD, _NAMED, _OWNED).index(status)
        if best is None or (max(rank, 1), gap) < best[:2]:
            best = max(rank, 1), gap, status
    return None if best is None else best[2]


def _gap(reading: Reading, hit: Hit, name: _Name, names: set[int]) -> int | None:
    """The words between a cue and an illness, other illnesses of a list left out."""
    reach = hit.cues[0].properties.get("ft:cue-span")
    if reach == "behind":
        return hit.start - name.end if 0 <= hit.start - name.end <= _NEXT - 1 else None
    if hit.end > name.start:
        return None
    between = [i for i in range(hit.end, name.start) if i not in names]
    if any(reading.tokens[i].norm in (",", "(", ":") and i - 1 not in names for i in between):
        return None
    words = sum(reading.tokens[i].kind != "mark" for i in between)
    return words if words <= (_NEXT if reach == "next" else _FAR) else None


def _by_self(reading: Reading, hit: Hit) -> bool:
    own = reading.words.cues.words["pronoun-self"]
    return hit.start > 0 and reading.tokens[hit.start - 1].norm in own


def _asks(reading: Reading, place: int) -> bool:
    hit = reading.at.get(place)
    return hit is not None and "question" in hit.categories


def _is_doubted(reading: Reading, start: int) -> bool:
    """Whether the sentence asks, or tells somewhere of a fear or a suspicion."""
    sentence = sentence_of(reading, start)
    return reading.ends_with(sentence, "?") or any(
        h.cues[0].properties["ft:cue-status"] in (_FEARED, _SUSPECTED)
        and "ft:cue-span" not in h.cues[0].properties
        for h in reading.hits_inside("diagnosis", sentence)
    )


def _is_question(reading: Reading, start: int) -> bool:
    """Whether a question asks for the illness itself, right where it stands."""
    sentence = sentence_of(reading, start)
    return reading.ends_with(sentence, "?") and (
        is_asked(reading, start)
        or any(
            h.end <= start and "question-opener" in h.categories
            for h in reading.hits_inside("scope", sentence)
        )
    )


def _is_past(reading: Reading, end: int) -> bool:
    """Whether words behind an illness say that it is over."""
    sentence = sentence_of(reading, end - 1)
    return any(
        "resolution" in h.categories and 0 <= h.start - end < _FAR
        for h in reading.hits_inside("scope", sentence)
    )
