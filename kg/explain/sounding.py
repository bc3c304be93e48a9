"""What a text sounds like beyond what was understood of it: told as a guess, and calming nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.phrasing import Phrasing
from kg.explain.sight import RATHER
from kg.explain.summary import Told
from kg.explain.teller import Teller

_SOUNDS: Final = 10.0  # how much likelier the words alone make an illness that a text sounds like
_ALARM: Final = 0.1  # from which on no text sounds like what can wait
_WAY: Final = "only by the way you tell it."
_ALL_THE_SAME: Final = "by all that you tell. Call all the same: only an examination can tell."


class Sounding:
    """Guesses for one case what the whole of it sounds like."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller

    def guessed(self) -> tuple[Told, ...]:
        """What a text that was not understood sounds like; of grave illnesses the urgency tells."""
        sounds = self._sounding if self._t.case.alarm < _ALARM else []
        calm = (name for name in sounds if not self._t.is_grave(name))
        return self._perhaps(calm, f"{_WAY} What was not understood may change that.")

    def rather(self) -> tuple[Told, ...]:
        """What all together speaks for in an emergency, where that is not what must be ruled out.

        Something harmless only where the whole is told like what can wait.
        """
        t = self._t
        first = next((c for c in t.told.conditions if c.described), None)
        if not t.case.likeness or first is None or first.probability < RATHER:
            return ()
        calm = t.is_benign(first.id) and t.case.alarm >= _ALARM
        named = () if calm or not self._seen.isdisjoint(t.kin(first.id)) else (first.id,)
        return self._perhaps(named, _ALL_THE_SAME)

    def graver(self) -> tuple[Told, ...]:
        """What an emergency sounds like that presses too, where its signs point elsewhere."""
        t = self._t
        pressing = (n for n in self._sounding[:1] if t.is_pressing(n) and n not in self._seen)
        return self._perhaps(pressing, _WAY)

    @property
    def _seen(self) -> set[str]:
        """What is known, or what a warning points to, and what is kin to it."""
        return {k for name in (*self._t.pointed, *self._t.known) for k in self._t.kin(name)}

    @property
    def _sounding(self) -> list[str]:
        """The illnesses that the words alone make much likelier, the likeliest first."""
        t = self._t
        names = (one.id for one in t.case.likeness if t.told_like(one.id, _SOUNDS))
        return [name for name in names if t.is_a(name, "ft:candidate-kind")]

    def _perhaps(self, names: Iterable[str], said: str) -> tuple[Told, ...]:
        def words(v: Phrasing) -> str:
            return f"{v.entry(first)}, {said}"

        for first in names:
            return (self._t.say(words, lead="Perhaps:", about=(first,)),)
        return ()
