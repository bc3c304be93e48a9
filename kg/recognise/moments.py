"""A time in its clause: what stands beside it, and which time is told of one thing."""

from __future__ import annotations

from kg.recognise.mentions import LASTING, Mention, TimeSpan
from kg.recognise.reading import CANDIDATE, Reading, Span

LONG_AGO = 180.0  # days after which "had … ago" tells of the past
ACUTE = 1.0  # days up to which the sentences that follow go on with the same story
_LIFETIME = 21900.0  # days: what is told to be sixty years long is somebody's age
_RIVALS = ("event", "medicine", "illness")
_PUT_IN = ("who", "aged", "now")
_PARTS = 3  # clauses in what is put in


def told_time(reading: Reading, start: int, end: int, rivals: str) -> TimeSpan | None:
    """The time that is told of the event or medicine at `start` to `end`, and of nothing nearer.

    `rivals` is the layer of what else, beside the findings, the time could be told of.
    """
    sentence = reading.sentence_of(start)
    own = {reading.segment[start], reading.segment[end - 1]}
    inside = reading.inside(sentence)
    bearers = [m for m in inside if reading.is_effect(m) or is_condition(reading, m)]
    bearers = [m for m in bearers if not _is_purpose(reading, end, m.start)]
    rivalling = (h for name in (rivals, "illness") for h in reading.hits_inside(name, sentence))
    others = [(m.start, m.end) for m in bearers]
    others += [(h.start, h.end) for h in rivalling if reading.segment[h.start] not in own]
    best: tuple[int, TimeSpan] | None = None
    for span in reading.times:
        apart = span.end <= start or end <= span.start  # "gave birth" tells of no time
        if span.kind not in LASTING or not apart or not sentence[0] <= span.start < sentence[1]:
            continue
        near = gap_between(span[:2], (start, end))
        nearer = [o for o in others if gap_between(span[:2], o) < near]
        same = not own.isdisjoint(clause_of(reading, span))
        if nearer and not (same and all(reading.segment[o[0]] not in own for o in nearer)):
            continue
        if best is None or near < best[0]:
            best = near, span
    return None if best is None else best[1]


def _is_purpose(reading: Reading, end: int, start: int) -> bool:
    """Whether what was done up to `end` was for what starts there: "a shot for a migraine"."""
    led = range(end + 1, start)
    return end < start and reading.norm(end) == "for" and all(map(reading.is_filler, led))


def days_ago(time: TimeSpan | None) -> float | None:
    """How long ago a time was; of a vague one the least, where that alone is long ago."""
    known = time is not None and not (time.vague and time.days < LONG_AGO)
    return time.days if time is not None and known else None


def is_point(reading: Reading, time: TimeSpan) -> bool:
    """Whether a time tells when something was, not since when it has been.

    "Since my operation in 2010", "ever since a fall two years ago" are no points.
    """
    lead = reading.clause_of(time.start).start, time.end
    told = reading.told("change-marker", within=lead)
    going_on = any(h.start >= time.start or h.get("span") == "clause" for h in told)
    return time.kind in ("ago", "date") and not going_on


def clause_of(reading: Reading, time: TimeSpan) -> set[int]:
    """The clauses that the words of a time stand in, by number."""
    return {reading.segment[place] for place in range(time.start, time.end)}


def clause_around(reading: Reading, time: TimeSpan) -> range:
    """The tokens of the clause of a time."""
    clause, segment = clause_of(reading, time), reading.segment
    first, last = time.start, time.end
    while first and segment[first - 1] in clause:
        first -= 1
    while last < len(segment) and segment[last] in clause:
        last += 1
    return range(first, last)


def is_bare(reading: Reading, time: TimeSpan) -> bool:
    """Whether the clause of a time tells of nothing else ("my dad died ten years ago" does)."""
    around = clause_around(reading, time)
    if reading.told("reporting-verb", "informant", within=(around.start, around.stop)):
        return False  # "the doctor said it was nothing last month"
    told = reading.covered - reading.taken("ordinary")
    free = [i for i in around if i not in told and not reading.is_cue(i, "opinion")]
    return any(reading.is_word(i, "pronoun-thing") for i in free) or not (
        any(map(reading.is_content, free)) or of_rival(reading, time)
    )


def resumed(reading: Reading, time: TimeSpan) -> range:
    """The clause that goes on behind what is put in: "for two years my aunt, who is 71, has …"."""
    clause = clause_around(reading, time)
    person = any(h.end == clause.stop for h in reading.hits["person"])
    if not person or reading.norm(clause.stop + 1) not in _PUT_IN:
        return range(0)
    within = reading.sentence_of(clause.start)[1]
    inner = clause
    for _ in range(_PARTS):
        inner = reading.clause_of(inner.stop) if inner.stop < within else range(0)
        if not inner or (inner.stop < within and reading.norm(inner.stop) == ","):
            break
    return reading.clause_of(inner.stop) if inner and inner.stop < within else range(0)


def of_rival(reading: Reading, time: TimeSpan) -> bool:
    """Whether the clause of a time tells of an event, a medicine or an illness."""
    return tells_rival(reading, clause_around(reading, time))


def tells_rival(reading: Reading, places: range) -> bool:
    """Whether a part of the text tells of an event, a medicine or an illness."""
    return any(h.start in places for layer in _RIVALS for h in reading.hits[layer])


def is_age(reading: Reading, time: TimeSpan) -> bool:
    """Whether a time stands behind a person as an age does ("our son, 6 months", "Pt 80y")."""
    before = time.start - 1
    person = before if reading.norm(before) == "," else time.start
    numbered = time.start in reading.numbers and time.kind == "for"
    return (numbered and time.days >= _LIFETIME) or (
        time.start in reading.numbers
        and any(
            hit.end == person and (person == before or "patient" in hit.categories)
            for hit in reading.hits["person"]
        )
    )


def turns_before(reading: Reading, time: TimeSpan, mention: Mention) -> bool:
    """Whether "now", "lately" or the like ends a longer time before a finding."""
    turns = reading.hits_inside("turn", (time.end + 1, mention.end + 1))
    return time.days > ACUTE and bool(turns)


def is_condition(reading: Reading, mention: Mention) -> bool:
    """Whether a mention names an illness that the graph weighs."""
    return CANDIDATE in reading.words.roles(mention)


def gap_between(one: Span, other: Span) -> int:
    """How many words stand between two stretches of a text."""
    return max(one[0] - other[1], other[0] - one[1], 0)
