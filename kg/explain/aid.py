"""What may help in one case: what has a reason here, and what is called for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.model import Cause, RankedRemedy
from kg.explain.ranking import Ranking
from kg.explain.sight import HELP, LIKELY
from kg.explain.signed import is_hub
from kg.explain.tried import NO_HELP

if TYPE_CHECKING:
    from kg.explain.effects import Effect

_FRESH: Final = 183.0  # days after which an illness is no longer at its beginning
_LASTS: Final = 90.0  # days from which on what is harmless may be worth a treatment
_YOUNG: Final = ("newborn", "infant", "child")
_MINOR: Final = (*_YOUNG, "teenager")
_ADULT: Final = "ft:adult-habit"
_CHILD: Final = "child"
_SILENT: Final = 3  # causes that nobody mentioned
_HELPING: Final = ("ft:relieves", "ft:prevents")
SURENESS: Final = ("ft:asserted", "ft:usual", "ft:possible")


class Aid(Ranking):
    """Chooses the remedies that have a reason in one case."""

    @cached_property
    def _effects(self) -> dict[str, Effect]:
        return {effect.concept.id: effect for effect in self.tools.effects}

    @cached_property
    def silent(self) -> tuple[Cause, ...]:
        """What sets off the first explanation itself, where nothing is named and one can change it.

        What is not told of a habit is not blamed on it: one with no mechanism has none.
        """
        named = any(c.reported and c.chains for c in self.told.causes)
        person = self.case.person
        if not self.mild or named or person.band in _YOUNG or person.whose == _CHILD:
            return ()
        own = {step.object for chain in self.ranked[0].chains for step in chain.steps}
        own -= set(self.reading.met)
        open_ = [
            c
            for c in self.told.causes
            if c.outcome is None
            and c.chains
            and c.chains[0].sign == "+"
            and self._suits([c.id])
            and self.own_care(c.id)
        ]
        near = (c for c in open_ if own.intersection(s.object for s in c.chains[0].steps[:1]))
        return tuple(c for c in near if c.score >= LIKELY)[:_SILENT]

    def _suits(self, habits: Iterable[str]) -> bool:
        """Whether nobody is told of a habit that people of their age do not have, unless told.

        Who expects a child is taken to have given such a habit up.
        """
        spared = self.case.person.band in _MINOR or self.case.person.pregnant
        return not spared or any(h in self.reading.met or not self.is_a(h, _ADULT) for h in habits)

    def own_care(self, cause: str) -> str | None:
        """What a person can do against a cause alone: what acts on it itself first."""
        near = self.tools.taxonomy.broader(cause)
        acting = [r for r in self.tools.effects if r.self_care and set(near) & set(r.exposures)]
        acting = [r for r in acting if not any(map(self.reading.denied, r.exposures))]
        best = min(acting, key=lambda r: (cause not in r.exposures, len(r.targets)), default=None)
        return best.concept.id if best is not None else None

    @cached_property
    def fitting(self) -> dict[tuple[str, ...], list[RankedRemedy]]:
        """The remedies that have a reason here, by what they act on."""
        groups: dict[tuple[str, ...], list[RankedRemedy]] = {}
        for remedy in self.told.remedies:
            key = self._acts_on(remedy) if self.telling([remedy.id]) else ()
            if key and remedy.outcome != NO_HELP:
                groups.setdefault(key, []).append(remedy)
        for key, group in groups.items():
            own = [r for r in group if key[-1] in self.helped_by(r.id)] or group
            groups[key] = sorted(own, key=lambda r: self._doubt(r.id, key[-1]))
        # What an illness needs goes before what acts on a habit; where that is harmless, what is
        # sure to help against it and is asked for.
        first = [k for k in groups if k[-1] in self.first]
        if self.benign:
            first = [k for k in first if self._wanted and not self._doubt(groups[k][0].id, k[-1])]
        return {k: groups[k] for k in dict.fromkeys((*first, *groups))}

    @cached_property
    def helping(self) -> list[str]:
        """What may help, the first of what acts on the same; else what one can do alone."""
        alone = (self.own_care(c.id) for c in self.silent)
        most = 2 if len(self.fitting) == 1 else 1
        named = [r.id for group in self.fitting.values() for r in group[:most]]
        return named or self.telling(name for name in alone if name is not None)

    def _doubt(self, remedy: str, against: str) -> int:
        """How sure no source is that a remedy acts on something: 0 where one asserts it."""
        claims = self.view.by_subject
        own = [c for r in _HELPING for c in claims.get((remedy, r), ()) if c.object == against]
        return min((SURENESS.index(c.hedge) for c in own if c.supported), default=len(SURENESS))

    def grounds(self, remedy: str) -> tuple[str, ...]:
        """The claims of a remedy."""
        return self._effects[remedy].claims

    def helped_by(self, remedy: str) -> set[str]:
        """What a remedy acts on directly."""
        helped = {o for r in _HELPING for o in self.view.objects(remedy, r)}
        return helped.union(self._effects[remedy].targets)

    def is_too_late(self, remedy: str, *against: str) -> bool:
        """Whether what a remedy is for has lasted longer than the remedy may still help."""
        lasted = self.lasted(*against)
        limits = map(self.view.quantities.get, self.view.objects(remedy, "ft:has-limit"))
        return any(q is not None and q.max_days and q.max_days < lasted for q in limits)

    def _acts_on(self, remedy: RankedRemedy) -> tuple[str, ...]:
        """What of this case a remedy acts on; nothing where it has no reason here."""
        treats = "ft:MedicalTreatment" in self.view.concepts[remedy.id].kinds
        treats = treats or any(self.view.objects(remedy.id, r) for r in _HELPING)
        treats = treats and not remedy.self_care
        # To see somebody is told with the signs, not as a remedy; to be treated by them is one.
        if self.is_a(remedy.id, "ft:care-kind") and not treats:
            return ()
        exposures = self._effects[remedy.id].exposures
        if exposures and not self._suits(exposures):
            return ()
        if self.is_too_late(remedy.id, *remedy.acts_on, *self.helped_by(remedy.id)):
            return ()
        for flag in self.told.urgency.because:
            if flag.level == self.level and remedy.id in self.view.objects(flag.id, "ft:warrants"):
                return ("", flag.id)
        met = [
            a
            for a in remedy.acts_on
            if self._does_it(a)
            and not self.is_a(a, "ft:effect-kind")
            and not is_hub(self.view, a)
            and not (treats and self.is_benign(a) and not self._is_worth(remedy.id, a))
        ]
        if met:
            return (min(met, key=lambda a: len(self.reading.met[a])),)
        # Nothing is told against what is only possible, no treatment where nothing calls for it.
        likely = bool(self.ranked) and self.ranked[0].probability >= LIKELY
        fits = likely or self.benign if remedy.self_care else likely
        own = [a for a in self.first if fits and a in self.helped_by(remedy.id)][:1]
        if not remedy.self_care and self.benign:
            return tuple(a for a in own if self._is_worth(remedy.id, a))
        return tuple(own) if remedy.self_care or self.rank(self.level) > 0 else ()

    def _is_worth(self, remedy: str, against: str) -> bool:
        """Whether a treatment of what is harmless is told: asked for, and sure or late enough."""
        lasts = self.lasted() >= _LASTS
        return self._wanted and (lasts or self._doubt(remedy, against) == 0)

    @cached_property
    def _wanted(self) -> bool:
        """Whether it is asked what helps."""
        return any(q.kind in HELP for q in self.case.asked)

    def _does_it(self, cause: str) -> bool:
        """Whether what is told may bring about the rest; what stands in the story need not."""
        told = self.reading.met.get(cause, ())
        signs = any(self.is_a(f, "ft:effect-kind") for f in self.reading.present)
        asked = any(f in q.about for q in self.case.asked for f in told)
        return bool(told) and (not signs or asked or any(self.way(f) is not None for f in told))

    def limits(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The limits among the claims that hold for this person."""
        stated = (self.view.claims[c] for c in claims)
        named = (c.object for c in stated if c.predicate == "ft:has-limit")
        return self.tools.limits.holding(named, self.case.person)

    @property
    def precautions(self) -> dict[str, list[str]]:
        """What to do until a doctor has seen it, with claims, what is most about the case first.

        What raised a flag says so first, then a known illness, the first explanation, the signs.
        An illness of long ago asks for nothing by itself, only the signs that are left of it do.
        What only helps to find a cause is for those who have none and can wait for a visit.
        """
        present = self.reading.present
        signs = () if self.known or self.rank(self.level) > 1 else present
        fresh = (n for n in (*self.known, *self.first) if self.lasted(n) <= _FRESH)
        ill = (*(f.id for f in self.raised), *fresh)
        called: dict[str, list[str]] = {}
        broader = self.tools.taxonomy.broader
        general = (b for g in (*ill, *signs) for b in broader(g))
        for ground in dict.fromkeys((*ill, *present, *general)):
            for claim in self.view.by_subject.get((ground, "ft:warrants"), ()):
                young = self.case.person.band in _MINOR and self.is_a(claim.object, _ADULT)
                if self.is_a(claim.object, "ft:precaution-kind") and not young:
                    called.setdefault(claim.object, []).append(claim.id)
        return called

    def called_for(self, *kinds: str, raised: bool = False) -> dict[str, list[str]]:
        """What the raised flags call for, else a known illness, the first explanation, the rest.

        To see a doctor at all is what the level of urgency says already.
        """
        flags = [f.id for f in self.raised]
        called: dict[str, list[str]] = {}
        # What a warning may mean says least of it.
        meant = (flags,) if raised else (flags, self.known, self.first, self.pointed)
        for grounds in meant:
            for ground in () if called else grounds:
                for claim in self.view.by_subject.get((ground, "ft:warrants"), ()):
                    known = self.view.concepts.get(claim.object)
                    fits = known is not None and {*kinds}.intersection((*known.kinds, *known.roles))
                    if fits and not self.is_a(claim.object, "ft:told-by-level"):
                        called.setdefault(claim.object, []).append(claim.id)
        return called
