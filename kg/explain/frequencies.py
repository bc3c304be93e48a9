"""How often each finding is seen: in a condition, in one that is silent about it, and at large.

Seven rules turn the frequencies that claims state into one for every condition and finding:

- Who has the specific form has the general one, so a general finding takes over the frequency of
  the specific one where no claim gives it its own.
- A condition that is annotated with a general finding alone shows a specific form of it as often
  as the form is among all forms, each counted once. This is the count of hyponyms of the intrinsic
  information content of Seco, Veale and Hayes, *An intrinsic information content metric for
  semantic similarity in WordNet* (2004). Without it, a twitch somewhere would count as much as the
  one form that gives a rare condition away.
- A condition whose sources do not mention a finding shows it at a fraction of its mean frequency
  over all conditions, which is the background frequency of LIRICAL, at the rate that a source gives
  for people in general, or at the chance of a sign that has nothing to do with it, whichever is
  most. The fraction is the rough share of what sources leave out.
- A condition of which a source says that it does not show a finding has it at most at the same
  fraction of the background.
- Only what has no kinds among the conditions is weighed. A kind shows what it is a kind of, where
  nothing is said of the kind itself.
- To be told that one has a condition is a finding of it.
- The background of a finding, its frequency among the people who ask, is the mean of these over
  all conditions, weighted by how common the conditions are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypeGuard

from kg.explain.taxonomy import Taxonomy
from kg.view import Claim, View

# At most this frequent is what a source says a condition does not show.
EXCLUDED: Final = 0.01
# A setting that nearly all who have a condition share.
_APART: Final = 0.98
_LEAST: Final = 0.001
_MOST: Final = 0.999
_USUAL_PRIOR: Final = 0.02
# Where the scales say nothing of their own.
_NOT_MENTIONED: Final = 0.1
_NOT_DESCRIBED: Final = 0.1
_DIAGNOSED: Final = 0.9
_SETTING: Final = "ft:has-setting"
_SHOWN: Final = frozenset({"ft:has-finding", _SETTING})


class Annotation(NamedTuple):
    """How often a finding is seen in a condition, and the claim that says so."""

    finding: str
    probability: float
    claim: str | None


class Rate(NamedTuple):
    """The frequency of a finding in a condition, and the annotation that it rests on."""

    probability: float
    note: Annotation


class Frequencies:
    """The findings, their frequencies and the priors of the conditions of one view.

    Attributes:
        ids: the conditions that can be weighed, sorted.
        headings: what they are kinds of; a heading is never weighed against its kinds.
        open_id: the candidate that stands for all that the graph does not describe, or None.
        candidates: the conditions, then the open one.
        priors: how likely each candidate is before anything is told; they sum to one.
    """

    def __init__(self, view: View, taxonomy: Taxonomy) -> None:
        self.view = view
        self.taxonomy = taxonomy
        # A condition of which the graph says neither how common it is nor how it shows itself
        # cannot be weighed.
        known = {
            c.id
            for c in view.with_role("ft:candidate-kind")
            if "ft:says-nothing" not in c.roles
            and any((c.id, r) in view.by_subject for r in ("ft:has-finding", "ft:has-prevalence"))
        }
        self.headings = {g for c in known for g in taxonomy.broader(c)[1:] if g in known}
        self.ids = tuple(sorted(known - self.headings))
        self.open_id = min((c.id for c in view.with_role("ft:open-candidate-kind")), default=None)
        self.candidates = (*self.ids, *([self.open_id] if self.open_id is not None else ()))
        self._about: dict[str, list[Claim]] = {c: [] for c in known}
        for claim in view.claims.values():
            if claim.predicate in _SHOWN and claim.subject in self._about:
                self._about[claim.subject].append(claim)
        self._authored = {c: self._inherited(c) for c in self.ids}
        # To be told that one has it is a finding of a condition as well.
        told = self._scale("ft:told-diagnosis", _DIAGNOSED)
        self._held = {
            c: self._spread({c: Annotation(c, told, None), **self._authored[c]}) for c in self.ids
        }
        raw = {c: self._prevalence(c, _USUAL_PRIOR) for c in self.ids}
        if self.open_id is not None:
            raw[self.open_id] = self._scale("ft:not-described", _NOT_DESCRIBED), None
        whole = sum(p for p, _ in raw.values())
        self.priors = {c: p / whole for c, (p, _) in raw.items()}
        self.prior_claims = {c: claim for c, (_, claim) in raw.items()}
        self._described = sum(self.priors[c] for c in self.ids)
        self._showing: dict[str, set[str]] = {}
        for c in self.ids:
            for finding in {*self._held[c], *self._authored[c]}:
                self._showing.setdefault(finding, set()).add(c)
        self._tables: dict[str, tuple[Mapping[str, Rate], float, float]] = {}

    def headings_of(self, condition: str) -> list[str]:
        """What a condition is a kind of, the nearest first."""
        return [g for g in self.taxonomy.broader(condition)[1:] if g in self.headings]

    def annotated(self, condition: str) -> Mapping[str, Annotation]:
        """The findings of a condition, more general ones included."""
        return self._held.get(condition, {})

    def authored(self, condition: str) -> Mapping[str, Annotation]:
        """The findings that a claim gives the condition."""
        return self._authored.get(condition, {})

    def showing(self, finding: str) -> Collection[str]:
        """The conditions that are annotated with a finding, or with a form of it."""
        return self._showing.get(finding, ())

    def rates(self, finding: str) -> Mapping[str, Rate]:
        """The frequency of a finding in each condition that is not silent about it."""
        return self._table(finding)[0]

    def rate(self, candidate: str, finding: str) -> float:
        """The frequency of a finding in a candidate; the background where it is silent."""
        rates, background, _ = self._table(finding)
        return rates[candidate].probability if candidate in rates else background

    def background(self, finding: str) -> float:
        """The frequency of a finding among the people who ask."""
        return self._table(finding)[1]

    def elsewhere(self, finding: str) -> float:
        """The frequency of a finding in a condition that has nothing to do with it."""
        return self._table(finding)[2]

    @cached_property
    def _omission(self) -> float:
        return self._scale("ft:not-mentioned", _NOT_MENTIONED)

    def _table(self, finding: str) -> tuple[Mapping[str, Rate], float, float]:
        known = self._tables.get(finding)
        if known is None:
            known = self._tables[finding] = self._tabulate(finding)
        return known

    def _tabulate(self, finding: str) -> tuple[Mapping[str, Rate], float, float]:
        # Only conditions that are told to show it, or what it is a kind of, differ from the rest.
        telling = {c for g in self.taxonomy.broader(finding) for c in self._showing.get(g, ())}
        found = ((c, self._rate(c, finding)) for c in sorted(telling))
        rates = {c: rate for c, rate in found if rate is not None}
        elsewhere = self._elsewhere(finding, rates)
        mean = elsewhere * self._described + sum(
            self.priors[c] * (rate.probability - elsewhere)
            for c, rate in rates.items()
            if _is_seen(rate)
        )
        # What the open candidate shows is the mean of all others, so it changes nothing.
        shared = mean / self._described if self._described else elsewhere
        background = min(max(shared, _LEAST), _MOST)
        rarest = min(EXCLUDED, self._omission * background)
        told = {c: r if _is_seen(r) else Rate(rarest, r.note) for c, r in rates.items()}
        return told, background, elsewhere

    def _elsewhere(self, finding: str, rates: Mapping[str, Rate]) -> float:
        """The frequency of a finding in a condition whose sources do not mention it."""
        seen = [rate.probability for rate in rates.values() if _is_seen(rate)]
        mean = self._omission * sum(seen) / max(len(self.ids), 1)
        settings = [r.note for r in rates.values() if is_setting(self.view, r.note)]
        # What illnesses come about with alone, as after an operation, befalls few others.
        apart = bool(settings) and all(n.probability > _APART for n in settings)
        chance = self._scale("ft:setting-by-chance" if apart else "ft:by-chance", EXCLUDED)
        if finding in self.priors:
            # To be told of a condition that one does not have is rarer than a sign by chance.
            return max(mean, self._omission * chance)
        return max(mean, chance, self._prevalence(finding, 0.0)[0])

    def _rate(self, condition: str, finding: str) -> Rate | None:
        note = self._held[condition].get(finding)
        if note is not None:
            return Rate(note.probability, note)
        authored = self._authored[condition]
        general = next((b for b in self.taxonomy.broader(finding) if b in authored), None)
        if general is None:
            return None
        forms = len(self.taxonomy.narrower(finding)) / len(self.taxonomy.narrower(general))
        return Rate(authored[general].probability * min(forms, 1.0), authored[general])

    def _read(self, condition: str) -> dict[str, Annotation]:
        found: dict[str, Annotation] = {}
        for claim in self._about[condition]:
            note = Annotation(claim.object, self._frequency(claim), claim.id)
            kept = found.get(claim.object)
            if kept is None or note.probability > kept.probability:
                found[claim.object] = note
        return found

    def _inherited(self, condition: str) -> dict[str, Annotation]:
        """What claims say of a condition, or of what it is a kind of where they are silent."""
        found = self._read(condition)
        for general in self.headings_of(condition):
            for finding, note in self._read(general).items():
                seen = note.probability > EXCLUDED
                # What is said of the kind itself is not contradicted from above: it shows no form
                # of what it does not show, and shows what it shows a form of.
                related = self.taxonomy.broader if seen else self.taxonomy.narrower
                own = found.keys() & set(related(finding))
                if all((found[k].probability > EXCLUDED) == seen for k in own):
                    found.setdefault(finding, note)
        return found

    def _frequency(self, claim: Claim) -> float:
        if not claim.supported:
            return EXCLUDED
        for name in (claim.frequency, claim.hedge):
            step = self.view.scales.get(name) if name is not None else None
            if step is not None and step.probability is not None:
                return min(max(step.probability, _LEAST), _MOST)
        return self.lowest_band

    @cached_property
    def lowest_band(self) -> float:
        """The lowest frequency band that is not "never": seen, but nobody says how often."""
        bands = (s for s in self.view.scales.values() if s.kind == "ft:FrequencyBand")
        shares = (s.probability for s in bands if s.probability is not None)
        return min((p for p in shares if p >= EXCLUDED), default=_USUAL_PRIOR)

    def _spread(self, authored: Mapping[str, Annotation]) -> dict[str, Annotation]:
        """The annotations and all that they imply: who has the specific form has the general."""
        held: dict[str, Annotation] = {}
        for finding in sorted(authored):
            # Not to have the specific form says nothing of the general one.
            refuted = authored[finding].probability <= EXCLUDED
            for general in () if refuted else self.taxonomy.broader(finding):
                kept = held.get(general)
                if kept is None or authored[finding].probability > kept.probability:
                    held[general] = Annotation(
                        general, authored[finding].probability, authored[finding].claim
                    )
        held.update(authored)
        return held

    def _prevalence(self, name: str, otherwise: float) -> tuple[float, str | None]:
        for claim in self.view.by_subject.get((name, "ft:has-prevalence"), ()):
            step = self.view.scales.get(claim.object)
            if step is not None and step.probability:
                return step.probability, claim.id
        return otherwise, None

    def _scale(self, name: str, otherwise: float) -> float:
        step = self.view.scales.get(name)
        return step.probability if step is not None and step.probability else otherwise


def is_setting(view: View, note: Annotation) -> bool:
    """True for what a condition comes about with, not for what it shows."""
    claim = view.claims.get(note.claim or "")
    return claim is not None and claim.predicate == _SETTING


def _is_seen(rate: Rate | None) -> TypeGuard[Rate]:
    """True when a source says that the condition shows the finding, however rarely."""
    return rate is not None and rate.note.probability > EXCLUDED
