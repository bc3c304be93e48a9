"""What leads where in the body: which structures serve a place or a movement, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.view import Claim, View

# For claims between structures: does the object lead to the subject, or the other way round?
_OBJECT_LEADS: Final = {
    "ft:innervates": False,
    "ft:continuous-with": False,
    "ft:branch-of": True,
    "ft:part-of": True,
    "ft:located-in": True,
}
_HOLDING: Final = ("ft:innervates", "ft:branch-of", "ft:part-of", "ft:located-in")


class Way(NamedTuple):
    """How one thing leads to another: the claims in order, as sure as the least sure of them."""

    sure: float
    claims: tuple[str, ...]


class Anatomy:
    """The structures of one view, and what they lead to.

    A structure serves the place that it is located in, the movements it has and their places. It
    leads to the structures that it innervates, that branch from it, that are its parts, that lie
    in it, or that it continues into, and serves what they serve.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._sites = frozenset(c.id for c in view.with_role("ft:site-kind"))
        structures = (c.id for c in view.with_role("ft:structure-kind"))
        self.structures = frozenset(s for s in structures if s not in self._sites)
        self._servers: dict[str, Mapping[str, Way]] = {}
        self._wider: dict[str, frozenset[str]] = {}
        self._inside: dict[str, frozenset[str]] = {}

    def is_site(self, concept: str) -> bool:
        """True for a place that a finding can have."""
        return concept in self._sites

    @cached_property
    def _above(self) -> dict[str, list[tuple[str, Claim]]]:
        """What leads to each structure, place and movement, one step up, with the claim."""
        above: dict[str, list[tuple[str, Claim]]] = {}
        for claim in self._view.claims.values():
            upper, lower = claim.subject, claim.object
            if claim.predicate == "ft:has-action":
                fits = upper in self.structures
            elif lower in self._sites:
                fits = claim.predicate == "ft:located-in" and upper in self._carriers
            elif fits := claim.predicate in _OBJECT_LEADS:
                fits = upper in self.structures and lower in self.structures
                if _OBJECT_LEADS[claim.predicate]:
                    upper, lower = lower, upper
            if fits and claim.supported:
                above.setdefault(lower, []).append((upper, claim))
        return above

    @cached_property
    def _carriers(self) -> frozenset[str]:
        """What can be at work in a place: structures, and the movements that they have."""
        actions = (c.object for c in self._view.claims.values() if c.predicate == "ft:has-action")
        return self.structures.union(actions)

    def servers(self, target: str) -> Mapping[str, Way]:
        """The structures that lead to a place, a movement or a structure, each by its surest way.

        A structure leads to itself. Of ways that are equally sure the shortest is told.
        """
        found = self._servers.get(target)
        if found is None:
            ways = self._search(target)
            found = {name: way for name, way in ways.items() if name in self.structures}
            self._servers[target] = found = MappingProxyType(found)
        return found

    def _search(self, target: str) -> dict[str, Way]:
        ways: dict[str, Way] = {}
        queue: list[tuple[float, int, tuple[str, ...], str]] = [(-1.0, 0, (), target)]
        while queue:
            sure, length, claims, here = heappop(queue)
            if here in ways:
                continue
            ways[here] = Way(-sure, claims)
            for upper, claim in self._above.get(here, ()):
                if upper not in ways:
                    weakest = max(sure, -self._sureness(claim))
                    heappush(queue, (weakest, length + 1, (claim.id, *claims), upper))
        return ways

    def _sureness(self, claim: Claim) -> float:
        """The confidence of a claim, less where it holds for a part of its subject only."""
        extent = self._view.scales.get(claim.extent or "")
        return claim.confidence * (extent.weight or 1.0 if extent is not None else 1.0)

    def leads(self, upper: str, lower: str) -> bool:
        """True when the first structure lies above the second, and not below it as well."""
        return upper in self.servers(lower) and lower not in self.servers(upper)

    def suppliers(self, structure: str) -> tuple[str, ...]:
        """The structures that innervate the structure."""
        return self._view.subjects("ft:innervates", structure)

    def regions(self, site: str) -> tuple[str, ...]:
        """The place itself and the places that it is a part of, the nearest first."""
        order = [site]
        for item in order:
            order += [
                o for o in self._view.objects(item, "ft:part-of")
                if o in self._sites and o not in order
            ]  # fmt: skip
        return tuple(order)

    def wider(self, site: str) -> frozenset[str]:
        """The places of the nearest region in which some structure ends.

        >>> from kg.graph import open_graph
        >>> anatomy = Anatomy(open_graph().view)
        >>> "ft:upper-lip" in anatomy.wider("ft:upper-lip")
        True
        """
        found = self._wider.get(site)
        if found is None:
            insides = map(self.inside, self.regions(site))
            served = (inside for inside in insides if not all(map(self.is_wide, inside)))
            found = self._wider[site] = next(served, frozenset())
        return found

    def inside(self, region: str) -> frozenset[str]:
        """The place itself and the places that are parts of it."""
        found = self._inside.get(region)
        if found is None:
            parts = (s for s in self._sites if region in self.regions(s))
            found = self._inside[region] = frozenset((region, *parts))
        return found

    def is_wide(self, site: str) -> bool:
        """True for a place where no structure ends, hence too wide to tell one."""
        above = (upper for upper, _ in self._above.get(site, ()))
        return not any(u in self._ends or u not in self.structures for u in above)

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The structures that lead to no other one."""
        leading = {u for lower, ups in self._above.items() if lower in self.structures
                   for u, _ in ups}  # fmt: skip
        return self.structures - leading

    @cached_property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The ordered courses: structures that continue into each other, from first to last."""
        steps = {s: self._view.objects(s, "ft:continuous-with") for s in sorted(self.structures)}
        entered = {following for after in steps.values() for following in after}
        found = []
        for start in steps:
            if start not in entered and steps[start]:
                path = [start]
                while after := [s for s in steps.get(path[-1], ()) if s not in path]:
                    path.append(after[0])
                found.append(tuple(path))
        return tuple(found)

    @cached_property
    def holdings(self) -> Mapping[str, frozenset[str]]:
        """What each structure holds: parts, branches, what lies in it and what it innervates.

        What lies on a course between two structures that it holds is held as well.
        """
        inside = {s: {s} for s in sorted(self.structures)}
        links = [
            (upper, lower)
            for lower, ups in self._above.items()
            for upper, claim in ups
            if lower in self.structures and claim.predicate in _HOLDING
        ]
        growing = True
        while growing:
            sizes = sum(map(len, inside.values()))
            for upper, lower in links:
                inside[upper] |= inside[lower]
            for held in inside.values():
                held.update(self._between(held))
            growing = sum(map(len, inside.values())) > sizes
        return {s: frozenset(held) for s, held in inside.items()}

    def _between(self, held: set[str]) -> set[str]:
        found: set[str] = set()
        for path in self.paths:
            places = [place for place, name in enumerate(path) if name in held]
            for first, last in pairwise(places):
                found.update(path[first:last])
        return found
