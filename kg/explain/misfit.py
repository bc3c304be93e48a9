"""What speaks against a condition beyond the findings themselves.

Who has a condition seldom leaves out all its typical signs, the sign that defines it, or the
setting that it needs. A condition with a seat in the body is no candidate for what goes on at
other places alone, and a worse one for what goes on there as well. So is one that only makes
muscles do too little where they do too much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from kg.explain.accounts import CHANGES
from kg.explain.frequencies import EXCLUDED, Annotation, is_setting
from kg.explain.reading import Reading
from kg.view import View

# From here on a sign is typical, it defines a condition, and a setting is needed.
_TYPICAL: Final = 0.5
_DEFINING: Final = 0.98
_NEEDED: Final = 0.9
SELDOM: Final = 0.05  # and below this it is hardly ever seen
# Where the scales say nothing of their own.
_NOT_TOLD: Final = 0.3
# What goes on in a pattern, and what only a test shows: nobody misses it where it is not told.
_UNTOLD: Final = frozenset({"ft:pattern-kind", "ft:test-finding-kind"})
_NO_SETTING: Final = 0.1
_ELSEWHERE: Final = 0.2


class Misfit(NamedTuple):
    """A finding that is missing or out of place, and the likelihood ratio that follows."""

    note: Annotation
    ratio: float


class Misfits:
    """Finds what does not fit the conditions of one view, given the findings of each condition."""

    def __init__(self, view: View, notes: Mapping[str, Mapping[str, Annotation]]) -> None:
        self._view = view
        self._untold = self._scale("ft:not-told", _NOT_TOLD)
        self._unset = self._scale("ft:setting-not-told", _NO_SETTING)
        self._elsewhere = self._scale("ft:beyond-its-seat", _ELSEWHERE)
        self._kinds: dict[str, frozenset[str]] = {}
        self.expected = {c: tuple(self._expected(found)) for c, found in notes.items()}
        self._defining = {
            c: tuple(n for group in groups for n in group if self._defines(n))
            for c, groups in self.expected.items()
        }
        self._own_acts = {c: self._acting(c, found) for c, found in notes.items()}
        self.seats = {condition: self._places(condition) for condition in notes}

    def missing(self, condition: str, told: Collection[str]) -> Iterator[Misfit]:
        """What a condition is expected with of which nothing is told, each thing once."""
        missing: dict[str, Misfit] = {}
        for group in self.lacking(condition, told):
            note, known = group[0], missing.get(group[0].finding)
            ratio = self._unset if self.is_setting(note) else self._untold
            missing[note.finding] = Misfit(note, ratio * (known.ratio if known else 1.0))
        yield from missing.values()

    def out_of_place(
        self,
        condition: str,
        told: Collection[str],
        places: tuple[tuple[str, str], ...],
        moving: str | None,
    ) -> Iterator[Misfit]:
        """What goes on in another way, or at other places, than it does in a condition.

        Args:
            condition: that is weighed.
            told: what the case tells or denies, with all that it is a kind or a form of.
            places: the findings that have a place, each with it.
            moving: a finding in which muscles do too much.
        """
        own = {} if condition in told else self._own_acts.get(condition, {})
        if own and moving is not None and CHANGES[0] not in own:
            note = Annotation(moving, self._untold, min(own.values()))
            yield Misfit(note, self._untold)
        seats = self.seats.get(condition, ())
        beyond = [f for f, p in places if seats and not any(self._meet(s, p) for s in seats)]
        if beyond:
            here = [f for f, _ in places if f not in beyond]
            alike = [f for f in beyond if any(self.acts(f) & self.acts(o) for o in here)]
            claim = self._view.by_subject[condition, "ft:located-in"][0].id
            if len(beyond) == len(places):
                yield Misfit(Annotation(beyond[0], EXCLUDED, claim), EXCLUDED)
            elif alike:
                yield Misfit(Annotation(alike[0], self._elsewhere, claim), self._elsewhere)

    def concerns(self, condition: str) -> frozenset[str]:
        """What has to be told, or done by what is told, to change what a condition lacks."""
        groups = (note.finding for group in self.expected.get(condition, ()) for note in group)
        alike = (self._alike(note.finding) for note in self._defining.get(condition, ()))
        return frozenset({condition, *groups}).union(*alike)

    def told_of(self, told: Collection[str]) -> frozenset[str]:
        """What is told, and what the muscles do in it."""
        return frozenset(told).union(*map(self.acts, told))

    def _acting(self, condition: str, found: Mapping[str, Annotation]) -> dict[str, str]:
        """How muscles act in a condition as it is told of itself, else of what it is a kind of."""
        seen = [(f, n) for f, n in found.items() if n.probability > EXCLUDED and self.acts(f)]
        claims = self._view.by_subject.get((condition, "ft:has-finding"), ())
        said = {claim.id for claim in claims}
        own = [(f, n) for f, n in seen if n.claim in said]
        return {act: n.claim or "" for f, n in own or seen for act in self.acts(f)}

    def may_show(self, condition: str, finding: str) -> bool:
        """Whether muscles act in a finding as they do in a condition, or do not act."""
        acts = self.acts(finding)
        return not acts or bool(acts & self._own_acts.get(condition, {}).keys())

    def lacking(self, condition: str, told: Collection[str]) -> Iterator[tuple[Annotation, ...]]:
        """The groups of what a condition is expected with of which nothing is told."""
        # Who was told of it need not tell what it looks like.
        if condition in told:
            return
        for group in self.expected.get(condition, ()):
            if not any(note.finding in told for note in group):
                yield group
        defining = self._defining.get(condition, ())
        if defining and not any(self.is_told(note.finding, told) for note in defining):
            yield defining

    def at_stake(self, condition: str, related: Collection[str]) -> Iterator[float]:
        """The ratios that may come or go where what is told of these concepts changes."""
        for group in self.expected.get(condition, ()):
            if any(note.finding in related for note in group):
                yield self._unset if self.is_setting(group[0]) else self._untold
        if any(self.is_told(n.finding, related) for n in self._defining.get(condition, ())):
            yield self._untold
        yield from (EXCLUDED for _ in self.seats.get(condition, ())[:1])

    def is_setting(self, note: Annotation) -> bool:
        """True for what a condition comes about with, not for what it shows."""
        return is_setting(self._view, note)

    def places(self, reading: Reading) -> tuple[tuple[str, str], ...]:
        """The findings of a case that have a place, with it."""
        told = [f for c in reading.effects for f in reading.findings(c)]
        return tuple((f.id, p) for f in told for p in ([f.site] if f.site else self._places(f.id)))

    def is_told(self, sign: str, told: Collection[str]) -> bool:
        """Whether a sign is told, or what is of the same general kind."""
        alike = self._alike(sign)
        return any(f in alike or alike & self.acts(f) for f in told)

    def _alike(self, sign: str) -> set[str]:
        return {*self.acts(sign), *self._view.broader(sign)}

    def acts(self, finding: str) -> frozenset[str]:
        """How the muscles act in a finding: too much, too little, or neither."""
        known = self._kinds.get(finding)
        if known is None:
            kinds = (self._view.concepts.get(b) for b in self._view.broader(finding))
            roles = frozenset(r for k in kinds if k is not None for r in k.roles)
            known = self._kinds[finding] = roles.intersection(CHANGES)
        return known

    def _scale(self, name: str, otherwise: float) -> float:
        scale = self._view.scales.get(name)
        return (scale.probability if scale is not None else None) or otherwise

    def _expected(self, found: Mapping[str, Annotation]) -> Iterator[tuple[Annotation, ...]]:
        """Groups of which at least one is expected to be told, the most frequent first."""
        order = sorted(found.values(), key=lambda n: (-n.probability, n.finding))
        signs = [n for n in order if n.probability >= _TYPICAL and self._is_sign(n)]
        needed = [n for n in order if n.probability >= _NEEDED and self.is_setting(n)]
        yield from (tuple(group) for group in (signs, needed) if group)

    def _defines(self, note: Annotation) -> bool:
        return note.probability > _DEFINING and self._is_sign(note)

    def _is_sign(self, note: Annotation) -> bool:
        told = _UNTOLD.isdisjoint(self._view.concepts[note.finding].roles)
        return told and not self.is_setting(note)

    def _places(self, concept: str) -> tuple[str, ...]:
        located = self._view.objects(concept, "ft:located-in")
        return tuple(o for o in located if "ft:site-kind" in self._view.concepts[o].roles)

    def _meet(self, one: str, other: str) -> bool:
        """True when one of two places is, or is part of, the other."""
        return one in self._view.around(other) or other in self._view.around(one)
