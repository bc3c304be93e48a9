"""The most that a changed answer can do for one condition against another, in decibans.

The weights of findings add up, but of findings that imply each other only one counts: a changed
answer may bring a finding back that another one had stood for, or take the place of one. The
bounds allow for the best of it, so that a set of changes never does more than its bounds together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.explain.answers import Change, Editor
from kg.explain.conditions import ConditionModel
from kg.explain.reading import Reading


class _Side(NamedTuple):
    """What counts for one condition in the case, and what a related finding stands for."""

    condition: str
    counted: dict[str, float]
    silenced: dict[str, float]


class Bounds:
    """Bounds for the changes of one case."""

    def __init__(self, model: ConditionModel, editor: Editor, reading: Reading) -> None:
        self._model = model
        self._editor = editor
        self._reading = reading
        self._told = [(f, True) for f in reading.present] + [(f, False) for f in reading.absent]
        self._sides: dict[str, _Side] = {}
        self._shared: dict[tuple[str, str], frozenset[str]] = {}

    def gap(self, condition: str, rival: str) -> float:
        """How far the rival is ahead, in decibans."""
        return self._model.total(rival, self._reading) - self._model.total(condition, self._reading)

    def worth(
        self, condition: str, rival: str, changes: Iterable[Change]
    ) -> list[tuple[float, Change]]:
        """The bound of each change for the condition against the rival, the greatest first."""
        sides = self._side(condition), self._side(rival)
        found = [(self._most(change, *sides), change) for change in changes]
        return sorted(found, key=lambda w: (-w[0], w[1].id, w[1].after))

    def _side(self, condition: str) -> _Side:
        known = self._sides.get(condition)
        if known is None:
            counted = {w.id: w.decibans for w in self._model.weigh(condition, self._reading)}
            silenced = {
                f: self._model.weight_of(condition, f, present)
                for f, present in self._told
                if f not in counted
            }
            known = self._sides[condition] = _Side(
                condition, counted, {f: w for f, w in silenced.items() if w}
            )
        return known

    def _most(self, change: Change, own: _Side, rival: _Side) -> float:
        most = 0.0
        for finding in self._editor.follows(change):
            present = finding.status == "present"
            most += self._model.at_stake(own.condition, finding.id)
            if self._editor.status(finding.id) != finding.status:
                most += max(0.0, self._model.weight_of(own.condition, finding.id, present))
                most -= min(0.0, self._model.weight_of(rival.condition, finding.id, present))
            # What it takes the place of.
            near = finding.id, present
            most += sum(max(0.0, w) for w in self._near(*near, rival, rival.counted))
            most -= sum(min(0.0, w) for w in self._near(*near, own, own.counted))
        for gone in self._editor.goes(change):
            most += self._model.at_stake(rival.condition, gone)
            lost = rival.counted.get(gone, 0.0) - own.counted.get(gone, 0.0)
            most += lost if gone == change.id else max(0.0, lost)
            # What it had stood for.
            near = gone, self._editor.status(gone) == "present"
            most += sum(max(0.0, w) for w in self._near(*near, own, own.silenced))
            most -= sum(min(0.0, w) for w in self._near(*near, rival, rival.silenced))
        return most

    def _near(
        self, finding: str, present: bool, side: _Side, told: dict[str, float]
    ) -> Iterator[float]:
        """The weights of other findings of which, beside this one, only one counts."""
        known = self._model.annotated(side.condition)
        for other, weight in told.items():
            # A denial stands for other denials only.
            if other == finding or not (present or self._editor.status(other) == "absent"):
                continue
            shared = self._in_common(finding, other)
            if shared and (
                finding in shared or other in shared or not shared.isdisjoint(known.keys())
            ):
                yield weight

    def _in_common(self, one: str, other: str) -> frozenset[str]:
        known = self._shared.get((one, other))
        if known is None:
            broader = self._model.taxonomy.broader
            known = frozenset(broader(one)).intersection(broader(other))
            self._shared[one, other] = known
        return known


def reaching(
    size: int, need: float, worth: Sequence[tuple[float, Change]]
) -> Iterator[tuple[Change, ...]]:
    """The sets of changes of different findings whose bounds together reach what is needed.

    Args:
        size: number of changes.
        need: in decibans.
        worth: the bound of each change and the change, the greatest bound first.
    """

    def extend(
        start: int, chosen: tuple[Change, ...], gained: float
    ) -> Iterator[tuple[Change, ...]]:
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
