"""The urgency of a text that is told like what could not wait: it can only raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.view import ScaleItem

HEARD: Final = (
    "No single warning sign was understood, but as a whole it sounds like what should not wait."
)
"""What is said where only that speaks for the level."""

_LEAST: Final = (0.22, 0.5)
"""From which alarm on the level is the last but one, and the last."""


def heard_level(levels: Sequence[ScaleItem], alarm: float) -> ScaleItem | None:
    """The level, of these from the lowest to the highest, that an alarm alone calls for."""
    reached = sum(alarm >= least for least in _LEAST)
    return levels[reached - 3] if reached and len(levels) > len(_LEAST) else None
