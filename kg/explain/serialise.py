"""The explanation as plain data: the JSON contract that other tools rely on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.explain.model import (
    Chain,
    EvidenceItem,
    Explanation,
    Link,
    RankedCondition,
    Urgency,
    WeightedFinding,
)
from kg.explain.slots import slots_to_dict
from kg.recognise.case import Case, Finding

if TYPE_CHECKING:
    from kg.explain.contrast import Contrast
    from kg.explain.flip import Flip

__all__ = ["DIGITS", "contrast_to_dict", "flip_to_dict", "to_dict"]

# Floats are rounded, so that equal answers are equal bytes on every machine.
DIGITS = 6
_SIGNIFICANT = 12


def to_dict(explanation: Explanation) -> dict[str, Any]:
    """The explanation as dictionaries, lists, texts and numbers, safe for JSON.

    Ids are compact IRIs; the label and the kind of each stand under ``labels`` and ``kinds``.
    `explanation.schema.json` describes the result; keys may be added, none is taken away.
    """
    e = explanation
    return {
        "schema": e.schema,
        "graph_version": e.graph_version,
        "disclaimer": e.disclaimer,
        "case": _case(e.case, e),
        "in_scope": e.in_scope,
        "urgency": _urgency(e.urgency, e),
        "conditions": [_condition(c, e) for c in e.conditions],
        "causes": [
            {
                "id": c.id,
                "label": c.label,
                "kind": c.kind,
                "reported": c.reported,
                "score": _number(c.score),
                "chains": [_chain(chain) for chain in c.chains],
                "notes": list(c.notes),
                "outcome": c.outcome,
            }
            for c in e.causes
        ],
        "covering_sets": [list(members) for members in e.covering_sets],
        "unexplained": list(e.unexplained),
        "location": {
            "structures": [
                {
                    "id": s.id,
                    "label": s.label,
                    "kind": s.kind,
                    "covers": list(s.covers),
                    "spares": list(s.spares),
                    "why": s.why,
                    "claims": list(s.claims),
                    "processes": list(s.processes),
                    "change": s.change,
                    "fit": _number(s.fit),
                }
                for s in e.location.structures
            ],
            "path": [
                {
                    "id": step.id,
                    "label": step.label,
                    "after": step.after,
                    "fit": _number(step.fit),
                    "told": step.told,
                }
                for step in e.location.path
            ],
            "evidence": _evidence(e.location.evidence),
        },
        "remedies": [
            {
                "id": r.id,
                "label": r.label,
                "kind": r.kind,
                "self_care": r.self_care,
                "score": _number(r.score),
                "why": r.why,
                "outcome": r.outcome,
                "interrupts": list(r.interrupts),
                "acts_on": list(r.acts_on),
                "chains": [_chain(chain) for chain in r.chains],
                "limit": r.limit,
                "time_to_effect": r.time_to_effect,
                "cautions": list(r.cautions),
                "claims": list(r.claims),
                "evidence": _evidence(r.evidence),
            }
            for r in e.remedies
        ],
        "remedy_sets": [list(members) for members in e.remedy_sets],
        "questions": [
            {
                "id": q.id,
                "text": q.text,
                "why": q.why,
                "separates": list(q.separates),
                "gain": _number(q.gain),
                "raises": q.raises,
                "rise": _number(q.rise),
                "quote": q.quote,
                "could_be": [_named(sign, e) for sign in q.could_be],
            }
            for q in e.questions
        ],
        "disagreements": [
            {"text": d.text, "claims": list(d.claims), "evidence": _evidence(d.evidence)}
            for d in e.disagreements
        ],
        "sources": [
            {"id": s.id, "title": s.title, "type": s.type, "url": s.url} for s in e.sources
        ],
        "labels": dict(e.labels),
        "kinds": dict(e.kinds),
        "lay_labels": dict(e.lay_labels),
        "claims": {
            c.id: {
                "text": c.text,
                "plain": c.plain,
                "hedge": c.hedge,
                "frequency": c.frequency,
                "confidence": _number(c.confidence),
                "evidence": _evidence(c.evidence),
            }
            for c in e.claims.values()
        },
    }


def contrast_to_dict(contrast: Contrast, schema: str) -> dict[str, Any]:
    """A contrast as dictionaries, lists, texts and numbers, safe for JSON."""
    c = contrast
    return {
        "schema": schema,
        "disclaimer": c.disclaimer,
        "kind": c.kind,
        "first": {"id": c.first, "label": c.labels[c.first], "score": _exact(c.first_score)},
        "second": {"id": c.second, "label": c.labels[c.second], "score": _exact(c.second_score)},
        "holds": c.holds,
        "difference": _exact(c.difference),
        "base": _exact(c.base),
        "differences": [
            {
                "id": d.id,
                "label": d.label,
                "status": d.status,
                "difference": _exact(d.difference),
                "first": None if d.first is None else _exact(d.first),
                "second": None if d.second is None else _exact(d.second),
                "claims": list(d.claims),
                "evidence": _evidence(d.evidence),
            }
            for d in c.differences
        ],
        "notes": list(c.notes),
        "only_first": [_chain(chain) for chain in c.only_first],
        "only_second": [_chain(chain) for chain in c.only_second],
        "separators": [
            {
                "id": s.id,
                "text": s.text,
                "if_present": _exact(s.if_present),
                "if_absent": _exact(s.if_absent),
                "gain": _exact(s.gain),
            }
            for s in c.separators
        ],
        "labels": dict(c.labels),
        "sources": [
            {"id": s.id, "title": s.title, "type": s.type, "url": s.url} for s in c.sources
        ],
    }


def flip_to_dict(flip: Flip, schema: str) -> dict[str, Any]:
    """A counterfactual as dictionaries, lists, texts and numbers, safe for JSON."""
    f = flip
    return {
        "schema": schema,
        "disclaimer": f.disclaimer,
        "goal": f.goal,
        "found": f.found,
        "most": f.most,
        "before": f.before,
        "after": f.after,
        "changes": [
            {"id": c.id, "label": c.label, "before": c.before, "after": c.after} for c in f.changes
        ],
        "replay": {
            "text": f.answers.text,
            "findings": list(f.answers.present),
            "absent": list(f.answers.absent),
            "command": f.command,
        },
        "labels": dict(f.labels),
        "claims": list(f.claims),
        "evidence": _evidence(f.evidence),
        "sources": [
            {"id": s.id, "title": s.title, "type": s.type, "url": s.url} for s in f.sources
        ],
    }


def _number(value: float) -> float:
    # Adding zero turns a rounded -0.0 into 0.0.
    return round(value, DIGITS) + 0.0


def _exact(value: float) -> float:
    """A number whose parts have to add up again: by significant digits, not by decimals."""
    return float(f"{value:.{_SIGNIFICANT}g}") + 0.0


def _case(case: Case, e: Explanation) -> dict[str, Any]:
    return {
        "text": case.text,
        "findings": [_finding(f, e) for f in case.findings],
        "unrecognised": list(case.unrecognised),
        "others": [_finding(f, e) for f in case.others],
        "notes": list(case.notes),
        "unread": [
            {
                "span": list(u.span),
                "text": u.text,
                "why": u.why,
                "about": [_named(place, e) for place in u.about],
            }
            for u in case.unread
        ],
        "trials": [
            {
                "id": t.id,
                "label": e.labels.get(t.id, t.id),
                "action": t.action,
                "outcome": t.outcome,
                "days": None if t.days is None else _number(t.days),
                "span": list(t.span) if t.span is not None else None,
            }
            for t in case.trials
        ],
        **slots_to_dict(case, e.labels, _number),
    }


def _finding(finding: Finding, e: Explanation) -> dict[str, Any]:
    amount = finding.amount
    return {
        "id": finding.id,
        "label": e.labels.get(finding.id, finding.id),
        "kind": e.kinds.get(finding.id, ""),
        "status": finding.status,
        "span": list(finding.span) if finding.span is not None else None,
        "side": finding.side,
        "duration_days": None if finding.duration_days is None else _number(finding.duration_days),
        "site": _named(finding.site, e) if finding.site is not None else None,
        "amount": None
        if amount is None
        else {
            "value": _number(amount.value),
            "unit": amount.unit,
            "text": amount.text,
            "relation": amount.relation,
            "limit": amount.limit,
        },
        "reason": finding.reason,
        "implied_by": list(finding.implied_by),
        "course": finding.course,
        "qualities": list(finding.qualities),
    }


def _named(name: str, e: Explanation) -> dict[str, str]:
    return {"id": name, "label": e.labels.get(name, name)}


def _evidence(items: Iterable[EvidenceItem]) -> list[dict[str, Any]]:
    return [
        {
            "source": item.source,
            "locator": item.locator,
            "direction": item.direction,
            "passage": item.passage,
        }
        for item in items
    ]


def _urgency(urgency: Urgency, e: Explanation) -> dict[str, Any]:
    return {
        "level": urgency.level,
        "label": urgency.label,
        "advice": urgency.advice,
        "because": [
            {
                "id": f.id,
                "label": f.label,
                "level": f.level,
                "findings": list(f.findings),
                "criteria": [
                    {"id": c.id, "label": c.label, "met": c.met, "findings": list(c.findings)}
                    for c in f.criteria
                ],
                "advice": f.advice,
                "points_to": [_named(p, e) for p in f.points_to],
                "claims": list(f.claims),
                "evidence": _evidence(f.evidence),
            }
            for f in urgency.because
        ],
        "watch_for": [
            {
                "id": f.id,
                "label": f.label,
                "level": f.level,
                "missing": list(f.missing),
                "asked": f.asked,
                "claims": list(f.claims),
                "evidence": _evidence(f.evidence),
            }
            for f in urgency.watch_for
        ],
    }


def _condition(condition: RankedCondition, e: Explanation) -> dict[str, Any]:
    return {
        "id": condition.id,
        "label": condition.label,
        "described": condition.described,
        "score": _exact(condition.score),
        "probability": _exact(condition.probability),
        "prior": _exact(condition.prior),
        "coverage": _number(condition.coverage),
        "annotations": condition.annotations,
        "for": [_weight(w) for w in condition.for_],
        "against": [_weight(w) for w in condition.against],
        "not_asked": [_named(f, e) for f in condition.not_asked],
        "not_annotated": [_named(f, e) for f in condition.not_annotated],
        "chains": [_chain(chain) for chain in condition.chains],
        "claims": list(condition.claims),
        "evidence": _evidence(condition.evidence),
    }


def _weight(weight: WeightedFinding) -> dict[str, Any]:
    return {
        "id": weight.id,
        "label": weight.label,
        "decibans": _exact(weight.decibans),
        "likelihood_ratio": _exact(weight.likelihood_ratio),
        "claim": weight.claim,
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "sign": chain.sign,
        "confidence": _number(chain.confidence),
        "direct": chain.direct,
        "steps": [_step(step) for step in chain.steps],
    }


def _step(step: Link) -> dict[str, Any]:
    return {
        "subject": step.subject,
        "relation": step.relation,
        "object": step.object,
        "text": step.text,
        "claim": step.claim,
        "plain": step.plain,
        "polarity": step.polarity,
        "hedge": step.hedge,
        "confidence": _number(step.confidence),
        "evidence": _evidence(step.evidence),
        "contested_by": list(step.contested_by),
        "strengthened_by": list(step.strengthened_by),
    }
