"""What is known of one case: how urgent it is, the known illnesses, the suspected medicines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.cite import short
from kg.explain.model import Chain, Explanation, RaisedFlag
from kg.explain.reading import Reading
from kg.recognise.case import Medicine

if TYPE_CHECKING:
    from kg.explain.tools import Tools

LIKELY: Final = 0.5  # probability of an explanation that is told where no flag points to it
RATHER: Final = 0.7
"""From which probability on another illness is named beside what an emergency must rule out.

Of open posts that nothing was learned from, it was right in 8 of 10, the reason in 1 of 10.
"""
HELP: Final = ("what-to-do", "does-remedy-help")  # kinds that ask for what helps
_BLAMED: Final = ("cause", "should-stop-medicine")  # questions that suspect what they name
MOSTLY: Final = 0.5  # probability of a sign that most of those who have something show
_WEAK: Final = "ft:underactivity"
_BEGUN: Final = ("started", "raised")
_LESS: Final = ("reduced", "stopped")
_NEW: Final = 31.0  # days


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
    def around(self) -> Mapping[str, tuple[str, ...]]:
        """What holds of the findings and of the circumstances of the case."""
        return self.tools.circumstances.beside(self.reading.met, self.case)

    def _levels(self, condition: str) -> set[int]:
        """How urgent a condition is by itself, else what it is a kind of."""
        kinds = map(
            self.view.by_subject.get,
            ((b, "ft:has-urgency") for b in self.tools.taxonomy.broader(condition)),
        )
        return {self.rank(short(c.object)) for c in next(filter(None, kinds), ())}

    def is_grave(self, condition: str) -> bool:
        """Whether a condition must not wait: as it says itself, or as its flags say."""
        flags = self.view.subjects("ft:indicates", condition)
        own = self.view.objects(condition, "ft:has-urgency")
        levels = own or [o for f in flags for o in self.view.objects(f, "ft:has-urgency")]
        return self.tools.highest in map(short, levels)

    def is_pressing(self, condition: str) -> bool:
        """Whether a condition needs a doctor soon, by itself or by its flags."""
        return self.is_grave(condition) or any(rank > 1 for rank in self._levels(condition))

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

    def told_like(self, condition: str, least: float) -> bool:
        """Whether the words alone make a condition, or a wider one, so much likelier.

        Not where they speak more for one that presses.
        """
        kinds = self.tools.taxonomy.broader(condition)
        told = max((one.ratio for one in self.case.likeness if one.id in kinds), default=0.0)
        return told >= least and not any(
            one.ratio > told and self.is_pressing(one.id) for one in self.case.likeness
        )

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
    def begun(self) -> tuple[Medicine, ...]:
        """The medicines that were begun not long ago, or of which more is taken since."""
        return tuple(
            m
            for m in self.case.medicines
            if (m.days_ago is None and m.change in _BEGUN)
            or (m.days_ago is not None and m.days_ago <= _NEW and m.change not in _LESS)
        )

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The illnesses that the person is known to have, of those that are weighed here."""
        named = (k.id for k in self.case.known if k.status == "named")
        return tuple(dict.fromkeys(n for n in named if self.probability(n) is not None))

    @cached_property
    def shown(self) -> frozenset[str]:
        """How weak most of those are who have the illnesses that are known."""
        notes = map(self.tools.conditions.authored, self.known)
        mostly = (f for own in notes for f, n in own.items() if n.probability > MOSTLY)
        return frozenset(
            f for f in mostly if any(self.is_a(b, _WEAK) for b in self.tools.taxonomy.broader(f))
        )

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

    def is_benign(self, condition: str) -> bool:
        """Whether a condition needs no doctor by itself."""
        return self._levels(condition) == {0}
