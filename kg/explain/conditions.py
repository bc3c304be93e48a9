"""Conditions ranked by likelihood ratios of present and absent findings, as in LIRICAL.

The scheme is that of Robinson et al., *Interpretable clinical genomics with a likelihood ratio
paradigm* (2020): each finding that a condition is annotated with multiplies the odds of the
condition by P(finding | condition) / P(finding), an absent one by (1 - P) / (1 - P). A finding
that the condition is not annotated with counts for nothing (ratio 1). `kg.explain.frequencies`
says where the frequencies come from. Seven choices are ours:

- What a source says is seen in a condition never counts against it when it is there (ratio at
  least 1); the setting that it comes about in may (an age at which it is rare). Silence counts for
  nothing; without this rule a condition that is described in full would lose points for its less
  frequent findings, and one that hardly anything is said of would pass it by saying nothing.
- A finding that a source says the condition does not have always counts against it.
- Of findings that imply each other only one counts: the most specific that is present, the most
  general that is absent.
- What does not fit a condition counts against it: see `kg.explain.misfit`.
- What needs no doctor is called so where little else is there: a sign or a symptom that no source
  gives it counts against it as far as other conditions show it more often than chance does.
- What the graph does not describe is a candidate as well. All its findings are as frequent as
  among the people who ask, so its ratios are 1 and its share falls as something else fits.
- Before any finding counts, the words that a longer text is told in do (`kg.recognise.likeness`):
  they move the priors of what it is told like. As they tell the findings too, and how often an
  illness is told of, these count half then (the roots of the prior and of each ratio).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.explain.accounts import CHANGES
from kg.explain.circumstances import Circumstances
from kg.explain.frequencies import EXCLUDED, Annotation, Frequencies, Rate
from kg.explain.judgement import Judgement, Told, decibans
from kg.explain.misfit import SELDOM, Misfit, Misfits
from kg.explain.model import WeightedFinding
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Likeness
from kg.view import View

_SIGNS: Final = frozenset({"ft:Sign", "ft:Symptom"})
_TWICE: Final = 0.5  # what counts of a prior and of a finding, where words tell them as well


class ConditionModel(Frequencies):
    """Weighs the conditions of one view against cases."""

    def __init__(self, view: View, taxonomy: Taxonomy) -> None:
        super().__init__(view, taxonomy)
        self._circumstances = Circumstances(view)
        self.misfits = Misfits(view, {c: self.authored(c) for c in self.ids})
        self._weights: dict[tuple[str, str, bool], WeightedFinding] = {}
        self._priors_told: tuple[tuple[Likeness, ...], Mapping[str, float]] = (), self.priors
        # With the claim that says so.
        self._harmless = {c: claim for c in self.ids if (claim := self._is_harmless(c))}
        self._concerns = {c: self.misfits.concerns(c) for c in self.candidates}
        self._silent = {
            c: [self._amiss(m) for m in self.misfits.missing(c, ())] for c in self.candidates
        }
        self._commonest = {
            c: tuple(
                n.finding for n in sorted(notes.values(), key=lambda n: (-n.probability, n.finding))
            )
            for c, notes in ((c, self.authored(c)) for c in self.candidates)
        }

    def judge(self, reading: Reading) -> tuple[Judgement, ...]:
        """All conditions with their weights, the most probable first; probabilities sum to one."""
        told, priors = self._told(reading), self.priors_told(reading.case)
        weights = {c: self._weigh(c, told) for c in self.candidates}
        totals = {
            c: decibans(priors[c]) + sum(w.decibans for w in found) for c, found in weights.items()
        }
        highest = max(totals.values(), default=0.0)
        shares = {c: 10.0 ** ((total - highest) / 10.0) for c, total in totals.items()}
        whole = sum(shares.values())
        answered = {*reading.met, *reading.absent, *reading.denials}
        annotated = self._annotated_with(reading)
        counting = sum(map(bool, annotated.values()))
        judged = [
            Judgement(
                id=condition,
                label=self.view.label(condition),
                prior=priors[condition],
                total=totals[condition],
                probability=shares[condition] / whole,
                weights=weights[condition],
                not_asked=self._not_asked(condition, answered),
                not_annotated=tuple(f for f, known in annotated.items() if condition not in known),
                claims=self._claims(condition, weights[condition]),
                coverage=sum(condition in known for known in annotated.values()) / max(counting, 1),
                annotations=len(self.authored(condition)),
                described=condition != self.open_id,
            )
            for condition in self.candidates
        ]
        return tuple(sorted(judged, key=lambda j: (-j.total, not j.described, j.label, j.id)))

    def total(self, condition: str, reading: Reading) -> float:
        """The prior and the weights of one condition together, in decibans."""
        weights = self.weigh(condition, reading)
        return decibans(self.priors_told(reading.case)[condition]) + sum(
            w.decibans for w in weights
        )

    def priors_told(self, case: Case) -> Mapping[str, float]:
        """How common each candidate is, and the words of the text; they sum to one."""
        if not case.likeness:
            return self.priors
        likeness, priors = self._priors_told
        if case.likeness != likeness:
            ratios = {one.id: one.ratio for one in case.likeness}
            raw = {c: p**_TWICE * self._words_speak(c, ratios) for c, p in self.priors.items()}
            whole = sum(raw.values())
            priors = {c: p / whole for c, p in raw.items()}
            self._priors_told = case.likeness, priors
        return priors

    def _words_speak(self, condition: str, ratios: Mapping[str, float]) -> float:
        """How much likelier the words of the text make a condition, or what it is a kind of.

        The square of what was learned: with it probabilities are what they say (CONTRIBUTING.md).
        """
        told = max(ratios.get(b, 1.0) for b in self.taxonomy.broader(condition))
        return told * told

    def weigh(self, condition: str, reading: Reading) -> tuple[WeightedFinding, ...]:
        """What the findings of the case weigh for one condition."""
        return self._weigh(condition, self._told(reading))

    def _told(self, reading: Reading) -> Told:
        """What the case tells, in the order in which it counts; the same for every condition."""
        bound: dict[str, list[Mapping[str, Rate]]] = {}
        for finding in reading.case.findings:
            for quality in finding.qualities if finding.status == "present" else ():
                bound.setdefault(quality, []).append(self.rates(finding.id))
        present = self._most_telling(reading)
        # In general words one may mean what is typical.
        told = {n for f in (*present, *reading.absent) for n in self.related(f)}
        absent = [finding for finding in reading.absent if self._counts(finding, reading)]
        return Told(
            [(f, self.rates(f), bound.get(f, [])) for f in present],
            absent,
            frozenset(told),
            frozenset().union(*map(self.rates, present), *map(self.showing, absent)),
            self.misfits.told_of(told),
            tuple(f for f in reading.effects if f in present and self._is_sign(f)),
            self.misfits.places(reading),
            next((f for f in reading.effects if CHANGES[0] in self.misfits.acts(f)), None),
            _TWICE if reading.case.likeness else 1.0,
        )

    def _is_harmless(self, condition: str) -> str | None:
        """The claim that a condition, or else what it is a kind of, needs no doctor by itself."""
        known = self.view.by_subject.get
        kinds = (known((b, "ft:has-urgency"), ()) for b in self.taxonomy.broader(condition))
        levels = next(filter(None, kinds), ())
        graver = any(self.view.scales[c.object].rank for c in levels)
        return None if graver or not levels else levels[0].id

    def related(self, finding: str) -> tuple[str, ...]:
        """The concept, what it is a kind or a form of, and its own kinds and forms."""
        return (*self.taxonomy.broader(finding), *self.taxonomy.narrower(finding))

    def _weigh(self, condition: str, told: Told) -> tuple[WeightedFinding, ...]:
        # Most conditions have nothing to do with what is told.
        concerned = condition in told.concerned or condition in self._harmless
        weights = self._found(condition, told) if concerned else []
        if told.done.isdisjoint(self._concerns[condition]):
            amiss = [*self._silent[condition]]
        else:
            amiss = [self._amiss(m) for m in self.misfits.missing(condition, told.related)]
        misfits = self.misfits.out_of_place(condition, told.related, told.places, told.moving)
        amiss += [self._amiss(m) for m in misfits]
        out = {weight.id for weight in amiss}
        found = (*(w for w in weights if w.id not in out), *amiss)
        return found if told.counts == 1.0 else tuple(w.counting(told.counts) for w in found)

    def _found(self, condition: str, told: Told) -> list[WeightedFinding]:
        """What the findings that are there or denied weigh for a condition by themselves."""
        weights: list[WeightedFinding] = []
        used: list[str] = []
        for finding, rates, bound in told.present:
            rate = rates.get(condition)
            if rate is None or any(
                rate.note.finding in self.taxonomy.broader(counted) for counted in used
            ):
                continue
            # How something began or went on says nothing of what does not show it.
            if bound and not any(condition in shown for shown in bound):
                continue
            used.append(rate.note.finding)
            weights.append(self.present_weight(condition, finding))
        held = self.annotated(condition)
        weights += [self.absent_weight(condition, f) for f in told.absent if f in held]
        if condition in self._harmless:
            weights += self._beside(condition, told.beside)
        return weights

    def _beside(self, condition: str, findings: Iterable[str]) -> list[WeightedFinding]:
        """What speaks most against a harmless condition, of what has nothing to do with it."""
        others = {f: self.elsewhere(f) / self.background(f) for f in findings}
        against = {f: r for f, r in others.items() if r < 1 and condition not in self.rates(f)}
        return [
            self._weight(f, r, Annotation(f, EXCLUDED, self._harmless[condition]))
            for f, r in sorted(against.items(), key=lambda e: e[1])[:1]
        ]

    def _is_sign(self, finding: str) -> bool:
        known = self.view.concepts.get(finding)
        return known is not None and not _SIGNS.isdisjoint(known.kinds)

    def at_stake(self, condition: str, finding: str) -> float:
        """The most that an answer can do to what does not fit a condition, in decibans."""
        return -sum(map(decibans, self.misfits.at_stake(condition, self.related(finding))))

    def weight_of(self, condition: str, finding: str, present: bool) -> float:
        """What an answer alone would weigh for a candidate, in decibans; 0 where it is silent."""
        if present and condition in self.rates(finding):
            return self.present_weight(condition, finding).decibans
        if not present and finding in self.annotated(condition):
            return self.absent_weight(condition, finding).decibans
        return 0.0

    def present_weight(self, condition: str, finding: str) -> WeightedFinding:
        """What a finding weighs for a condition that is annotated with it, when it is there."""
        known = self._weights.get((condition, finding, True))
        if known is None:
            note = self.rates(finding)[condition].note
            setting = self.misfits.is_setting(note)
            # A setting is met by any form of it.
            named = note.finding if setting else finding
            ratio = self.rates(named)[condition].probability / self.background(named)
            if note.probability > EXCLUDED and not setting:
                ratio = max(1.0, ratio)
            elif setting and note.probability < SELDOM:
                ratio = min(1.0, ratio)  # what is hardly ever seen with it never speaks for it
            known = self._weights[condition, finding, True] = self._weight(finding, ratio, note)
        return known

    def absent_weight(self, condition: str, finding: str) -> WeightedFinding:
        """What a finding weighs for a condition that is annotated with it, when it is denied."""
        known = self._weights.get((condition, finding, False))
        if known is None:
            note = self.annotated(condition)[finding]
            ratio = (1.0 - note.probability) / (1.0 - self.background(finding))
            known = self._weights[condition, finding, False] = self._weight(finding, ratio, note)
        return known

    def _most_telling(self, reading: Reading) -> list[str]:
        """The present concepts, specific before general, what is merely implied last."""
        implied = {f.id for f in reading.case.findings if f.implied_by}
        present = [c for c in reading.present if c not in reading.unwanted]
        told = dict.fromkeys([*present, *self._circumstances.told(reading.case)])
        return sorted(told, key=lambda c: (c in implied, -len(self.taxonomy.broader(c))))

    def _counts(self, finding: str, reading: Reading) -> bool:
        """True when a denial is not already told by the denial of something more general."""
        if finding in reading.met:
            return False
        return not any(b in reading.absent for b in self.taxonomy.broader(finding)[1:])

    def _annotated_with(self, reading: Reading) -> dict[str, frozenset[str]]:
        """What is told, with the conditions that are annotated with it."""
        told = {f: frozenset(self.rates(f)) for f in self._most_telling(reading)}
        # To deny a specific form says nothing where only the general one is known of.
        for finding in reading.absent:
            told[finding] = frozenset(
                c for c in self.rates(finding) if finding in self.annotated(c)
            )
        return told

    def _amiss(self, misfit: Misfit) -> WeightedFinding:
        return self._weight(misfit.note.finding, misfit.ratio, misfit.note)

    def _weight(self, finding: str, ratio: float, note: Annotation) -> WeightedFinding:
        return WeightedFinding(
            finding, self.view.label(finding), decibans(ratio), ratio, note.claim
        )

    def _not_asked(self, condition: str, answered: set[str]) -> tuple[str, ...]:
        shown = self._commonest[condition]
        # Most conditions have nothing to do with what the case answers.
        if answered.isdisjoint(shown):
            return shown
        return tuple([finding for finding in shown if finding not in answered])

    def _claims(self, condition: str, weights: tuple[WeightedFinding, ...]) -> tuple[str, ...]:
        used = [w.claim for w in weights if w.claim is not None]
        prior = self.prior_claims[condition]
        return tuple(dict.fromkeys([*used, *([prior] if prior is not None else [])]))
