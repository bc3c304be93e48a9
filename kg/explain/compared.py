"""Compares two candidates: finding by finding, in numbers that add up.

The weights of conditions are logarithms of likelihood ratios, so the difference between two scores
is the sum of the differences of their parts: the weight of evidence of Good, *Probability and the
Weighing of Evidence* (1950), in decibans. Causes are ranked by a noisy-or of their chains; minus
ten times the decimal logarithm of the doubt that the chains leave adds up in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log10
from typing import Final, NamedTuple

from kg.errors import BadInput, NothingStated
from kg.explain.cite import Citations
from kg.explain.conditions import ConditionModel
from kg.explain.contrast import Contrast, Difference, Separator
from kg.explain.gains import information_gain
from kg.explain.model import Cause, Chain, Explanation, RankedCondition
from kg.explain.names import source_items
from kg.explain.questions import Questions
from kg.explain.reading import Reading
from kg.explain.stories import doubt
from kg.recognise.case import Case, Finding

_ASKED: Final = 5
_LEAST_DOUBT: Final = 1e-12
_Entry = RankedCondition | Cause


def contrast(
    explanation: Explanation,
    first: str,
    second: str,
    model: ConditionModel,
    questions: Questions,
    citations: Citations,
) -> Contrast:
    """Compare two candidates of an explanation.

    Args:
        explanation: of the case.
        first: id of a condition or a cause.
        second: id of another one of the same kind.
        model: what conditions are weighed with, of the same view.
        questions: what puts open questions into words, of the same view.
        citations: of the same view.

    Raises:
        BadInput: one of them is no candidate, they are of different kinds or the same.
    """
    if first == second:
        raise BadInput(f"{model.view.label(first)} cannot be compared with itself: name another")
    one = _entry(explanation, first, model)
    other = _entry(explanation, second, model)
    if isinstance(one, RankedCondition) and isinstance(other, RankedCondition):
        told = _conditions(one, other, explanation.case, model, questions)
    elif isinstance(one, Cause) and isinstance(other, Cause):
        told = _causes(one, other, questions)
    else:
        cause, condition = (one, other) if isinstance(one, Cause) else (other, one)
        raise BadInput(
            f"{cause.label} is ranked as a cause and {condition.label} as a condition: "
            "name two causes or two conditions"
        )
    denied, label = set(explanation.case.absent()), model.view.label
    differences = [
        Difference(
            id=name,
            label=label(name),
            status="absent" if name in denied else "present",
            first=told.first.get(name),
            second=told.second.get(name),
            claims=claims,
            evidence=citations.evidence(claims),
        )
        for name, claims in told.claims.items()
    ]
    differences.sort(key=lambda d: (-abs(d.difference), d.label, d.id))
    ranked: Sequence[_Entry] = getattr(explanation, told.kind)
    order = [entry.id for entry in ranked]
    only_first, only_second = _only(one, other), _only(other, one)
    steps = [step for chain in (*only_first, *only_second) for step in chain.steps]
    cited = [item for d in differences for item in d.evidence]
    cited += [item for step in steps for item in step.evidence]
    names = {one.id, other.id, *told.claims, *(s.id for s in told.separators)}
    names.update(end for step in steps for end in (step.subject, step.object))
    return Contrast(
        kind=told.kind,
        first=one.id,
        second=other.id,
        holds=order.index(one.id) < order.index(other.id),
        first_score=told.scores[0],
        second_score=told.scores[1],
        base=told.base,
        differences=tuple(differences),
        notes=told.notes,
        only_first=only_first,
        only_second=only_second,
        separators=told.separators,
        labels={name: label(name) for name in sorted(names)},
        sources=source_items(model.view, (item.source for item in cited)),
        urgency=explanation.urgency.caution,
        disclaimer=explanation.disclaimer,
    )


def _entry(explanation: Explanation, name: str, model: ConditionModel) -> _Entry:
    found: dict[str, _Entry] = {entry.id: entry for entry in explanation.causes}
    # What has kinds stands for the likeliest of them.
    for entry in reversed(explanation.conditions):
        found.update(dict.fromkeys([h.id for h in entry.under], entry))
    found.update((entry.id, entry) for entry in explanation.conditions)
    if name in found:
        return found[name]
    label = model.view.label(name)
    if not explanation.conditions and not explanation.causes:
        raise NothingStated("nothing is reported that could be explained: tell what was noticed")
    same: Sequence[_Entry] = explanation.causes or explanation.conditions
    shown = " or ".join(entry.label for entry in same[:3])
    if name in explanation.case.absent():
        raise BadInput(f"{label} was denied and is no candidate: compare {shown}")
    concept = model.view.concepts.get(name)
    if concept is not None and "ft:cause-kind" in concept.roles:
        raise BadInput(f"{label} is no candidate here: report it, or compare {shown}")
    raise BadInput(f"{label} is neither a cause nor a condition: compare {shown}")


class _Compared(NamedTuple):
    """What two candidates of one kind differ in: for each finding, in decibans and by claims."""

    kind: str
    scores: tuple[float, float]
    base: float
    first: Mapping[str, float]
    second: Mapping[str, float]
    claims: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    separators: tuple[Separator, ...]


def _answered(case: Case, finding: str, model: ConditionModel) -> Iterator[Reading]:
    """The case with one more answer: that the finding is there, and that it is not."""
    for status in ("present", "absent"):
        told = replace(case, findings=(*case.findings, Finding(finding, status)))
        yield Reading(model.view, model.taxonomy, told)


def _conditions(
    one: RankedCondition,
    other: RankedCondition,
    case: Case,
    model: ConditionModel,
    questions: Questions,
) -> _Compared:
    """Two conditions: prior odds and likelihood ratios."""
    sides = [{w.id: w for w in (*c.for_, *c.against)} for c in (one, other)]
    first, second = ({name: w.decibans for name, w in side.items()} for side in sides)
    claims = {
        name: _cited(side[name].claim for side in sides if name in side)
        for name in dict.fromkeys((*first, *second))
    }
    base = 10.0 * log10(one.prior / other.prior)
    whole = one.probability + other.probability
    priors = (one.probability / whole, other.probability / whole)
    found = []
    for finding in sorted({*one.not_asked, *other.not_asked}):
        gain = information_gain(priors, [model.rate(c.id, finding) for c in (one, other)])
        if gain > 0.0:
            yes, no = (
                model.total(one.id, told) - model.total(other.id, told) - (one.score - other.score)
                for told in _answered(case, finding, model)
            )
            found.append(Separator(finding, questions.text(finding), yes, no, gain))
    separators = tuple(sorted(found, key=lambda s: (-s.gain, s.id))[:_ASKED])
    scores = one.score, other.score
    return _Compared("conditions", scores, base, first, second, claims, (), separators)


def _causes(one: Cause, other: Cause, questions: Questions) -> _Compared:
    """Two causes: the doubt that their chains leave."""
    sides = _by_end(one), _by_end(other)
    first, second = ({name: _strength(c) for name, c in side.items()} for side in sides)
    claims = {
        name: _cited(s.claim for side in sides for c in side.get(name, ()) for s in c.steps)
        for name in dict.fromkeys((*first, *second))
    }
    scores = _in_decibans(one), _in_decibans(other)
    base = (scores[0] - sum(first.values())) - (scores[1] - sum(second.values()))
    notes = [f"{c.label}: {note}" for c in (one, other) for note in c.notes]
    if one.reported != other.reported:
        said, unsaid = (one, other) if one.reported else (other, one)
        told = f"{said.label} was reported and {unsaid.label} was not asked about, "
        notes.insert(0, told + "and what is reported comes first")
    # Whether the ones that nobody asked about are there: what is denied is no candidate.
    open_ = tuple(
        Separator(c.id, questions.text(c.id), 0.0, sign * _in_decibans(c), 0.0)
        for c, sign in ((one, -1.0), (other, 1.0))
        if not c.reported
    )
    return _Compared("causes", scores, base, first, second, claims, tuple(notes), open_)


def _cited(claims: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for claim in claims if claim is not None))


def _by_end(cause: Cause) -> dict[str, list[Chain]]:
    found: dict[str, list[Chain]] = {}
    for chain in cause.chains:
        found.setdefault(chain.end, []).append(chain)
    return found


def _strength(chains: Iterable[Chain]) -> float:
    """What chains say together, in decibans of the doubt that they leave."""
    return -10.0 * log10(max(doubt(chains), _LEAST_DOUBT))


def _in_decibans(cause: Cause) -> float:
    return -10.0 * log10(max(1.0 - cause.score, _LEAST_DOUBT))


def _only(one: _Entry, other: _Entry) -> tuple[Chain, ...]:
    """The best chain of the one to each finding that the other does not explain."""
    explained = {chain.end for chain in other.chains if chain.sign == "+"}
    best: dict[str, Chain] = {}
    for chain in one.chains:
        if chain.sign == "+" and chain.end not in explained:
            best.setdefault(chain.end, chain)
    return tuple(best.values())
