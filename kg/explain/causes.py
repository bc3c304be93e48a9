"""Causes: what a person reports, or was not asked about, with the chains to the findings."""

from __future__ import annotations

from kg.explain.model import Cause
from kg.explain.reading import Reading
from kg.explain.signed import is_hub
from kg.explain.stories import Stories
from kg.view import Concept, View

__all__ = ["Causes"]

# How many causes that nobody asked about are listed.
_NOT_ASKED = 10
# An amount below its limit weighs less than one above it or unknown.
_BELOW_LIMIT = 0.5


class Causes:
    """Ranks the causes of one view for a case."""

    def __init__(self, view: View, stories: Stories) -> None:
        self._view = view
        self._stories = stories
        self._kinds = sorted(view.with_role("ft:cause-kind"), key=lambda c: c.id)

    def rank(self, reading: Reading) -> tuple[Cause, ...]:
        """The causes with a chain that raises a present finding.

        Reported causes come first, those with an amount below the limit after the other reported
        ones, then causes that were not asked about. Denied causes are left out, and so are general
        causes of which a specific kind is listed. Within these groups the order is by score: one
        minus the product of (1 - confidence) over the chains shown (noisy-or).
        """
        found = [self._cause(c, reading) for c in self._kinds if self._wanted(c, reading)]
        causes = [c for c in found if c is not None]
        specific = {c.id for c in causes}
        causes = [c for c in causes if c.reported or not self._covered(c.id, specific, reading)]
        causes.sort(key=lambda c: (not c.reported, bool(c.notes), -c.score, c.label, c.id))
        reported = [c for c in causes if c.reported]
        return (*reported, *[c for c in causes if not c.reported][:_NOT_ASKED])

    def _wanted(self, concept: Concept, reading: Reading) -> bool:
        if concept.id in reading.present:
            return True
        # Conditions are ranked apart, and a collective concept is no answer to "what else?".
        if "ft:candidate-kind" in concept.roles or is_hub(self._view, concept.id):
            return False
        return concept.id not in reading.met and not reading.denied(concept.id)

    def _covered(self, cause: str, listed: set[str], reading: Reading) -> bool:
        return any(n in listed for n in reading.taxonomy.narrower(cause)[1:])

    def _cause(self, concept: Concept, reading: Reading) -> Cause | None:
        chains, score = self._stories.raising(concept.id, reading.effects, reading.denials)
        if not chains:
            return None
        notes = self._notes(concept.id, reading)
        return Cause(
            id=concept.id,
            label=concept.label,
            kind=concept.kind,
            reported=concept.id in reading.present,
            score=score * (_BELOW_LIMIT if notes else 1.0),
            chains=chains,
            notes=notes,
        )

    def _notes(self, cause: str, reading: Reading) -> tuple[str, ...]:
        amounts = [f.amount for f in reading.findings(cause) if f.amount is not None]
        if not amounts or any(a.relation != "below" for a in amounts):
            return ()
        limits = dict.fromkeys(self._view.label(a.limit) for a in amounts if a.limit is not None)
        named = "".join(f" ({limit})" for limit in limits)
        return (f"the amount, {amounts[0].text}, is below the limit{named}",)
