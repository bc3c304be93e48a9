"""Events: what happened to the person before, where on the body, and how long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.recognise.case import Event
from kg.recognise.cues import Hit
from kg.recognise.durations import told_time
from kg.recognise.nearby import (
    cover,
    is_asked,
    is_denied,
    is_floated,
    is_only_planned,
    is_other,
    sentence_of,
)
from kg.recognise.reading import Reading
from kg.recognise.times import TimeSpan

__all__ = ["find_events"]

_SITE = frozenset({"site"})
_CLOSE = 4  # words behind a deed within which its object stands
_NEAR = 6  # words between an event and the place that it was at


def find_events(
    reading: Reading, spans: Sequence[TimeSpan], asked: frozenset[int], case: str
) -> tuple[Event, ...]:
    """The events that the text tells of the person of the case, in order.

    `asked` holds the places of words that only ask whether something would help.
    """
    found: list[Event] = []
    named = [
        (h.start, h.end, h.cues[0].properties["ft:cue-concept"]) for h in reading.hits["event"]
    ]
    taken = {i for start, end, _ in named for i in range(start, end)}
    for start, end, concept in sorted([*named, *_deeds(reading, spans, taken)]):
        if start in asked or is_only_planned(reading, start) or is_other(reading, start, case):
            continue
        if is_denied(reading, start, end) or is_asked(reading, start):
            continue
        if is_floated(reading, start, end):
            continue
        told = told_time(reading, start, end, spans, "medicine")
        days = None if told is None or told.vague else told.days
        site = _site(reading, start, end)
        _add(found, Event(concept, reading.span(start, end), site, days))
    for hit in reading.hits["event"]:
        if any(e.span == reading.span(hit.start, hit.end) for e in found):
            cover(reading, hit)
    return tuple(found)


def _deeds(
    reading: Reading, spans: Sequence[TimeSpan], taken: set[int]
) -> Iterator[tuple[int, int, str]]:
    """What was done to a part of the body, in words that nobody listed as one event.

    "Had both lids done", "tumour cut out years ago", and words that end as operations do.
    """
    for hit in reading.hits["deed"]:
        if taken.isdisjoint(range(hit.start, hit.end)):
            concept = _deed(reading, spans, hit)
            if concept is not None:
                yield hit.start, hit.end, concept
    cues = reading.words.cues.by_category.get("event-ending", ())
    endings = tuple(cue.text for cue in cues)
    for place, token in enumerate(reading.tokens):
        for cue in cues if token.norm.endswith(endings) and place not in taken else ():
            if token.norm.endswith(cue.text) and token.norm != cue.text:
                yield place, place + 1, cue.properties["ft:cue-concept"]


def _deed(reading: Reading, spans: Sequence[TimeSpan], hit: Hit) -> str | None:
    """The kind of event that a verb of doing tells, by what was done to what; None for none."""
    sentence = sentence_of(reading, hit.start)
    low, high = max(sentence[0], hit.start - _NEAR), min(sentence[1], hit.end + _CLOSE)
    words = [h for h in reading.hits["deed-words"] if low <= h.start < high]
    parts = [m.start for m in reading.mentions if m.kind in ("site", "body-part")]
    if hit.cues[0].properties.get("ft:cue-span") == "ahead":
        # "I hit my head": somebody, the verb, and a part of the body behind it.
        own = reading.words.cues.words["pronoun-self"] | reading.words.cues.words["pronoun-third"]
        who = hit.start == sentence[0] or any(
            reading.tokens[i].norm in own for i in range(max(low, hit.start - 2), hit.start)
        )
        return _concept(hit) if who and any(hit.end <= p < high for p in parts) else None
    objects = [
        h
        for h in words
        if "event-object" in h.categories and (h.start < hit.start or _concept(h) is not None)
    ]
    dated = any(s.kind in ("ago", "date") and 0 <= s.start - hit.end <= 1 for s in spans)
    done = dated or any("event-aux" in h.categories and h.end <= hit.start for h in words)
    ill = any(low <= h.start < hit.start for h in reading.hits["illness"])
    if not done or not (objects or ill or any(low <= p < hit.start for p in parts)):
        return None
    return _concept(objects[-1]) if objects else _concept(hit)


def _concept(hit: Hit) -> str | None:
    return hit.cues[0].properties.get("ft:cue-concept")


def _add(found: list[Event], event: Event) -> None:
    """Keep an event, unless it only names again what was told before."""
    for place, earlier in enumerate(found):
        if earlier.id != event.id:
            continue
        differs = None not in (earlier.site, event.site) and earlier.site != event.site
        differs |= None not in (earlier.days_ago, event.days_ago) and (
            earlier.days_ago != event.days_ago
        )
        if not differs:
            site, days = earlier.site or event.site, earlier.days_ago or event.days_ago
            found[place] = replace(earlier, site=site, days_ago=days)
            return
    found.append(event)


def _site(reading: Reading, start: int, end: int) -> str | None:
    """The place of the body that stands beside an event, in the same stretch of the sentence."""
    sentence = sentence_of(reading, start)
    first, last = max(sentence[0], start - _NEAR), min(sentence[1], end + _NEAR)
    numbers = {reading.segment[i] for i in range(start, end)}
    matches = [
        m
        for m in reading.words.lexicon.find(reading.tokens, first, last, _SITE)
        if reading.segment[m.start] in numbers and not _of_finding(reading, m.start, start, end)
    ]
    if not matches:
        return None
    near = min(matches, key=lambda m: max(start - m.end, m.start - end, 0))
    return near.senses[0].id


def _of_finding(reading: Reading, place: int, start: int, end: int) -> bool:
    """Whether the place belongs to the name of a finding, not to the event."""
    owner = reading.owner[place]
    return (
        owner is not None
        and owner.kind == "finding"
        and not (owner.start < end and start < owner.end)
    )
