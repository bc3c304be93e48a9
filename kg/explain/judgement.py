"""A condition weighed against a case."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from typing import NamedTuple

from kg.explain.frequencies import Rate
from kg.explain.model import WeightedFinding


def decibans(ratio: float) -> float:
    """A likelihood ratio or odds in decibans, ten times the decimal logarithm.

    >>> round(decibans(10.0), 9), round(decibans(1.0), 9)
    (10.0, 0.0)
    """
    return 10.0 * log10(ratio)


class Judgement(NamedTuple):
    """A condition weighed against a case; `total` is the sum of prior and weights in decibans.

    `coverage` is the share of the findings of the case that some condition is annotated with and
    this one is too; `annotations` counts what claims say of it; `described` is False for what
    stands for everything that the graph does not describe.
    """

    id: str
    label: str
    prior: float
    total: float
    probability: float
    weights: tuple[WeightedFinding, ...]
    not_asked: tuple[str, ...]
    not_annotated: tuple[str, ...]
    claims: tuple[str, ...]
    coverage: float = 0.0
    annotations: int = 0
    described: bool = True


class Told(NamedTuple):
    """The present findings, the most telling first, and the denied that count.

    A present one comes with its rates, and with the rates of what it is told of ("it began
    suddenly"), if of something. `concerned` are the conditions that some of it is said of, `done`
    is all that is told, its kinds, and what the muscles do in it; `counts` is how far each finding
    counts.
    """

    present: list[tuple[str, Mapping[str, Rate], list[Mapping[str, Rate]]]]
    absent: list[str]
    related: frozenset[str]
    concerned: frozenset[str]
    done: frozenset[str]
    beside: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    moving: str | None
    counts: float
