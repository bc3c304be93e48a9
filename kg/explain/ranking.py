"""Which explanations of one case are told, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.frequencies import EXCLUDED
from kg.explain.misfit import SELDOM
from kg.explain.model import RankedCondition
from kg.explain.reading import Reading
from kg.explain.sight import LIKELY, MOSTLY, Sight

if TYPE_CHECKING:
    from kg.explain.frequencies import Annotation

_ALIKE: Final = 1.5  # kinds of one illness nearer than that are not told apart
_FOLLOWS: Final = 0.1  # probability of what follows after something that was told
_MATTERS: Final = 0.2  # probability of any that is told as an explanation
_SHOWN: Final = 0.15  # … of one that a sign speaks for which hardly anything else shows
_MEANT: Final = 3.0  # times as often as usual that such words tell of an illness
_TELLING: Final = 10.0  # decibans of a sign that hardly anything else shows
_POSSIBLE: Final = 0.4  # the most of what cannot be likely while something else must be ruled out


class Ranking(Sight):
    """Chooses the explanations of one case."""

    @cached_property
    def ranked(self) -> tuple[RankedCondition, ...]:
        """What is known and may be behind it, what follows after it, then what else speaks for.

        What follows goes before what is known where that hardly fits by itself, and so does what
        is likely without it. Nothing is harmless beside an illness that explains it. Of grave ones
        the urgency tells.
        """
        behind = {c.id: c for c in self._behind}
        share = max((self._shares[name] for name in behind), default=1.0)
        later = {c.id: c for c in self._following if c.id not in behind}
        sooner = {n: c for n, c in later.items() if share < max(_MATTERS, c.probability)}
        own = {**sooner, **behind, **later}
        ill = not all(map(self.is_benign, own))
        others = [c for c in self._others if not self.kin(c.id) & own.keys()]
        others = [c for c in others if not (ill and self.is_benign(c.id))]
        # What is known but hardly speaks in this case does not stand before what is likely.
        ahead = [c for c in others if c.probability >= LIKELY] if share < _FOLLOWS else []
        return (*ahead, *own.values(), *(c for c in others if c not in ahead))

    @cached_property
    def _behind(self) -> tuple[RankedCondition, ...]:
        """The known illnesses from which a way leads to what is told, or that fit it best."""
        named = {k.id for k in self.case.known if k.status == "named"}
        first = next((c for c in self.told.conditions if c.described), None)
        known = (c for c in self.told.conditions if c.id in named)
        able = (
            c
            for c in known
            if c is first or c.probability >= _MATTERS or self.way(c.id) is not None
        )
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
            and not self.is_grave(c.id)
            and (self.way(c.id) is not None or self._comes_after(c.id))
            and self._shows(c)
        )

    def follows(self, condition: str) -> bool:
        """Whether a condition comes after something that was told."""
        return any(condition == c.id for c in self._following)

    def _shows(self, condition: RankedCondition) -> bool:
        """Whether a sign speaks for a condition, not only what it comes after."""
        own, misfits = self.tools.conditions.authored(condition.id), self.tools.conditions.misfits
        signs = (
            f
            for f, n in own.items()
            if n.probability > EXCLUDED and not misfits.is_setting(n)
            and misfits.may_show(condition.id, f)
        )  # fmt: skip
        return any(misfits.is_told(f, self.around) for f in signs)

    def _comes_after(self, condition: str) -> bool:
        """Whether a condition mostly comes after what was told, as a withdrawal does."""
        setting = self.tools.conditions.misfits.is_setting
        own = self.tools.conditions.authored(condition).values()
        return any(setting(n) and n.probability > MOSTLY and n.finding in self.around for n in own)

    @cached_property
    def _others(self) -> tuple[RankedCondition, ...]:
        """The explanations that the findings speak for."""
        told, alone = [*self._apart()], self._unworded
        if alone:
            told = [replace(c, probability=max(c.probability, alone.get(c.id, 0.0))) for c in told]
            told.sort(key=lambda c: -c.probability)
        calm = [
            c
            for c in told
            if (c.probability >= _MATTERS or self._is_telling(c))
            and self.telling([c.id])
            and not self.is_grave(c.id)
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
        # What is less likely than something else that fits is not told in its place; one sign that
        # hardly anything else shows is enough where nothing is surer.
        ahead = [c for c in calm if c in sure or sum(w.decibans > 0 for w in c.for_) > 1]
        ahead = ahead or [c for c in calm if self._is_telling(c)]
        first = ahead[0] if ahead else None
        return tuple(self._doubted(c) for c in calm if c in sure or c is first)

    def _is_telling(self, condition: RankedCondition) -> bool:
        """Whether a sign speaks for a condition that hardly anything else shows."""
        telling = any(w.decibans >= _TELLING for w in condition.for_)
        likely = condition.probability >= _SHOWN
        return telling and likely and not self._lacking(condition.id)

    @cached_property
    def _unworded(self) -> Mapping[str, float]:
        """How likely what presses is by the findings alone: no words of a text put it aside."""
        if not self.case.likeness:
            return {}
        alone = Reading(self.view, self.tools.taxonomy, replace(self.case, likeness=()))
        judged = self.tools.conditions.judge(alone)
        return {
            j.id: j.probability
            for j in judged
            if j.probability >= _MATTERS and self.is_pressing(j.id)
        }

    @cached_property
    def _is_meant(self) -> bool:
        """Whether the words speak for what a warning points to, that is not harmless."""
        return any(
            one.ratio >= _MEANT
            and not self.kin(one.id).isdisjoint(self.pointed)
            and not self.is_benign(one.id)
            for one in self.case.likeness
        )

    def _doubted(self, condition: RankedCondition) -> RankedCondition:
        """A condition that is at most possible while something else must be ruled out soon."""
        other = self.pointed and not self.kin(condition.id).intersection(self.pointed)
        doubtful = (other and self.rank(self.level) > 1) or (
            self.is_benign(condition.id) and (self._is_meant or bool(self._unworded))
        )
        most = _POSSIBLE if doubtful else 1.0
        return replace(condition, probability=min(condition.probability, most))

    def _has_needed(self, condition: str) -> bool:
        """Whether the setting that a condition cannot do without is told, and no sign denied.

        Nor is a setting told in which it is hardly ever seen.

        Where nothing is urgent, no illness is told of which the main signs are not there; what is
        harmless never is: a harmless twitch is none where nothing twitches.
        """
        setting, denied = self.tools.conditions.misfits.is_setting, self.reading.denied
        lacking = [note for group in self._lacking(condition) for note in group]
        kinds = self.tools.taxonomy.narrower(condition)
        described = list(filter(self.tools.conditions.authored, kinds))
        harmless = self.is_benign(condition) and bool(described)
        if (harmless and all(map(self._lacking, described))) or (
            lacking and not self.rank(self.level)
        ):
            return False
        own = self.tools.conditions.authored(condition).values()
        if any(n.finding in self.around and setting(n) and n.probability < SELDOM for n in own):
            return False
        return not any(setting(note) or denied(note.finding) for note in lacking)

    def _lacking(self, condition: str) -> list[list[Annotation]]:
        """What a condition is mostly seen with, in groups of which nothing is told."""
        groups = self.tools.conditions.misfits.lacking(condition, self.around)
        mostly = ([n for n in group if n.probability > MOSTLY] for group in groups)
        return [group for group in mostly if group]

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

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The first explanation, if there is one."""
        return tuple(c.id for c in self.ranked[:1])

    @cached_property
    def concerned(self) -> tuple[str, ...]:
        """The known illnesses that may be behind it, though they are not what ranks first."""
        raising = {f for flag in self.told.urgency.because for f in flag.findings}
        named = (k.id for k in self.case.known if k.status == "named")
        ranked = {r.id for r in self.ranked[:2]}
        able = (n for n in named if n in raising or self.probability(n) is not None)
        return tuple(n for n in dict.fromkeys(able) if not self.kin(n) & ranked)

    @cached_property
    def benign(self) -> bool:
        """Whether the first explanation needs no doctor by itself."""
        return any(map(self.is_benign, self.first))

    @cached_property
    def mild(self) -> bool:
        """Whether nothing but a benign explanation is in sight."""
        return self.benign and self.rank(self.level) < 2 and set(self.pointed) <= {*self.first}
