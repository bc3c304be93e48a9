"""What speaks against a condition beyond the findings themselves.

Who has a condition seldom leaves out all its typical signs, or the setting that it needs, and a
condition with a seat in the body is no candidate for what goes on at other places alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from kg.explain.frequencies import EXCLUDED, Annotation
from kg.explain.reading import Reading
from kg.view import View

__all__ = ["SELDOM", "Misfit", "Misfits"]

# From here on a sign is typical, and a setting is needed.
_TYPICAL: Final = 0.5
_NEEDED: Final = 0.98
SELDOM: Final = 0.05  # and below this it is hardly ever seen
# Where the scales say nothing of their own.
_NOT_TOLD: Final = 0.3
_SETTING: Final = "ft:has-setting"
# What goes on in a pattern, and what only a test shows: nobody misses it where it is not told.
_UNTOLD: Final = frozenset({"ft:pattern-kind", "ft:test-finding-kind"})


class Misfit(NamedTuple):
    """A finding that is missing or out of place, and the likelihood ratio that follows."""

    note: Annotation
    ratio: float


class Misfits:
    """Finds what does not fit the conditions of one view, given the findings of each condition."""

    def __init__(self, view: View, notes: Mapping[str, Mapping[str, Annotation]]) -> None:
        self._view = view
        scale = view.scales.get("ft:not-told")
        self.not_told = (scale.probability if scale is not None else None) or _NOT_TOLD
        self.expected = {c: tuple(self._expected(found)) for c, found in notes.items()}
        self.seats = {condition: self._places(condition) for condition in notes}

    def of(
        self, condition: str, told: frozenset[str], places: tuple[tuple[str, str], ...]
    ) -> Iterator[Misfit]:
        """What does not fit a condition.

        Args:
            condition: that is weighed.
            told: what the case tells or denies, with all that it is a kind or a form of.
            places: the findings that have a place, each with it.
        """
        # Who was told of it need not tell what it looks like.
        for group in () if condition in told else self.expected.get(condition, ()):
            if told.isdisjoint([note.finding for note in group]):
                yield Misfit(group[0], self.not_told)
        seats = self.seats.get(condition, ())
        if seats and places and not any(self._meet(s, p) for s in seats for _, p in places):
            claim = self._view.by_subject[condition, "ft:located-in"][0].id
            yield Misfit(Annotation(places[0][0], EXCLUDED, claim), EXCLUDED)

    def at_stake(self, condition: str, related: Collection[str]) -> Iterator[float]:
        """The ratios that may come or go where what is told of these concepts changes."""
        groups = self.expected.get(condition, ())
        yield from (self.not_told for g in groups if any(n.finding in related for n in g))
        yield from (EXCLUDED for _ in self.seats.get(condition, ())[:1])

    def is_setting(self, note: Annotation) -> bool:
        """True for what a condition comes about with, not for what it shows."""
        claim = self._view.claims.get(note.claim or "")
        return claim is not None and claim.predicate == _SETTING

    def places(self, reading: Reading) -> tuple[tuple[str, str], ...]:
        """The findings of a case that have a place, with it."""
        told = [f for c in reading.effects for f in reading.findings(c)]
        return tuple((f.id, p) for f in told for p in ([f.site] if f.site else self._places(f.id)))

    def _expected(self, found: Mapping[str, Annotation]) -> Iterator[tuple[Annotation, ...]]:
        """Groups of which at least one is expected to be told, the most frequent first."""
        order = sorted(found.values(), key=lambda n: (-n.probability, n.finding))
        signs = [n for n in order if n.probability >= _TYPICAL and self._is_sign(n)]
        needed = [n for n in order if n.probability > _NEEDED and self.is_setting(n)]
        yield from (tuple(group) for group in (signs, needed) if group)

    def _is_sign(self, note: Annotation) -> bool:
        told = _UNTOLD.isdisjoint(self._view.concepts[note.finding].roles)
        return told and not self.is_setting(note)

    def _places(self, concept: str) -> tuple[str, ...]:
        located = self._view.objects(concept, "ft:located-in")
        return tuple(o for o in located if "ft:site-kind" in self._view.concepts[o].roles)

    def _meet(self, one: str, other: str) -> bool:
        """True when one of two places is, or is part of, the other."""
        return one in self._around(other) or other in self._around(one)

    def _around(self, place: str) -> list[str]:
        order = [place]
        for item in order:
            order += [o for o in self._view.objects(item, "ft:part-of") if o not in order]
        return order
