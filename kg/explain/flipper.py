"""The search for the smallest change of answers: exact, and by size.

All single changes are looked at before all pairs. What each change can do at most is known before
(`kg.explain.bounds`), and sets that cannot reach are never looked at. What may reach is weighed,
and read again before it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from math import prod
from typing import Final

from kg.errors import BadInput, NothingStated
from kg.explain.answers import Change, Editor
from kg.explain.bounds import Bounds, reaching
from kg.explain.conditions import ConditionModel
from kg.explain.flags import RedFlags
from kg.explain.reading import Reading
from kg.recognise.case import Case

# Rounding may hide a tie; what the bound lets pass is checked anyway.
_SLACK: Final = 1e-6


class _Race:
    """A condition against its rivals, the first of them ahead of all."""

    def __init__(
        self, bounds: Bounds, condition: str, rivals: Sequence[str], changes: Sequence[Change]
    ) -> None:
        self.condition = condition
        self.rivals = rivals
        self._worth = bounds.worth(condition, rivals[0], changes)
        self._need = bounds.gap(condition, rivals[0]) - _SLACK
        self._others = [
            (
                bounds.gap(condition, rival) - _SLACK,
                {change: most for most, change in bounds.worth(condition, rival, changes)},
            )
            for rival in rivals[1:]
        ]

    def reaching(self, size: int) -> Iterator[tuple[Change, ...]]:
        """The sets of changes that may take the condition past all rivals."""
        for chosen in reaching(size, self._need, self._worth):
            if all(sum(worth[c] for c in chosen) >= need for need, worth in self._others):
                yield tuple(sorted(chosen, key=lambda c: c.id))


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
        if not (self._editor.case.in_scope and self._reading.present):
            raise NothingStated(
                "nothing is reported that could be explained: tell what was noticed"
            )
        if wanted in self._model.headings:
            kinds = (j.id for j in self.judged if wanted in self._model.headings_of(j.id))
            wanted = next(kinds)
        if wanted is not None and wanted not in self._model.candidates:
            names = " or ".join(j.label for j in self.judged[:3])
            raise BadInput(f"{self._model.view.label(wanted)} is no condition here: try {names}")
        first = self.judged[0].id
        if wanted == first:
            return ()
        changes = [c for f in self._askable() for c in self._editor.changes(f)]
        bounds = Bounds(self._model, self._editor, self._reading)
        others = [c for c in self._model.candidates if c != first]
        # To come first is to pass all, the first one above all; else to pass the first is enough.
        races = (
            [_Race(bounds, wanted, [first, *(c for c in others if c != wanted)], changes)]
            if wanted is not None
            else [_Race(bounds, condition, [first], changes) for condition in others]
        )

        def flips(chosen: Sequence[Change]) -> bool:
            case = self._editor.changed(chosen)
            # Where nothing is reported any more, no condition is told.
            if not (case.in_scope and case.present()):
                return False
            now = self._model.judge(self._read(case))[0].id
            return now == wanted if wanted is not None else now != first

        for size in range(1, self._most + 1):
            sets: dict[tuple[Change, ...], list[_Race]] = {}
            for race in races:
                for chosen in race.reaching(size):
                    sets.setdefault(chosen, []).append(race)
            for chosen in self._best_first(sets):
                if self._wins(sets[chosen], chosen) and flips(chosen):
                    return chosen
        return None

    def _askable(self) -> list[str]:
        told = {f.id for f in self._editor.case.findings if f.status in ("present", "absent")}
        authored = {f for c in self._model.ids for f in self._model.authored(c)}
        return sorted(told | authored)

    def _wins(self, races: Iterable[_Race], changes: Sequence[Change]) -> bool:
        """True when one of the races is won, by the guessed case."""
        if not self._editor.is_consistent(changes):
            return False
        reading = self._read(self._editor.guess(changes))
        totals = cache(lambda condition: self._model.total(condition, reading))
        return any(
            all(totals(rival) <= totals(race.condition) + _SLACK for rival in race.rivals)
            for race in races
        )

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
            for chosen in self._best_first(sets):
                if self._moves(chosen, level) and flips(chosen):
                    return chosen
        return None

    def _moves(self, changes: Sequence[Change], level: str) -> bool:
        if not self._editor.is_consistent(changes):
            return False
        return self._flags.level(self._read(self._editor.guess(changes))) != level

    # -- both

    def _best_first(self, sets: Iterable[tuple[Change, ...]]) -> list[tuple[Change, ...]]:
        """Sets of one size: open questions before what was told, the likeliest answers first."""
        chance = cache(self._chance)

        def order(chosen: tuple[Change, ...]) -> tuple[int, float, list[tuple[str, str]]]:
            likely = prod(chance(change) for change in chosen)
            return sum(c.reverses for c in chosen), -likely, [(c.id, c.after) for c in chosen]

        return sorted(sets, key=order)

    def _chance(self, change: Change) -> float:
        """How likely the answer is by what is known now."""
        yes = sum(j.probability * self._model.rate(j.id, change.id) for j in self.judged)
        return {"present": yes, "absent": 1.0 - yes}.get(change.after, 1.0)
