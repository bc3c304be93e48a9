"""Remedies: what cuts the links of this person's chains, and what raised flags ask for.

A remedy cuts a chain where it lowers a concept on it. Its score is the share of the person's
chains, weighted by their confidence, that it cuts, each with the confidence that it does. Chains
of reported causes count; where nothing is reported, those of the causes that may apply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.explain.chains import passes
from kg.explain.cite import Citations
from kg.explain.covering import smallest_sets
from kg.explain.effects import Effect, limit_told
from kg.explain.model import Cause, Chain, RankedRemedy, Urgency
from kg.explain.reading import Reading
from kg.explain.stories import Stories
from kg.explain.tried import HELPED, NO_HELP, Tried
from kg.explain.wording import listed
from kg.recognise.limits import Limits
from kg.view import View

_TOGETHER = 3
_IN_A_SENTENCE: Final = 3
# What a raised flag asks for, what acts on a reported cause or has helped, on a step of its
# chains, on the rest; what was tried in vain comes last.
_WARRANTED: Final = 0
_ON_CAUSE: Final = 1
_ON_CHAIN: Final = 2
_OTHER: Final = 3
_IN_VAIN: Final = 4
_OUTCOMES: Final = {
    HELPED: "it was tried and helped",
    NO_HELP: "it was tried without effect",
}


class Remedies:
    """Ranks the remedies of one view for a case."""

    def __init__(
        self,
        view: View,
        effects: Sequence[Effect],
        stories: Stories,
        citations: Citations,
        tried: Tried,
        limits: Limits,
    ) -> None:
        self._view = view
        self._stories = stories
        self._citations = citations
        self._findings = frozenset(c.id for c in view.with_role("ft:effect-kind"))
        self._effects = effects
        self._tried = tried
        self._limits = limits

    def rank(
        self,
        reading: Reading,
        urgency: Urgency,
        causes: Sequence[Cause],
        suspected: Collection[str],
        avoid: frozenset[str],
        only_warranted: bool,
    ) -> tuple[RankedRemedy, ...]:
        """The remedies for this person, most fitting first.

        Args:
            reading: the case.
            urgency: its urgency, with the raised flags.
            causes: the ranked causes.
            suspected: conditions that a raised flag points to or that rank first.
            avoid: what the person denies; no remedy works through it.
            only_warranted: offer nothing but what the flags of the highest level ask for.
        """
        asked_for = self._asked_for(urgency, only_highest=only_warranted)
        reported = [c for c in causes if c.reported]
        chains = [
            (chain, self._steps(chain))
            for cause in reported or causes
            for chain in cause.chains
            if chain.sign != "?"
        ]
        ranked: list[tuple[int, int, RankedRemedy]] = []
        order = [flag.id for flag in urgency.because]
        tried = self._tried.remedies(reading, self._effects)
        for effect in self._effects:
            flags = asked_for.get(effect.concept.id, [])
            if (only_warranted and not flags) or not reading.met.keys().isdisjoint(effect.excluded):
                continue
            outcome = tried.get(effect.concept.id)
            fits = outcome == HELPED or self._fits(effect, reading, suspected)
            if not flags and not fits:
                continue
            remedy = self._remedy(effect, reading, chains, avoid)
            # What the more urgent flag asks for comes first.
            place = order.index(flags[0]) if flags else 0
            tier = _WARRANTED if flags else self._tier(effect, remedy, reading, bool(reported))
            fruitless = not remedy.chains and not set(effect.targets) & set(suspected)
            if tier == _OTHER and fruitless and outcome != HELPED:
                continue
            told = self._told(effect, remedy, tier, reading, flags, suspected)
            if outcome is not None:
                told = replace(told, outcome=outcome, why=f"{told.why}; {_OUTCOMES[outcome]}")
                if tier != _WARRANTED:
                    tier = _ON_CAUSE if outcome == HELPED else _IN_VAIN
            ranked.append((tier, place, told))
        ranked.sort(key=lambda r: (*r[:2], not r[2].self_care, -r[2].score, r[2].label, r[2].id))
        return tuple(remedy for _, _, remedy in ranked)

    def together(
        self, remedies: Sequence[RankedRemedy], causes: Sequence[Cause]
    ) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of remedies that together cut all chains of the reported causes."""
        chains = [chain for c in causes if c.reported for chain in c.chains if chain.sign == "+"]
        names = [str(number) for number in range(len(chains))]
        links = [{step.claim for step in chain.steps} for chain in chains]
        cuts = {
            r.id: frozenset(n for n, claims in zip(names, links, strict=True)
                            if claims.intersection(r.interrupts))
            for r in remedies
        }  # fmt: skip
        place = {r.id: float(number) for number, r in enumerate(remedies)}
        return tuple(smallest_sets(cuts, names, place.__getitem__, _TOGETHER)[0])

    def _asked_for(self, urgency: Urgency, *, only_highest: bool) -> dict[str, list[str]]:
        """The remedies that the raised flags call for, with the flags."""
        asked: dict[str, list[str]] = {}
        for flag in urgency.because:
            if only_highest and flag.level != urgency.level:
                continue
            # A condition that was named calls for what the signs of it call for.
            signs = self._view.subjects("ft:indicates", flag.id)
            alike = (
                s for s in signs if f"ft:{flag.level}" in self._view.objects(s, "ft:has-urgency")
            )
            for name in (flag.id, *alike):
                for remedy in self._view.objects(name, "ft:warrants"):
                    if flag.id not in asked.setdefault(remedy, []):
                        asked[remedy].append(flag.id)
        return asked

    def _fits(self, effect: Effect, reading: Reading, suspected: Collection[str]) -> bool:
        """False for what acts on something denied, and for what lacks its reason."""
        reported = any(t in reading.met for t in effect.exposures)
        if not reported and effect.exposures and all(map(self._needs_report, effect.exposures)):
            return False
        if not reported and any(reading.mostly_denied(t) for t in effect.exposures):
            return False
        return effect.self_care or reported or any(t in suspected for t in effect.targets)

    def _needs_report(self, exposure: str) -> bool:
        return "ft:needs-report" in self._view.concepts[exposure].roles

    def _tier(self, effect: Effect, remedy: RankedRemedy, reading: Reading, reported: bool) -> int:
        if any(t in reading.met for t in effect.exposures):
            return _ON_CAUSE
        return _ON_CHAIN if reported and remedy.interrupts else _OTHER

    def _remedy(
        self,
        effect: Effect,
        reading: Reading,
        chains: Sequence[tuple[Chain, tuple[str, ...]]],
        avoid: frozenset[str],
    ) -> RankedRemedy:
        interrupts: dict[str, None] = {}
        acts_on: dict[str, None] = {}
        cut = whole = 0.0
        lowers = effect.lowers
        for chain, steps in chains:
            whole += chain.confidence
            if lowers.keys().isdisjoint(steps):
                continue
            lowered = [place for place, name in enumerate(steps) if name in lowers]
            cut += chain.confidence * max([lowers[steps[place]] for place in lowered])
            acts_on[steps[lowered[0]]] = None
            # The link into the first lowered concept; for the start, the link out of it.
            interrupts[chain.steps[max(lowered[0] - 1, 0)].claim] = None
        own, worth = self._stories.lowering(effect.concept.id, reading.effects, avoid)
        return RankedRemedy(
            id=effect.concept.id,
            label=effect.concept.label,
            kind=effect.concept.kind,
            self_care=effect.self_care,
            score=cut / whole if whole else worth,
            interrupts=tuple(interrupts),
            chains=own,
            limit=self._limit(effect, reading),
            time_to_effect=effect.time_to_effect,
            cautions=effect.cautions,
            why="",
            evidence=(),
            acts_on=tuple(acts_on),
        )

    def _limit(self, effect: Effect, reading: Reading) -> str | None:
        """The limits that hold for this person, and whether what is told is above them."""
        held = self._limits.holding(effect.limits, reading.case.person)
        told = listed([limit_told(self._view, quantity) for quantity in held])
        amounts = [f.amount for f in reading.case.findings if f.amount is not None]
        over = {a.text: None for a in amounts if a.relation == "above" and a.limit in held}
        return (f"{told}; {listed([*over])} is above it" if over else told) or None

    def _steps(self, chain: Chain) -> tuple[str, ...]:
        """The start and the steps of a chain up to its first finding: where it can be cut."""
        names = passes(chain)
        stop = (place for place, name in enumerate(names) if place and name in self._findings)
        return names[: next(stop, len(names))]

    def _told(
        self,
        effect: Effect,
        remedy: RankedRemedy,
        tier: int,
        reading: Reading,
        flags: Iterable[str],
        suspected: Collection[str],
    ) -> RankedRemedy:
        """The remedy with its reason, what it acts on, and its sources."""
        label = self._view.label
        hit = [t for t in effect.exposures if t in reading.met]
        acts_on = remedy.acts_on or self._targets(effect, remedy, reading, suspected)
        if tier == _WARRANTED:
            why = f"called for by: {listed([label(f) for f in flags])}"
        elif tier == _ON_CAUSE:
            reports = [label(x) for x in self._reports(hit, reading)]
            why = f"acts on what is reported: {listed(reports)}"
        elif tier == _ON_CHAIN:
            why = f"acts on a step on the way: {_named([label(x) for x in acts_on])}"
        else:
            why = f"acts on: {_named([label(x) for x in acts_on])}"
        asked = [
            c.id
            for f in flags
            for c in self._view.by_subject.get((f, "ft:warrants"), ())
            if c.object == remedy.id
        ]
        claims = tuple(dict.fromkeys((*asked, *self._about(effect, acts_on))))
        return RankedRemedy(
            id=remedy.id,
            label=remedy.label,
            kind=remedy.kind,
            self_care=remedy.self_care,
            score=remedy.score,
            interrupts=remedy.interrupts,
            chains=remedy.chains,
            limit=remedy.limit,
            time_to_effect=remedy.time_to_effect,
            cautions=remedy.cautions,
            why=why,
            evidence=self._citations.evidence(claims),
            acts_on=acts_on,
            claims=claims,
        )

    def _targets(
        self, effect: Effect, remedy: RankedRemedy, reading: Reading, suspected: Collection[str]
    ) -> tuple[str, ...]:
        """Of all that a remedy acts on, what this person may have; else all of it."""
        near = {name for chain in remedy.chains for name in passes(chain)}
        near.update(suspected, reading.met)
        return tuple([t for t in effect.targets if t in near]) or effect.targets

    def _about(self, effect: Effect, acts_on: Collection[str]) -> list[str]:
        """The claims of a remedy without those about what it does to something else."""
        known = self._view.claims
        elsewhere = set(effect.targets).difference(acts_on)
        near = [c for c in effect.claims if known[c].object not in elsewhere]
        return near if self._citations.evidence(near) else list(effect.claims)

    def _reports(self, targets: Iterable[str], reading: Reading) -> list[str]:
        """What the person reported of the targets, in the person's own terms."""
        return list(dict.fromkeys(f for t in targets for f in reading.met[t]))


def _named(names: list[str]) -> str:
    """The names as an enumeration; a long one is a list, which reads better than a sentence."""
    return listed(names) if len(names) <= _IN_A_SENTENCE else "; ".join(names)
