"""The names and the sources of an explanation: collected in the order of their first use."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explain.model import Chain, EvidenceItem, Explanation, SourceItem
from kg.view import View

__all__ = [
    "claims_of",
    "concepts_of",
    "kinds_of",
    "labels_of",
    "lay_labels_of",
    "source_items",
    "sources_of",
]


def labels_of(view: View, explanation: Explanation) -> dict[str, str]:
    """The label of every concept that the explanation speaks of, sorted by id."""
    known = view.concepts
    return {
        name: known[name].label if name in known else view.label(name)
        for name in sorted(concepts_of(explanation))
    }


def lay_labels_of(view: View, labels: Iterable[str]) -> dict[str, str]:
    """The plain words for those of the concepts that have some."""
    known = (view.concepts[name] for name in labels if name in view.concepts)
    return {c.id: c.lay_label for c in known if c.lay_label is not None}


def kinds_of(view: View, labels: Iterable[str]) -> dict[str, str]:
    """The most specific kind of each of the concepts."""
    return {name: view.concepts[name].kind for name in labels if name in view.concepts}


def sources_of(view: View, explanation: Explanation) -> tuple[SourceItem, ...]:
    """The cited sources in the order in which a reader meets them."""
    return source_items(view, _cited(explanation))


def source_items(view: View, names: Iterable[str]) -> tuple[SourceItem, ...]:
    """The sources of the view that are named, each once, in the order given."""
    found = (view.sources[name] for name in dict.fromkeys(names) if name in view.sources)
    return tuple(SourceItem(s.id, s.title, s.type.rpartition(":")[2], s.url) for s in found)


def claims_of(explanation: Explanation) -> list[str]:
    """The ids of all claims that something in the explanation rests on, sorted."""
    used: set[str] = set()
    for flag in explanation.urgency.because:
        used.update(flag.claims)
    for watched in explanation.urgency.watch_for:
        used.update(watched.claims)
    for structure in explanation.location.structures:
        used.update(structure.claims)
    for statement in explanation.disagreements:
        used.update(statement.claims)
    for condition in explanation.conditions:
        weighed = (*condition.for_, *condition.against)
        used.update(condition.claims)
        used.update([w.claim for w in weighed if w.claim is not None])
    for remedy in explanation.remedies:
        used.update(remedy.claims)
        used.update(remedy.interrupts)
    for chain in _chains(explanation):
        for step in chain.steps:
            used.add(step.claim)
            used.update(step.contested_by, step.strengthened_by)
    return sorted(used)


def concepts_of(explanation: Explanation) -> set[str]:
    """The ids of all concepts that the explanation speaks of."""
    names: set[str] = set(explanation.unexplained)
    for finding in (*explanation.case.findings, *explanation.case.others):
        names.add(finding.id)
        names.update(finding.implied_by)
        if finding.site is not None:
            names.add(finding.site)
        if finding.amount is not None and finding.amount.limit is not None:
            names.add(finding.amount.limit)
    names.update([trial.id for trial in explanation.case.trials])
    for flag in explanation.urgency.because:
        names.add(flag.id)
        names.update(flag.points_to, flag.findings, [c.id for c in flag.criteria])
    for watched in explanation.urgency.watch_for:
        names.add(watched.id)
        names.add(f"ft:{watched.level}")  # a rendering says how soon, in the words of the scale
        names.update(watched.missing)
    for condition in explanation.conditions:
        names.add(condition.id)
        names.update(condition.not_asked, condition.not_annotated)
        names.update([w.id for w in condition.for_], [w.id for w in condition.against])
    for structure in explanation.location.structures:
        names.add(structure.id)
        names.update(structure.covers, structure.spares, structure.processes)
    for remedy in explanation.remedies:
        names.add(remedy.id)
        names.update(remedy.acts_on)
    for question in explanation.questions:
        names.add(question.id)
        names.update(question.separates)
    names.update([cause.id for cause in explanation.causes])
    for chain in _chains(explanation):
        names.add(chain.start)
        names.update([step.object for step in chain.steps])
    return names


def _chains(explanation: Explanation) -> list[Chain]:
    return [
        *(chain for cause in explanation.causes for chain in cause.chains),
        *(chain for condition in explanation.conditions for chain in condition.chains),
        *(chain for remedy in explanation.remedies for chain in remedy.chains),
    ]


def _cited(explanation: Explanation) -> dict[str, None]:
    """The ids of the sources, as a reader meets them from top to bottom."""
    cited: dict[str, None] = {}

    def cite(items: Iterable[EvidenceItem]) -> None:
        for item in items:
            cited[item.source] = None

    def follow(chains: Iterable[Chain]) -> None:
        for chain in chains:
            for step in chain.steps:
                cite(step.evidence)

    for flag in explanation.urgency.because:
        cite(flag.evidence)
    for cause in explanation.causes:
        follow(cause.chains)
    for condition in explanation.conditions:
        cite(condition.evidence)
        follow(condition.chains)
    cite(explanation.location.evidence)
    for remedy in explanation.remedies:
        cite(remedy.evidence)
        follow(remedy.chains)
    for statement in explanation.disagreements:
        cite(statement.evidence)
    for watched in explanation.urgency.watch_for:
        cite(watched.evidence)
    return cited
