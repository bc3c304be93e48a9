"""What is expected of the answers to questions: how often yes, and how much is learnt by them.

The worth of a question is its expected information gain, the mean drop in the Shannon entropy of
the probabilities over the answers yes and no, as in Gorry and Barnett, *Experience with a model of
sequential diagnosis* (1968).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from operator import mul
from typing import NamedTuple

from kg.explain.conditions import ConditionModel


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
    return max(0.0, noise_of(_sumprod(priors, rates)) - _sumprod(priors, map(noise_of, rates)))


def _sumprod(first: Iterable[float], second: Iterable[float]) -> float:
    return float(sum(map(mul, first, second)))


def noise_of(yes: float) -> float:
    """The entropy of an answer that is so often yes, in bits."""
    return entropy((yes, 1.0 - yes)) if 0.0 < yes < 1.0 else 0.0


class Answers:
    """How often "yes" comes to each question, and how sure the conditions are of the answer.

    Most conditions are silent about a finding and share its usual rate, so each finding lists only
    the candidates in which it differs: by how much more "yes" comes, and by how much the entropy of
    the answer is more.
    """

    def __init__(self, model: ConditionModel, findings: Iterable[str]) -> None:
        self.usual = {f: model.background(f) for f in findings}
        self.noise = {f: noise_of(usual) for f, usual in self.usual.items()}
        self.above: dict[str, set[str]] = {f: set() for f in self.usual}
        self._differing: list[tuple[str, list[str], list[float], list[float]]] = []
        for finding, usual in self.usual.items():
            rates = {c: r.probability for c, r in model.rates(finding).items()}
            if not rates:
                continue
            noise = [noise_of(rate) - self.noise[finding] for rate in rates.values()]
            more = [rate - usual for rate in rates.values()]
            self._differing.append((finding, list(rates), more, noise))
            self.above[finding].update(c for c, rate in rates.items() if rate > usual)

    def expect(self, shares: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """The probability of "yes" to each, and the mean entropy within the candidates, in bits.

        Args:
            shares: probability of each candidate, summing to one.
        """
        yes, noise = dict(self.usual), dict(self.noise)
        for finding, candidates, more, unsure in self._differing:
            own = [shares[c] for c in candidates]
            yes[finding] += sum(map(mul, own, more))
            noise[finding] += sum(map(mul, own, unsure))
        return yes, noise


class Expected(NamedTuple):
    """What is expected of the answers in a case, by finding."""

    yes: Mapping[str, float]
    noise: Mapping[str, float]
