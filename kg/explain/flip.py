"""The smallest change of answers that changes the result: a counterfactual explanation.

The search is exact and goes by size: all single changes before all pairs. Since the weights of
conditions add up, an upper bound of what each change can do to the difference between two
conditions is known beforehand, and sets whose bounds do not reach are never looked at; what the
bound lets pass is weighed, and read again before it is told. Smallest changed sets are the
counterfactuals of Wachter, Mittelstadt and Russell, *Counterfactual explanations without opening
the black box* (2018).
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from math import prod
from typing import Any, Final

from kg.errors import BadInput
from kg.explain.answers import Answers, Change, Editor
from kg.explain.conditions import ConditionModel
from kg.explain.flags import RedFlags
from kg.explain.model import EvidenceItem, Explanation, SourceItem
from kg.explain.reading import Reading
from kg.recognise.case import Case

__all__ = ["Flip", "Flipper", "tell_flip"]

SCHEMA: Final = "kg-flip/1"
# Rounding may hide a tie; what the bound lets pass is checked anyway.
_SLACK: Final = 1e-6
_Sets = Iterator[tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of answers that changes the result, or that there is none.

    Attributes:
        goal: ``condition`` or ``urgency``, what was to change.
        found: False when no set of at most `most` changes does it.
        changes: the changed answers; empty when the goal holds already.
        before, after: id of the first condition, or the urgency level; `after` is what was
            wanted, or None, when nothing was found.
        answers: what to tell so that the change can be seen.
        labels: names of all ids.
        claims, evidence: what the result rests on after the change.
        sources: the cited sources.
    """

    goal: str
    found: bool
    most: int
    changes: tuple[Change, ...]
    before: str
    after: str | None
    answers: Answers
    labels: dict[str, str]
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    sources: tuple[SourceItem, ...]
    disclaimer: str

    @property
    def command(self) -> str:
        """The command line that shows the changed result."""
        parts = ["kg", "explain", *([self.answers.text] if self.answers.text else [])]
        for option, names in (
            ("--finding", self.answers.present),
            ("--absent", self.answers.absent),
        ):
            for name in names:
                parts += [option, name]
        return shlex.join(parts)

    def to_dict(self) -> dict[str, Any]:
        """The counterfactual as plain data for JSON."""
        from kg.explain.serialise import flip_to_dict

        return flip_to_dict(self, SCHEMA)

    def to_markdown(self) -> str:
        """The counterfactual as Markdown."""
        return str(import_module("kg.render.flip").markdown(self))


def tell_flip(
    before: Explanation,
    after: Explanation,
    answers: Answers,
    changes: tuple[Change, ...] | None,
    *,
    urgency: bool,
    most: int,
) -> Flip:
    """Put a found change into words, with what the changed result rests on.

    Args:
        before: explanation of the case.
        after: explanation of the changed case.
        answers: what to tell so that the change can be seen.
        changes: the changed answers; None when there are none.
        urgency: True when the urgency was to change, not the first condition.
        most: how many answers might have changed.
    """
    found = changes is not None
    claims: tuple[str, ...] = ()
    if urgency:
        ends = before.urgency.level, after.urgency.level
        touched = {c.id for c in changes or ()}
        flags = (*after.urgency.because, *before.urgency.because)
        raised = [f for f in flags if touched.intersection(f.findings)]
        evidence = tuple(dict.fromkeys(item for f in raised for item in f.evidence))
        claims = tuple(dict.fromkeys(claim for f in raised for claim in f.claims))
    else:
        ends = before.conditions[0].id, after.conditions[0].id
        claims, evidence = after.conditions[0].claims, after.conditions[0].evidence
    labels = {**before.labels, **after.labels}
    labels.update((c.id, c.label) for c in changes or ())
    labels.update((u.level, u.label) for u in (before.urgency, after.urgency))
    told = {*ends, *(c.id for c in changes or ()), *answers.present, *answers.absent}
    cited = {item.source for item in evidence}
    return Flip(
        goal="urgency" if urgency else "condition",
        found=found,
        most=most,
        changes=changes or (),
        before=ends[0],
        after=ends[1] if found else None,
        answers=answers,
        labels={name: labels[name] for name in sorted(told) if name in labels},
        claims=claims if found else (),
        evidence=evidence if found else (),
        sources=tuple(s for s in after.sources if s.id in cited) if found else (),
        disclaimer=before.disclaimer,
    )


