"""What every structure reaches: the places and movements it serves, with the claims that say so."""

from __future__ import annotations

from functools import cached_property

from kg.view import Claim, View

__all__ = ["Anatomy"]

Proof = tuple[str, ...]


class Anatomy:
    """The structures of one view, what they lead to, and the places that they serve.

    A structure serves the place that it is located in, the movements it has and their places. It
    also serves whatever the structures serve that it innervates, that branch from it, that are
    its parts, or that it continues into.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._sites = frozenset(c.id for c in view.with_role("ft:site-kind"))
        structures = (c.id for c in view.with_role("ft:structure-kind"))
        self.structures = tuple(sorted(s for s in structures if s not in self._sites))
        self._reach: dict[str, dict[str, Proof]] = {}

    def is_site(self, concept: str) -> bool:
        """True for a place that a finding can have."""
        return concept in self._sites

    @cached_property
    def _below(self) -> dict[str, list[tuple[str, Claim]]]:
        """What each structure leads to, one step on, with the claim."""
        known = frozenset(self.structures)
        below: dict[str, list[tuple[str, Claim]]] = {s: [] for s in self.structures}
        for claim in self._view.claims.values():
            ends = {
                "ft:innervates": (claim.subject, claim.object),
                "ft:continuous-with": (claim.subject, claim.object),
                "ft:branch-of": (claim.object, claim.subject),
                "ft:part-of": (claim.object, claim.subject),
            }.get(claim.predicate)
            if ends is not None and claim.supported and known.issuperset(ends):
                below[ends[0]].append((ends[1], claim))
        return below

    def _serves(self, structure: str) -> dict[str, Proof]:
        """The places and movements of a structure itself."""
        served: dict[str, Proof] = {}
        claims = self._view.by_subject
        for claim in claims.get((structure, "ft:located-in"), ()):
            if claim.object in self._sites:
                served.setdefault(claim.object, (claim.id,))
        for action in claims.get((structure, "ft:has-action"), ()):
            served.setdefault(action.object, (action.id,))
            for place in claims.get((action.object, "ft:located-in"), ()):
                if place.object in self._sites:
                    served.setdefault(place.object, (action.id, place.id))
        return served

    def reach(self, structure: str) -> dict[str, Proof]:
        """The structures, places and movements that a structure serves, with the shortest proof."""
        found = self._reach.get(structure)
        if found is None:
            found = {structure: ()}
            queue: list[tuple[str, Proof]] = [(structure, ())]
            for here, proof in queue:
                for served, claims in self._serves(here).items():
                    found.setdefault(served, (*proof, *claims))
                for below, claim in self._below.get(here, ()):
                    if below not in found:
                        found[below] = (*proof, claim.id)
                        queue.append((below, found[below]))
            self._reach[structure] = found
        return found

    def suppliers(self, structure: str) -> tuple[tuple[str, str], ...]:
        """The structures that innervate the structure or what it is a part of, with the claim."""
        claims = self._view.by_object.get((structure, "ft:innervates"), ())
        return tuple((c.subject, c.id) for c in claims)

    def regions(self, site: str) -> tuple[str, ...]:
        """The place itself and the places that it is a part of, the nearest first."""
        order = [site]
        for item in order:
            order += [
                o for o in self._view.objects(item, "ft:part-of")
                if o in self._sites and o not in order
            ]  # fmt: skip
        return tuple(order)
