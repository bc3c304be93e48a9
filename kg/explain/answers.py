"""Changed answers: what was told, told again with some of it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Finding
from kg.view import View


class Answers(NamedTuple):
    """What somebody told: a text, and concepts (by id) that are present and denied besides."""

    text: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


Recognise = Callable[[Answers], Case]


@dataclass(frozen=True, slots=True)
class Change:
    """A changed answer; `before` and `after` are ``present``, ``absent`` or ``unknown``."""

    id: str
    label: str
    before: str
    after: str

    @property
    def reverses(self) -> bool:
        """True when something that was told is changed, not an open question answered."""
        return self.before != "unknown"


class Editor:
    """Applies changes to one case, by a guess for searching and for real by telling it again."""

    def __init__(
        self, view: View, taxonomy: Taxonomy, recognise: Recognise, answers: Answers
    ) -> None:
        self._view = view
        self._taxonomy = taxonomy
        self._recognise = recognise
        self._answers = answers
        self.case = recognise(answers)
        self._present = frozenset(self.case.present())
        self._absent = frozenset(self.case.absent())
        self._implied = {f.id for f in self.case.findings if f.implied_by}
        self._clashes = self._contradictions(self._present, self._absent)
        self._names = self._by_names()
        self._follows: dict[tuple[str, str], tuple[Finding, ...]] = {}

    def status(self, finding: str) -> str:
        """What the case says of a finding."""
        if finding in self._present:
            return "present"
        return "absent" if finding in self._absent else "unknown"

    def changes(self, finding: str) -> list[Change]:
        """The ways in which the answer about a finding can be changed."""
        concept = self._view.concepts.get(finding)
        if concept is None or "ft:reportable" not in concept.roles:
            return []
        before = self.status(finding)
        # What follows from other answers cannot be left open while they stand.
        after = ["present", "absent"] if finding in self._implied else [
            "present", "absent", "unknown"
        ]  # fmt: skip
        return [Change(finding, concept.label, before, a) for a in after if a != before]

    def follows(self, change: Change) -> tuple[Finding, ...]:
        """What a changed answer says by itself, the consequences that the graph knows included."""
        if change.after == "unknown":
            return ()
        key = (change.id, change.after)
        known = self._follows.get(key)
        if known is None:
            told = Answers("", *self._told([change], (), ()))
            known = self._follows[key] = tuple(
                f for f in self._recognise(told).findings if f.status in ("present", "absent")
            )
        return known

    def goes(self, change: Change) -> tuple[str, ...]:
        """What the case says and the changed one does not: the answer, and what it implied."""
        if change.before == "unknown":
            return ()
        implied = (f.id for f in self.case.findings if change.id in f.implied_by)
        return (change.id, *dict.fromkeys(i for i in implied if i != change.id))

    def is_consistent(self, changes: Sequence[Change]) -> bool:
        """True when the changed answers contradict each other no more than the case does."""
        gone = {c.id for c in changes}
        present = {f for f in self._present if f not in gone}
        absent = {f for f in self._absent if f not in gone and f not in self._implied}
        present.update(c.id for c in changes if c.after == "present")
        absent.update(c.id for c in changes if c.after == "absent")
        return self._contradictions(present, absent) <= self._clashes

    def guess(self, changes: Sequence[Change]) -> Case:
        """The changed case without reading it again: quick, and nearly always right."""
        new = {f.id: f for change in changes for f in self.follows(change)}
        gone = {c.id for c in changes}
        kept = [
            f
            for f in self.case.findings
            if f.id not in gone
            and not (f.implied_by and gone.issuperset(f.implied_by))
            and not (f.id in new and f.implied_by)
        ]
        # What is no longer there is no longer said of anything.
        over = {c.id for c in changes if c.after != "present"}
        kept = [
            replace(f, qualities=tuple(q for q in f.qualities if q not in over))
            if not over.isdisjoint(f.qualities)
            else f
            for f in kept
        ]
        known = {f.id for f in kept}
        return replace(self.case, findings=(*kept, *(f for f in new.values() if f.id not in known)))

    def answers(self, changes: Sequence[Change]) -> Answers:
        """What to tell instead: the text with other answers, or names alone.

        A text cannot leave open what it says, so then all that it tells is told by name.
        """
        if any(c.after == "unknown" for c in changes):
            return Answers("", *self._told(changes, self._names.present, self._names.absent))
        told = self._told(changes, self._answers.present, self._answers.absent)
        return Answers(self._answers.text, *told)

    def changed(self, changes: Sequence[Change]) -> Case:
        """The changed case, read again."""
        return self._recognise(self.answers(changes))

    def _told(
        self, changes: Sequence[Change], present: Iterable[str], absent: Iterable[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        gone = {c.id for c in changes}
        return (
            (*[p for p in present if p not in gone],
             *[c.id for c in changes if c.after == "present"]),
            (*[a for a in absent if a not in gone],
             *[c.id for c in changes if c.after == "absent"]),
        )  # fmt: skip

    def _by_names(self) -> Answers:
        """The case told by names, with what only its text could imply."""
        told = Answers(
            "",
            tuple(p for p in self.case.present() if p not in self._implied),
            tuple(a for a in self.case.absent() if a not in self._implied),
        )
        if not (told.present or told.absent):
            return told
        again = self._recognise(told)
        missing = self._present.difference(again.present())
        denied = self._absent.difference(again.absent())
        return Answers("", (*told.present, *sorted(missing)), (*told.absent, *sorted(denied)))

    def _contradictions(
        self, present: Iterable[str], absent: Iterable[str]
    ) -> set[tuple[str, str]]:
        there, denied = set(present), set(absent)
        found = {(p, b) for p in there for b in self._taxonomy.broader(p) if b in denied}
        found.update((a, b) for a, b in self._view.opposites if a in there and b in there)
        return found
