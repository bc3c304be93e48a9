"""What words name and a text hardly tells: its clause and its whole speak of other things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.recognise.case import DOUBTFUL, Finding
from kg.recognise.learned import DENIED, NONE, Learned, words_of
from kg.recognise.reading import CANDIDATE, Reading, Span
from kg.recognise.second_reader import belief, clauses_of, logit

_LEAST: Final = 0.25  # how likely right a finding must be to be told, and to be evidence
_LONG: Final = 4  # words of a name that can hardly mean something else


def doubt(
    reading: Reading, findings: Iterable[Finding], learned: Callable[[str], Learned]
) -> tuple[Finding, ...]:
    """The findings, those left open that are hardly told in a text that is long enough to say so.

    "I make a loud noise when I fall asleep" names what an arm does that has gone to sleep. What is
    doubtful is neither told nor evidence; no warning that it raises is taken back by it
    (`kg/explain/flags.py`). What only follows from it is as doubtful.
    """
    weights = learned("texts").belief.get("read") if reading.whole else None
    if not weights:
        return (*findings,)
    found = (*findings,)
    doubtful = {
        id(one)
        for one, clues in weighed(reading, found, learned)
        if belief(weights, clues) < _LEAST
    }
    believed = {f.id for f in found if f.status == "present" and id(f) not in doubtful}

    def is_doubtful(one: Finding) -> bool:
        follows = one.status == "present" and one.implied_by and believed.isdisjoint(one.implied_by)
        return bool(follows) or id(one) in doubtful

    return tuple(
        replace(f, status="unknown", reason=DOUBTFUL) if is_doubtful(f) else f for f in found
    )


def weighed(
    reading: Reading, findings: Iterable[Finding], learned: Callable[[str], Learned]
) -> Iterator[tuple[Finding, dict[str, float]]]:
    """The findings that words name, each with what speaks for it: what the weights know of it."""
    known, clauses = learned("texts").classes, [*clauses_of(reading)]
    broader, persons = reading.words.broader, reading.words.cues.persons
    for finding in findings:
        span, roles = finding.span, reading.words.view.concepts[finding.id].roles
        if span is None or finding.status != "present" or CANDIDATE in roles:
            continue
        if finding.implied_by or finding.reason:
            continue
        kin = [k for k in known if k in broader(finding.id) or finding.id in _broader(reading, k)]
        if not kin:
            continue
        here = _over(reading, clauses, span)
        if here not in reading.chances:
            words = words_of(reading.tokens[slice(*here)], persons)
            reading.chances[here] = learned("signs").chances(words)
        chances = reading.chances[here]
        best = max(chances.get(k, 0.0) for k in kin)
        yield finding, {
            "text": logit(max(reading.whole[k] for k in kin)),
            "clause": logit(best),
            "none": logit(chances[NONE]),
            "denied": logit(chances[DENIED]),
            "likeliest": best >= max(c for k, c in chances.items() if k not in (NONE, DENIED)),
            "words": min(len(reading.text[slice(*span)].split()), _LONG) / _LONG,
        }  # fmt: skip


def _broader(reading: Reading, name: str) -> frozenset[str]:
    return reading.words.broader(name) if name in reading.words.view.concepts else frozenset()


def _over(reading: Reading, clauses: list[Span], span: tuple[int, int]) -> Span:
    """The clauses over which words stand, from the first to the last of them."""
    start, end = span
    tokens = reading.tokens
    over = [c for c in clauses if tokens[c[0]].start < end and start < tokens[c[1] - 1].end]
    return (over[0][0], over[-1][1]) if over else (0, len(tokens))
