"""Events: what happened to the person before, where on the body, and how long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.recognise.case import Event
from kg.recognise.nearby import (
    cover,
    is_asked,
    is_denied,
    is_only_planned,
    is_other,
    sentence_of,
    told_time,
)
from kg.recognise.reading import Reading
from kg.recognise.times import TimeSpan

__all__ = ["find_events"]

_SITE = frozenset({"site"})
_NEAR = 6  # words between an event and the place that it was at


def find_events(
    reading: Reading, spans: Sequence[TimeSpan], asked: frozenset[int], case: str
) -> tuple[Event, ...]:
    """The events that the text tells of the person of the case, in order.

    `asked` holds the places of words that only ask whether something would help.
    """
    found: list[Event] = []
    for hit in reading.hits["event"]:
        concept = hit.cues[0].properties.get("ft:cue-concept")
        if concept is None or is_other(reading, hit.start, case):
            continue
        if is_denied(reading, hit.start, hit.end) or is_asked(reading, hit.start):
            continue
        if hit.start in asked or is_only_planned(reading, hit.start):
            continue
        told = told_time(reading, hit.start, hit.end, spans, "medicine")
        days = None if told is None or (told.kind == "date" and told.vague) else told.days
        cover(reading, hit)
        site = _site(reading, hit.start, hit.end)
        _add(found, Event(concept, reading.span(hit.start, hit.end), site, days))
    return tuple(found)


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
