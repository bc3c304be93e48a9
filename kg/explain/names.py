"""The names and the sources of an explanation: collected in the order of their first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.explain.model import Cause, Chain, EvidenceItem, Explanation, RankedCondition, SourceItem
from kg.view import View

__all__ = ["concepts_of", "kinds_of", "labels_of", "lay_labels_of", "sources_of"]


def labels_of(view: View, explanation: Explanation) -> dict[str, str]:
    """The label of every concept that the explanation speaks of, sorted by id."""
    return {name: view.label(name) for name in sorted(set(concepts_of(explanation)))}


def lay_labels_of(view: View, labels: Iterable[str]) -> dict[str, str]:
    """The plain words for those of the concepts that have some."""
    known = (view.concepts[name] for name in labels if name in view.concepts)
    return {c.id: c.lay_label for c in known if c.lay_label is not None}


def kinds_of(view: View, labels: Iterable[str]) -> dict[str, str]:
    """The most specific kind of each of the concepts."""
    return {name: view.concepts[name].kind for name in labels if name in view.concepts}


def sources_of(view: View, explanation: Explanation) -> tuple[SourceItem, ...]:
    """The cited sources in the order in which a reader meets them."""
    cited = dict.fromkeys(item.source for item in _evidence(explanation))
    found = (view.sources[name] for name in cited if name in view.sources)
    return tuple(SourceItem(s.id, s.title, s.type.rpartition(":")[2], s.url) for s in found)


def concepts_of(explanation: Explanation) -> Iterator[str]:
    """The ids of all concepts that the explanation speaks of, some of them several times."""
    case, urgency = explanation.case, explanation.urgency
    for finding in (*case.findings, *case.others):
        yield finding.id
        yield from finding.implied_by
        if finding.site is not None:
            yield finding.site
        if finding.amount is not None and finding.amount.limit is not None:
            yield finding.amount.limit
    for flag in urgency.because:
        yield flag.id
        yield from flag.points_to
        yield from flag.findings
        yield from (c.id for c in flag.criteria)
    for watched in urgency.watch_for:
        yield watched.id
        yield f"ft:{watched.level}"
        yield from watched.missing
    for entry in _with_chains(explanation):
        yield entry.id
        yield from _on_chains(entry.chains)
    for condition in explanation.conditions:
        yield from (w.id for w in (*condition.for_, *condition.against))
        yield from condition.not_asked
        yield from condition.not_annotated
    for structure in explanation.location.structures:
        yield structure.id
        yield from structure.covers
        yield from structure.spares
    for remedy in explanation.remedies:
        yield remedy.id
        yield from remedy.acts_on
        yield from _on_chains(remedy.chains)
    for question in explanation.questions:
        yield question.id
        yield from question.separates
    yield from explanation.unexplained


def _with_chains(explanation: Explanation) -> tuple[Cause | RankedCondition, ...]:
    return (*explanation.causes, *explanation.conditions)


def _on_chains(chains: Iterable[Chain]) -> Iterator[str]:
    for chain in chains:
        yield chain.start
        yield from (step.object for step in chain.steps)


def _evidence(explanation: Explanation) -> Iterator[EvidenceItem]:
    for flag in explanation.urgency.because:
        yield from flag.evidence
    for cause in explanation.causes:
        yield from _of_chains(cause.chains)
    for condition in explanation.conditions:
        yield from condition.evidence
        yield from _of_chains(condition.chains)
    yield from explanation.location.evidence
    for remedy in explanation.remedies:
        yield from remedy.evidence
        yield from _of_chains(remedy.chains)
    for statement in explanation.disagreements:
        yield from statement.evidence
    for watched in explanation.urgency.watch_for:
        yield from watched.evidence


def _of_chains(chains: Iterable[Chain]) -> Iterator[EvidenceItem]:
    for chain in chains:
        for step in chain.steps:
            yield from step.evidence
