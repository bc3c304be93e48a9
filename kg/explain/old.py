"""What is told as old: a warning that somebody has long lived with, known or seen to, can wait.

Two things have to agree: what the text says (an illness that is known, or that this has been so
for weeks), and how it says it (nothing in the way it is told alarms; `kg/recognise/alarm.py`).
Signs alone are eased, of grown people, never what a circumstance makes grave; a part of the text
that would alarm by itself eases nothing, whatever stands before it or after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from kg.explain.cite import short
from kg.explain.flag import Flag, rank
from kg.explain.model import RaisedFlag
from kg.recognise.case import Case
from kg.view import ScaleItem, View

OLD: Final = (
    "You tell it as people tell what is long known: if any of it is new, came suddenly or gets"
    " worse, call the emergency number now."
)
"""What is said of warnings that are told as old."""

_CALM: Final = 0.06  # alarm below which nothing in the way of telling alarms
_LONG, _NEW = 14.0, 3.0  # days
_SUDDEN: Final = "ft:sudden-onset"
_CHILDREN: Final = frozenset({"newborn", "infant", "child"})

Raised = TypeVar("Raised", Flag, RaisedFlag, Flag | RaisedFlag)


class Old:
    """Eases the warnings of one view that a case tells as old to a routine appointment."""

    def __init__(self, view: View, levels: Sequence[ScaleItem]) -> None:
        self._view = view
        self._ranks = {short(level.id): rank(level) for level in levels}
        self._routine = next((level for level in levels if rank(level) > rank(levels[0])), None)

    def ease(self, case: Case, raised: Iterable[Raised]) -> list[Raised]:
        """The flags, those above a routine appointment eased where all of them are told as old."""
        every, routine = list(raised), self._routine
        if routine is None:
            return every
        above = [flag for flag in every if self._rank(flag) > rank(routine)]
        if not above or not all(map(self._is_of_signs, above)) or not _is_told_as_old(case):
            return every
        highest = max(self._ranks.values())
        if not (_is_known(case) or all(self._rank(flag) == highest for flag in above)):
            return every
        return [_eased(flag, routine) if flag in above else flag for flag in every]

    def _rank(self, flag: Flag | RaisedFlag) -> int:
        return rank(flag.level) if isinstance(flag, Flag) else self._ranks.get(flag.level, 0)

    def _is_of_signs(self, flag: Flag | RaisedFlag) -> bool:
        ids = flag.criteria if isinstance(flag, Flag) else tuple(c.id for c in flag.criteria)
        roles = [self._view.concepts[i].roles for i in ids]
        return all("ft:effect-kind" in own and "ft:pattern-kind" not in own for own in roles)


def _eased(flag: Raised, level: ScaleItem) -> Raised:
    if isinstance(flag, Flag):
        return flag._replace(level=level)
    return replace(flag, level=short(level.id), advice=OLD, points_to=(), eased_from=flag.level)


def _is_told_as_old(case: Case) -> bool:
    """Whether the text says that it is old or known, and nothing in it alarms or is new."""
    present = [f for f in case.findings if f.status == "present"]
    new = any(
        f.id == _SUDDEN or _SUDDEN in f.qualities or (f.duration_days or _NEW) < _NEW
        or f.course == "worse"
        for f in present
    )  # fmt: skip
    person = case.person
    spared = person.band in _CHILDREN or person.whose == "child" or person.pregnant
    if new or spared or not 0.0 < case.alarm < _CALM:
        return False
    stretches = (f.duration_days or f.at_least_days or 0.0 for f in (*present, *case.others))
    return _is_known(case) or any(days >= _LONG for days in stretches)


def _is_known(case: Case) -> bool:
    """Whether the person has, or had, an illness that is known: more than a suspicion."""
    return any(k.status != "suspected" for k in case.known)
