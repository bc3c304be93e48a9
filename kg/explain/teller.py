"""What everything that is told about one case shares: its parts, its words, who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.cite import short
from kg.explain.model import Cause, Chain, Explanation, RaisedFlag, RankedCondition, RankedRemedy
from kg.explain.phrasing import Phrasing, capital
from kg.explain.reading import Reading
from kg.explain.signed import is_hub
from kg.explain.summary import Told
from kg.explain.tried import NO_HELP
from kg.view import Claim

if TYPE_CHECKING:
    from kg.explain.effects import Effect
    from kg.explain.frequencies import Annotation
    from kg.explain.tools import Tools

__all__ = ["Aside", "Ask", "KNOWN", "REFUTES", "SUPPORTS", "Teller"]

SUPPORTS: Final = "supports"
REFUTES: Final = "refutes"
KNOWN: Final = "Known already"
_BLAMED: Final = ("cause", "should-stop-medicine")  # questions that suspect what they name
_LIKELY: Final = 0.5  # probability of an explanation that is told where no flag points to it
_MOSTLY: Final = 0.5  # and of a sign that most of those who have something show
_ALIKE: Final = 1.5  # kinds of one illness nearer than that are not told apart
_MATTERS: Final = 0.2  # and of any that is told as an explanation
_YOUNG: Final = ("newborn", "infant", "child")
_CHILD: Final = "child"
_SILENT: Final = 4  # causes that nobody mentioned
_HELPING: Final = ("ft:relieves", "ft:prevents")
_NEARLY: Final = 0.3  # a source that is cited already is taken before one that weighs so much more


# What the graph answers to a question in words: the text, what it is about, the claims.
Aside = tuple[str, tuple[str, ...], tuple[str, ...]]
Ask = Callable[[str], Aside | None]


class Teller:
    """Words the entries of one summary, and remembers which sources it has cited."""

    def __init__(
        self,
        tools: Tools,
        explanation: Explanation,
        reading: Reading,
        asides: Mapping[str, Aside],
    ) -> None:
        self.asides = asides
        self.tools = tools
        self.view = tools.view
        self.told = explanation
        self.case = explanation.case
        self.reading = reading
        self.plain, self.terms = tools.phrasings
        self._used: set[str] = set()
        self._known: dict[str, float | None] = {}
        self._once: set[str] = set()

    @property
    def level(self) -> str:
        """How urgent it is."""
        return self.told.urgency.level

    def rank(self, level: str) -> int:
        """The place of a level of urgency; that of the lowest where it is none."""
        step = self.view.scales.get(f"ft:{level}")
        return step.rank or 0 if step is not None else 0

    @cached_property
    def ranked(self) -> tuple[RankedCondition, ...]:
        """The explanations that something speaks for; of grave ones the urgency tells."""
        calm = [
            c
            for c in self._apart()
            if c.probability >= _MATTERS
            and self.telling([c.id])
            and not self._is_grave(c.id)
            and self._has_needed(c.id)
        ]
        flags = self.told.urgency.because
        pointed = {n for f in flags for p in f.points_to for n in self.tools.taxonomy.narrower(p)}
        sure = [
            c for c in calm if c.id in pointed or self.is_benign(c.id) or c.probability >= _LIKELY
        ]
        return tuple(sure or (c for c in calm if len(c.for_) > 1))

    def _has_needed(self, condition: str) -> bool:
        """Whether the setting that a condition cannot do without is told, and no sign denied.

        Where nothing is urgent, no illness is told of which the main signs are not there.
        """
        setting, denied = self.tools.conditions.misfits.is_setting, self.reading.denied
        lacking = [note for group in self._lacking(condition) for note in group]
        if lacking and not self.rank(self.level) and not self.is_benign(condition):
            return False
        return not any(setting(note) or denied(note.finding) for note in lacking)

    def _lacking(self, condition: str) -> list[list[Annotation]]:
        """What a condition is mostly seen with, in groups of which nothing is told."""
        told = self._around
        groups = self.tools.conditions.misfits.expected.get(condition, ())
        mostly = ([n for n in group if n.probability > _MOSTLY] for group in groups)
        return [
            group
            for group in mostly
            if group and condition not in told and not any(n.finding in told for n in group)
        ]

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        """What holds of the findings and of the circumstances of the case."""
        return self.tools.circumstances.beside(self.reading.met, self.case)

    def _apart(self) -> Iterable[RankedCondition]:
        """What something speaks for; kinds that nothing tells apart as what they are kinds of."""
        told = [c for c in self.told.conditions if c.described and c.for_]
        found: dict[str, RankedCondition] = {}
        for c in told:
            alike = {
                heading.id
                for other in told
                if other is not c and other.probability * _ALIKE >= c.probability
                for heading in other.under
            }
            shared = next((heading for heading in c.under if heading.id in alike), None)
            if shared is not None:
                c = replace(c, id=shared.id, label=shared.label, probability=shared.probability)
            found.setdefault(c.id, c)
        return found.values()

    def _levels(self, condition: str) -> set[int]:
        """How urgent a condition is by itself, else what it is a kind of."""
        kinds = map(
            self.view.by_subject.get,
            ((b, "ft:has-urgency") for b in self.tools.taxonomy.broader(condition)),
        )
        return {self.rank(short(c.object)) for c in next(filter(None, kinds), ())}

    def _is_grave(self, condition: str) -> bool:
        """Whether a condition must not wait: as it says itself, or as its flags say."""
        flags = self.view.subjects("ft:indicates", condition)
        own = self.view.objects(condition, "ft:has-urgency")
        levels = own or [o for f in flags for o in self.view.objects(f, "ft:has-urgency")]
        return self.tools.highest in map(short, levels)

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The first explanation, if there is one."""
        return tuple(c.id for c in self.ranked[:1])

    def say(
        self,
        words: Callable[[Phrasing], str],
        claims: Iterable[str] = (),
        *,
        lead: str = "",
        about: Iterable[str] = (),
        direction: str = SUPPORTS,
        most: int = 1,
    ) -> Told:
        """One entry in both wordings, with at most so many of the sources of its claims."""
        view = self.view.claims
        known = tuple(
            dict.fromkeys(
                c
                for c in claims
                if c in view
                and (view[c].supported or direction == REFUTES)
                # Who says what a flag is not about does not say what it is about.
                and view[c].predicate != "ft:has-exclusion"
            )
        )
        return Told(
            words(self.plain),
            words(self.terms),
            lead,
            tuple(dict.fromkeys(about)),
            known,
            self._sources(known, direction, most),
        )

    def plainly(self, text: str, *, lead: str = "") -> Told:
        """One entry that is the same at every level and rests on no claim."""
        return self.say(lambda _: text, lead=lead)

    def _sources(self, claims: Sequence[str], direction: str, most: int) -> tuple[str, ...]:
        """The fewest sources that speak for all of the claims, the weightiest of equals first."""
        left = [
            {i.source for i in self.tools.citations.evidence((c,)) if i.direction == direction}
            for c in claims
        ]

        def worth(source: str) -> tuple[int, float, str]:
            known = self.view.sources.get(source)
            step = self.view.scales.get(known.type) if known is not None else None
            weight = (step.weight or 0.0 if step else 0.0) + _NEARLY * (source in self._used)
            return sum(source in own for own in left), weight, source

        chosen: list[str] = []
        while len(chosen) < most and any(left):
            chosen.append(max({s for own in left for s in own}, key=worth))
            left = [own for own in left if chosen[-1] not in own]
        self._used.update(chosen)
        return tuple(chosen)

    # -- the graph

    def course(self, condition: str) -> tuple[Claim, ...]:
        """What a condition is known for, and how long it lasts unless it has lasted longer.

        Nobody is told how a palsy ends where nothing is weak.
        """
        if self._lacking(condition) and not self.is_benign(condition):
            return ()
        known, quantities, longest = self.view.by_subject, self.view.quantities, self._longest
        lasts = (
            c
            for c in known.get((condition, "ft:has-duration"), ())
            if c.object in quantities and longest <= (quantities[c.object].max_days or longest)
        )
        return (*known.get((condition, "ft:has-feature"), ()), *lasts)

    @cached_property
    def _longest(self) -> float:
        """For how many days something has lasted."""
        return max((f.duration_days or 0.0 for f in self.case.findings), default=0.0)

    def course_once(self, condition: str) -> tuple[Claim, ...]:
        """The same where it was not told before; nothing is harmless beside a known illness."""
        ill = (*self.concerned, *(n for n in self.known if not self.is_benign(n)))
        if ill and self.is_benign(condition):
            return ()
        return self.course(condition) if self.first_time(f"course of {condition}") else ()

    def first_time(self, what: str) -> bool:
        """Whether something is told for the first time; it counts as told from then on."""
        new = what not in self._once
        self._once.add(what)
        return new

    def is_a(self, concept: str, role: str) -> bool:
        """Whether the kind of a concept has an engine role."""
        known = self.view.concepts.get(concept)
        return known is not None and role in known.roles

    def likelihood(self, probability: float) -> str:
        """The word for a probability, as the graph defines it."""
        steps = [s for s in self.view.scales.values() if s.kind == "ft:LikelihoodWord"]
        steps.sort(key=lambda s: -(s.probability or 0.0))
        fitting = (s.label for s in steps if probability >= (s.probability or 0.0))
        return next(fitting, steps[-1].label if steps else "possible")

    def standing(self, condition: str, probability: float) -> str:
        """What goes before an explanation: that the person knows of it, or how likely it is."""
        named = self.kin(condition).intersection(self.known)
        return KNOWN if named else capital(self.likelihood(probability))

    def kin(self, concept: str) -> set[str]:
        """All that a concept is a kind of, and its kinds."""
        return {*self.tools.taxonomy.broader(concept), *self.tools.taxonomy.narrower(concept)}

    def probability(self, concept: str) -> float | None:
        """The probability of a condition, its kinds included; None for what is not ranked."""
        if concept not in self._known:
            kinds = dict.fromkeys(self.tools.taxonomy.narrower(concept))
            found = [self._shares[kind] for kind in kinds if kind in self._shares]
            self._known[concept] = min(1.0, sum(found)) if found else None
        return self._known[concept]

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {c.id: c.probability for c in self.told.conditions}

    def way(self, cause: str) -> Chain | None:
        """The best chain from a concept to what the person has."""
        reading = self.reading
        found = self.tools.stories.raising(cause, reading.effects, reading.denials)[0]
        return next((c for c in found if c.sign == "+"), None)

    @cached_property
    def suspects(self) -> tuple[str, ...]:
        """The medicines that are taken or asked about, and may have to do with it."""
        taken = [m.id for m in self.case.medicines if m.id is not None]
        asked = [a for q in self.case.asked if q.kind in _BLAMED for a in q.about]
        names = dict.fromkeys((*self.reading.present, *taken, *asked))
        medicines = [n for n in names if self.is_a(n, "ft:prescribed-kind")]
        able = tuple(n for n in medicines if self.way(n) is not None)
        return able or tuple(n for n in medicines if n in asked)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The illnesses that the person is known to have, of those that are weighed here."""
        named = (k.id for k in self.case.known if k.status == "named")
        return tuple(dict.fromkeys(n for n in named if self.probability(n) is not None))

    @cached_property
    def concerned(self) -> tuple[str, ...]:
        """The known illnesses that may be behind it, though they are not what ranks first."""
        raising = {f for flag in self.told.urgency.because for f in flag.findings}
        named = (k.id for k in self.case.known if k.status == "named")
        ranked = {r.id for r in self.ranked[:2]}
        able = (n for n in named if n in raising or self.probability(n) is not None)
        return tuple(n for n in dict.fromkeys(able) if not self.kin(n) & ranked)

    @cached_property
    def pointed(self) -> tuple[str, ...]:
        """The illnesses that the raised flags point to; names that say nothing are none."""
        return tuple(self.telling(p for flag in self.raised for p in flag.points_to))

    @cached_property
    def raised(self) -> tuple[RaisedFlag, ...]:
        """The flags that make it as urgent as it is."""
        return tuple(f for f in self.told.urgency.because if f.level == self.level)

    def settings(self, condition: str) -> set[str]:
        """What was told that a condition comes after."""
        told = self.tools.circumstances.beside({}, self.case)
        wanted = self.view.objects(condition, "ft:has-setting")
        return {because for name in wanted for because in told.get(name, ())}

    def telling(self, conditions: Iterable[str]) -> list[str]:
        """Those of the conditions whose name says something."""
        return [c for c in dict.fromkeys(conditions) if not self.is_a(c, "ft:says-nothing")]

    # -- what helps

    @cached_property
    def benign(self) -> bool:
        """Whether the first explanation needs no doctor by itself."""
        return any(map(self.is_benign, self.first))

    def is_benign(self, condition: str) -> bool:
        """Whether a condition needs no doctor by itself."""
        return self._levels(condition) == {0}

    @cached_property
    def mild(self) -> bool:
        """Whether nothing but a benign explanation is in sight."""
        return self.benign and self.rank(self.level) < 2 and set(self.pointed) <= {*self.first}

    @cached_property
    def _effects(self) -> dict[str, Effect]:
        return {effect.concept.id: effect for effect in self.tools.effects}

    @cached_property
    def silent(self) -> tuple[Cause, ...]:
        """What sets the first explanation off, where nothing is named and one could change it.

        One that has no mechanism of its own takes what sets off the finding.
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
            if c.outcome is None and c.chains and c.chains[0].sign == "+" and self._own_care(c.id)
        ]
        near = [c for c in open_ if own.intersection(s.object for s in c.chains[0].steps)]
        return tuple((near or open_)[:_SILENT])

    def _own_care(self, cause: str) -> str | None:
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
            groups[key] = [r for r in group if key[-1] in self.helped_by(r.id)] or group
        # What an illness needs goes before what acts on a habit.
        first = [k for k in groups if k[-1] in self.first and not self.benign]
        return {k: groups[k] for k in dict.fromkeys((*first, *groups))}

    @cached_property
    def helping(self) -> list[str]:
        """What may help, the first of what acts on the same; else what one can do alone."""
        alone = (self._own_care(c.id) for c in self.silent)
        most = 2 if len(self.fitting) == 1 else 1
        named = [r.id for group in self.fitting.values() for r in group[:most]]
        return named or self.telling(name for name in alone if name is not None)

    def grounds(self, remedy: str) -> tuple[str, ...]:
        """The claims of a remedy."""
        return self._effects[remedy].claims

    def helped_by(self, remedy: str) -> set[str]:
        """What a remedy acts on directly."""
        helped = {o for r in _HELPING for o in self.view.objects(remedy, r)}
        return helped.union(self._effects[remedy].targets)

    def _acts_on(self, remedy: RankedRemedy) -> tuple[str, ...]:
        """What of this case a remedy acts on; nothing where it has no reason here."""
        treats = "ft:MedicalTreatment" in self.view.concepts[remedy.id].kinds
        # To see somebody is told with the signs, not as a remedy.
        if self.is_a(remedy.id, "ft:care-kind") and not treats:
            return ()
        limits = map(self.view.quantities.get, self.view.objects(remedy.id, "ft:has-limit"))
        if any(q is not None and q.max_days and q.max_days < self._longest for q in limits):
            return ()
        for flag in self.told.urgency.because:
            if flag.level == self.level and remedy.id in self.view.objects(flag.id, "ft:warrants"):
                return ("", flag.id)
        met = [
            a
            for a in remedy.acts_on
            if a in self.reading.met
            and not self.is_a(a, "ft:effect-kind")
            and not is_hub(self.view, a)
            and not (treats and self.is_benign(a))
        ]
        if met:
            return (min(met, key=lambda a: len(self.reading.met[a])),)
        # Nothing is told against what is only possible, no treatment where nothing calls for it.
        likely = bool(self.ranked) and self.ranked[0].probability >= _LIKELY
        called = self.rank(self.level) > 0
        fits = likely or self.benign if remedy.self_care else likely and called and not self.benign
        return tuple([a for a in self.first if fits and a in self.helped_by(remedy.id)][:1])

    def called_for(self, *kinds: str, raised: bool = False) -> dict[str, list[str]]:
        """What the raised flags call for, else a known illness or the first explanation.

        To see a doctor at all is what the level of urgency says already.
        """
        flags = [f.id for f in self.raised]
        called: dict[str, list[str]] = {}
        for grounds in (flags,) if raised else (flags, self.known, self.first):
            for ground in () if called else grounds:
                for claim in self.view.by_subject.get((ground, "ft:warrants"), ()):
                    known = self.view.concepts.get(claim.object)
                    fits = known is not None and {*kinds}.intersection((*known.kinds, *known.roles))
                    if fits and not self.is_a(claim.object, "ft:told-by-level"):
                        called.setdefault(claim.object, []).append(claim.id)
        return called

    def level_word(self, level: str) -> str:
        """How a level is called."""
        return self.view.label(f"ft:{short(level)}")
