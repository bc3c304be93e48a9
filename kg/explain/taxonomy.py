"""What a concept is a kind or a form of, and what is a kind or a form of it, looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from kg.view import View

_NARROWING = ("ft:form-of", "ft:subtype-of")


class Taxonomy:
    """The broader and the narrower concepts of every concept, the nearest first."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._broader: dict[str, tuple[str, ...]] = {}
        self._narrower: dict[str, tuple[str, ...]] = {}

    def broader(self, concept: str) -> tuple[str, ...]:
        """The concept itself and all that it is a kind or a form of."""
        found = self._broader.get(concept)
        if found is None:
            found = self._broader[concept] = self._view.broader(concept)
        return found

    def narrower(self, concept: str) -> tuple[str, ...]:
        """The concept itself and all that is a kind or a form of it."""
        found = self._narrower.get(concept)
        if found is None:
            order = [concept]
            for item in order:
                for relation in _NARROWING:
                    order += [s for s in self._view.subjects(relation, item) if s not in order]
            found = self._narrower[concept] = tuple(order)
        return found

    @cached_property
    def _brought_about(self) -> frozenset[str]:
        relations = self._view.relations
        return frozenset(
            claim.object
            for claim in self._view.claims.values()
            if claim.supported
            and claim.predicate in relations
            and (relations[claim.predicate].causal or relations[claim.predicate].direct)
        )

    def is_brought_about(self, concept: str) -> bool:
        """True when some claim says what brings the concept, or its general form, about."""
        return any(b in self._brought_about for b in self.broader(concept))

    def is_broader(self, general: str, specific: str) -> bool:
        """True when the first concept truly is more general than the second."""
        return general != specific and general in self.broader(specific)

    def most_specific(self, concepts: Iterable[str]) -> tuple[str, ...]:
        """The concepts without those that are more general than another one of them."""
        wanted = tuple(dict.fromkeys(concepts))
        general = {b for c in wanted for b in self.broader(c)[1:]}
        # Two concepts that are each other's kind would both vanish: a loop keeps its members.
        return tuple(
            c
            for c in wanted
            if c not in general
            or any(c in self.broader(o) and o in self.broader(c) for o in wanted if o != c)
        )
