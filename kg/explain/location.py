"""Where the trouble may sit: the most specific structures that serve all that is affected.

This is topical diagnosis as it is taught: a structure is a candidate when it serves every affected
place and none of the spared ones; of these the lowest on the way from the nerve to the muscle are
told, and what innervates them.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.explain.anatomy import Anatomy, Proof
from kg.explain.cite import Citations
from kg.explain.model import Location, Structure
from kg.explain.reading import Reading
from kg.explain.wording import listed
from kg.view import View

__all__ = ["Locator"]

# More structures than this say nothing about where.
_MOST = 8


class _Target(NamedTuple):
    """What a structure has to serve: one of these places or structures, in the order of tries."""

    name: str
    choices: tuple[tuple[str, Proof], ...]


class Locator:
    """Finds the seat of the findings of a case in the anatomy of one view."""

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._citations = citations
        self._anatomy = Anatomy(view)

    def locate(self, reading: Reading) -> Location:
        """The most specific structures that serve all affected and no spared places."""
        spared = self._spared(reading)
        for targets in (self._at_sites(reading), self._in_general(reading)):
            structures = self._candidates(targets, spared) if targets else []
            if structures:
                claims = tuple(dict.fromkeys(c for s in structures for c in s.claims))
                return Location(tuple(structures), self._citations.evidence(claims))
        return Location((), ())

    def _at_sites(self, reading: Reading) -> list[_Target]:
        """The affected places; what names a structure itself is looked for there first."""
        targets: dict[str, _Target] = {}
        for concept in reading.effects:
            own = self._located(concept)
            inside = [(s, p) for s, p in sorted(own.items()) if not self._anatomy.is_site(s)]
            places = {place: proof for place, proof in own.items() if self._anatomy.is_site(place)}
            told = {f.site for f in reading.findings(concept) if f.site is not None}
            for site in sorted(told or places):
                # A place that is told loosely means the finding's own one where that lies in it.
                meant = [p for p in sorted(places) if site in self._anatomy.regions(p)]
                for place in meant:
                    targets[place] = self._target(place, places[place], inside)
                if not meant:
                    targets[site] = self._target(site, (), [])
        for action in reading.present:
            if self._view.by_object.get((action, "ft:has-action")):
                targets[action] = _Target(action, ((action, ()),))
        return list(targets.values())

    def _target(self, site: str, proof: Proof, inside: list[tuple[str, Proof]]) -> _Target:
        regions = [(region, proof) for region in self._anatomy.regions(site)]
        return _Target(site, (*inside, *regions))

    def _in_general(self, reading: Reading) -> list[_Target]:
        """Where the findings go on by nature, whatever the place."""
        targets: dict[str, _Target] = {}
        for concept in reading.effects:
            for general in reading.taxonomy.broader(concept):
                located = self._located(general).items()
                inside = [(s, p) for s, p in sorted(located) if not self._anatomy.is_site(s)]
                if inside:
                    targets[concept] = _Target(concept, tuple(inside))
                    break
        return list(targets.values())

    def _located(self, concept: str) -> dict[str, Proof]:
        claims = self._view.by_subject.get((concept, "ft:located-in"), ())
        return {c.object: (c.id,) for c in claims}

    def _spared(self, reading: Reading) -> frozenset[str]:
        """The places where the person denies what is present elsewhere."""
        present = {b for e in reading.effects for b in reading.taxonomy.broader(e)}
        spared: set[str] = set()
        for finding in reading.case.findings:
            if finding.status == "absent" and present & set(reading.taxonomy.broader(finding.id)):
                if finding.site is not None:
                    spared.add(finding.site)
                else:
                    spared.update(filter(self._anatomy.is_site, self._located(finding.id)))
        # What is present at a place speaks louder than a denial.
        affected = {target.name for target in self._at_sites(reading)}
        return frozenset(spared - affected)

    def _candidates(self, targets: list[_Target], spared: frozenset[str]) -> list[Structure]:
        served = {s: self._served(s, targets) for s in self._anatomy.structures}
        # A place that no structure of the graph serves tells nothing about where.
        known = {name for covered in served.values() for name in covered}
        covering = {
            structure: covered
            for structure, covered in served.items()
            if known and len(covered) == len(known)
            if not spared & self._anatomy.reach(structure).keys()
        }
        lowest = [s for s in covering if not self._serves_other(s, covering)]
        chosen = dict.fromkeys(lowest)
        for structure in lowest:
            # Only what innervates is told as well: what that branches from follows from it.
            for supplier, _ in self._anatomy.suppliers(structure):
                if supplier in covering:
                    chosen.setdefault(supplier)
        if len(chosen) > _MOST:
            return []
        return [self._structure(s, covering[s], spared) for s in chosen]

    def _served(self, structure: str, targets: list[_Target]) -> dict[str, Proof]:
        """The targets that a structure serves, with the claims that say so."""
        reach = self._anatomy.reach(structure)
        return {t.name: proof for t in targets if (proof := _proof(t, reach)) is not None}

    def _serves_other(self, structure: str, covering: dict[str, dict[str, Proof]]) -> bool:
        below = self._anatomy.reach(structure)
        return any(
            other != structure and other in below and structure not in self._anatomy.reach(other)
            for other in covering
        )

    def _structure(
        self, structure: str, covered: dict[str, Proof], spared: frozenset[str]
    ) -> Structure:
        claims = tuple(dict.fromkeys(c for proof in covered.values() for c in proof))
        concept = self._view.concepts[structure]
        places = [self._view.label(name) for name in sorted(covered)]
        why = f"it serves {listed(places)}"
        if spared:
            why += f" and not {listed([self._view.label(s) for s in sorted(spared)], 'or')}"
        reasons = [self._citations.text(claim) for claim in claims]
        return Structure(
            id=structure,
            label=concept.label,
            kind=concept.kind,
            covers=tuple(sorted(covered)),
            spares=tuple(sorted(spared)),
            why=f"{why}: {'; '.join(reasons)}" if reasons else why,
            claims=claims,
        )


def _proof(target: _Target, reach: dict[str, Proof]) -> Proof | None:
    """How a structure serves a target, or None."""
    for choice, claims in target.choices:
        if choice in reach:
            return (*claims, *reach[choice])
    return None
