"""What a course shows: stations in order, what holds them, what leaves where, and what is marked.

A course is a row of structures that continue into each other. All of it follows from claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.errors import BadInput, printable
from kg.explain.anatomy import Anatomy
from kg.explain.model import Explanation
from kg.export.figure.supply import Supply
from kg.view import View

_BEST: Final = 0.999
_RAISES: Final = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """What leaves a course at a station, and what it serves; `role` as in `marks.ROLES`."""

    id: str
    label: str
    role: str
    serves: tuple[tuple[str, str, str], ...]  # id, label, role


@dataclass(frozen=True, slots=True)
class Station:
    """A structure on the course.

    `beside` are the labels of what lies in it or beside it, `covers` and `spares` those of the
    findings by which it was found.
    """

    id: str
    label: str
    role: str
    beside: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    covers: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """What holds the stations from the first to the last one, by their places from 0."""

    id: str
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is drawn of one course."""

    heading: str
    stations: tuple[Station, ...]
    bands: tuple[Band, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles that are used."""
        leaves = [leaf for station in self.stations for leaf in station.leaves]
        served = (role for leaf in leaves for _, _, role in leaf.serves)
        passed = (station.role for station in self.stations)
        left = (leaf.role for leaf in leaves)
        return frozenset((*passed, *left, *served)) - {""}


@dataclass(frozen=True, slots=True)
class _Marking:
    """What is marked: the role of each concept, and the signs of each structure."""

    roles: Mapping[str, str]
    signs: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] | None = None


class Course:
    """The courses of one view, ready to be planned."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._anatomy = Anatomy(view)
        self._supply = Supply(view)

    def plain(self) -> Plan:
        """The longest course, nothing marked.

        Raises:
            BadInput: there is none.
        """
        path = self._longest
        ends = f"From {self._view.label(path[0])} to {self._view.label(path[-1])}"
        return self._plan(path, ends, _Marking({}))

    def concept(self, concept: str) -> Plan:
        """The course on which a concept lies, or that leads to it, with the way marked.

        Raises:
            BadInput: none leads to it.
        """
        label = self._view.label(concept)
        meant = self._meant(concept)
        for path in self._paths:
            roles = {
                name: "disputed" if self._disputed(name, target) else "leads"
                for target in sorted(meant)
                for name in self._anatomy.servers(target)
                if self._anatomy.leads(name, target)
            }
            held = self._anatomy.holdings.get(concept, frozenset()) & set(path)
            if concept not in path and len(held) < len(path):
                roles |= dict.fromkeys(sorted(held), "asked")
            roles |= dict.fromkeys(meant & self._anatomy.structures, "asked")
            if any(step in roles for step in path):
                return self._plan(path, f"{label}: the way to it", _Marking(roles))
        raise BadInput(f'no course leads to "{printable(label)}": name something that one serves')

    def explanation(self, explanation: Explanation) -> Plan:
        """The course on which the answer lies, with the seats marked.

        Raises:
            BadInput: there is no course.
        """
        location = explanation.location
        steps = {step.id for step in location.path}
        path = max(self._paths, key=lambda p: len(steps & set(p)), default=self._longest)
        roles = {
            s.id: "seat" if s.fit >= _BEST else "possible" for s in reversed(location.structures)
        }
        signs = {
            s.id: (tuple(map(self._view.label, s.covers)), tuple(map(self._view.label, s.spares)))
            for s in location.structures
        }
        plan = self._plan(path, "Where on the way it may sit", _Marking(roles, signs))
        shown = {thing for s in plan.stations for thing in (s.id, *(x.id for x in s.leaves))}
        shown |= {name for s in plan.stations for x in s.leaves for name, _, _ in x.serves}
        outside = [
            self._view.label(s.id)
            for s in location.structures
            if not self._supply.wholes(s.id) & shown
        ]
        notes = [f"May sit outside this picture: {', '.join(outside)}."] if outside else []
        if not location.structures:
            notes.append("What was told does not say where.")
        sources = self._titles(e.source for e in location.evidence)
        return Plan(plan.heading, plan.stations, plan.bands, tuple(notes), sources)

    def _disputed(self, name: str, target: str) -> bool:
        return name in self._supply.of(target) and self._supply.disputed(target)

    def _meant(self, concept: str) -> frozenset[str]:
        """The structures and places that a concept is, or lies in."""
        if concept in self._anatomy.structures or self._anatomy.is_site(concept):
            return frozenset((concept,))
        return frozenset(self._view.objects(concept, "ft:located-in")) or frozenset((concept,))

    # -- the course itself

    @property
    def _paths(self) -> tuple[tuple[str, ...], ...]:
        return self._anatomy.paths

    @property
    def _longest(self) -> tuple[str, ...]:
        if not self._paths:
            raise BadInput("this graph holds no ordered course: add claims that continue one")
        return max(self._paths, key=len)

    def _plan(self, path: tuple[str, ...], heading: str, marking: _Marking) -> Plan:
        stations = tuple(self._station(step, path, marking) for step in path)
        claims = [c for s in path for c in self._view.by_subject.get((s, "ft:continuous-with"), ())]
        claims += [
            claim
            for station in stations
            for leaf in station.leaves
            for predicate in ("ft:branch-of", "ft:innervates")
            for claim in self._view.by_subject.get((leaf.id, predicate), ())
        ]
        sources = self._titles(e.source for claim in claims for e in claim.evidence)
        return Plan(heading, stations, self._bands(path), (), sources)

    def _titles(self, sources: Iterable[str]) -> tuple[str, ...]:
        known = (s for s in dict.fromkeys(sources) if s in self._view.sources)
        return tuple(sorted(self._view.sources[s].title for s in known))

    def _station(self, step: str, path: tuple[str, ...], marking: _Marking) -> Station:
        covers, spares = (marking.signs or {}).get(step, ((), ()))
        return Station(
            step,
            self._view.label(step),
            marking.roles.get(step, ""),
            tuple(map(self._view.label, self._beside(step, path))),
            tuple(self._leaf(name, marking) for name in self._leaving.get(step, ())),
            covers,
            spares,
        )

    @cached_property
    def _leaving(self) -> Mapping[str, tuple[str, ...]]:
        """What branches from each structure."""
        found: dict[str, list[str]] = {}
        for claim in self._view.claims.values():
            if claim.predicate == "ft:branch-of" and claim.supported:
                found.setdefault(claim.object, []).append(claim.subject)
        return {upper: tuple(sorted(lower)) for upper, lower in found.items()}

    def _leaf(self, name: str, marking: _Marking) -> Leaf:
        raised = [
            claim.object
            for claim in self._view.claims.values()
            if claim.subject == name
            and claim.supported
            and self._view.relations[claim.predicate].polarity == _RAISES
        ]
        served = (*self._view.objects(name, "ft:innervates"), *raised)
        parts = {p: w for w in served for p in self._view.subjects("ft:part-of", w)}
        roles = dict(marking.roles)
        for part, whole in sorted(parts.items()):
            # What is marked may be a part of what is named here.
            if part in roles:
                roles.setdefault(whole, roles[part])
        serves = tuple(
            (s, self._view.label(s), roles.get(s, self._supplied(s))) for s in dict.fromkeys(served)
        )
        return Leaf(name, self._view.label(name), marking.roles.get(name, ""), serves)

    def _supplied(self, name: str) -> str:
        if self._supply.disputed(name):
            return "disputed"
        own = [s for s, c in self._supply.of(name).items() if self._view.claims[c].object == name]
        # What leads to another of them is no supplier besides.
        last = [s for s in own if not any(s in self._anatomy.servers(o) for o in own if o != s)]
        return "shared" if len(last) > 1 else ""

    def _beside(self, step: str, path: tuple[str, ...]) -> tuple[str, ...]:
        """What lies in a structure, or with it in the smallest thing that holds it."""
        inside = [
            s for s in self._view.subjects("ft:located-in", step)
            if s in self._anatomy.structures
        ]  # fmt: skip
        wholes = [*self._holders(step)]
        sizes = self._anatomy.holdings
        smallest = min(wholes, key=lambda w: (len(sizes[w]), w), default=None)
        held = self._view.subjects("ft:part-of", smallest) if smallest is not None else ()
        # Where other stations lie in it too, it tells nothing of this one.
        alone = smallest is not None and not (sizes[smallest] & set(path)) - {step}
        beside = [*inside, *(held if alone else ())]
        return tuple(
            s for s in dict.fromkeys(beside)
            if s not in path and not sizes.get(s, frozenset()) & set(path)
        )  # fmt: skip

    def _holders(self, step: str) -> Iterable[str]:
        for predicate in ("ft:part-of", "ft:located-in"):
            for whole in self._view.objects(step, predicate):
                if whole in self._anatomy.structures:
                    yield whole

    def _bands(self, path: tuple[str, ...]) -> tuple[Band, ...]:
        """What holds stations, the widest first; what holds none but by its ends is left out."""
        wholes: dict[str, None] = {}
        waiting = list(path)
        for item in waiting:
            for whole in self._holders(item):
                if whole not in wholes and whole not in path:
                    wholes[whole] = None
                    waiting.append(whole)
        bands = []
        for whole in wholes:
            places = [p for p, s in enumerate(path) if s in self._anatomy.holdings[whole]]
            # What leads on from here is held by what follows, so only what lies in it counts.
            near = [p for p in places if self._inside(path[p], whole)]
            if near:
                bands.append(Band(whole, self._view.label(whole), min(near), max(near)))
        return tuple(sorted(bands, key=lambda b: (b.first - b.last, b.first, b.id)))

    def _inside(self, step: str, whole: str) -> bool:
        order = [step]
        for item in order:
            order += [w for w in self._holders(item) if w not in order]
        return whole in order
