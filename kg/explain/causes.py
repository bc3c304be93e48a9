"""Causes: what a person reports, or was not asked about, with the chains to the findings."""

from __future__ import annotations

from collections.abc import Mapping

from kg.explain.model import Cause
from kg.explain.reading import Reading
from kg.explain.signed import is_hub
from kg.explain.stories import Stories
from kg.explain.tried import HELPED, Response, Tried
from kg.view import Concept, View

# How many causes that nobody asked about are listed.
_NOT_ASKED = 10
# An amount below its limit weighs less than one above it or unknown.
_BELOW_LIMIT = 0.5
# What is reported or was given up with success, what the person suspects, what nobody asked
# about, what was given up in vain.
_REPORTED, _SUSPECTED, _SILENT, _GIVEN_UP = range(4)


class Causes:
    """Ranks the causes of one view for a case."""

    def __init__(self, view: View, stories: Stories, tried: Tried | None = None) -> None:
        self._view = view
        self._tried = tried or Tried(view)
        self._stories = stories
        self._kinds = sorted(view.with_role("ft:cause-kind"), key=lambda c: c.id)

    def rank(self, reading: Reading) -> tuple[Cause, ...]:
        """The causes with a chain that raises a present finding.

        Reported causes come first, those with an amount below the limit after the other reported
        ones, then what the person suspects, then causes that were not asked about, then what was
        given up in vain. What was given up with success counts as reported, and goes first.
        Denied causes are left out, and so are general causes of which a specific kind is listed.
        Within these groups the order is by score: one minus the product of (1 - confidence) over
        the chains shown (noisy-or), weighed by what became of a trial.
        """
        trials = self._tried.responses(reading)
        places: list[tuple[int, bool, Cause]] = []
        for concept in self._kinds:
            place = self._place(concept, reading, trials)
            cause = None if place is None else self._cause(concept, reading, trials)
            if place is not None and cause is not None:
                doubted = cause.reported and bool(cause.notes) and cause.outcome != HELPED
                places.append((place, doubted, cause))
        listed = {c.id for _, _, c in places}
        ranked = sorted(places, key=lambda p: (*p[:2], -p[2].score, p[2].label, p[2].id))
        silent = [
            c
            for place, _, c in ranked
            if place == _SILENT and not self._covered(c.id, listed, reading)
        ]
        kept = {c.id for c in silent[:_NOT_ASKED]}
        return tuple(c for place, _, c in ranked if place != _SILENT or c.id in kept)

    def _place(
        self, concept: Concept, reading: Reading, trials: Mapping[str, Response]
    ) -> int | None:
        """The group of a cause; None for what is not listed."""
        name = concept.id
        trial = trials.get(name)
        if name in reading.present or (trial is not None and trial.helped):
            return _REPORTED
        if trial is not None:
            return _GIVEN_UP
        # Conditions are ranked apart, and a collective concept is no answer to "what else?".
        if "ft:candidate-kind" in concept.roles or name in reading.met or reading.denied(name):
            return None
        if name in reading.suspected:
            return _SUSPECTED
        return None if reading.gone or is_hub(self._view, name) else _SILENT

    def _covered(self, cause: str, listed: set[str], reading: Reading) -> bool:
        return any(n in listed for n in reading.taxonomy.narrower(cause)[1:])

    def _cause(
        self, concept: Concept, reading: Reading, trials: Mapping[str, Response]
    ) -> Cause | None:
        chains, score = self._stories.raising(concept.id, reading.effects, reading.denials)
        if not chains:
            return None
        notes = self._notes(concept.id, reading)
        score *= _BELOW_LIMIT if notes else 1.0
        trial = trials.get(concept.id)
        if trial is not None:
            score, notes = trial.apply(score), (*notes, trial.note)
        return Cause(
            id=concept.id,
            label=concept.label,
            kind=concept.kind,
            reported=concept.id in reading.present,
            score=score,
            chains=chains,
            notes=notes,
            outcome=None if trial is None else trial.outcome,
        )

    def _notes(self, cause: str, reading: Reading) -> tuple[str, ...]:
        if cause in reading.suspected:
            return ("suspected, not reported",)
        amounts = [f.amount for f in reading.findings(cause) if f.amount is not None]
        if not amounts or any(a.relation != "below" for a in amounts):
            return ()
        limits = dict.fromkeys(self._view.label(a.limit) for a in amounts if a.limit is not None)
        named = "".join(f" ({limit})" for limit in limits)
        return (f"the amount, {amounts[0].text}, is below the limit{named}",)
