"""A case as the engine reads it: what is present and denied, kinds and forms included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Finding
from kg.view import View

# Kinds of findings that want an explanation whether or not the graph has one.
_UNSURE = "uncertain"
_SUSPECTED = frozenset({"suspected", _UNSURE})
_MOVEMENT = "ft:overactivity"
_STOP = re.compile(r"[.!?\n]")
_COMPLAINTS = frozenset({"ft:Sign", "ft:Symptom"})


@dataclass(frozen=True)
class Reading:
    """The present and denied concepts of a case, closed over what they are kinds and forms of."""

    view: View
    taxonomy: Taxonomy
    case: Case

    @cached_property
    def named(self) -> Reading:
        """The same with what words name alone: what warnings are checked against."""
        case = self.case.named()
        return self if case is self.case else Reading(self.view, self.taxonomy, case)

    @cached_property
    def present(self) -> tuple[str, ...]:
        """What the person has or does, in the order of the text."""
        return self.case.present()

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """What the person denies, in the order of the text."""
        return self.case.absent()

    @cached_property
    def suspected(self) -> frozenset[str]:
        """What the person suspects without reporting it."""
        found = (f.id for f in self.case.findings if f.reason in _SUSPECTED)
        return frozenset(found) - frozenset(self.present)

    @cached_property
    def doubted(self) -> tuple[str, ...]:
        """The signs and events of which the person is not sure ("she may have swallowed it")."""
        open_ = (f.id for f in self.case.findings if f.reason == _UNSURE and f.id not in self.met)
        return tuple(name for name in open_ if self.explains(name) or self.befell(name))

    def befell(self, name: str) -> bool:
        """Whether something is about who the person is, or what befell them."""
        known = self.view.concepts.get(name)
        return known is not None and "ft:Circumstance" in known.kinds

    @cached_property
    def met(self) -> dict[str, tuple[str, ...]]:
        """Every concept that is present as itself or in a more specific form, and by what."""
        return meet(self.taxonomy, self.present)

    @cached_property
    def denials(self) -> frozenset[str]:
        """What is denied, kinds and forms of it included, unless something speaks for it."""
        narrower = (n for a in self.absent for n in self.taxonomy.narrower(a))
        return frozenset(n for n in narrower if n not in self.met)

    def denied(self, concept: str) -> bool:
        """True when the concept, or a more general one, is denied and nothing speaks for it."""
        return concept in self.denials

    def mostly_denied(self, concept: str) -> bool:
        """True when the concept is denied, or more than half of its kinds are and none holds."""
        if self.denied(concept):
            return True
        kinds = self.view.subjects("ft:subtype-of", concept)
        return concept not in self.met and 2 * sum(map(self.denied, kinds)) > len(kinds)

    @cached_property
    def unwanted(self) -> dict[str, tuple[str, str]]:
        """What is told in one breath with a medicine that can cause it: by which, and who says.

        It is no sign of an illness, unless it is a movement: that is what is asked about.
        """
        found: dict[str, tuple[str, str]] = {}
        taken = [m for m in self.case.medicines if m.id is not None and m.change != "stopped"]
        for medicine in taken:
            known = self.view.by_subject.get((medicine.id or "", "ft:causes"), ())
            caused = {c.object: c.id for c in known}
            for finding in self.case.findings if caused else ():
                kinds = self.taxonomy.broader(finding.id)
                claim = next((caused[b] for b in kinds if b in caused), "")
                told = finding.status == "present" and not self._is_movement(finding.id)
                if claim and told and self._together(finding.span, medicine.span):
                    found.setdefault(finding.id, (medicine.id or "", claim))
        return found

    def _together(self, one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
        """Whether two stretches of the text stand in one sentence."""
        if one is None:
            return False
        first, second = sorted([one, other])
        return not _STOP.search(self.case.text, first[1], max(first[1], second[0]))

    def _is_movement(self, concept: str) -> bool:
        kinds = (self.view.concepts.get(b) for b in self.taxonomy.broader(concept))
        return any(k is not None and _MOVEMENT in k.roles for k in kinds)

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """What went away after something was tried, when nothing else wants an explanation."""
        if self.present or not any(t.outcome == "helped" for t in self.case.trials):
            return ()
        past = (f.id for f in self.case.others if f.reason == "resolved")
        return tuple(c for c in dict.fromkeys(past) if self.explains(c))

    @property
    def tells_a_sign(self) -> bool:
        """Whether anything is told to be there or not, beside how it runs and what came before."""
        concepts = self.view.concepts
        told = [f.id for f in self.case.findings if f.status in ("present", "absent")]
        roles = (concepts[name].roles for name in (*told, *self.gone) if name in concepts)
        return any("ft:effect-kind" in own and "ft:pattern-kind" not in own for own in roles)

    @cached_property
    def effects(self) -> tuple[str, ...]:
        """The present findings that want an explanation, the most specific ones only.

        A general finding with a place of its own stays beside a specific one at another place. A
        pattern or a circumstance that nothing in the graph brings about is a mere setting. What
        went away after a trial is explained only where nothing is left.
        """
        wanted = [c for c in self.present if self.explains(c) and c not in self.unwanted]
        if not wanted and self.gone:
            return self.taxonomy.most_specific(self.gone)
        specific = set(self.taxonomy.most_specific(wanted))
        placed = {f.id for f in self.case.findings if f.status == "present" and f.site is not None}
        return tuple(c for c in wanted if c in specific or c in placed)

    def explains(self, name: str) -> bool:
        """Whether something is a finding that wants an explanation."""
        concept = self.view.concepts.get(name)
        if concept is None or "ft:effect-kind" not in concept.roles:
            return False
        if "ft:test-finding-kind" in concept.roles:
            return False  # it is part of an explanation
        return bool(_COMPLAINTS.intersection(concept.kinds)) or self.taxonomy.is_brought_about(name)

    def findings(self, concept: str) -> tuple[Finding, ...]:
        """What the text says of the concept, present mentions only."""
        return tuple(f for f in self.case.findings if f.id == concept and f.status == "present")


def meet(taxonomy: Taxonomy, concepts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Every concept that holds when the given ones do, with those that it follows from."""
    met: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        for general in taxonomy.broader(concept):
            met[general] = (*met.get(general, ()), concept)
    return met
