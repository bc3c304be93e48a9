"""The names, the claims and the sources of an explanation, collected in the order of first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kg.explain.cite import Citations
from kg.explain.model import Chain, ClaimItem, EvidenceItem, Explanation, SourceItem
from kg.recognise.case import Case
from kg.view import Concept, View

__all__ = ["Names", "source_items"]

# How many chains are remembered at most.
_KEPT: Final = 20_000

_Evidence = tuple[EvidenceItem, ...]


class _Told(NamedTuple):
    """What a chain speaks of and rests on; kept with the chain, so that its id stays its own."""

    chain: Chain
    concepts: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[_Evidence, ...]


class Names:
    """Collects the names, the claims and the sources of all that explanations speak of.

    What a chain speaks of is worked out once: the same chains are told again and again.
    """

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._citations = citations
        self._told: dict[int, _Told] = {}

    def labels(self, explanation: Explanation) -> dict[str, str]:
        """The labels of all concepts that the explanation speaks of, sorted by id."""
        known, label = self._view.concepts, self._view.label
        names = sorted(_concepts(explanation, map(self._of, _chains(explanation))))
        return {name: known[name].label if name in known else label(name) for name in names}

    def kinds(self, names: Iterable[str]) -> dict[str, str]:
        """The kinds of those that are concepts."""
        return {c.id: c.kind for c in self._known(names)}

    def lay_labels(self, names: Iterable[str]) -> dict[str, str]:
        """The plain words for those that have some."""
        return {c.id: c.lay_label for c in self._known(names) if c.lay_label is not None}

    def claims(self, explanation: Explanation) -> dict[str, ClaimItem]:
        """All claims that something in the explanation rests on, sorted by id."""
        used = _claims(explanation, map(self._of, _chains(explanation)))
        return {claim: self._citations.claim(claim) for claim in sorted(used)}

    def sources(self, explanation: Explanation) -> tuple[SourceItem, ...]:
        """The sources of the explanation, in the order in which they are first cited."""
        return source_items(self._view, self._cited(explanation))

    def _known(self, names: Iterable[str]) -> list[Concept]:
        known = self._view.concepts
        return [known[name] for name in names if name in known]

    def _of(self, chain: Chain) -> _Told:
        told = self._told.get(id(chain))
        if told is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            steps = chain.steps
            claims = (
                claim
                for step in steps
                for claim in (step.claim, *step.contested_by, *step.strengthened_by)
            )
            told = self._told[id(chain)] = _Told(
                chain,
                (chain.start, *(step.object for step in steps)),
                tuple(dict.fromkeys(claims)),
                tuple(step.evidence for step in steps),
            )
        return told

    def _cited(self, explanation: Explanation) -> Iterator[str]:
        """The ids of the sources, as a reader meets them from top to bottom."""
        groups: list[_Evidence] = [flag.evidence for flag in explanation.urgency.because]

        def follow(chains: Iterable[Chain]) -> None:
            for chain in chains:
                groups.extend(self._of(chain).evidence)

        for cause in explanation.causes:
            follow(cause.chains)
        for condition in explanation.conditions:
            groups.append(condition.evidence)
            follow(condition.chains)
        groups.append(explanation.location.evidence)
        for remedy in explanation.remedies:
            groups.append(remedy.evidence)
            follow(remedy.chains)
        groups += [statement.evidence for statement in explanation.disagreements]
        groups += [watched.evidence for watched in explanation.urgency.watch_for]
        # The same evidence is met again and again: once is enough.
        once = {id(group): group for group in groups}.values()
        yield from (item.source for group in once for item in group)
        yield from explanation.summary.sources


def source_items(view: View, names: Iterable[str]) -> tuple[SourceItem, ...]:
    """The sources of the view that are named, each once, in the order given."""
    found = (view.sources[name] for name in dict.fromkeys(names) if name in view.sources)
    return tuple(SourceItem(s.id, s.title, s.type.rpartition(":")[2], s.url) for s in found)


def _claims(explanation: Explanation, told: Iterable[_Told]) -> set[str]:
    """The ids of all claims that something in the explanation rests on."""
    used: set[str] = set()
    urgency = explanation.urgency
    used.update(*[flag.claims for flag in urgency.because])
    used.update(*[flag.claims for flag in urgency.watch_for])
    used.update(*[structure.claims for structure in explanation.location.structures])
    used.update(*[statement.claims for statement in explanation.disagreements])
    used.update(*[told.claims for told in explanation.summary.told()])
    for condition in explanation.conditions:
        weighed = (*condition.for_, *condition.against)
        used.update(condition.claims, [w.claim for w in weighed if w.claim is not None])
    for remedy in explanation.remedies:
        used.update(remedy.claims, remedy.interrupts)
    used.update(*[chain.claims for chain in told])
    return used


def _concepts(explanation: Explanation, told: Iterable[_Told]) -> set[str]:
    """The ids of all concepts that the explanation speaks of."""
    names: set[str] = set(explanation.unexplained)
    for finding in (*explanation.case.findings, *explanation.case.others):
        names.add(finding.id)
        names.update(finding.implied_by, finding.qualities)
        if finding.site is not None:
            names.add(finding.site)
        if finding.amount is not None and finding.amount.limit is not None:
            names.add(finding.amount.limit)
    names.update([trial.id for trial in explanation.case.trials])
    names.update(_slots(explanation.case))
    for flag in explanation.urgency.because:
        names.add(flag.id)
        names.update(flag.points_to, flag.findings, [c.id for c in flag.criteria])
    watched = explanation.urgency.watch_for
    names.update([flag.id for flag in watched], *[flag.missing for flag in watched])
    # A rendering says how soon, in the words of the scale.
    names.update([f"ft:{level}" for level in {flag.level for flag in watched}])
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
        if question.quote is None:
            names.add(question.id)
        names.update(question.separates, question.could_be)
    names.update(*[unread.about for unread in explanation.case.unread])
    names.update(*[told.about for told in explanation.summary.told()])
    names.update([cause.id for cause in explanation.causes])
    names.update(*[chain.concepts for chain in told])
    return names


def _chains(explanation: Explanation) -> Iterator[Chain]:
    for cause in explanation.causes:
        yield from cause.chains
    for condition in explanation.conditions:
        yield from condition.chains
    for remedy in explanation.remedies:
        yield from remedy.chains


def _slots(case: Case) -> Iterator[str]:
    """The ids of all that the slots speak of."""
    yield from (known.id for known in case.known)
    yield from (event.id for event in case.events)
    yield from (measure.id for measure in case.measures)
    for event in case.events:
        if event.site is not None:
            yield event.site
    for taken in case.medicines:
        if taken.id is not None:
            yield taken.id
    for question in case.asked:
        yield from question.about
    for guess in case.guesses:
        yield from guess.ids
    for part in case.unread:
        yield from part.about
