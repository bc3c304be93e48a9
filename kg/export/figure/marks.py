"""What is marked in a figure: the parts that an explanation, or a concept, speaks of.

All of it follows from claims: what serves what, what is a part of what, what lies where.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.errors import BadInput, printable
from kg.explain.anatomy import Anatomy, Way
from kg.explain.model import Explanation
from kg.export.figure.supply import Supply
from kg.view import View

# The roles in which something is marked, with the words of the legend, in order of importance.
ROLES: Final = {
    "affected": "affected",
    "seat": "where it may sit: fits best",
    "possible": "where it may sit: fits less well",
    "spared": "spared",
    "asked": "what was asked for",
    "served": "served by it alone",
    "shared": "served by it and by others",
    "disputed": "sources disagree about what serves it",
    "leads": "serves it",
}
_BEST: Final = 0.999


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a concept is marked on a side: the role, words beside it, and the claims it rests on.

    `side` is ``left``, ``right`` or None for both. `targets` limits the lines of the region to
    those that lead there; None marks them all.
    """

    concept: str
    role: str
    side: str | None = None
    note: str = ""
    claims: tuple[str, ...] = ()
    targets: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a figure, its heading, and what has no region in the picture."""

    heading: str
    marks: tuple[Mark, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


class Marker:
    """Finds what to mark among the concepts that a picture shows."""

    def __init__(self, view: View, shown: Collection[str], anatomy: Anatomy | None = None) -> None:
        self._view = view
        self._shown = frozenset(shown) & view.concepts.keys()
        self._anatomy = anatomy or Anatomy(view)
        self._supply = Supply(view)

    def nothing(self) -> Marks:
        """No mark: the picture for itself."""
        return Marks("")

    # -- a concept

    def concept(self, concept: str) -> Marks:
        """Mark a concept, what it serves, and what leads to it.

        Raises:
            BadInput: nothing in the picture has to do with it.
        """
        label = self._view.label(concept)
        own = self.regions(concept)
        served = list(self._served(concept))
        leading = list(self._leading(own if concept not in own else (concept,)))
        marks = [*(Mark(name, "asked") for name in own), *served, *leading]
        if not marks:
            raise BadInput(
                f'nothing in this picture shows "{printable(label)}": name one of its parts'
            )
        heading = f"Served by {label}" if served else label
        return Marks(heading, self._once(marks))

    def regions(self, concept: str) -> tuple[str, ...]:
        """The concepts with a region that show a concept: itself, its parts, or where it lies."""
        if concept in self._shown:
            return (concept,)
        parts = self._parts(concept) & self._shown
        if parts:
            return tuple(sorted(parts))
        places = self._view.objects(concept, "ft:located-in")
        found = {name for place in places for name in (place, *self._parts(place))}
        return tuple(sorted(found & self._shown))

    def _parts(self, whole: str) -> frozenset[str]:
        """All that is a part of something, through any number of steps."""
        found = [whole]
        for item in found:
            for part in self._view.subjects("ft:part-of", item):
                if part not in found:
                    found.append(part)
        return frozenset(found[1:])

    def _served(self, concept: str) -> Iterator[Mark]:
        """What a structure leads to, each with the others that serve it as well."""
        if concept not in self._anatomy.structures:
            return
        for name in sorted(self._shown & self._anatomy.structures - {concept}):
            way = self._anatomy.servers(name).get(concept)
            if way is not None and self._anatomy.leads(concept, name):
                role, note = self._serving(name, concept)
                yield Mark(name, role, note=note, claims=way.claims)

    def _serving(self, name: str, concept: str) -> tuple[str, str]:
        """Whether others serve a structure as well, and whether sources disagree about that."""
        others = [
            s
            for s in sorted(self._supply.of(name))
            if s != concept and not self._related(s, concept)
        ]
        if not others:
            return "served", ""
        named = ", ".join(self._view.label(other) for other in others)
        if self._supply.disputed(name):
            return "disputed", f"or {named}"
        return "shared", f"also {named}"

    def _related(self, one: str, other: str) -> bool:
        return one in self._anatomy.servers(other) or other in self._anatomy.servers(one)

    def _leading(self, names: Sequence[str]) -> Iterator[Mark]:
        """What leads to structures and places, with the lines that end there."""
        ways: dict[str, set[str]] = {}
        ends: dict[str, set[str]] = {}
        for name in names:
            servers = self._anatomy.servers(name)
            last = self._supply.wholes(name).union(servers if self._anatomy.is_site(name) else ())
            for server, way in servers.items():
                if not self._anatomy.leads(server, name) or self._holds(server, way):
                    continue
                if server in self._shown:
                    ways.setdefault(server, set()).update(way.claims)
                    ends.setdefault(server, set()).update(last)
        for server in sorted(ways):
            claims = tuple(sorted(ways[server]))
            ended = [n for n in names if server in self._supply.of(n)]
            role = "disputed" if any(map(self._supply.disputed, ended)) else "leads"
            yield Mark(server, role, claims=claims, targets=frozenset(ends[server]))

    def _holds(self, name: str, way: Way) -> bool:
        """True where a structure comes into it only because something else lies in it."""
        first = self._view.claims[way.claims[0]]
        return first.predicate == "ft:located-in" and first.object == name

    # -- an explanation

    def explanation(self, explanation: Explanation) -> Marks:
        """Mark what is affected, what is spared, and where the trouble may sit."""
        sides = _Sides(explanation, self._view)
        located = explanation.location.structures
        affected = dict.fromkeys(name for s in located for name in s.covers)
        spared = dict.fromkeys(name for s in located for name in s.spares if name not in affected)
        for finding in explanation.case.findings:
            told = finding.site
            if told is not None and not located and finding.status == "present":
                affected.setdefault(told)
            if told is not None and finding.status == "absent" and told not in affected:
                spared.setdefault(told)
        marks: list[Mark] = []
        missing: list[str] = []
        for names, role in ((affected, "affected"), (spared, "spared")):
            for name in names:
                places = self._places(name)
                side = sides.of(name)
                marks += [Mark(place, role, side) for place in places]
        for structure in located:
            role = "seat" if structure.fit >= _BEST else "possible"
            shown = self._own(structure.id)
            if not shown:
                missing.append(structure.id)
            side = sides.of(structure.id)
            ends = frozenset(
                w for n in affected for p in self._ends(n) for w in self._supply.wholes(p)
            )
            for name in shown:
                marks.append(Mark(name, role, side, claims=structure.claims, targets=ends or None))
        notes = [sides.note] if sides.note and marks else []
        if missing:
            outside = ", ".join(map(self._view.label, missing))
            notes.append(f"May sit outside this picture: {outside}.")
        heading = "What is affected, and where it may sit"
        return Marks(heading, self._once(marks), tuple(missing), tuple(notes))

    def _own(self, concept: str) -> tuple[str, ...]:
        if concept in self._shown:
            return (concept,)
        return tuple(sorted(self._parts(concept) & self._shown))

    def _places(self, name: str) -> tuple[str, ...]:
        """The regions of a place; of a finding, those of its own place."""
        if self._anatomy.is_site(name):
            return self.regions(name)
        located = self._view.objects(name, "ft:located-in")
        return tuple(r for p in located if self._anatomy.is_site(p) for r in self.regions(p))

    def _ends(self, name: str) -> frozenset[str]:
        """The structures at work in a place, or in that of a finding."""
        located = self._view.objects(name, "ft:located-in")
        places = [name] if self._anatomy.is_site(name) else list(located)
        found = {p for p in located if p in self._anatomy.structures}
        for place in places:
            if self._anatomy.is_site(place):
                found |= set(self._anatomy.servers(place))
        return frozenset(found)

    def _once(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """Each concept once in each role on each side, the first one kept, in a fixed order."""
        order = list(ROLES)
        kept: dict[tuple[str, str, str | None], Mark] = {}
        for mark in marks:
            kept.setdefault((mark.role, mark.concept, mark.side), mark)
        return tuple(
            sorted(kept.values(), key=lambda m: (order.index(m.role), m.concept, m.side or ""))
        )


class _Sides:
    """On which side of the person things are, as far as the case tells."""

    def __init__(self, explanation: Explanation, view: View) -> None:
        present = [f for f in explanation.case.findings if f.status == "present"]
        self._told: Mapping[str, str] = {
            name: finding.side
            for finding in reversed(present)
            if finding.side is not None
            for name in (finding.id, finding.site, *view.objects(finding.id, "ft:located-in"))
            if name is not None
        }
        sides = {f.side for f in present if f.side is not None}
        self._only = next(iter(sides)) if len(sides) == 1 else None
        self._open = not sides

    def of(self, name: str) -> str | None:
        """The side of something: its own, else the only one that is told; None for both."""
        side = self._told.get(name, self._only)
        return side if side in ("left", "right") else None

    @property
    def note(self) -> str:
        """What to say where no side is told."""
        return "No side was told, so both are marked." if self._open else ""