class Flipper:
    """Searches the changes of one case.

    Args:
        editor: applies changes to the case.
        read: closes a case over what its findings are kinds of.
        model: weighs conditions.
        flags: the red flags.
        most: how many answers may change.
    """

    def __init__(
        self,
        editor: Editor,
        read: Callable[[Case], Reading],
        model: ConditionModel,
        flags: RedFlags,
        most: int,
    ) -> None:
        self._editor = editor
        self._read = read
        self._model = model
        self._flags = flags
        self._most = most
        self._reading = read(editor.case)
        self.judged = model.judge(self._reading)

    # -- the first condition

    def to_condition(self, wanted: str | None) -> tuple[Change, ...] | None:
        """The smallest change that puts the wanted condition, or any other, first.

        Raises:
            BadInput: nothing is reported, or there is no such condition.
        """
        if not self._reading.present:
            raise BadInput("nothing is reported that could be explained: tell what was noticed")
        if wanted is not None and wanted not in self._model.candidates:
            names = " or ".join(j.label for j in self.judged[:3])
            raise BadInput(f"{self._model.view.label(wanted)} is no condition here: try {names}")
        first = self.judged[0].id
        targets = (
            [wanted] if wanted is not None else [c for c in self._model.candidates if c != first]
        )
        if wanted == first:
            return ()
        changes = [c for f in self._askable() for c in self._editor.changes(f)]
        bounds = {t: self._bounds(t, first, changes) for t in targets}

        def flips(chosen: Sequence[Change]) -> bool:
            now = self._model.judge(self._read(self._editor.changed(chosen)))[0].id
            return now == wanted if wanted is not None else now != first

        for size in range(1, self._most + 1):
            sets: dict[tuple[Change, ...], None] = {}
            for target, (need, worth) in bounds.items():
                for chosen in _reaching(size, need, worth):
                    if chosen not in sets and self._overtakes(target, first, chosen):
                        sets[chosen] = None
            found = self._first(sets, flips)
            if found is not None:
                return found
        return None

    def _askable(self) -> list[str]:
        told = {f.id for f in self._editor.case.findings if f.status in ("present", "absent")}
        authored = {f for c in self._model.ids for f in self._model.authored(c)}
        return sorted(told | authored)

    def _bounds(
        self, target: str, rival: str, changes: Iterable[Change]
    ) -> tuple[float, list[tuple[float, Change]]]:
        """What has to be gained, and the most that each change can do for it, in decibans.

        Of findings that imply each other only one counts, so the weight of each finding is an
        upper bound of what it adds where it speaks for the target, and nothing where it does not.
        """
        reading = self._reading

        def most(finding: str, status: str) -> float:
            if status == "unknown":
                return 0.0
            present = status == "present"
            gain = self._model.weight_of(target, finding, present)
            loss = self._model.weight_of(rival, finding, present)
            return max(0.0, gain) - min(0.0, loss)

        now = sum(most(f, "present") for f in reading.present)
        now += sum(most(f, "absent") for f in reading.absent)
        priors = self._model.prior_weight(target) - self._model.prior_weight(rival)
        worth = []
        for change in changes:
            gained = sum(most(f.id, f.status) for f in self._editor.follows(change))
            worth.append((gained - most(change.id, change.before), change))
        worth.sort(key=lambda w: (-w[0], w[1].id, w[1].after))
        return -(priors + now) - _SLACK, worth

    def _overtakes(self, target: str, rival: str, changes: Sequence[Change]) -> bool:
        if not self._editor.is_consistent(changes):
            return False
        reading = self._read(self._editor.guess(changes))
        ahead = self._model.total(target, reading) - self._model.total(rival, reading)
        return ahead > -_SLACK

    # -- the urgency

    def to_urgency(self) -> tuple[Change, ...] | None:
        """The smallest change that raises or lowers the urgency."""
        level = self._flags.check(self._reading).level
        pools = [
            [change for finding in pool for change in self._editor.changes(finding)]
            for pool in self._flags.levers(self._reading)
        ]

        def flips(chosen: Sequence[Change]) -> bool:
            return self._flags.check(self._read(self._editor.changed(chosen))).level != level

        for size in range(1, self._most + 1):
            sets = dict.fromkeys(
                tuple(sorted(chosen, key=lambda c: c.id))
                for pool in pools
                for chosen in combinations(pool, size)
                if len({c.id for c in chosen}) == size
            )
            found = self._first([s for s in sets if self._moves(s, level)], flips)
            if found is not None:
                return found
        return None

    def _moves(self, changes: Sequence[Change], level: str) -> bool:
        if not self._editor.is_consistent(changes):
            return False
        return self._flags.level(self._read(self._editor.guess(changes))) != level

    # -- both

    def _first(
        self, sets: Iterable[tuple[Change, ...]], flips: Callable[[Sequence[Change]], bool]
    ) -> tuple[Change, ...] | None:
        """The best set that truly flips: open questions first, then the likeliest answers."""

        def order(chosen: tuple[Change, ...]) -> tuple[int, float, list[tuple[str, str]]]:
            likely = prod(self._chance(change) for change in chosen)
            return sum(c.reverses for c in chosen), -likely, [(c.id, c.after) for c in chosen]

        return next((chosen for chosen in sorted(sets, key=order) if flips(chosen)), None)

    def _chance(self, change: Change) -> float:
        """How likely the answer is by what is known now."""
        yes = sum(j.probability * self._model.rate(j.id, change.id) for j in self.judged)
        return {"present": yes, "absent": 1.0 - yes}.get(change.after, 1.0)


def _reaching(size: int, need: float, worth: Sequence[tuple[float, Change]]) -> _Sets:
    """The sets of changes of different findings whose bounds together reach what is needed.

    Args:
        size: number of changes.
        need: in decibans.
        worth: the bound of each change and the change, the greatest bound first.
    """

    def extend(start: int, chosen: tuple[Change, ...], gained: float) -> _Sets:
        missing = size - len(chosen)
        if not missing:
            yield chosen
            return
        for place in range(start, len(worth) - missing + 1):
            bound, change = worth[place]
            # All that follow are worth no more.
            if gained + missing * bound < need:
                return
            if all(change.id != c.id for c in chosen):
                yield from extend(place + 1, (*chosen, change), gained + bound)

    return extend(0, (), 0.0)
