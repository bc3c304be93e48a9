"""Conditions ranked by likelihood ratios of present and absent findings, as in LIRICAL.

The scheme is that of Robinson et al., *Interpretable clinical genomics with a likelihood ratio
paradigm* (2020): each finding that a condition is annotated with multiplies the odds of the
condition by P(finding | condition) / P(finding), an absent one by (1 - P) / (1 - P). A finding
that the condition is not annotated with counts for nothing (ratio 1). Four choices are ours:

- P(finding) is the mean over the conditions of the view, weighted by how common they are, so that
  it is the rate among the people who ask; a condition that is silent counts with a base rate.
- A condition annotated with a more general finding is judged by that one: the step from the
  general to the specific finding is the same above and below the line and cancels out.
- A finding that a source says the condition does not have counts as very rare in it.
- Of findings that imply each other only one counts: the most specific that is present, the most
  general that is absent.
"""

from __future__ import annotations

from math import log10
from typing import NamedTuple

from kg.explain.model import WeightedFinding
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.view import Claim, View

__all__ = ["Annotation", "ConditionModel", "Judgement", "decibans"]

_LEAST, _MOST = 0.001, 0.999
_BASE_RATE = 0.02
_EXCLUDED = 0.01
_USUAL_PRIOR = 0.02


def decibans(ratio: float) -> float:
    """A likelihood ratio or odds in decibans, ten times the decimal logarithm.

    >>> round(decibans(10.0), 9), round(decibans(1.0), 9)
    (10.0, 0.0)
    """
    return 10.0 * log10(ratio)


class Annotation(NamedTuple):
    """How often a finding is seen in a condition, and the claim that says so."""

    finding: str
    probability: float
    claim: str


class Judgement(NamedTuple):
    """A condition weighed against a case; `total` is the sum of prior and weights in decibans."""

    id: str
    label: str
    prior: float
    total: float
    probability: float
    weights: tuple[WeightedFinding, ...]
    not_asked: tuple[str, ...]
    not_annotated: tuple[str, ...]
    claims: tuple[str, ...]


