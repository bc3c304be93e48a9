"""The processes that are located in structures, and the findings that they cause or spare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from kg.explain.anatomy import Anatomy
from kg.explain.taxonomy import Taxonomy
from kg.view import Claim, View


class Effect(NamedTuple):
    """A process in a structure, and what it causes; `stated` is False where sources deny it.

    `claims` are the one that locates the process and the one about the finding.
    """

    structure: str
    process: str
    finding: str
    sure: float
    claims: tuple[str, str]
    stated: bool


class Processes:
    """What is said of the effects of the located processes of one view."""

    def __init__(self, view: View, taxonomy: Taxonomy, anatomy: Anatomy) -> None:
        self._view = view
        self._taxonomy = taxonomy
        self._anatomy = anatomy

    @cached_property
    def _located(self) -> Mapping[str, list[Claim]]:
        mechanisms = (concept.id for concept in self._view.with_role("ft:mechanism-kind"))
        located: dict[str, list[Claim]] = {}
        for process in mechanisms:
            for claim in self._view.by_subject.get((process, "ft:located-in"), ()):
                if claim.object in self._anatomy.structures:
                    located.setdefault(process, []).append(claim)
        return located

    @cached_property
    def _effects(self) -> Mapping[str, tuple[Effect, ...]]:
        found: dict[str, list[Effect]] = {}
        for claim in self._view.claims.values():
            relation = self._view.relations.get(claim.predicate)
            if relation is None or not relation.causal or relation.polarity != 1:
                continue
            for seat in self._located.get(claim.subject, ()):
                effect = Effect(
                    structure=seat.object,
                    process=claim.subject,
                    finding=claim.object,
                    sure=min(seat.confidence, claim.confidence),
                    claims=(seat.id, claim.id),
                    stated=claim.supported,
                )
                found.setdefault(claim.object, []).append(effect)
        return {finding: tuple(effects) for finding, effects in found.items()}

    @cached_property
    def _implied_by(self) -> Mapping[str, tuple[str, ...]]:
        implied: dict[str, list[str]] = {}
        for finding, other in self._view.implications:
            implied.setdefault(finding, []).append(other)
        return {finding: tuple(others) for finding, others in implied.items()}

    @cached_property
    def _forms(self) -> Mapping[str, tuple[Effect, ...]]:
        found: dict[str, list[Effect]] = {}
        for finding, effects in self._effects.items():
            for effect in effects:
                if effect.stated and not self.placed(finding):
                    found.setdefault(effect.structure, []).append(effect)
        return {structure: tuple(effects) for structure, effects in found.items()}

    def causing(self, finding: str) -> tuple[Effect, ...]:
        """What is said of this very finding."""
        return self._effects.get(finding, ())

    def caused_by(self, process: str) -> tuple[str, ...]:
        """What a process causes."""
        return self._caused.get(process, ())

    @cached_property
    def _caused(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for finding, effects in self._effects.items():
            for process in dict.fromkeys(e.process for e in effects if e.stated):
                found.setdefault(process, []).append(finding)
        return {process: tuple(findings) for process, findings in found.items()}

    def shown_by(self, finding: str) -> Iterator[Effect]:
        """What is said of the finding, of a kind of it, or of what it follows from."""
        order = list(self._taxonomy.narrower(finding))
        for name in order:
            yield from self.causing(name)
            for other in self._implied_by.get(name, ()):
                order += [n for n in self._taxonomy.narrower(other) if n not in order]

    def forms(self, structure: str) -> tuple[Effect, ...]:
        """What the processes in a structure cause that has no place of its own."""
        return self._forms.get(structure, ())

    def placed(self, finding: str) -> bool:
        """True where a finding has a place of its own."""
        return (finding, "ft:located-in") in self._view.by_subject

    def distinct(self, finding: str) -> bool:
        """True for a finding that some process causes as such, wherever it shows."""
        return not self.placed(finding) and any(e.stated for e in self.causing(finding))

    def is_special_case(self, effect: Effect) -> bool:
        """True where the process causes a wider finding too: it does so at each place it serves."""
        wider = self._taxonomy.broader(effect.finding)[1:]
        return any(
            other.process == effect.process and other.stated
            for name in wider
            for other in self.causing(name)
        )
