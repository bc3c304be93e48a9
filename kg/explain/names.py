"""The names, the claims and the sources of an explanation, collected in the order of first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain as joined
from typing import Final, NamedTuple

from kg.explain.cite import Citations
from kg.explain.model import Chain, ClaimItem, EvidenceItem, Explanation, SourceItem, WatchFlag
from kg.view import Concept, View

__all__ = ["Names", "source_items"]

# How many chains are remembered at most.
_KEPT: Final = 20_000
# What is collected from the rest, and what says by whom something is said.
_COLLECTED: Final = frozenset({"labels", "kinds", "lay_labels", "claims", "sources", "view"})
_NAMED_BY: Final = ("ft:", "claim:")

_Evidence = tuple[EvidenceItem, ...]


class _Told(NamedTuple):
    """What a chain speaks of and rests on; kept with the chain, so that its id stays its own."""

    chain: Chain
    ids: frozenset[str]
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
        view = self._view
        ids = self._ids(explanation)
        # A rendering says how soon, in the words of the scale.
        ids.update([f"ft:{flag.level}" for flag in explanation.urgency.watch_for])
        named = sorted(ids & {*view.concepts, *view.scales, *view.quantities})
        return {n: c.label if (c := view.concepts.get(n)) else view.label(n) for n in named}

    def kinds(self, names: Iterable[str]) -> dict[str, str]:
        """The kinds of those that are concepts."""
        return {c.id: c.kind for c in self._known(names)}

    def lay_labels(self, names: Iterable[str]) -> dict[str, str]:
        """The plain words for those that have some."""
        return {c.id: c.lay_label for c in self._known(names) if c.lay_label is not None}

    def claims(self, explanation: Explanation) -> dict[str, ClaimItem]:
        """All claims that something in the explanation rests on, sorted by id."""
        used = sorted(self._ids(explanation) & self._view.claims.keys())
        return {claim: self._citations.claim(claim) for claim in used}

    def sources(self, explanation: Explanation) -> tuple[SourceItem, ...]:
        """The sources of the explanation, in the order in which they are first cited."""
        return source_items(self._view, self._cited(explanation))

    def _known(self, names: Iterable[str]) -> list[Concept]:
        known = self._view.concepts
        return [known[name] for name in names if name in known]

    def _ids(self, explanation: Explanation) -> set[str]:
        """All that the parts of an explanation name."""
        found: set[str] = set()
        for name in Explanation.__dataclass_fields__:
            if name not in _COLLECTED:
                self._gather(getattr(explanation, name), found)
        return found

    def _gather(self, told: object, found: set[str]) -> None:
        if isinstance(told, str):
            if told.startswith(_NAMED_BY):
                found.add(told)
        elif isinstance(told, Chain):
            found.update(self._of(told).ids)
        elif isinstance(told, WatchFlag):
            found.update((told.id, *told.missing, *told.claims))
        elif isinstance(told, tuple):
            for each in told:
                self._gather(each, found)
        elif told is not None and not isinstance(told, float | int):
            for name in getattr(told, "__dataclass_fields__", ()):
                if name != "evidence":  # names sources alone
                    self._gather(getattr(told, name), found)

    def _of(self, chain: Chain) -> _Told:
        told = self._told.get(id(chain))
        if told is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            steps = chain.steps
            named = ((s.object, s.claim, *s.contested_by, *s.strengthened_by) for s in steps)
            told = self._told[id(chain)] = _Told(
                chain,
                frozenset((chain.start, *joined.from_iterable(named))),
                tuple(s.evidence for s in steps),
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
