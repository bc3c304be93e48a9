"""The confidence of a claim: worked out from its hedge and its sources, never authored.

Every independent source is a simple support function (Shafer, *A Mathematical Theory of Evidence*,
1976). A supporting source speaks with the weight of its type times the weight of the claim's
hedge, a refuting one with the weight of its type; where a look at the source found less than the
claim (an inference of ours, a text that could not be seen), the weight of that check lowers both.
Sources that agree are pooled by Dempster's rule, which is the noisy-or
``1 - (1 - v1)(1 - v2)…``; the two camps are then set against each other by the same rule,
``support (1 - refutation) / (1 - support refutation)``. Several passages of one source, and
several sources of one origin, have one vote: the strongest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from kg.view import Evidence, ScaleItem, Source

# No number of sources makes a claim certain, and no refutation makes it impossible.
FLOOR: Final = 0.01
CEILING: Final = 0.99

Camp = Literal["supports", "refutes"]


class Vote(NamedTuple):
    """What one independent source says: for or against, and with which weight (0 to 1)."""

    origin: str
    camp: Camp
    source: str
    source_type: str
    weight: float


class Confidence(NamedTuple):
    """A confidence between 0 and 1 with its ingredients.

    `support` and `refutation` are the pooled weights of the two camps; `votes` what went in.
    """

    value: float
    support: float
    refutation: float
    hedge: str
    hedge_weight: float
    votes: tuple[Vote, ...]


def pool(weights: Iterable[float]) -> float:
    """Pool the weights of sources that agree by noisy-or, at most `CEILING`.

    >>> round(pool([0.5, 0.5]), 6)
    0.75
    >>> pool([])
    0.0
    """
    doubt = 1.0
    for weight in sorted(weights):
        doubt *= 1.0 - min(max(weight, 0.0), CEILING)
    return min(1.0 - doubt, CEILING)


def combine(support: float, refutation: float) -> float:
    """Set the two camps against each other by Dempster's rule; the result stays inside (0, 1).

    >>> combine(0.72, 0.0)
    0.72
    >>> round(combine(0.72, 0.9), 3)
    0.205
    """
    value = support * (1.0 - refutation) / (1.0 - support * refutation)
    return min(max(value, FLOOR), CEILING)


def confidence(hedge: str, hedge_weight: float, votes: Iterable[Vote]) -> Confidence:
    """Work out a confidence from the votes of sources; one vote per origin and camp counts.

    >>> both = [Vote("a", "supports", "a", "review", 0.9), Vote("b", "supports", "b", "trial", 0.5)]
    >>> round(confidence("stated", 0.8, both).value, 4)
    0.832
    """
    strongest: dict[tuple[str, Camp], Vote] = {}
    for vote in votes:
        kept = strongest.get((vote.origin, vote.camp))
        if kept is None or (-vote.weight, vote.source) < (-kept.weight, kept.source):
            strongest[(vote.origin, vote.camp)] = vote
    counted = tuple(strongest[key] for key in sorted(strongest))
    support = pool(hedge_weight * v.weight for v in counted if v.camp == "supports")
    refutation = pool(v.weight for v in counted if v.camp == "refutes")
    return Confidence(
        value=combine(support, refutation),
        support=support,
        refutation=refutation,
        hedge=hedge,
        hedge_weight=hedge_weight,
        votes=counted,
    )


def scale_weight(scales: Mapping[str, ScaleItem], item: str, kind: str) -> float:
    """The weight of a step of a scale; a step without one weighs as little as the lowest one."""
    step = scales.get(item)
    if step is not None and step.weight is not None:
        return step.weight
    known = [s.weight for s in scales.values() if s.kind == kind and s.weight is not None]
    return min(known, default=0.5)


def evidence_confidence(
    hedge: str,
    evidence: Iterable[Evidence],
    sources: Mapping[str, Source],
    scales: Mapping[str, ScaleItem],
) -> Confidence:
    """Work out the confidence of a statement from its hedge and the evidence for and against it."""
    votes = []
    for item in evidence:
        source = sources.get(item.source)
        kind = source.type if source is not None else ""
        check = scales.get(item.check or "")
        trust = check.weight if check is not None and check.weight is not None else 1.0
        votes.append(
            Vote(
                origin=source.independent if source is not None else item.source,
                camp="supports" if item.direction == "ft:supports" else "refutes",
                source=item.source,
                source_type=kind,
                weight=trust * scale_weight(scales, kind, "ft:SourceType"),
            )
        )
    return confidence(hedge, scale_weight(scales, hedge, "ft:Hedge"), votes)
