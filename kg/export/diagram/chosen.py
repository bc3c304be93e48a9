"""Which chains of an explanation a diagram shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.model import Cause, Chain, Explanation, RankedCondition

_NODES: Final = 22  # concepts at most, so that a picture can be read without turning the page
_CAUSES: Final = 8
_OPEN_CAUSES: Final = 4  # that nobody told, where nothing that was told explains anything
_CONDITIONS: Final = 3
_LIKELY: Final = 0.15
_STEPS: Final = 6  # longer chains are drawn only where a cause has no shorter one
_AT_ONCE: Final = "emergency"  # as in the text: whoever has to act at once is told no more
_HELPED: Final = "helped"

Drawn = tuple[str, Chain]
"""The id of a cause or a condition, and a chain of it that is drawn."""


class Chosen:
    """Chooses the chains of one explanation."""

    def __init__(self, explanation: Explanation) -> None:
        self._told = explanation
        self._at_once = explanation.urgency.level == _AT_ONCE

    def chains(self) -> list[Drawn]:
        """The chains that are drawn: the best of each in turn, as long as there is room."""
        rows = [self._good(c.id, c.chains) for c in self._causes()]
        rows += [self._ends(c.id, c.chains) for c in self._conditions()]
        told: list[Drawn] = []
        nodes: set[str] = set()
        for rank in range(max(map(len, rows), default=0)):
            # A second way is told where few causes leave room for it.
            if rank and len(nodes) > _NODES * 0.6:
                break
            for row in rows:
                if rank < len(row):
                    new = {n for s in row[rank][1].steps for n in (s.subject, s.object)} - nodes
                    if not nodes or len(nodes) + len(new) <= _NODES:
                        told.append(row[rank])
                        nodes |= new
        return told

    def _good(self, name: str, chains: Iterable[Chain]) -> list[Drawn]:
        kept = [chain for chain in chains if chain.steps]
        short = [chain for chain in kept if len(chain.steps) <= _STEPS]
        return [(name, chain) for chain in (short or kept[:1])[:2]]

    def _ends(self, name: str, chains: Iterable[Chain]) -> list[Drawn]:
        """The best chain of a condition to each finding."""
        best: dict[str, Chain] = {}
        for chain in chains:
            if chain.steps:
                best.setdefault(chain.end, chain)
        return [(name, chain) for chain in best.values()][:3]

    def _causes(self) -> list[Cause]:
        if self._at_once:
            return []
        told = [c for c in self._told.causes if c.reported or c.outcome == _HELPED]
        open_ = [c for c in self._told.causes if c.id in self.unreported()]
        return told[:_CAUSES] or open_[:_OPEN_CAUSES]

    def unreported(self) -> set[str]:
        """The causes that nobody told of, and that nothing was tried against."""
        return {c.id for c in self._told.causes if not c.reported and c.outcome is None}

    def _conditions(self) -> list[RankedCondition]:
        ranked = [c for c in self._told.conditions if c.described]
        return ([c for c in ranked if c.probability >= _LIKELY] or ranked[:1])[:_CONDITIONS]
