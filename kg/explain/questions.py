"""What to ask next: what would change the urgency first, then what tells the conditions apart.

The second kind is ordered by expected information gain, the mean drop in the Shannon entropy of
the probabilities over the answers yes and no, as in Gorry and Barnett, *Experience with a model of
sequential diagnosis* (1968).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2
from operator import mul

from kg.explain.cite import short
from kg.explain.conditions import ConditionModel, Judgement
from kg.explain.model import NextQuestion, Urgency
from kg.explain.reading import Reading
from kg.explain.wording import listed
from kg.view import View

__all__ = ["Questions", "entropy", "information_gain"]

_URGENT = 4
_ALL = 8
_LEAST_GAIN = 0.001
_NAMED = 3


def entropy(probabilities: Iterable[float]) -> float:
    """Shannon entropy in bits.

    >>> entropy([0.5, 0.5]), entropy([1.0])
    (1.0, 0.0)
    """
    return -sum(p * log2(p) for p in probabilities if p > 0.0) + 0.0


def information_gain(priors: Sequence[float], rates: Sequence[float]) -> float:
    """The expected drop of entropy, in bits, when a yes-or-no question is answered.

    Args:
        priors: probability of each condition, summing to one.
        rates: probability of "yes" given each condition.

    >>> round(information_gain([0.5, 0.5], [1.0, 0.0]), 6)
    1.0
    >>> round(information_gain([0.5, 0.5], [0.3, 0.3]), 6)
    0.0
    """
    # The drop of the entropy over the conditions equals that over the answers: the entropy of the
    # answer minus its mean entropy within the conditions. It takes fewer logarithms.
    return max(0.0, _answer(sumprod(priors, rates)) - sumprod(priors, map(_answer, rates)))


def sumprod(first: Iterable[float], second: Iterable[float]) -> float:
    """The sum of the products, pair by pair."""
    return float(sum(map(mul, first, second)))


def _answer(yes: float) -> float:
    return entropy((yes, 1.0 - yes)) if 0.0 < yes < 1.0 else 0.0


class Questions:
    """Chooses the next questions for cases of one view."""

    def __init__(self, view: View, model: ConditionModel) -> None:
        self._view = view
        self._model = model
        self._levels = {short(s.id): s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"}
        self._tables: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {}

    def choose(
        self, reading: Reading, urgency: Urgency, judged: Sequence[Judgement]
    ) -> tuple[NextQuestion, ...]:
        """The questions, those that would raise the urgency first."""
        urgent = self._urgent(reading, urgency)
        asked = {q.id for q in urgent}
        telling = [q for q in self._telling(reading, judged) if q.id not in asked]
        return tuple([*urgent, *telling][:_ALL])

    def _urgent(self, reading: Reading, urgency: Urgency) -> list[NextQuestion]:
        ranks = {name: level.rank or 0 for name, level in self._levels.items()}
        chosen: dict[str, NextQuestion] = {}
        open_flags = [
            f
            for f in urgency.watch_for
            if not f.asked and ranks.get(f.level, 0) > ranks.get(urgency.level, 0)
        ]
        open_flags.sort(key=lambda f: (-ranks.get(f.level, 0), len(f.missing)))
        for flag in open_flags:
            for finding in flag.missing:
                if finding in chosen or len(chosen) == _URGENT:
                    continue
                level = self._levels[flag.level]
                also = [self._view.label(m) for m in flag.missing if m != finding]
                together = f", together with {listed(also)}," if also else ""
                chosen[finding] = NextQuestion(
                    id=finding,
                    text=self.text(finding),
                    why=f"yes{together} would mean: {level.label} ({flag.label})",
                    separates=tuple(self._view.objects(flag.id, "ft:indicates")),
                    gain=0.0,
                )
        return list(chosen.values())

    def _telling(self, reading: Reading, judged: Sequence[Judgement]) -> list[NextQuestion]:
        share = {j.id: j.probability for j in judged}
        priors = [share[c] for c in self._model.candidates]
        gains: list[tuple[float, str]] = []
        for finding in {f for j in judged for f in j.not_asked}:
            rates, noise = self._table(finding)
            gain = _answer(sumprod(priors, rates)) - sumprod(priors, noise)
            if gain >= _LEAST_GAIN:
                gains.append((-gain, finding))
        return [self._question(f, -gain, judged) for gain, f in sorted(gains)[:_ALL]]

    def _table(self, finding: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """How often "yes" comes in each condition, and the entropy of that answer in bits."""
        known = self._tables.get(finding)
        if known is None:
            rates = tuple(self._model.rate(c, finding) for c in self._model.candidates)
            known = self._tables[finding] = (rates, tuple(map(_answer, rates)))
        return known

    def _question(self, finding: str, gain: float, judged: Sequence[Judgement]) -> NextQuestion:
        rate = dict(zip(self._model.candidates, self._table(finding)[0], strict=True))
        base = self._model.background(finding)
        described = [j for j in judged if j.described]
        more = [j for j in described if rate[j.id] > base][:_NAMED]
        less = [j for j in described if rate[j.id] <= base][:_NAMED]
        why = f"yes speaks for {listed([j.label for j in more])}" if more else "it tells apart"
        if less:
            why += f", no for {listed([j.label for j in less])}"
        return NextQuestion(
            id=finding,
            text=self.text(finding),
            why=why,
            separates=tuple(j.id for j in (*more, *less)),
            gain=gain,
        )

    def text(self, finding: str) -> str:
        """How to ask about the concept: in its own words, or by its name."""
        concept = self._view.concepts.get(finding)
        if concept is None:
            return f"Does this apply to you: {self._view.label(finding)}?"
        if concept.question:
            return concept.question
        name = concept.lay_label or concept.label
        if "ft:effect-kind" in concept.roles:
            return f"Have you noticed: {name}?"
        return f"Does this apply to you: {name}?"
