"""Conditions that the text says the person has, had, or was told of."""

from __future__ import annotations

from kg.recognise.case import Known
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.nearby import cover, is_asked, is_denied, is_other, is_written_so, sentence_of
from kg.recognise.people import bearer_of
from kg.recognise.reading import Reading

__all__ = ["find_known"]

_CANDIDATE = "ft:candidate-kind"
_NAMED, _SUSPECTED, _PAST = "named", "suspected", "past"
_TOLD = "told"
_RANK = (_NAMED, _PAST, _SUSPECTED)
_FAR = 6  # words between "diagnosed with" and the illness
_LONG_AGO = 180.0


def find_known(reading: Reading, asked: frozenset[int], case: str) -> tuple[Known, ...]:
    """The conditions of the person of the case, each once, in the order of the text.

    `asked` holds the places of words that only ask whether it is some condition.
    """
    found: list[Known] = []
    taken: set[int] = set()
    for mention in reading.mentions:
        concept = reading.words.concept(mention)
        if mention.kind != "finding" or concept is None or _CANDIDATE not in concept.roles:
            continue
        taken.update(range(mention.start, mention.end))
        if _only_asked(reading, mention.start, asked):
            continue
        status = _of_mention(reading, mention, case)
        if status is not None:
            span = reading.span(mention.start, mention.end)
            found.append(Known(mention.id, status, span))
            reading.covered.update(range(mention.start, mention.end))
    for hit in reading.hits["illness"]:
        inside = range(hit.start, hit.end)
        if not taken.isdisjoint(inside) or not is_written_so(reading, hit):
            continue
        owner = reading.owner[hit.start]
        wider = owner is not None and owner.start <= hit.start and hit.end <= owner.end
        if _only_asked(reading, hit.start, asked) or (
            wider and owner is not None and owner.end - owner.start > len(inside)
        ):
            continue  # part of another name
        status = _of_hit(reading, hit, case)
        if status is not None:
            concept_id = hit.cues[0].properties["ft:cue-concept"]
            found.append(Known(concept_id, status, reading.span(hit.start, hit.end)))
            cover(reading, hit)
    best: dict[str, Known] = {}
    for known in sorted(found, key=lambda k: (_RANK.index(k.status), k.span)):
        best.setdefault(known.id, known)
    return tuple(sorted(best.values(), key=lambda k: k.span))


def _only_asked(reading: Reading, start: int, asked: frozenset[int]) -> bool:
    # "Could my diabetes cause this?" takes for granted that there is one.
    owned = start > 0 and reading.tokens[start - 1].norm in (
        reading.words.cues.words["possessive"] | reading.words.cues.words["pronoun-self"]
    )
    return start in asked and not owned


def _of_mention(reading: Reading, mention: Mention, case: str) -> str | None:
    """The status of a condition that the graph has; None where the person does not have it."""
    if bearer_of(mention, case) != "case" or mention.denied:
        return None
    told = _told(reading, mention.start)
    if _is_question(reading, mention.start):
        return None
    if told == _SUSPECTED:
        return _SUSPECTED
    if told == _TOLD:
        return _PAST if mention.resolved or mention.ended else _NAMED
    if told != _NAMED and (mention.asked or mention.open or mention.dropped):
        return None
    if mention.past or mention.resolved or mention.ended:
        return _PAST
    return _NAMED if told == _NAMED or not _feared(reading, mention.start) else None


def _of_hit(reading: Reading, hit: Hit, case: str) -> str | None:
    """The same of an illness that only the words for context name."""
    if is_other(reading, hit.start, case) or is_denied(reading, hit.start, hit.end):
        return None
    if _is_question(reading, hit.start):
        return None
    told = _told(reading, hit.start)
    if told is None and is_asked(reading, hit.start):
        return None
    if told == _SUSPECTED:
        return _SUSPECTED
    return _PAST if _is_past(reading, hit) else _NAMED


def _told(reading: Reading, start: int) -> str | None:
    """What the nearest words of diagnosis before a place say."""
    sentence = sentence_of(reading, start)
    clauses = {h.start for h in reading.hits["clause"]}
    own = reading.words.cues.words["pronoun-self"]
    best: tuple[int, str] | None = None
    for hit in reading.hits_inside("diagnosis", sentence):
        if hit.end > start or start - hit.end > _FAR:
            continue
        between = range(hit.end, start)
        if any(i in clauses for i in between):
            continue
        status = hit.cues[0].properties["ft:cue-status"]
        first = hit.start - 1
        if status == _SUSPECTED and first >= 0 and reading.tokens[first].norm in own:
            continue
        if any(
            reading.at.get(i) is not None and "question" in reading.at[i].categories
            for i in between
        ):
            continue
        # What is suspected is not had, whatever word of having stands nearer.
        rank = (_SUSPECTED, _TOLD, _NAMED).index(status)
        if best is None or rank < best[0]:
            best = rank, status
    return None if best is None else best[1]


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


def _feared(reading: Reading, start: int) -> bool:
    return is_asked(reading, start)


def _is_past(reading: Reading, hit: Hit) -> bool:
    sentence = sentence_of(reading, hit.start)
    number = reading.segment[hit.start]
    for scope in reading.hits_inside("scope", sentence):
        near = reading.segment[scope.start] == number
        if near and "resolution" in scope.categories and 0 <= scope.start - hit.end <= 3:
            return True
    return False
