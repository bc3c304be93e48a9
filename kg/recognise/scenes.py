"""Times that tell of something else than the findings beside them."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.moments import (
    LONG_AGO,
    days_ago,
    is_point,
    told_time,
)
from kg.recognise.nearby import tense_of
from kg.recognise.reading import CAUSE, Reading

SCENE = 31.0  # days up to which a clause about something else sets the time of its sentence
_CIRCUMSTANCE = "ft:Circumstance"


def leave_circumstances(reading: Reading) -> None:
    """Put into the past the circumstances that were longer ago than they count for."""
    limits = reading.words.limits
    for mention in reading.mentions:
        if mention.id in limits and mention.kind == "finding":
            time = told_time(reading, mention.start, mention.end, "medicine")
            if time is not None and is_point(reading, time):
                mention.past |= (days_ago(time) or 0.0) > limits[mention.id]


def inside_circumstances(reading: Reading) -> set[int]:
    """The words of circumstances: the time of "gave birth in the last year" is of nothing else."""
    concepts = reading.words.view.concepts
    found = [m for m in reading.mentions if m.kind == "finding" and not m.dropped]
    return {place for m in found if _CIRCUMSTANCE in concepts[m.id].kinds for place in m.extent}


def leave_scenes(reading: Reading) -> None:
    """Put into the past what a sentence tells of long ago, where the text turns to today then."""
    for time in reading.times:
        first, last = reading.sentence_of(time.start)
        turns = [h.start for h in reading.hits["turn"] if h.start >= time.end]
        today = turns and any(
            m.start > turns[0] and takes_time(reading, m) for m in reading.mentions
        )
        # "Since 2019", "it began two years ago": what goes on is no scene.
        point = time.days >= LONG_AGO and is_point(reading, time)
        if not (today and point) or reading.told("onset-verb", within=(first, last)):
            continue
        for mention in reading.inside((first, min(turns[0], last))):
            now = tense_of(reading, mention.start) == "present"
            if reading.is_effect(mention) and not (mention.denied or now):
                mention.past, mention.days = True, max(mention.days or 0.0, time.days)


def takes_time(reading: Reading, mention: Mention) -> bool:
    """Whether a finding may share the time of what is told around it."""
    if not reading.is_effect(mention) or mention.nested:
        return False
    if mention.denied or mention.asked or mention.dropped or mention.past or mention.resolved:
        return False
    return CAUSE not in reading.words.roles(mention)
