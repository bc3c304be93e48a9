"""Limits of amounts: which of them holds for the person of a case.

A limit may be said of a group of people (``ft:applies-to``). Who belongs to a group stands in the
graph (``ft:circumstance-row`` with the slot ``person``); a group without a row is people at large.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.recognise.amounts import relation_to, thresholds
from kg.recognise.case import Person
from kg.recognise.reading import Reading
from kg.view import Quantity, View


class Limits:
    """The limits that a view knows, and the groups of people that they are said of."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._groups = {
            cue.properties["ft:cue-concept"]: frozenset(cue.properties["ft:row-state"].split())
            for cue in view.cues.get("circumstance-row", ())
            if cue.properties["ft:row-slot"] == "person" and "ft:row-state" in cue.properties
        }
        ages = (cue.properties for cue in view.cues.get("age-band", ()))
        self._bands = frozenset(told["ft:cue-band"] for told in ages)
        of_ages = (group for group in self._groups.values() if group <= self._bands)
        self._apart = {band for group in of_ages for band in group}

    def holding(self, quantities: Iterable[str], person: Person) -> tuple[str, ...]:
        """The limits of the group that a person belongs to, else those of people at large.

        These are not told to who is of an age with groups of its own.
        """
        found = self.sorted(quantities, person)
        own = bool(found) and self._is_of(found[0], person)
        general = () if person.band in self._apart else found
        return found if own else tuple(q for q in general if not self._said_of(q))

    def sorted(self, quantities: Iterable[str], person: Person) -> tuple[str, ...]:
        """The limits of the group that a person belongs to, else all of them, the general first."""
        known = dict.fromkeys(quantities)
        own = tuple(q for q in known if self._is_of(q, person))
        return own or tuple(sorted(known, key=lambda q: bool(self._said_of(q))))

    def may_hold(self, concept: str, person: Person) -> bool:
        """Whether what a source says of some people may be told to a person.

        What is said of an age is told where no age is known, too.
        """
        groups = self._said_of(concept)
        open_ = person.band is None and any(group <= self._bands for group in groups)
        return not groups or open_ or self._is_of(concept, person)

    def compare(self, reading: Reading, person: Person) -> None:
        """Hold the amounts of a text against the limits of its person, not of people at large."""
        for mention in reading.mentions:
            old = mention.amount
            if old is None or old.limit is None:
                continue
            limit = self._limit(mention.id, old.unit, person)
            if limit is None:
                new, implied = replace(old, relation="unknown", limit=None), []
            else:
                new = replace(old, relation=relation_to(old.value, limit), limit=limit.id)
                span = next(((i.start, i.end) for i in reading.implied if i.amount == old), None)
                implied = [] if span is None else thresholds(limit, new, *span)
            mention.amount = new
            reading.implied = [i for i in reading.implied if i.amount != old] + implied

    def _limit(self, concept: str, unit: str, person: Person) -> Quantity | None:
        view = self._view
        every = [q for b in view.broader(concept) for q in view.objects(b, "ft:has-limit")]
        known = (view.quantities.get(q) for q in self.sorted(every, person))
        return next((q for q in known if q and q.unit == unit and q.value is not None), None)

    def _is_of(self, quantity: str, person: Person) -> bool:
        told = {person.band, person.sex, "pregnant" if person.pregnant else None}
        return any(not told.isdisjoint(group) for group in self._said_of(quantity))

    def _said_of(self, quantity: str) -> list[frozenset[str]]:
        groups = self._view.objects(quantity, "ft:applies-to")
        return [self._groups[g] for g in groups if g in self._groups]
