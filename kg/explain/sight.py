"""What is in sight in one case: the explanations, the known illnesses, the suspected medicines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.cite import short
from kg.explain.frequencies import EXCLUDED
from kg.explain.misfit import SELDOM
from kg.explain.model import Chain, Explanation, RaisedFlag, RankedCondition
from kg.explain.reading import Reading

if TYPE_CHECKING:
    from kg.explain.frequencies import Annotation
    from kg.explain.tools import Tools

__all__ = ["LIKELY", "Sight"]

LIKELY: Final = 0.5  # probability of an explanation that is told where no flag points to it
_BLAMED: Final = ("cause", "should-stop-medicine")  # questions that suspect what they name
_MOSTLY: Final = 0.5  # probability of a sign that most of those who have something show
_ALIKE: Final = 1.5  # kinds of one illness nearer than that are not told apart
_FOLLOWS: Final = 0.1  # probability of what follows after something that was told
_WEAK: Final = "ft:underactivity"
_MATTERS: Final = 0.2  # probability of any that is told as an explanation


class Sight:
    """Weighs what an explanation found against what the person told."""

    def __init__(self, tools: Tools, explanation: Explanation, reading: Reading) -> None:
        self.tools = tools
        self.view = tools.view
        self.told = explanation
        self.case = explanation.case
        self.reading = reading
        self._known: dict[str, float | None] = {}

    @property
    def level(self) -> str:
        """How urgent it is."""
        return self.told.urgency.level

    def rank(self, level: str) -> int:
        """The place of a level of urgency; that of the lowest where it is none."""
        return self.tools.ranks.get(level, 0)

    @cached_property
    def ranked(self) -> tuple[RankedCondition, ...]:
        """What is known and may be behind it, what follows after it, then what else speaks for.

        What follows goes before what is known where that hardly fits by itself. Nothing is
        harmless beside an illness that explains it. Of grave ones the urgency tells.
        """
        behind = {c.id: c for c in self._behind}
        share = max((self._shares[name] for name in behind), default=1.0)
        later = {c.id: c for c in self._following if c.id not in behind}
        sooner = later if share < _MATTERS else {}
        own = {**sooner, **behind, **later}
        ill = not all(map(self.is_benign, own))
        others = [c for c in self._others if not self.kin(c.id) & own.keys()]
        return (*own.values(), *(c for c in others if not (ill and self.is_benign(c.id))))

    @cached_property
    def _behind(self) -> tuple[RankedCondition, ...]:
        """The known illnesses from which a way leads to what is told, or that fit it best."""
        named = {k.id for k in self.case.known if k.status == "named"}
        first = next((c for c in self.told.conditions if c.described), None)
        known = (c for c in self.told.conditions if c.id in named)
        able = (c for c in known if c is first or self.way(c.id) is not None)
        return tuple(replace(c, probability=max(c.probability, LIKELY)) for c in able)

    @cached_property
    def _following(self) -> tuple[RankedCondition, ...]:
        """What is known to come after what was told, and shows as what is told now."""
        case = self.case
        before = {x.id for told in (case.known, case.events, case.medicines) for x in told}
        return tuple(
            c
            for c in self.told.conditions
            if c.probability >= _FOLLOWS
            and before.intersection(self.settings(c.id))
            and not self._is_grave(c.id)
            and (self.way(c.id) is not None or self._comes_after(c.id))
            and self._shows(c)
        )

    def _shows(self, condition: RankedCondition) -> bool:
        """Whether a sign speaks for a condition, not only what it comes after."""
        own, misfits = self.tools.conditions.authored(condition.id), self.tools.conditions.misfits
        signs = (
            f for f, n in own.items() if n.probability > EXCLUDED and not misfits.is_setting(n)
        )
        return any(misfits.is_told(f, self.around) for f in signs)

    def _comes_after(self, condition: str) -> bool:
        """Whether a condition mostly comes after what was told, as a withdrawal does."""
        setting = self.tools.conditions.misfits.is_setting
        own = self.tools.conditions.authored(condition).values()
        return any(setting(n) and n.probability > _MOSTLY and n.finding in self.around for n in own)

    @cached_property
    def _others(self) -> tuple[RankedCondition, ...]:
        """The explanations that the findings speak for."""
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
            c for c in calm if c.id in pointed or self.is_benign(c.id) or c.probability >= LIKELY
        ]
        if self.pointed and self.rank(self.level) > 1:
            # Nothing harmless beside what must be looked at soon, unless that is what it may be.
            calm = [c for c in calm if c.id in pointed or not self.is_benign(c.id)]
            sure = [c for c in sure if c in calm]
        # What is less likely than something else that fits is not told in its place.
        ahead = [c for c in calm if len(c.for_) > 1 and c not in sure]
        first = next((c for c in calm if c in sure or c in ahead), None)
        return tuple(c for c in calm if c in sure or c is first)

    def _has_needed(self, condition: str) -> bool:
        """Whether the setting that a condition cannot do without is told, and no sign denied.

        Nor is a setting told in which it is hardly ever seen.

        Where nothing is urgent, no illness is told of which the main signs are not there.
        """
        setting, denied = self.tools.conditions.misfits.is_setting, self.reading.denied
        lacking = [note for group in self._lacking(condition) for note in group]
        if lacking and not self.rank(self.level) and not self.is_benign(condition):
            return False
        own = self.tools.conditions.authored(condition).values()
        if any(n.finding in self.around and setting(n) and n.probability < SELDOM for n in own):
            return False
        return not any(setting(note) or denied(note.finding) for note in lacking)

    def _lacking(self, condition: str) -> list[list[Annotation]]:
        """What a condition is mostly seen with, in groups of which nothing is told."""
        groups = self.tools.conditions.misfits.lacking(condition, self.around)
        mostly = ([n for n in group if n.probability > _MOSTLY] for group in groups)
        return [group for group in mostly if group]

    @cached_property
    def around(self) -> Mapping[str, tuple[str, ...]]:
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

    def lasted(self, *concepts: str) -> float:
        """For how many days what is told has lasted, or one of these that is known already."""
        lasting = [f.duration_days for f in self.case.findings]
        lasting += [k.days_ago for k in self.case.known if k.id in concepts]
        return max((days for days in lasting if days is not None), default=0.0)

    def is_a(self, concept: str, role: str) -> bool:
        """Whether the kind of a concept has an engine role."""
        known = self.view.concepts.get(concept)
        return known is not None and role in known.roles

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
    def shown(self) -> frozenset[str]:
        """How weak most of those are who have the illnesses that are known."""
        notes = map(self.tools.conditions.authored, self.known)
        mostly = (f for own in notes for f, n in own.items() if n.probability > _MOSTLY)
        return frozenset(
            f for f in mostly if any(self.is_a(b, _WEAK) for b in self.tools.taxonomy.broader(f))
        )

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

    @cached_property
    def is_crisis(self) -> bool:
        """Whether it is urgent for the sake of the mind alone: the body may wait."""
        asking = (self.view.objects(flag.id, "ft:warrants") for flag in self.raised)
        helped = [any(self.is_a(o, "ft:comforts") for o in warranted) for warranted in asking]
        return self.level == self.tools.highest and bool(helped) and all(helped)

    def settings(self, condition: str) -> set[str]:
        """What was told that a condition comes after."""
        told = self.tools.circumstances.beside({}, self.case)
        wanted = self.view.objects(condition, "ft:has-setting")
        return {because for name in wanted for because in told.get(name, ())}

    def telling(self, conditions: Iterable[str]) -> list[str]:
        """Those of the conditions whose name says something."""
        return [c for c in dict.fromkeys(conditions) if not self.is_a(c, "ft:says-nothing")]

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