class ConditionModel:
    """The findings, their frequencies and the priors of the conditions of one view."""

    def __init__(self, view: View, taxonomy: Taxonomy) -> None:
        self._view = view
        self._taxonomy = taxonomy
        # A condition of which the graph says neither how common it is nor how it shows itself
        # cannot be weighed.
        self.ids = tuple(
            sorted(
                c.id
                for c in view.with_role("ft:candidate-kind")
                if any(
                    (c.id, r) in view.by_subject for r in ("ft:has-finding", "ft:has-prevalence")
                )
            )
        )
        self.base_rate = _base_rate(view)
        self._about: dict[str, list[Claim]] = {c: [] for c in self.ids}
        for claim in view.claims.values():
            if claim.predicate == "ft:has-finding" and claim.subject in self._about:
                self._about[claim.subject].append(claim)
        self._authored = {c: self._read(c) for c in self.ids}
        self._held = {c: self._spread(self._authored[c]) for c in self.ids}
        raw = {c: self._prevalence(c) for c in self.ids}
        whole = sum(p for p, _ in raw.values())
        self.priors = {c: p / whole for c, (p, _) in raw.items()}
        self._prior_claims = {c: claim for c, (_, claim) in raw.items()}
        self._background: dict[str, float] = {}

    def _read(self, condition: str) -> dict[str, Annotation]:
        found: dict[str, Annotation] = {}
        for claim in self._about[condition]:
            note = Annotation(claim.object, self._frequency(claim), claim.id)
            kept = found.get(claim.object)
            if kept is None or note.probability > kept.probability:
                found[claim.object] = note
        return found

    def _frequency(self, claim: Claim) -> float:
        if not claim.supported:
            return _EXCLUDED
        for name in (claim.frequency, claim.hedge):
            step = self._view.scales.get(name) if name is not None else None
            if step is not None and step.probability is not None:
                return min(max(step.probability, _LEAST), _MOST)
        return self.base_rate

    def _spread(self, authored: dict[str, Annotation]) -> dict[str, Annotation]:
        """The annotations and all that they imply: who has the specific form has the general."""
        held: dict[str, Annotation] = {}
        for finding in sorted(authored):
            # Not to have the specific form says nothing of the general one.
            refuted = authored[finding].probability <= _EXCLUDED
            for general in () if refuted else self._taxonomy.broader(finding):
                kept = held.get(general)
                if kept is None or authored[finding].probability > kept.probability:
                    held[general] = Annotation(
                        general, authored[finding].probability, authored[finding].claim
                    )
        held.update(authored)
        return held

    def _prevalence(self, condition: str) -> tuple[float, str | None]:
        for claim in self._view.by_subject.get((condition, "ft:has-prevalence"), ()):
            step = self._view.scales.get(claim.object)
            if step is not None and step.probability:
                return step.probability, claim.id
        return _USUAL_PRIOR, None

    def annotated(self, condition: str) -> dict[str, Annotation]:
        """The findings of a condition, more general ones included."""
        return self._held[condition]

    def authored(self, condition: str) -> dict[str, Annotation]:
        """The findings that a claim gives the condition."""
        return self._authored[condition]

    def lookup(self, condition: str, finding: str) -> Annotation | None:
        """The annotation by which a finding is judged: its own, or that of a more general one."""
        own = self._held[condition].get(finding)
        if own is not None:
            return own
        authored = self._authored[condition]
        return next((authored[b] for b in self._taxonomy.broader(finding) if b in authored), None)

    def stated(self, condition: str, finding: str) -> Annotation | None:
        """What is said of the finding itself or of a form of it, not of something more general."""
        return self._held[condition].get(finding)

    def background(self, finding: str) -> float:
        """P(finding) among the people who ask: the mean over the conditions, by prevalence."""
        known = self._background.get(finding)
        if known is None:
            mean = 0.0
            for condition in self.ids:
                note = self.lookup(condition, finding)
                rate = note.probability if note is not None else self.base_rate
                mean += self.priors[condition] * rate
            known = self._background[finding] = min(max(mean, _LEAST), _MOST)
        return known

    def judge(self, reading: Reading) -> tuple[Judgement, ...]:
        """All conditions with their weights, the most probable first; probabilities sum to one."""
        weighed = [(c, *self._weigh(c, reading)) for c in self.ids]
        totals = {
            c: decibans(self.priors[c]) + sum(w.decibans for w in weights)
            for c, weights, _ in weighed
        }
        highest = max(totals.values(), default=0.0)
        shares = {c: 10.0 ** ((total - highest) / 10.0) for c, total in totals.items()}
        whole = sum(shares.values())
        asked = set(reading.met) | set(reading.absent)
        judged = [
            Judgement(
                id=condition,
                label=self._view.label(condition),
                prior=self.priors[condition],
                total=totals[condition],
                probability=shares[condition] / whole,
                weights=weights,
                not_asked=self._not_asked(condition, asked, reading),
                not_annotated=silent,
                claims=self._claims(condition, weights),
            )
            for condition, weights, silent in weighed
        ]
        return tuple(sorted(judged, key=lambda j: (-j.total, j.label, j.id)))

    def _weigh(
        self, condition: str, reading: Reading
    ) -> tuple[tuple[WeightedFinding, ...], tuple[str, ...]]:
        weights: list[WeightedFinding] = []
        silent: list[str] = []
        used: list[str] = []
        for finding in self._most_telling(reading):
            note = self.lookup(condition, finding)
            if note is None:
                silent.append(finding)
            elif not any(note.finding in self._taxonomy.broader(u) for u in used):
                used.append(note.finding)
                ratio = note.probability / self.background(note.finding)
                weights.append(self._weight(finding, ratio, note))
        for finding in reading.absent:
            denied = self._held[condition].get(finding)
            if denied is None:
                silent.append(finding)
            elif self._counts(finding, reading):
                ratio = (1.0 - denied.probability) / (1.0 - self.background(finding))
                weights.append(self._weight(finding, ratio, denied))
        return tuple(weights), tuple(silent)

    def _most_telling(self, reading: Reading) -> list[str]:
        """The present concepts, specific before general, what is merely implied last."""
        implied = {f.id for f in reading.case.findings if f.implied_by}
        depth = {c: len(self._taxonomy.broader(c)) for c in reading.present}
        return sorted(reading.present, key=lambda c: (c in implied, -depth[c]))

    def _counts(self, finding: str, reading: Reading) -> bool:
        """True when a denial is not already told by the denial of something more general."""
        if finding in reading.met:
            return False
        return not any(b in reading.absent for b in self._taxonomy.broader(finding)[1:])

    def _weight(self, finding: str, ratio: float, note: Annotation) -> WeightedFinding:
        return WeightedFinding(
            finding, self._view.label(finding), decibans(ratio), ratio, note.claim
        )

    def _not_asked(self, condition: str, asked: set[str], reading: Reading) -> tuple[str, ...]:
        notes = sorted(
            self._authored[condition].values(), key=lambda n: (-n.probability, n.finding)
        )
        return tuple(
            n.finding for n in notes if n.finding not in asked and not reading.denied(n.finding)
        )

    def _claims(self, condition: str, weights: tuple[WeightedFinding, ...]) -> tuple[str, ...]:
        used = [w.claim for w in weights if w.claim is not None]
        prior = self._prior_claims[condition]
        return tuple(dict.fromkeys([*used, *([prior] if prior is not None else [])]))


def _base_rate(view: View) -> float:
    """How often a finding is seen where nothing is said: the lowest band that is not "never"."""
    bands = [
        s.probability
        for s in view.scales.values()
        if s.kind == "ft:FrequencyBand" and s.probability is not None
    ]
    return min((p for p in bands if p >= _EXCLUDED), default=_BASE_RATE)
