"""The smallest change of answers that changes the result: a counterfactual explanation.

Smallest changed sets are the counterfactuals of Wachter, Mittelstadt and Russell, *Counterfactual
explanations without opening the black box* (2018). `kg.explain.flipper` finds them.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from kg.explain.answers import Answers, Change
from kg.explain.model import EvidenceItem, Explanation, SourceItem

SCHEMA: Final = "kg-flip/1"


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of answers that changes the result, or that there is none.

    Attributes:
        goal: ``condition`` or ``urgency``, what was to change.
        found: False when no set of at most `most` changes does it.
        changes: the changed answers; empty when the goal holds already.
        before, after: id of the first condition, or the urgency level; `after` is what was
            wanted, or None, when nothing was found.
        answers: what to tell so that the change can be seen.
        labels: names of all ids.
        claims, evidence: what the result rests on after the change.
        sources: the cited sources.
        urgency: how soon care is needed as it is told now, in words; None where nothing calls
            for it.
    """

    goal: str
    found: bool
    most: int
    changes: tuple[Change, ...]
    before: str
    after: str | None
    answers: Answers
    labels: dict[str, str]
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    sources: tuple[SourceItem, ...]
    urgency: str | None
    disclaimer: str

    @property
    def command(self) -> str:
        """The command line that shows the changed result."""
        parts = ["kg", "explain", *([self.answers.text] if self.answers.text else [])]
        for option, names in (
            ("--finding", self.answers.present),
            ("--absent", self.answers.absent),
        ):
            for name in names:
                parts += [option, name]
        return shlex.join(parts)

    def to_dict(self) -> dict[str, Any]:
        """The counterfactual as plain data for JSON."""
        from kg.explain.serialise import flip_to_dict

        return flip_to_dict(self, SCHEMA)

    def to_markdown(self) -> str:
        """The counterfactual as Markdown."""
        return str(import_module("kg.render.flip").markdown(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown and HTML; no scripts."""
        page = import_module("kg.render.flip").compose(self)
        bundle: dict[str, str] = import_module("kg.render.notebook").of_page(page)
        return bundle


def tell_flip(
    before: Explanation,
    after: Explanation,
    answers: Answers,
    changes: tuple[Change, ...] | None,
    *,
    urgency: bool,
    most: int,
) -> Flip:
    """Put a found change into words, with what the changed result rests on.

    Args:
        before: explanation of the case.
        after: explanation of the changed case.
        answers: what to tell so that the change can be seen.
        changes: the changed answers; None when there are none.
        urgency: True when the urgency was to change, not the first condition.
        most: how many answers might have changed.
    """
    found = changes is not None
    claims: tuple[str, ...] = ()
    if urgency:
        ends = before.urgency.level, after.urgency.level
        touched = {c.id for c in changes or ()}
        flags = (*after.urgency.because, *before.urgency.because)
        raised = [f for f in flags if touched.intersection(f.findings)]
        evidence = tuple(dict.fromkeys(item for f in raised for item in f.evidence))
        claims = tuple(dict.fromkeys(claim for f in raised for claim in f.claims))
    else:
        ends = before.conditions[0].id, after.conditions[0].id
        claims, evidence = after.conditions[0].claims, after.conditions[0].evidence
    labels = {**before.labels, **after.labels}
    labels.update((c.id, c.label) for c in changes or ())
    labels.update((u.level, u.label) for u in (before.urgency, after.urgency))
    told = {*ends, *(c.id for c in changes or ()), *answers.present, *answers.absent}
    cited = {item.source for item in evidence}
    return Flip(
        goal="urgency" if urgency else "condition",
        found=found,
        most=most,
        changes=changes or (),
        before=ends[0],
        after=ends[1] if found else None,
        answers=answers,
        labels={name: labels[name] for name in sorted(told) if name in labels},
        claims=claims if found else (),
        evidence=evidence if found else (),
        sources=tuple(s for s in after.sources if s.id in cited) if found else (),
        urgency=before.urgency.caution,
        disclaimer=before.disclaimer,
    )
