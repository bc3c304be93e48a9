"""What a text tells by all of its words: more than words name, and less."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.recognise.case import DOUBTFUL, HEARD, Finding
from kg.recognise.context import Context
from kg.recognise.learned import DENIED, NONE, Learned
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, PATTERN, Reading, Span
from kg.recognise.second_reader import SecondReader, belief, clauses_of, logit

_LEAST: Final = 0.2  # how likely right what words name must be to be told, and to be evidence
_LEAST_DONE: Final = 0.1  # … of what one does or takes: many such things are told of once
_KNOWN: Final = 0.003  # share of texts that tell what the weights know well enough to doubt it
_LONG: Final = 4  # words of a name that can hardly mean something else


class Hearing:
    """Weighs what was read by what the text as a whole, and each clause, likely tells.

    Which illness and which signs go together, what people ask of what: a text that is long enough
    has a subject. "A spot on the lash line of my eye" names a drunken night; that is doubtful in a
    text of a lid that twitches. What is so is neither told nor evidence. What no words name and the
    whole likely speaks of is told as a guess. No warning is raised or put aside by either
    (`Case.named`).

    Args:
        second: the second reader, which knows what a clause likely tells.
        learned: gives the weights of clauses and of whole texts.
    """

    def __init__(self, second: SecondReader, learned: Callable[[str], Learned]) -> None:
        self._second, self._learned = second, learned
        self._kin: dict[str, tuple[str, ...]] = {}

    def heard(
        self,
        reading: Reading,
        findings: Sequence[Finding],
        others: Sequence[Finding],
        context: Context,
    ) -> tuple[Finding, ...]:
        """The findings, those left open that are hardly told, and what is told beside them.

        What stands in a slot of the context too is no doubtful word.
        """
        whole, weights = self._second.whole(reading), self._learned("texts").belief.get("read")
        if not (whole and weights):
            return (*findings,)
        slots = (context.medicines, context.known, context.events)
        taken = [slot.span for own in slots for slot in own]
        doubtful = {
            id(one)
            for one, clues in self.weighed(reading, findings, whole)
            if belief(weights, clues) < self._least(reading, one)
            and not any(_overlap(one.span, span) for span in taken)
        }
        believed = {f.id for f in findings if f.status == "present" and id(f) not in doubtful}

        def is_doubtful(one: Finding) -> bool:
            follows = one.status == "present" and one.implied_by
            return id(one) in doubtful or bool(follows and believed.isdisjoint(one.implied_by))

        told = {f.id for f in (*findings, *others)}
        kin = {b for i in told for b in reading.words.broader(i)}
        new = dict[str, Finding]()
        for one in self._second.heard(reading, whole):
            if one.id not in kin and told.isdisjoint(reading.words.broader(one.id)):
                span = reading.span(*one.words)
                new.setdefault(one.id, Finding(one.id, "present", span, reason=HEARD))
        return (
            *(replace(f, status="unknown", reason=DOUBTFUL) if is_doubtful(f) else f
              for f in findings),
            *new.values(),
        )  # fmt: skip

    def weighed(
        self, reading: Reading, findings: Iterable[Finding], whole: Mapping[str, float]
    ) -> Iterator[tuple[Finding, dict[str, float]]]:
        """The findings that words name, each with what speaks for it."""
        clauses = [*clauses_of(reading)]
        for finding in findings:
            span, roles = finding.span, reading.words.view.concepts[finding.id].roles
            if span is None or finding.status != "present" or CANDIDATE in roles:
                continue
            kin = self._related(reading, finding.id)
            if finding.implied_by or finding.reason or not kin:
                continue
            chances = self._second.chances(reading, _over(reading, clauses, span))
            best = max(chances.get(k, 0.0) for k in kin)
            yield finding, {
                "text": logit(max(whole[k] for k in kin)),
                "clause": logit(best),
                "none": logit(chances[NONE]),
                "denied": logit(chances[DENIED]),
                "likeliest": best >= max(c for k, c in chances.items() if k not in (NONE, DENIED)),
                "words": min(len(reading.text[slice(*span)].split()), _LONG) / _LONG,
            }  # fmt: skip

    def _least(self, reading: Reading, finding: Finding) -> float:
        """How likely right a finding must be: 0 for what is counted, or told in so many words.

        What one does or takes, and how often and how long something is, goes with any illness.
        """
        start, end = finding.span or (0, 0)
        inside = [i for i, t in enumerate(reading.tokens) if start <= t.start and t.end <= end]
        shares = self._learned("texts").shares
        if finding.amount or sum(shares[k] for k in self._related(reading, finding.id)) < _KNOWN:
            return 0.0
        roles = reading.words.view.concepts[finding.id].roles
        if PATTERN in roles and not reading.covered.isdisjoint(inside):
            return 0.0
        return _LEAST_DONE if CAUSE in roles and EFFECT not in roles else _LEAST

    def _related(self, reading: Reading, finding: str) -> tuple[str, ...]:
        """A finding, its kinds and what it is a kind of, as far as the weights know them."""
        if finding not in self._kin:
            words = reading.words
            known = (k for k in self._learned("texts").classes if k in words.view.concepts)
            self._kin[finding] = tuple(
                k for k in known if k in words.broader(finding) or finding in words.broader(k)
            )
        return self._kin[finding]


def _overlap(one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
    return one is not None and one[0] < other[1] and other[0] < one[1]


def _over(reading: Reading, clauses: list[Span], span: tuple[int, int]) -> Span:
    """The clauses over which words stand, from the first to the last of them."""
    start, end = span
    tokens = reading.tokens
    over = [c for c in clauses if tokens[c[0]].start < end and start < tokens[c[1] - 1].end]
    return (over[0][0], over[-1][1]) if over else (0, len(tokens))
