"""What was tried against a finding, for how long, and what became of the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.recognise.case import Medicine, Trial
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.nearby import is_only_planned
from kg.recognise.outcomes import NO_HELP, WORE_OFF, Outcome, find_outcomes
from kg.recognise.people import bearer_of
from kg.recognise.reading import CANDIDATE, CAUSE, Reading, Span, between

_REMEDY = frozenset({"remedy"})
_TO_REDUCED = 4  # words between "less" and what there is less of
_TO_CHANGED = 5  # words between "since" and the good habit
_CLOSE = 3  # words between what was tried and "help"
_EARLY = 8  # words from the start of a sentence within which it answers to the one before
_TEST = "ft:names-test"


@dataclass(slots=True)
class _Attempt:
    """Something tried: tokens `start` to `end` (exclusive) name it.

    It is `named` as something against the findings, not only as a medicine.
    """

    id: str
    action: str
    start: int
    end: int
    mention: Mention | None = None
    sure: bool = True
    named: bool = True


def find_trials(reading: Reading, taken: Iterable[Medicine] = ()) -> tuple[Trial, ...]:
    """The trials that a text tells of, in order.

    What was given up is a trial when the text says what became of the finding, and so is a
    medicine that was `taken`; what was cut down or tried is one in any case. A finding that goes on
    has lasted at least as long as the trial.
    """
    medicines = _placed(reading, taken)
    told = {sentence: find_outcomes(reading, sentence) for sentence in reading.sentences}
    found: dict[tuple[str, str, str], Trial] = {}
    for number, sentence in enumerate(reading.sentences):
        for attempt in _attempts(reading, sentence, told[sentence], medicines):
            outcome, near = _outcome(reading, number, attempt, told)
            if outcome is None and not attempt.sure:
                continue
            if outcome is not None and not (attempt.named or outcome.told):
                continue  # what is gone since a medicine was begun may be something else
            days = _days(reading, attempt, outcome if near else None)
            lasting = outcome is not None and near and outcome.verdict != WORE_OFF
            if lasting and days is not None:
                _last(reading, sentence, days)
            trial = Trial(
                attempt.id,
                attempt.action,
                "unknown" if outcome is None else outcome.verdict,
                days,
                reading.span(attempt.start, attempt.end),
            )
            found.setdefault((trial.id, trial.action, trial.outcome), trial)
            reading.covered.update(range(attempt.start, attempt.end))
            if outcome is not None:
                reading.covered.update(range(outcome.start, outcome.end))
    return tuple(sorted(found.values(), key=lambda t: t.span or (0, 0)))


def _placed(reading: Reading, taken: Iterable[Medicine]) -> list[_Attempt]:
    """The medicines as attempts, each at its tokens."""
    starts = {token.start: place for place, token in enumerate(reading.tokens)}
    ends = {token.end: place + 1 for place, token in enumerate(reading.tokens)}
    return [
        _Attempt(m.id, "tried", starts[m.span[0]], ends[m.span[1]], sure=False, named=False)
        for m in taken
        if m.id is not None and m.span[0] in starts and m.span[1] in ends
    ]


def _attempts(
    reading: Reading, sentence: Span, told: Sequence[Outcome], medicines: Iterable[_Attempt]
) -> list[_Attempt]:
    inside = reading.inside(sentence)
    if any(bearer_of(reading, m) == "other" for m in inside):
        return []
    habits = [m for m in inside if _is_habit(reading, m)]
    found = [
        _Attempt(m.id, "given up", m.start, m.end, m, sure=False)
        for m in habits
        if m.ended and not m.asked
    ]
    for hit in reading.told("reduction", within=sentence):
        found += _reduced(reading, hit, habits)
    found += _changed(reading, sentence, inside, bool(told))
    taken = {place for a in found for place in range(a.start, a.end)}
    found += _remedies(reading, sentence, told, taken)
    taken = {place for a in found for place in range(a.start, a.end)}
    here = (a for a in medicines if sentence[0] <= a.start < sentence[1])
    return [*found, *(a for a in here if taken.isdisjoint(range(a.start, a.end)))]


def _is_habit(reading: Reading, mention: Mention) -> bool:
    roles = reading.words.roles(mention)
    return CAUSE in roles and CANDIDATE not in roles and not mention.dropped and (
        mention.kind == "finding"
    )  # fmt: skip


def _reduced(reading: Reading, hit: Hit, habits: Iterable[Mention]) -> list[_Attempt]:
    if reading.owner[hit.start] is not None or reading.is_cue(hit.start, "cessation"):
        return []
    number = reading.segment[hit.end - 1]
    for mention in habits:
        near = hit.end <= mention.start <= hit.end + _TO_REDUCED
        near = near and not any(reading.owner[hit.end : mention.start])
        if near and reading.segment[mention.start] == number and not mention.denied:
            mention.marks.add("reduced")
            return [_Attempt(mention.id, "reduced", hit.start, mention.end, mention)]
    return []


def _changed(
    reading: Reading, sentence: Span, inside: Iterable[Mention], told: bool
) -> list[_Attempt]:
    """Good habits after a word like "since", where the sentence tells what became of it."""
    view = reading.words.view
    good = {a for a, b in view.opposites if CAUSE in view.concepts[b].roles}
    starts = [h.end for h in reading.told("change-marker", within=sentence)]
    return [
        _Attempt(m.id, "changed", m.start, m.end, m)
        for m in inside
        if told
        and m.id in good
        and not (m.denied or m.asked or m.open)
        and any(s <= m.start <= s + _TO_CHANGED for s in starts)
    ]


def _remedies(
    reading: Reading, sentence: Span, told: Sequence[Outcome], taken: set[int]
) -> list[_Attempt]:
    """The remedies that are named behind a word like "tried", or where an outcome is told."""
    first = sentence[0]
    if not any(o.told for o in told):
        tried = reading.told("attempt", within=sentence)
        marked = [h.end for h in tried if reading.owner[h.start] is None]
        if told:
            marked += [h.end for h in reading.told("change-marker", within=sentence)]
        first = min(marked, default=sentence[1])
    matches = reading.words.lexicon.find(reading.tokens, first, sentence[1], _REMEDY)
    return [
        _Attempt(m.senses[0].id, "tried", m.start, m.end)
        for m in matches
        if taken.isdisjoint(m.extent)
        and not is_only_planned(reading, m.start)
        and _TEST not in reading.words.view.concepts[m.senses[0].id].roles
        and not any(map(reading.is_effect, reading.owner[m.start : m.end]))
    ]


def _outcome(
    reading: Reading,
    number: int,
    attempt: _Attempt,
    told: dict[Span, list[Outcome]],
) -> tuple[Outcome | None, bool]:
    """What became of an attempt, and whether its time is also the time of the finding."""
    sentences = reading.sentences
    own = [
        o
        for o in told[sentences[number]]
        if (o.end <= attempt.start or o.start >= attempt.end)
        and (not o.close or 0 <= o.start - attempt.end < _CLOSE)
    ]
    if own:
        return min(own, key=lambda o: (o.start < attempt.end, abs(o.start - attempt.end))), True
    if number + 1 < len(sentences):
        after = sentences[number + 1]
        answers = [o for o in told[after] if o.start - after[0] <= _EARLY and not o.close]
        if answers:
            return answers[0], True
    if number:
        lasting = [o for o in told[sentences[number - 1]] if o.verdict == NO_HELP and not o.told]
        if lasting:
            return lasting[-1], False
    return None, False


def _days(reading: Reading, attempt: _Attempt, outcome: Outcome | None) -> float | None:
    if attempt.mention is not None and attempt.mention.days is not None:
        return attempt.mention.days
    own = {reading.segment[attempt.start], reading.segment[attempt.end - 1]}
    told = set() if outcome is None else {reading.segment[outcome.start]}
    for numbers in (own, told):
        for span in reading.times:
            dated = span.kind not in ("age", "bout", "date", "later")
            if dated and reading.segment[span.start] in numbers:
                return span.days
    return None


def _last(reading: Reading, sentence: Span, days: float) -> None:
    """What goes on was there when the trial began: it has lasted at least as long."""
    effects = [
        m
        for m in filter(reading.is_effect, reading.mentions)
        if not (m.denied or m.ended or m.resolved or m.past or m.asked)
        and bearer_of(reading, m) == "case"
    ]
    earlier = [m for m in effects if m.end <= sentence[0]][-1:]
    for mention in between(effects, *sentence) or earlier or effects[:1]:
        mention.days = max(days, mention.days or 0.0)
