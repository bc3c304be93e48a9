"""Which finding a time speaks of: how long it has lasted, or that it was long ago."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading
from kg.recognise.times import TimeSpan

__all__ = ["apply_times"]

_LONG_AGO = 180.0  # days after which "had … ago" tells of the past


def apply_times(reading: Reading, spans: list[TimeSpan]) -> None:
    """Give each time to the finding that it speaks of."""
    verbs = reading.hits["manner"]
    cues = reading.words.cues.by_category.get("brevity", ())
    brief = max((float(c.properties.get("ft:cue-max-days", 0)) for c in cues), default=0.0)
    for span in spans:
        if span.kind == "bout" and span.days <= brief:
            for mention in _targets(reading, span):
                mention.marks.add("brevity")
        if span.kind in ("bout", "age", "offset"):
            continue
        for mention in _targets(reading, span):
            if span.kind == "date" and span.vague:
                # "Since March": without a clock nobody knows how long, only that it is long.
                mention.at_least = max(mention.at_least, span.days)
            elif mention.days is None or span.days > mention.days:
                mention.days = span.days
                mention.counted_back = span.kind in ("ago", "point", "date")
            if span.kind == "ago" and span.days >= _LONG_AGO:
                mention.past |= _is_condition(reading, mention) or _was(reading, mention, verbs)


def _targets(reading: Reading, span: TimeSpan) -> list[Mention]:
    sentence = next(s for s in reading.sentences if s[0] <= span.start < s[1])
    inside = [m for m in reading.inside(sentence) if m.kind == "finding" and not m.nested]
    inside = [m for m in inside if not reading.words.is_pattern(m)] + [
        m for m in reading.mentions if m.nested and m in reading.inside(sentence)
        and reading.words.is_effect(m)
    ]  # fmt: skip
    numbers = {reading.segment[i] for i in range(span.start, span.end)}
    own = [m for m in inside if reading.segment[m.start] in numbers]
    if own:
        return _nearest([m for m in own if reading.words.is_effect(m)] or own, span)
    if _is_about_another(reading, span, numbers):
        return []
    if span.end < sentence[1] and reading.tokens[span.end].norm == ":":
        # "For three weeks: this and that": the time is a heading for all that follows.
        after = [m for m in inside if m.start > span.end and not m.denied]
        headed = [m for m in after if reading.words.is_effect(m)]
        if headed:
            return headed
    before = [m for m in inside if m.end <= span.start]
    if before:
        effects = [m for m in before if reading.words.is_effect(m)]
        joined = reading.segment[(effects or before)[-1].start]
        return [m for m in (effects or before) if reading.segment[m.start] == joined][-1:]
    after = [m for m in inside if m.start >= span.end and reading.words.is_effect(m)]
    if after and not any(_is_pronoun(reading, i) for i in range(sentence[0], span.start)):
        return after[:1]
    told = [m for m in reading.mentions if not (m.denied or m.dropped)]
    reported = [m for m in told if reading.words.is_effect(m)]
    reported = reported or [m for m in told if _is_condition(reading, m)]
    earlier = [m for m in reported if m.end <= sentence[0]]
    later = [m for m in reported if m.start >= sentence[0]]
    return earlier[-1:] or later[:1]


def _is_about_another(reading: Reading, span: TimeSpan, numbers: set[int]) -> bool:
    """Whether the clause of a time tells of something else ("my dad died ten years ago")."""
    clause = [i for i, n in enumerate(reading.segment) if n in numbers and i not in reading.covered]
    if any(_is_pronoun(reading, i) for i in clause):
        return False
    return any(reading.is_content(i) for i in clause)


def _is_condition(reading: Reading, mention: Mention) -> bool:
    concept = reading.words.concept(mention)
    return concept is not None and "ft:candidate-kind" in concept.roles


def _is_pronoun(reading: Reading, place: int) -> bool:
    return reading.tokens[place].norm in reading.words.cues.words["pronoun-thing"]


def _nearest(mentions: list[Mention], span: TimeSpan) -> list[Mention]:
    def gap(mention: Mention) -> int:
        return mention.start - span.end if mention.start >= span.end else span.start - mention.end

    return [min(mentions, key=lambda m: (gap(m), m.start))]


def _was(reading: Reading, mention: Mention, verbs: list[Hit]) -> bool:
    number = reading.segment[mention.start]
    here = [h for h in verbs if reading.segment[h.start] == number]
    if any("onset-verb" in h.categories for h in here):
        return False
    return any("past-verb" in h.categories and h.start < mention.start for h in here)
