"""Conditions that the text says the person has, had, or was told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.recognise.asking import GENERAL
from kg.recognise.case import Known
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.moments import told_time
from kg.recognise.nearby import (
    is_asked,
    is_denied,
    is_floated,
    is_other,
    is_treatment_over,
    is_written_so,
)
from kg.recognise.people import bearer_of
from kg.recognise.reading import CANDIDATE, HISTORY, Reading

_NAMED, _SUSPECTED, _PAST = "named", "suspected", "past"
_TOLD, _FEARED, _OWNED, _LAY = "told", "feared", "owned", "lay"
_RANK = (_NAMED, _PAST, _SUSPECTED)
_GRAVEST = "ft:emergency"
_WEEKS = 14.0  # days for which nobody has what they only fear
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


def find_known(reading: Reading, asked: frozenset[int]) -> tuple[tuple[Known, ...], frozenset[str]]:
    """The conditions of the person of the case, each once, in the order of the text.

    `asked` holds the places of words that only ask whether it is some condition. With them come
    the ids of those that the words around say to be had, and that are not only named.
    """
    names = sorted(_names(reading), key=lambda n: n.start)
    inside = {place for name in names for place in range(name.start, name.end)}
    found: list[Known] = []
    had: set[str] = set()
    for name in names:
        # "Could my diabetes cause this?" takes for granted that there is one.
        owned = reading.is_word(name.start - 1, "possessive", "pronoun-self")
        status = None if name.start in asked and not owned else _status(reading, name, inside)
        if status is not None:
            reading.covered.update(range(name.start, name.end) if name.listed else ())
            time = told_time(reading, name.start, name.end, "medicine")
            span = reading.span(name.start, name.end)
            days = reading.ago(name.start) if time is None else time.days
            said = _told(reading, name, inside)
            found.append(Known(name.concept, status, span, said == _TOLD, days))
            sure = owned or said in (_TOLD, _NAMED, _OWNED) or (days or 0.0) >= _WEEKS
            if sure or reading.norm(name.start - 1) == "the":
                had.add(name.concept)
    best: dict[tuple[str, str], Known] = {}
    for known in sorted(found, key=lambda k: (_RANK.index(k.status), k.span)):
        # An illness without claims may stand for several: its names tell them apart.
        one = known.id in reading.words.view.concepts
        called = "" if one else reading.text[slice(*known.span)].lower()
        best.setdefault((known.id, called), known)
    return tuple(sorted(best.values(), key=lambda k: k.span)), frozenset(had)


# -- names


def _names(reading: Reading) -> Iterator[_Name]:
    """The illnesses that a text names: conditions, listed illnesses, and what ends like one."""
    taken: set[int] = set()
    for mention in reading.mentions:
        if mention.kind == "finding" and CANDIDATE in reading.words.roles(mention):
            taken.update(mention.extent)
            yield _Name(mention.start, mention.end, mention.id, mention)
    for hit in reading.hits["illness"]:
        free = taken.isdisjoint(hit.extent) and not _is_part(reading, hit)
        if free and is_written_so(reading, hit):
            taken.update(hit.extent)
            listed, loose = not hit.get("open"), hit.get("span") == "told"
            yield _Name(hit.start, hit.end, hit.get("concept"), None, listed, loose)
    cues = reading.words.cues.by_category.get("illness-ending", ())
    endings = tuple(cue.text for cue in cues)
    for place, token in enumerate(reading.tokens):
        if token.norm.endswith(endings) and place not in taken and reading.is_content(place):
            for cue in cues:
                first = _first(reading, place, cue.text)
                if first is not None and taken.isdisjoint(range(first, place)):
                    yield _Name(first, place + 1, cue.properties["ft:cue-concept"])
                    break


def _is_part(reading: Reading, hit: Hit) -> bool:
    """Whether an illness is only part of another name; "after the palsy" does name the palsy."""
    owner = reading.owner[hit.start]
    if owner is None or HISTORY in reading.words.roles(owner):
        return False
    inside = owner.start <= hit.start and hit.end <= owner.end
    return inside and len(owner.extent) != len(hit.extent)


def _first(reading: Reading, place: int, ending: str) -> int | None:
    """Where a name begins that nobody listed and that ends as those of illnesses do."""
    norm, words = reading.norm(place), reading.words
    if norm == ending:
        first = place
        while place - first < _WORDS and reading.is_content(first - 1):
            first -= 1
        return first if first < place else None
    known = norm in words.cues.known or reading.tokens[place].stem in words.cues.known
    long = norm.endswith(ending) and len(norm) >= len(ending) + _LETTERS
    return place if long and not (known or words.lexicon.is_ordinary(norm)) else None


# -- what is said of them


def _status(reading: Reading, name: _Name, names: set[int]) -> str | None:
    """How the text stands to an illness; None where the person does not have it."""
    start, end, mention = name.start, name.end, name.mention
    if mention is None:
        # "I don't think my cancer did this" denies something else.
        owned = reading.is_word(start - 1, "possessive")
        if (
            is_other(reading, start)
            or _is_of_next(reading, name)
            or (is_denied(reading, start, end) and not owned)
        ):
            return None
    elif bearer_of(reading, mention) != "case" or mention.denied:
        return None
    told = _told(reading, name, names)
    if mention is not None and GENERAL in mention.marks:
        return None
    if told == _FEARED or _is_question(reading, start):
        if mention is not None:
            mention.open = True  # what is only feared is no finding either
        return None
    if told == _SUSPECTED:
        return _SUSPECTED
    if name.loose and told not in (_TOLD, _NAMED):
        return None
    over = _is_past(reading, end) or (mention is not None and (mention.resolved or mention.ended))
    if told == _TOLD:
        return _PAST if over else _NAMED
    doubted = mention is not None and (mention.asked or mention.open or mention.dropped)
    if told is None and (doubted or is_asked(reading, start) or is_floated(reading, start, end)):
        return None
    if over or (mention is not None and mention.past):
        return _PAST
    acted = reading.hits_inside("deed", (end, end + _NEXT))
    has = told in (_NAMED, _OWNED) or acted or not _is_doubted(reading, start)
    return _NAMED if has else _SUSPECTED


def _is_of_next(reading: Reading, name: _Name) -> bool:
    """Whether an illness is told of the one who is named right behind: "our epileptic dog"."""
    hit = next((h for h in reading.hits["person"] if h.start == name.end), None)
    if hit is None or not hit.categories & {"person", "non-person"}:
        return False
    other = "person" not in hit.categories or reading.is_word(name.start - 1, "possessive")
    return other and reading.tokens[hit.end - 1].stem != reading.case


def _told(reading: Reading, name: _Name, names: set[int]) -> str | None:
    """What the words around an illness say of it: told, had, suspected or feared."""
    clauses = {h.start for h in reading.hits["clause"]}
    best: tuple[int, int, str] | None = None
    for hit in reading.hits_inside("diagnosis", reading.sentence_of(name.start)):
        status, gap = hit.get("status"), _gap(reading, hit, name, names)
        between = range(min(hit.end, name.end), max(hit.start, name.start))
        if gap is None or any(i in clauses or reading.is_cue(i, "asking-word") for i in between):
            continue
        if status == _LAY:
            # Who sees the person may be right about a stroke.
            status = _SUSPECTED if _is_grave(reading, name.concept) else _FEARED
        # "I think" is a fear; what my doctor thinks is none.
        mine = reading.is_word(hit.start - 1, "possessive")
        if status == _SUSPECTED and not mine and reading.is_word(hit.start - 1, "pronoun-self"):
            status = _FEARED
        # What is suspected or feared is not had, whatever word of having stands nearer.
        if status == _NAMED and hit.get("span") == "next":
            status = _OWNED
        rank = max((_FEARED, _SUSPECTED, _TOLD, _NAMED, _OWNED).index(status), 1)
        if best is None or (rank, gap) < best[:2]:
            best = rank, gap, status
    return None if best is None else best[2]


def _is_grave(reading: Reading, concept: str) -> bool:
    one = reading.words.view.concepts.get(concept)
    return one is not None and one.urgency_when_named == _GRAVEST


def _gap(reading: Reading, hit: Hit, name: _Name, names: set[int]) -> int | None:
    """The words between a cue and an illness, other illnesses of a list left out."""
    reach = hit.get("span")
    if reach == "behind":
        return hit.start - name.end if 0 <= hit.start - name.end < _NEXT else None
    if hit.end > name.start:
        return None
    between = [i for i in range(hit.end, name.start) if i not in names]
    if any(reading.norm(i) in (",", "(", ":") and i - 1 not in names for i in between):
        return None
    words = sum(not reading.is_mark(i) for i in between)
    return words if words <= (_NEXT if reach == "next" else _FAR) else None


def _is_doubted(reading: Reading, start: int) -> bool:
    """Whether the sentence asks, or tells somewhere of a fear or a suspicion."""
    sentence = reading.sentence_of(start)
    return reading.ends_with(sentence, "?") or any(
        h.get("status") in (_FEARED, _SUSPECTED) and not h.get("span")
        for h in reading.hits_inside("diagnosis", sentence)
    )


def _is_question(reading: Reading, start: int) -> bool:
    """Whether a question asks for the illness itself, right where it stands."""
    sentence = reading.sentence_of(start)
    openers = reading.told("question-opener", within=(sentence[0], start))
    return reading.ends_with(sentence, "?") and (
        is_asked(reading, start) or any(h.end <= start for h in openers)
    )


def _is_past(reading: Reading, end: int) -> bool:
    """Whether words behind an illness say that it is over."""
    last = min(end + _FAR, reading.sentence_of(end - 1)[1])
    told = reading.told("resolution", within=(end, last))
    return any(not is_treatment_over(reading, hit.start) for hit in told)
