"""Where sources disagree about what an explanation uses: both sides are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.explain.cite import Citations
from kg.explain.model import Statement
from kg.explain.wording import listed
from kg.view import Claim, View


class Disagreements:
    """The contested claims of one view."""

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._citations = citations
        self._contradictions = [
            c
            for c in view.claims.values()
            if c.predicate == "ft:contradicts"
            and c.supported
            and c.subject in view.claims
            and c.object in view.claims
        ]
        # What a condition does not show is no dispute: it stands among the findings against it.
        self._refuted = [
            c
            for c in view.claims.values()
            if any(e.direction == "ft:refutes" for e in c.evidence)
            and (c.supported or not view.relations[c.predicate].direct)
        ]

    def about(self, concepts: Collection[str], claims: Collection[str]) -> tuple[Statement, ...]:
        """What is contested among the claims used, or said of nothing but the concepts used."""
        told = []
        for contradiction in self._contradictions:
            sides = (
                self._view.claims[contradiction.subject],
                self._view.claims[contradiction.object],
            )
            if any(self._touches(side, concepts, claims) for side in sides):
                ids = (contradiction.id, *(side.id for side in sides))
                told.append(Statement(self._both(sides), ids, self._citations.evidence(ids)))
        for claim in self._refuted:
            if self._touches(claim, concepts, claims):
                evidence = self._citations.evidence((claim.id,))
                told.append(Statement(self._against(claim), (claim.id,), evidence))
        return tuple(told)

    def _touches(self, claim: Claim, concepts: Collection[str], claims: Collection[str]) -> bool:
        return claim.id in claims or (claim.subject in concepts and claim.object in concepts)

    def _both(self, sides: Iterable[Claim]) -> str:
        first, second = (f"{self._citations.text(s.id)} ({self._titles(s)})" for s in sides)
        return f"Sources disagree: {first}; but {second}."

    def _against(self, claim: Claim) -> str:
        text = self._citations.text(claim.id)
        against = self._titles(claim, "ft:refutes")
        if claim.supported:
            return (
                f"Sources disagree: {text} ({self._titles(claim)}); evidence against it: {against}."
            )
        return f"According to {against}: {text}."

    def _titles(self, claim: Claim, direction: str = "ft:supports") -> str:
        sources = dict.fromkeys(e.source for e in claim.evidence if e.direction == direction)
        return listed([self._view.label(s) for s in sources])
