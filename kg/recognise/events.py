"""Events: what happened to the person before, where on the body, and how long ago."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.recognise.case import Event
from kg.recognise.cues import Hit
from kg.recognise.mentions import TimeSpan
from kg.recognise.moments import days_ago, told_time
from kg.recognise.nearby import is_asked, is_denied, is_floated, is_only_planned, is_other
from kg.recognise.reading import Reading

_SITE = frozenset({"site"})
_CLOSE = 4  # words behind a deed within which its object stands
_LEAD = 4  # words between "ten days after" and what it was after: "my wisdom tooth was taken out"
_NEAR = 6  # words between an event and the place that it was at


def find_events(reading: Reading, asked: frozenset[int]) -> tuple[Event, ...]:
    """The events that the text tells of the person of the case, in order.

    `asked` holds the places of words that only ask whether something would help.
    """
    found: list[Event] = []
    named = [(h.start, h.end, h.get("concept")) for h in reading.hits["event"]]
    for start, end, concept in sorted([*named, *_deeds(reading)]):
        if start in asked or is_only_planned(reading, start) or is_other(reading, start):
            continue
        if is_denied(reading, start, end) or is_asked(reading, start):
            continue
        if reading.is_cue(start - 1, "simile"):
            continue  # "like Botox"
        if any(m.denied and m.start <= start and end <= m.end for m in reading.mentions):
            continue  # "no numbness after dental work"
        if any(t.start >= end for t in _offsets(reading, start)):
            continue  # "a facelift in two weeks"
        if not is_floated(reading, start, end):
            after = [
                t for t in _offsets(reading, start) if t.start < start and start - t.end <= _LEAD
            ]
            told = after[0] if after else told_time(reading, start, end, "medicine")
            site = site_of(reading, start, end)
            days = days_ago(told) if told else reading.ago(start)
            _add(found, Event(concept, reading.span(start, end), site, days))
    spans = {event.span for event in found}
    for hit in reading.hits["event"]:
        if reading.span(hit.start, hit.end) in spans and not hit.get("open"):
            reading.covered.update(hit.extent)
    return tuple(found)


def _offsets(reading: Reading, place: int) -> list[TimeSpan]:
    """The times of a clause that are counted from something: "ten days after", "in two weeks"."""
    clause = reading.clause_of(place)
    return [t for t in reading.times if t.kind == "offset" and t.start in clause]


def _deeds(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """What was done to a part of the body, in words that nobody listed as one event.

    "Had both lids done", "tumour cut out years ago", and words that end as operations do.
    """
    taken = reading.taken("event")
    for hit in reading.hits["deed"]:
        concept = _deed(reading, hit) if taken.isdisjoint(hit.extent) else ""
        if concept:
            yield hit.start, hit.end, concept
    for cue in reading.words.cues.by_category.get("event-ending", ()):
        for place, token in enumerate(reading.tokens):
            whole = token.norm == cue.text
            if token.norm.endswith(cue.text) and not whole and place not in taken:
                yield place, place + 1, cue.properties["ft:cue-concept"]


def _deed(reading: Reading, hit: Hit) -> str:
    """The kind of event that a verb of doing tells, by what was done to what; empty for none."""
    first, last = reading.sentence_of(hit.start)
    low, high = max(first, hit.start - _NEAR), min(last, hit.end + _CLOSE)
    parts = [m.start for m in reading.mentions if m.kind in ("site", "body-part")]
    if hit.get("span") == "ahead":
        # "I hit my head": somebody, the verb, and a part of the body behind it.
        who = hit.start == first or any(
            reading.is_word(i, "pronoun-self", "pronoun-third")
            for i in range(max(low, hit.start - 2), hit.start)
        )
        return hit.get("concept") if who and any(hit.end <= p < high for p in parts) else ""
    objects = [
        h
        for h in reading.told("event-object", within=(low, high))
        if h.start < hit.start or h.get("concept")
    ]
    done = any(
        t.kind in ("ago", "date") and 0 <= t.start - hit.end <= 1 for t in reading.times
    ) or any(h.end <= hit.start for h in reading.told("event-aux", within=(low, high)))
    # "They removed my gland": somebody else did it to what is the person's.
    done |= reading.is_word(hit.start - 1, "pronoun-third") and reading.is_word(
        hit.end, "possessive"
    )
    ill = reading.hits_inside("illness", (low, hit.start))
    if not done or not (objects or ill or any(low <= p < hit.start for p in parts)):
        return ""
    return objects[-1].get("concept") if objects else hit.get("concept")


def _add(found: list[Event], event: Event) -> None:
    """Keep an event, unless it only names again what was told before."""
    for place, earlier in enumerate(found):
        pairs = ((earlier.site, event.site), (earlier.days_ago, event.days_ago))
        if earlier.id == event.id and all(None in p or p[0] == p[1] for p in pairs):
            site, days = earlier.site or event.site, earlier.days_ago or event.days_ago
            found[place] = replace(earlier, site=site, days_ago=days)
            return
    found.append(event)


def site_of(reading: Reading, start: int, end: int) -> str | None:
    """The place of the body that stands beside an event, in the same stretch of the sentence."""
    first, last = reading.sentence_of(start)
    reach = max(first, start - _NEAR), min(last, end + _NEAR)
    clauses = {reading.segment[i] for i in range(start, end)}
    near = [
        (max(start - match.end, match.start - end, 0), match.start, match.senses[0].id)
        for match in reading.words.lexicon.find(reading.tokens, *reach, _SITE)
        if reading.segment[match.start] in clauses
        and not _is_of_finding(reading, match.start, start, end)
    ]
    return min(near)[2] if near else None


def _is_of_finding(reading: Reading, place: int, start: int, end: int) -> bool:
    """Whether the place belongs to the name of a finding, not to the event."""
    owner = reading.owner[place]
    finding = owner is not None and owner.kind == "finding"
    return finding and owner is not None and not (owner.start < end and start < owner.end)
