"""The statements of an explanation, one after the other, each with the claim it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.explain.judgement import decibans
from kg.explain.model import Chain, Explanation, RankedCondition, WeightedFinding

PARTS: Final = (
    "red-flag",
    "warning-sign",
    "condition",
    "cause",
    "location",
    "remedy",
    "disagreement",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of an answer.

    Attributes:
        part: one of `PARTS`.
        rank: the place of the entry in its list, from 1.
        id: the concept of the entry; None for a disagreement.
        label: the name of the entry, or what it says.
        level: the urgency of a flag.
        score: the number by which causes, conditions and remedies are ranked.
        chain: the place of the chain in the entry, from 1; None outside of chains.
        sign: ``+``, ``-`` or ``?``, of the chain.
        step: the place of the step in the chain, from 1.
        finding: the finding that is weighed for a condition.
        decibans: its weight, or for the row that has no finding the prior of the condition.
        claim: what the statement rests on; None where no source says it.
        contested_by: the claims that disagree with it.
        strengthened_by: the claims that say what makes it stronger.
    """

    part: str
    rank: int
    id: str | None
    label: str
    level: str | None = None
    score: float | None = None
    chain: int | None = None
    sign: str | None = None
    step: int | None = None
    finding: str | None = None
    decibans: float | None = None
    claim: str | None = None
    contested_by: tuple[str, ...] = ()
    strengthened_by: tuple[str, ...] = ()


def rows(e: Explanation) -> Iterator[Row]:
    """The statements in the order in which an answer tells them."""
    for rank, flag in enumerate(e.urgency.because, start=1):
        yield from _claims(Row("red-flag", rank, flag.id, flag.label, flag.level), flag.claims)
    for rank, watched in enumerate(e.urgency.watch_for, start=1):
        entry = Row("warning-sign", rank, watched.id, watched.label, watched.level)
        yield from _claims(entry, watched.claims)
    for rank, condition in enumerate(e.conditions, start=1):
        yield from _condition(rank, condition)
    for rank, cause in enumerate(e.causes, start=1):
        entry = Row("cause", rank, cause.id, cause.label, score=cause.score)
        yield from _chains(entry, cause.chains)
    for rank, place in enumerate(e.location.structures, start=1):
        yield from _claims(Row("location", rank, place.id, place.label), place.claims)
    for rank, remedy in enumerate(e.remedies, start=1):
        entry = Row("remedy", rank, remedy.id, remedy.label, score=remedy.score)
        yield from _claims(entry, remedy.claims)
        yield from _chains(entry, remedy.chains)
    for rank, statement in enumerate(e.disagreements, start=1):
        yield from _claims(Row("disagreement", rank, None, statement.text), statement.claims)


def _condition(rank: int, condition: RankedCondition) -> Iterator[Row]:
    """The weights of a condition, which add up to its score, then its chains."""
    entry = Row("condition", rank, condition.id, condition.label, score=condition.score)
    weights: tuple[WeightedFinding, ...] = (*condition.for_, *condition.against)
    for weight in weights:
        yield replace(entry, finding=weight.id, decibans=weight.decibans, claim=weight.claim)
    weighed = {weight.claim for weight in weights}
    rest = [claim for claim in condition.claims if claim not in weighed]
    # The prior stands once, beside the first claim that weighs no finding.
    prior = replace(entry, decibans=decibans(condition.prior))
    yield replace(prior, claim=rest[0] if rest else None)
    yield from _claims(entry, rest[1:])
    yield from _chains(entry, condition.chains)


def _claims(entry: Row, claims: Iterable[str]) -> Iterator[Row]:
    for claim in claims:
        yield replace(entry, claim=claim)


def _chains(entry: Row, chains: Iterable[Chain]) -> Iterator[Row]:
    for number, chain in enumerate(chains, start=1):
        for place, step in enumerate(chain.steps, start=1):
            yield replace(
                entry,
                chain=number,
                sign=chain.sign,
                step=place,
                claim=step.claim,
                contested_by=step.contested_by,
                strengthened_by=step.strengthened_by,
            )
