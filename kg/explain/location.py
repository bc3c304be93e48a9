"""Where the trouble may sit: the most specific structures that account for the case.

This is topical diagnosis as it is taught: what is affected, what is spared and the accompanying
signs are each compared with what a structure serves and with what its processes bring about; the
structures that account best are told together. Where too many do, the wholes that hold them are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.explain.accounts import Accounts, Observation, Site
from kg.explain.anatomy import Anatomy
from kg.explain.cite import Citations
from kg.explain.covering import smallest_sets
from kg.explain.model import Location, PathStep, Structure
from kg.explain.reading import Reading
from kg.explain.reasons import Reasons
from kg.explain.seats import Seat, Seats
from kg.explain.taxonomy import Taxonomy
from kg.view import View

# More structures than this say little about where.
_MOST: Final = 8
_PATTERN: Final = "ft:pattern-kind"
# What innervates a seat is told where it fits at least this well, compared with the best seat.
_SUPPLIES: Final = 0.25


class Locator:
    """Finds the seat of the findings of a case in the anatomy of one view."""

    def __init__(self, view: View, citations: Citations, taxonomy: Taxonomy | None = None) -> None:
        self._view = view
        self._citations = citations
        self._anatomy = Anatomy(view)
        self._accounts = Accounts(view, taxonomy or Taxonomy(view), self._anatomy)
        self._seats = Seats(self._accounts, self._anatomy)
        self._reasons = Reasons(view, citations)

    def locate(self, reading: Reading) -> Location:
        """The most specific structures that account for what is present and what is spared."""
        present = list(self._present(reading))
        spared = list(self._spared(reading, {o.name for o in present}))
        ranked = self._seats.rank(present, spared) or self._seats.rank(
            list(self._in_general(reading)), spared
        )
        if not ranked:
            return Location((), ())
        tied = self._seats.tied(ranked)
        many = len(tied) > _MOST
        seats = tied if many else self._each(tied, ranked)
        # The best of all may be told by what lies below it.
        best = max(seat.score for seat in seats)
        structures = (
            self._wholes(tied, best)
            if many
            else [self._reasons.structure(seat, seat.score / best) for seat in seats]
        )
        claims = tuple(dict.fromkeys(c for s in structures for c in s.claims))
        return Location(
            tuple(structures),
            self._citations.evidence(claims),
            self._path([*(s.id for s in structures), *(s.structure for s in tied)], ranked, best),
        )

    def _present(self, reading: Reading) -> Iterator[Observation]:
        """What is to be accounted for, each place once for each kind of change."""
        seen: set[tuple[str, str | None]] = set()
        for observation in self._observed(reading):
            distinct = self._accounts.processes.distinct(observation.finding)
            key = (observation.name, observation.finding if distinct else observation.change)
            if key not in seen:
                seen.add(key)
                yield observation

    def _observed(self, reading: Reading) -> Iterator[Observation]:
        for action in reading.present:
            if self._view.by_object.get((action, "ft:has-action")):
                yield Observation(action, action, None, (Site(action),))
        for concept in reading.effects:
            told = {f.site for f in reading.findings(concept) if f.site is not None}
            yield from self._observations(concept, sorted(told))

    def _observations(self, concept: str, told: Sequence[str]) -> Iterator[Observation]:
        """A finding as what is to be accounted for: at each told place, or at its own one."""
        change = self._accounts.change(concept)
        if change is None:
            # How something goes on in time tells nothing about where.
            if _PATTERN not in self._view.concepts[concept].roles:
                yield Observation(concept, concept)
            return
        located = self._view.by_subject.get((concept, "ft:located-in"), ())
        places = sorted(c.object for c in located if self._anatomy.is_site(c.object))
        inside = [Site(c.object, c.id) for c in located if c.object in self._anatomy.structures]
        for site in told:
            # A place that is told loosely means the finding's own one where that lies in it.
            meant = [p for p in places if site in self._anatomy.regions(p)]
            if meant:
                yield self._at(concept, change, meant, inside)
            else:
                yield Observation(site, concept, change, (Site(site),), told=True)
        if not told:
            yield self._at(concept, change, places, inside)

    def _at(
        self, concept: str, change: str, places: Sequence[str], inside: Sequence[Site]
    ) -> Observation:
        """A finding at the first of its own places that lies in no other one's region."""
        wide = {r for place in places for r in self._anatomy.regions(place)[1:]}
        nearest = [p for p in places if p not in wide]
        sites = (*inside, *map(Site, nearest), *(Site(p) for p in places if p in wide))
        return Observation(nearest[0] if nearest else concept, concept, change, sites)

    def _spared(self, reading: Reading, affected: set[str]) -> Iterator[Observation]:
        """What the person denies; what is present at a place speaks louder than a denial."""
        present = set(reading.present)
        for finding in reading.case.findings:
            if finding.status != "absent":
                continue
            told = [finding.site] if finding.site is not None else []
            if told or finding.id not in present:
                for observation in self._observations(finding.id, told):
                    if observation.name not in affected:
                        yield observation

    def _in_general(self, reading: Reading) -> Iterator[Observation]:
        """Where the findings go on by nature, whatever the place."""
        for concept in reading.effects:
            for general in reading.taxonomy.broader(concept):
                located = self._view.by_subject.get((general, "ft:located-in"), ())
                inside = [
                    Site(c.object, c.id) for c in located if c.object in self._anatomy.structures
                ]
                if inside:
                    change = self._accounts.change(concept)
                    yield Observation(concept, general, change, tuple(inside))
                    break

    def _each(self, tied: Sequence[Seat], ranked: Sequence[Seat]) -> list[Seat]:
        """The tied seats, and what innervates them where it accounts for the same."""
        best = ranked[0].score
        by_name = {seat.structure: seat for seat in ranked}
        chosen = {seat.structure: seat for seat in tied}
        for seat in tied:
            suppliers = self._anatomy.suppliers(seat.structure)
            for name in suppliers:
                supplier = by_name.get(name)
                if (
                    supplier is not None
                    and supplier.score >= _SUPPLIES * best
                    and seat.accounts.keys() <= supplier.accounts.keys()
                    and not any(self._anatomy.leads(name, other) for other in suppliers)
                ):
                    chosen.setdefault(name, supplier)
        # The tied seats come sorted, and what innervates them after them.
        supplying = sorted(list(chosen.values())[len(tied) :], key=lambda seat: -seat.score)
        return [*tied, *supplying][:_MOST]

    def _wholes(self, tied: Sequence[Seat], best: float) -> list[Structure]:
        """The fewest structures that hold all tied seats: a wide answer, but a true one."""
        holdings = self._anatomy.holdings
        wanted = [seat.structure for seat in tied]
        sets, _ = smallest_sets(
            {s: held.intersection(wanted) for s, held in holdings.items()},
            wanted,
            lambda s: float(len(holdings[s])),
            most=1,
        )
        by_size = sorted(sets[0], key=lambda s: (-len(holdings[s].intersection(wanted)), s))
        return [
            self._reasons.whole(s, [seat for seat in tied if seat.structure in holdings[s]], best)
            for s in by_size
        ]

    def _path(
        self, told: Sequence[str], ranked: Sequence[Seat], best: float
    ) -> tuple[PathStep, ...]:
        """The course on which the first structure lies, or from which the way leads to it."""
        fits = {seat.structure: min(seat.score / best, 1.0) for seat in ranked}
        for name in told:
            above = self._anatomy.servers(name)
            for path in self._anatomy.paths:
                leading = [step for step in path if step in above]
                if leading:
                    after = dict(zip(path[1:], path[:-1], strict=True))
                    beside = [] if name in path else self._way(leading, name)
                    return self._steps(path, after, beside, fits, told)
        return ()

    def _way(self, leading: Sequence[str], name: str) -> list[tuple[str, str]]:
        """The steps from the last structure on a course down to one beside it."""
        claims = self._anatomy.servers(name)[leading[-1]].claims
        ends = [(self._view.claims[c].subject, self._view.claims[c].object) for c in claims]
        here, steps = leading[-1], []
        for one, other in ends:
            below = other if one == here else one
            steps.append((here, below))
            here = below
        return steps

    def _steps(
        self,
        path: Sequence[str],
        after: dict[str, str],
        beside: Sequence[tuple[str, str]],
        fits: dict[str, float],
        told: Sequence[str],
    ) -> tuple[PathStep, ...]:
        order = list(path)
        for upper, lower in beside:
            if lower not in order:
                order.append(lower)
                after[lower] = upper
        return tuple(
            PathStep(s, self._view.label(s), after.get(s), fits.get(s, 0.0), s in told)
            for s in order
        )
