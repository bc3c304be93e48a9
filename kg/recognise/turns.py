"""Turns: the time since when something is worse, or comes all day, is not how long it is there."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import TimeSpan
from kg.recognise.reading import Reading

_LASTING = ("for", "date", "point", "ago")
_NEXT = 3  # words between "this week" and "it's worse"


def leave_out_turns(reading: Reading) -> None:
    """Let what tells of a turn ("since March, worse since Tuesday") be no length of a finding.

    What grows, or comes all day, has turned where a longer time is told before.
    """
    turned = reading.told("turned")
    turns = [*turned, *reading.told("worsening", "flare")]
    since = [t for t in reading.times if t.kind in _LASTING]
    reading.times = [
        t._replace(kind="offset")
        if t in since
        and any(_is_of(reading, t, h) and (h in turned or _is_later(t, since)) for h in turns)
        else t
        for t in reading.times
    ]


def _is_later(time: TimeSpan, since: list[TimeSpan]) -> bool:
    """Whether a longer time is told before."""
    return any(t.start < time.start and (t.vague or t.days > time.days) for t in since)


def _is_of(reading: Reading, time: TimeSpan, hit: Hit) -> bool:
    """Whether a time belongs to a word of change: "worse since Tuesday", "this week it's worse"."""
    lead = range(hit.end, time.start)
    if hit.end <= time.start and not any(reading.is_mark(i) or reading.is_content(i) for i in lead):
        return True
    first, before = reading.sentence_of(time.start)[0], time.start - 1
    opens = before < first or reading.is_mark(before) or reading.is_cue(before, "conjunction")
    opens = opens or reading.is_cue(before, "termination")
    between = range(time.end, hit.start)
    near = 0 <= hit.start - time.end <= _NEXT
    return opens and near and not any(reading.is_mark(i) or reading.is_joint(i) for i in between)
