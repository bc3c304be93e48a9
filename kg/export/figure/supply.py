"""What innervates a structure, and whether sources disagree about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kg.view import View


class Supply:
    """The supply of the structures of one view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def wholes(self, part: str) -> frozenset[str]:
        """A structure and all that it is a part of, through any number of steps."""
        found = [part]
        for item in found:
            found += [w for w in self._view.objects(item, "ft:part-of") if w not in found]
        return frozenset(found)

    def of(self, name: str) -> Mapping[str, str]:
        """What innervates a structure, or what it is a part of, each with its claim."""
        return {
            claim.subject: claim.id
            for whole in sorted(self.wholes(name))
            for claim in self._view.by_object.get((whole, "ft:innervates"), ())
        }

    def disputed(self, name: str) -> bool:
        """True where sources name one of two suppliers each, and none both: else it is double."""
        claims = set(self.of(name).values())
        return any(one in claims and other in claims for one, other in self._disputes)

    @cached_property
    def _disputes(self) -> tuple[tuple[str, str], ...]:
        found = []
        for claim in self._view.claims.values():
            if claim.predicate == "ft:contradicts" and claim.supported:
                both = self._supporters(claim.subject) & self._supporters(claim.object)
                if not both - self._supporters(claim.id):
                    found.append((claim.subject, claim.object))
        return tuple(found)

    def _supporters(self, claim: str) -> frozenset[str]:
        """The sources that support a claim."""
        known = self._view.claims.get(claim)
        evidence = known.evidence if known is not None else ()
        return frozenset(e.source for e in evidence if e.direction == "ft:supports")
