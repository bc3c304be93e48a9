"""The urgency that the way of telling gives: it raises, or lets what is hardly grave be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.recognise.alarm import is_calm
from kg.recognise.case import Case
from kg.view import ScaleItem

HEARD: Final = (
    "No single warning sign was understood, but as a whole it sounds like what a doctor should see."
)
"""What is said where only that speaks for the level."""

_BODILY: Final = ("body part", "movement", "sensation")
_LEAST: Final = (0.22, 0.5)
"""From which alarm on the level is the last but one, and the last."""


def calm_level(
    levels: Sequence[ScaleItem], case: Case, level: ScaleItem, *, read: bool
) -> ScaleItem | None:
    """The level where all of the body and a sign were `read`; else the second one, if none alarms.

    The whole has to be told like what can wait; where it is not, there is none. A text that is too
    short to have a way of telling may be a question that tells no sign.
    """
    if not case.unread and (read or not case.alarm):
        return level
    alarms = any(unread.why not in _BODILY for unread in case.unread)
    return levels[1] if is_calm(case.alarm) and not alarms and levels[1:] else None


def heard_level(levels: Sequence[ScaleItem], alarm: float) -> ScaleItem | None:
    """The level, of these from the lowest to the highest, that an alarm alone calls for."""
    reached = sum(alarm >= least for least in _LEAST)
    return levels[reached - 3] if reached and len(levels) > len(_LEAST) else None
