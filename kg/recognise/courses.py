"""How findings and treatments run: newly begun, unbroken, better or worse, in which pattern."""

from __future__ import annotations

from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.nearby import is_treatment_over
from kg.recognise.reading import Reading, Span
from kg.recognise.rules import Rules

NAMELESS = "nameless"
"""Marks a pattern that is told of a sign without its name."""

_MANY = 5  # words that tell a pattern so plainly that it needs no sign beside it

_MARKS = frozenset({"brevity", "rarity", "continuance", "left-over"})
_SPREAD = "ft:SpreadPattern"
_CIRCUMSTANCE = "ft:Circumstance"
_COURSES = {"improvement": "better", "worsening": "worse"}


def keep_what_came_back(reading: Reading) -> None:
    """Where a treatment wore off, what it was given for is not over."""
    for hit in reading.told("effect-over"):
        if is_treatment_over(reading, hit.start):
            for mention in reading.inside(reading.sentence_of(hit.start)):
                mention.resolved = mention.ended = False


def apply_treatments(reading: Reading) -> None:
    """Mark what was newly begun, from the cues around it and the time that is told."""
    for hit in reading.told("newly-started"):
        number = reading.segment[hit.start]
        near = [
            m
            for m in reading.mentions
            if m.kind == "finding" and reading.segment[m.start] == number
        ]
        started = [c for c in hit.cues if c.category == "ft:newly-started"]
        reaches = {c.reach for c in started}
        after = [m for m in near if m.start >= hit.start] if "forward" in reaches else []
        before = [m for m in near if m.end <= hit.start] if "backward" in reaches else []
        target = next(iter([*(m for m in after if not m.ended), *after, *before[-1:]]), None)
        if target is None or reading.is_effect(target):
            continue
        old = any(reading.segment[h.start] == number for h in reading.told("long-taken"))
        most = float(started[0].properties.get("ft:cue-max-days", "inf"))
        if not old and (target.days is None or target.days <= most):
            target.marks.add("ft:newly-started")


def apply_courses(reading: Reading) -> None:
    """Mark what goes on without a break, gets better or worse, is brief, rare or new."""
    for hit in (*reading.hits["manner"], *reading.hits["trial"]):
        names = hit.categories & (_COURSES.keys() | _MARKS)
        if not names or reading.lends(hit):
            continue
        if "continuance" not in names and reading.is_denied(hit.start):
            continue
        told = _told_of(reading, hit.start)
        if told and "continuance" not in names:
            reading.covered.update(hit.extent)
        for mention in told:
            mention.marks |= names & _MARKS
            for name in sorted(names & _COURSES.keys()):
                mention.course = _COURSES[name]
    for hit in reading.hits["whole"]:
        for mention in reading.inside(reading.sentence_of(hit.start)):
            mention.marks |= hit.categories


def _told_of(reading: Reading, place: int) -> list[Mention]:
    sentence = reading.sentence_of(place)
    inside = [m for m in reading.inside(sentence) if reading.is_effect(m)]
    number = reading.segment[place]
    if inside:
        return [m for m in inside if reading.segment[m.start] == number] or inside
    earlier = [m for m in reading.mentions if m.end <= sentence[0]]
    return [m for m in earlier if reading.is_effect(m)][-1:]


def fit_patterns(reading: Reading, rules: Rules) -> None:
    """Drop patterns that stand nearest to a finding whose pattern they cannot be."""
    effects = [m for m in reading.mentions if reading.is_effect(m) and not m.dropped]
    for mention in reading.mentions:
        if not reading.words.is_pattern(mention):
            continue
        number = reading.segment[mention.start]
        sentence = reading.sentence_of(mention.start)
        near = [m for m in effects if reading.segment[m.start] == number] or [
            m for m in effects if sentence[0] <= m.start < sentence[1]
        ]
        if not near and not rules.fits_any(mention.id):
            mention.dropped = mention.dropped or _is_of_else(reading, sentence, mention)
        if near:
            nearest = min(near, key=lambda m: abs(m.start - mention.start))
            mention.dropped = mention.dropped or not rules.fits(mention.id, nearest.id)
        kinds = reading.words.view.concepts[mention.id].kinds
        mention.dropped |= _SPREAD in kinds and _goes_elsewhere(reading, mention)


def _goes_elsewhere(reading: Reading, mention: Mention) -> bool:
    """Whether what moved on reached no part of the body: "it has gone into overdrive"."""
    if reading.norm(mention.end - 1) not in ("into", "to"):
        return reading.norm(mention.end) == "for"  # "reaching for the camera"
    for place in range(mention.end, reading.sentence_of(mention.start)[1]):
        if reading.owner[place] is not None or reading.is_mark(place):
            return False
        if reading.is_content(place):
            return True
    return False


def _is_of_else(reading: Reading, sentence: Span, pattern: Mention) -> bool:
    """Whether the clause of a pattern tells of something that nobody read: "I travel all day"."""
    clause = reading.clause_of(pattern.start)
    if any(reading.is_word(i, "pronoun-thing") for i in range(sentence[0], clause.stop)):
        return False
    return any(
        reading.is_content(i) and reading.owner[i] is None and i not in reading.covered
        for i in clause
    )


def mark_nameless(reading: Reading, rules: Rules) -> None:
    """Mark the patterns that are told of an "it": of a sign that the text takes as known.

    A part of the body, a word for what moves or is felt, or many words, make as sure that it is
    one. A circumstance ("a tick bit me") tells something where nothing is named whose pattern it
    is.
    """
    for sentence in reading.sentences:
        inside = reading.inside(sentence)
        of_it = any(m.kind in PARTS for m in inside) or any(
            reading.is_word(place, "pronoun-thing") for place in range(*sentence)
        )
        for mention in filter(reading.words.is_pattern, inside):
            kinds = reading.words.view.concepts[mention.id].kinds
            alone = _CIRCUMSTANCE in kinds and rules.fits_any(mention.id)
            alone = alone or bool(reading.hits_inside("bodily", (mention.start, mention.end)))
            if of_it or alone or len(mention.extent) >= _MANY:
                mention.marks.add(NAMELESS)
