"""What became of a finding: the words that say that something helped, or that it did not."""

from __future__ import annotations

from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.nearby import is_treatment_over
from kg.recognise.reading import Reading, Span

HELPED = "helped"
NO_HELP = "did not help"
WORE_OFF = "wore off"
_AFTER_STILL = 2  # words between "still" and the finding that goes on
_TOLD = frozenset({"effect", "effect-after", "effect-over", "effect-when-denied", "no-effect"})


class Outcome(NamedTuple):
    """Tokens `start` to `end` (exclusive) say that something helped, or that it did not.

    `told` is True when the words speak of what was tried ("to no avail") and not only of the
    finding ("still there"); `close` when they have to stand right behind what was tried.
    """

    start: int
    end: int
    verdict: str
    told: bool
    close: bool = False


def find_outcomes(reading: Reading, sentence: Span) -> list[Outcome]:
    """The outcomes that a sentence tells, in order."""
    found = []
    for hit in reading.hits_inside("trial", sentence):
        verdict = _verdict(reading, sentence, hit)
        if verdict is not None:
            told = bool(hit.categories & _TOLD)
            close = verdict == HELPED and not hit.categories & {"effect", "improvement"}
            found.append(Outcome(hit.start, hit.end, verdict, told, close))
    for hit in reading.told("resolution", within=sentence):
        if _went(reading, sentence, hit) and not is_treatment_over(reading, hit.start):
            found.append(Outcome(hit.start, hit.end, HELPED, False))
    return sorted(found)


def _verdict(reading: Reading, sentence: Span, hit: Hit) -> str | None:
    if _is_asked(reading, hit):
        return None
    denied = reading.is_denied(hit.start)
    if "effect-over" in hit.categories:
        return None if denied else WORE_OFF
    if "no-effect" in hit.categories:
        return None if denied else NO_HELP
    if hit.categories & {"effect", "effect-after", "effect-when-denied", "improvement"}:
        if denied:
            return NO_HELP
        helps = hit.categories & {"effect", "effect-after", "improvement"}
        return HELPED if helps and not reading.ends_with(sentence, "?") else None
    if "persisting" in hit.categories and not denied:
        alone = len(hit.extent) > 1 or not _is_adverb(reading, hit)
        return NO_HELP if alone or _goes_on(reading, sentence, hit) else None
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
