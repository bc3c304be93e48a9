"""The names, the claims and the sources of an explanation, collected in the order of first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain as joined
from typing import Final

from kg.explain.cite import Citations
from kg.explain.model import Chain, ClaimItem, Explanation, SourceItem, WatchFlag
from kg.view import View

# What is collected from the rest, and what says by whom something is said.
_COLLECTED: Final = frozenset({"labels", "kinds", "lay_labels", "claims", "sources", "view"})
_NAMED_BY: Final = ("ft:", "claim:")


class Names:
    """Collects the names, the claims and the sources of all that explanations speak of."""

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._citations = citations

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
        return {n: c.kind for n in names if (c := self._view.concepts.get(n))}

    def lay_labels(self, names: Iterable[str]) -> dict[str, str]:
        """The plain words for those that have some."""
        return {n: lay for n in names if (lay := self._view.lay(n)) is not None}

    def claims(self, explanation: Explanation) -> dict[str, ClaimItem]:
        """All claims that something in the explanation rests on, sorted by id."""
        used = sorted(self._ids(explanation) & self._view.claims.keys())
        return {claim: self._citations.claim(claim) for claim in used}

    def sources(self, explanation: Explanation) -> tuple[SourceItem, ...]:
        """The sources of the explanation, in the order in which they are first cited."""
        return source_items(self._view, self._cited(explanation))

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
            found.add(told.start)
            for step in told.steps:
                found.update((step.object, step.claim))
                found.update(step.contested_by, step.strengthened_by)
        elif isinstance(told, WatchFlag):
            found.update((told.id, *told.missing, *told.claims))
        elif isinstance(told, tuple):
            for each in told:
                self._gather(each, found)
        elif told is not None and not isinstance(told, float | int):
            for name in getattr(told, "__dataclass_fields__", ()):
                if name != "evidence":  # names sources alone
                    self._gather(getattr(told, name), found)

    def _cited(self, explanation: Explanation) -> Iterator[str]:
        """The ids of the sources, as a reader meets them from top to bottom."""
        e, groups = explanation, []
        parts = (e.urgency.because, e.causes, e.conditions, (e.location,), e.remedies)
        for entry in joined.from_iterable((*parts, e.disagreements, e.urgency.watch_for)):
            groups.append(getattr(entry, "evidence", ()))
            chains: tuple[Chain, ...] = getattr(entry, "chains", ())
            groups += [step.evidence for chain in chains for step in chain.steps]
        # The same evidence is met again and again: once is enough.
        once = {id(group): group for group in groups}.values()
        # What the summary cites comes first, so that a source has one number in all faces.
        yield from explanation.summary.sources
        yield from (item.source for group in once for item in group)


def source_items(view: View, names: Iterable[str]) -> tuple[SourceItem, ...]:
    """The sources of the view that are named, each once, in the order given."""
    found = (view.sources[name] for name in dict.fromkeys(names) if name in view.sources)
    return tuple(SourceItem(s.id, s.title, s.type.rpartition(":")[2], s.url) for s in found)
