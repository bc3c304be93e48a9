"""What was tried against a finding, for how long, and what became of the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.recognise.case import Medicine, Trial
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.nearby import is_only_planned, is_treatment_over
from kg.recognise.people import bearer_of
from kg.recognise.reading import CANDIDATE, CAUSE, Reading, Span, between

__all__ = ["find_trials"]

_REMEDY = frozenset({"remedy"})
_TO_REDUCED = 4  # words between "less" and what there is less of
_TO_CHANGED = 5  # words between "since" and the good habit
_CLOSE = 3  # words between what was tried and "help"
_EARLY = 8  # words from the start of a sentence within which it answers to the one before
_HELPED = "helped"
_NO_HELP = "did not help"
_WORE_OFF = "wore off"
_TEST = "ft:names-test"
_AFTER_STILL = 2  # words between "still" and the finding that goes on
_TOLD = frozenset({"effect", "effect-after", "effect-over", "effect-when-denied", "no-effect"})


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
    told = {sentence: _outcomes(reading, sentence) for sentence in reading.sentences}
    found: dict[tuple[str, str, str], Trial] = {}
    for number, sentence in enumerate(reading.sentences):
        for attempt in _attempts(reading, sentence, told[sentence], medicines):
            outcome, near = _outcome(reading, number, attempt, told)
            if outcome is None and not attempt.sure:
                continue
            if outcome is not None and not (attempt.named or outcome.told):
                continue  # what is gone since a medicine was begun may be something else
            days = _days(reading, sentence, attempt, outcome if near else None)
            lasting = outcome is not None and near and outcome.verdict != _WORE_OFF
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
    reading: Reading, sentence: Span, told: Sequence[_Outcome], medicines: Iterable[_Attempt]
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
    if reading.owner[hit.start] is not None:
        return []
    number = reading.segment[hit.end - 1]
    for mention in habits:
        near = hit.end <= mention.start <= hit.end + _TO_REDUCED
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
    reading: Reading, sentence: Span, told: Sequence[_Outcome], taken: set[int]
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
    told: dict[Span, list[_Outcome]],
) -> tuple[_Outcome | None, bool]:
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
        lasting = [o for o in told[sentences[number - 1]] if o.verdict == _NO_HELP and not o.told]
        if lasting:
            return lasting[-1], False
    return None, False


def _days(
    reading: Reading,
    sentence: Span,
    attempt: _Attempt,
    outcome: _Outcome | None,
) -> float | None:
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


# -- outcomes


class _Outcome(NamedTuple):
    """Tokens `start` to `end` (exclusive) say that something helped, or that it did not.

    `told` is True when the words speak of what was tried ("to no avail") and not only of the
    finding ("still there"); `close` when they have to stand right behind what was tried.
    """

    start: int
    end: int
    verdict: str
    told: bool
    close: bool = False


def _outcomes(reading: Reading, sentence: Span) -> list[_Outcome]:
    """The outcomes that a sentence tells, in order."""
    found = []
    for hit in reading.hits_inside("trial", sentence):
        verdict = _verdict(reading, sentence, hit)
        if verdict is not None:
            told = bool(hit.categories & _TOLD)
            close = verdict == _HELPED and not hit.categories & {"effect", "improvement"}
            found.append(_Outcome(hit.start, hit.end, verdict, told, close))
    for hit in reading.told("resolution", within=sentence):
        if _went(reading, sentence, hit) and not is_treatment_over(reading, hit.start):
            found.append(_Outcome(hit.start, hit.end, _HELPED, False))
    return sorted(found)


def _verdict(reading: Reading, sentence: Span, hit: Hit) -> str | None:
    if _is_asked(reading, hit):
        return None
    denied = reading.is_denied(hit.start)
    if "effect-over" in hit.categories:
        return None if denied else _WORE_OFF
    if "no-effect" in hit.categories:
        return None if denied else _NO_HELP
    if hit.categories & {"effect", "effect-after", "effect-when-denied", "improvement"}:
        if denied:
            return _NO_HELP
        helps = hit.categories & {"effect", "effect-after", "improvement"}
        return _HELPED if helps and not reading.ends_with(sentence, "?") else None
    if "persisting" in hit.categories and not denied:
        alone = len(hit.extent) > 1 or not _is_adverb(reading, hit)
        return _NO_HELP if alone or _goes_on(reading, sentence, hit) else None
    return None


def _is_asked(reading: Reading, hit: Hit) -> bool:
    """Whether a question is put in the same breath: "should I stop it" tells of no outcome."""
    told = reading.at.get(hit.start)
    if told is None or "pseudo-negation" not in told.categories:
        return False
    return reading.is_word(told.start, "question-opener")


def _is_adverb(reading: Reading, hit: Hit) -> bool:
    # "still" says nothing of a finding unless one follows: "I still drink coffee".
    return reading.is_filler(hit.start) or not reading.is_content(hit.start)


def _goes_on(reading: Reading, sentence: Span, hit: Hit) -> bool:
    behind = reading.owner[hit.end : min(sentence[1], hit.end + _AFTER_STILL + 1)]
    return any(map(reading.is_effect, behind))


def _went(reading: Reading, sentence: Span, hit: Hit) -> bool:
    """Whether a cue of resolution tells of a finding, not of a habit that was stopped."""
    again = reading.told("recurrence", within=(hit.start + 1, sentence[1]))
    if again or reading.is_denied(hit.start):
        return False
    governed = (m for m in reading.inside(sentence) if m.ended and m.end > hit.start)
    return hit.cue("cessation") is None or not any(
        reading.segment[m.start] == reading.segment[hit.start] for m in governed
    )
