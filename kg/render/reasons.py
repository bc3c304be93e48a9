"""Why and where: the likely explanations, the chains of the causes, the place, the disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.explain.conditions import decibans
from kg.explain.model import Cause, EvidenceItem, RankedCondition, WeightedFinding
from kg.explain.tried import HELPED
from kg.explain.wording import listed
from kg.render.page import Item, Span, bullet, paragraph, quiet, strong
from kg.render.wording import Words, capital, percent

__all__ = ["causes", "conditions", "disagreements", "location"]

# Conditions at least this probable are told in full, up to so many; the others are named.
_TOLD_FROM: Final = 0.15
_TOLD: Final = 3
# Less likely ones are named down to this share, up to so many.
_NAMED_FROM: Final = 0.01
_NAMED: Final = 6
_LEAST: Final = 0.05  # decibans; less is shown as nothing


def conditions(words: Words) -> list[Item]:
    """The ranked conditions: the likely ones with what speaks for and against, the rest named."""
    # What the graph does not describe takes no condition's place; it is told after the likely ones.
    ranked = [c for c in words.explanation.conditions if c.described]
    likely = [c for c in ranked if c.probability >= _TOLD_FROM][:_TOLD] or list(ranked[:1])
    items = [replace(bullet(*_condition(words, c)), share=c.probability) for c in likely]
    items += [_undescribed(words, c) for c in words.explanation.conditions if not c.described]
    rest = ranked[len(likely) :]
    items += _less_likely(words, rest)
    if items:
        items.append(
            paragraph(
                quiet(
                    "The percentages weigh these explanations against each other; "
                    "they rest on rough bands, not on counted cases."
                )
            )
        )
    if words.explanation.unexplained:
        left = words.plainly(words.explanation.unexplained)
        items.append(paragraph(strong("Nothing here explains:"), f" {left}."))
    return items


def _less_likely(words: Words, rest: Sequence[RankedCondition]) -> list[Item]:
    """The other conditions by name, those of the same share together."""
    shares: dict[str, list[str]] = {}
    named = [c for c in rest if c.probability >= _NAMED_FROM][:_NAMED]
    for condition in named:
        name = words.plain(condition.id)
        if words.clinical:
            name += f" ({condition.score:+.1f} dB)"
        shares.setdefault(percent(condition.probability), []).append(name)
    if not shares:
        return []
    told = ". ".join(f"{capital(share)}: {'; '.join(names)}" for share, names in shares.items())
    cited = words.cite(item for condition in named for item in condition.evidence)
    items = [bullet(strong("Less likely."), f" {told}", cited, ".")]
    left = rest[len(named) :]
    if left:
        most = percent(left[0].probability)
        told = f"The full answer holds {len(left)} more, the likeliest of them {most}."
        items.append(paragraph(quiet(told)))
    return items


def _undescribed(words: Words, condition: RankedCondition) -> Item:
    """What stands for everything that the graph does not describe, in plain words alone."""
    name = words.label(condition.id)
    total = f" (total {condition.score:+.1f} dB)" if words.clinical else ""
    return bullet(strong(capital(name)), f", {percent(condition.probability)}{total}.")


def _condition(words: Words, condition: RankedCondition) -> list[str | Span]:
    told: list[str | Span] = [
        strong(capital(words.plain(condition.id))),
        f", {percent(condition.probability)}",
    ]
    if words.clinical:
        prior = decibans(condition.prior)
        told.append(f" (total {condition.score:+.1f} dB, prior {prior:+.1f} dB)")
    told += [words.cite(condition.evidence), "."]
    telling = tuple(w for w in condition.for_ if w.decibans >= _LEAST)
    fitting = tuple(w for w in condition.for_ if w.decibans < _LEAST)
    groups = (
        ("For it", telling),
        ("Fits, but tells nothing", fitting),
        ("Against it", condition.against),
    )
    for title, weights in groups:
        if weights:
            told.append(f" {title}: {listed([_weight(words, w) for w in weights])}.")
    told.append(_coverage(condition))
    return told


def _coverage(condition: RankedCondition) -> str:
    """How much of the case the condition is described for: few words known are few that fit."""
    findings = "1 finding" if condition.annotations == 1 else f"{condition.annotations} findings"
    return (
        f" The graph knows {findings} of it, and {condition.coverage * 100:.0f} % "
        "of those that count here."
    )


def _weight(words: Words, weight: WeightedFinding) -> str:
    """A finding that is weighed; for clinicians with its weight and its frequency."""
    absent = weight.id in words.explanation.case.absent()
    name = words.lacking(weight.id) if absent else words.label(weight.id)
    if not words.clinical:
        return name
    claim = words.explanation.claims.get(weight.claim or "")
    frequency = f", {claim.frequency}" if claim is not None and claim.frequency else ""
    ratio = f"{weight.likelihood_ratio:.2g}"
    return f"{name} ({weight.decibans:+.1f} dB, LR {ratio}{frequency})"


def causes(words: Words) -> list[Item]:
    """The best chain of each reported cause; causes that nobody asked about are named."""
    ranked = words.explanation.causes
    # What was given up and helped is as good as reported; what was in vain is told last.
    reported = [c for c in ranked if (c.reported or c.outcome == HELPED) and c.chains]
    items = [bullet(*_cause(words, cause)) for cause in reported]
    others = [c for c in ranked if not c.reported and c.outcome is None]
    in_vain = [c for c in ranked if not c.reported and c.outcome not in (None, HELPED)]
    if others:
        evidence = [item for cause in others for item in _best_evidence(cause)]
        opening = "Not mentioned, but could play a part:"
        if not reported:
            opening = "No known cause was mentioned. These could play a part:"
        named = "; ".join(_named(words, cause) for cause in others)
        items.append(bullet(strong(opening), f" {named}", words.cite(evidence), "."))
    for cause in in_vain:
        told = words.text("; ".join(cause.notes))
        cited = words.cite(_best_evidence(cause))
        items.append(bullet(strong(f"{capital(words.plain(cause.id))}:"), f" {told}", cited, "."))
    more = sum(len(cause.chains) - 1 for cause in reported)
    if more:
        told = f"Only the best-supported way from each is told; the full answer holds {more} more."
        items.append(paragraph(quiet(told)))
    return items


def _cause(words: Words, cause: Cause) -> list[str | Span]:
    told: list[str | Span] = [strong(f"{capital(words.plain(cause.id))}:"), " "]
    told += words.chain(cause.chains[0])
    told += [f" {capital(words.text(note))}." for note in cause.notes]
    return told


def _named(words: Words, cause: Cause) -> str:
    return (
        f"{words.label(cause.id)} ({words.text('; '.join(cause.notes))})"
        if cause.notes
        else words.label(cause.id)
    )


def _best_evidence(cause: Cause) -> tuple[EvidenceItem, ...]:
    return tuple(
        item for chain in cause.chains[:1] for step in chain.steps for item in step.evidence
    )


def location(words: Words) -> list[Item]:
    """The structures where the trouble may sit, the most specific first."""
    place = words.explanation.location
    items = []
    for structure in place.structures:
        told: list[str | Span] = [strong(capital(words.plain(structure.id))), ": "]
        told.append(words.text(structure.why))
        if structure is place.structures[-1]:
            told.append(words.cite(place.evidence))
        items.append(bullet(*told, "."))
    return items


def disagreements(words: Words) -> list[Item]:
    """What the sources do not agree on."""
    return [
        bullet(words.text(statement.text).removesuffix("."), words.cite(statement.evidence), ".")
        for statement in words.explanation.disagreements
    ]
