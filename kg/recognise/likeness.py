"""What a whole text is told like: the illnesses of others who told theirs in such words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from kg.recognise.alarm import enough
from kg.recognise.case import Likeness
from kg.recognise.learned import NONE, Learned, features_of
from kg.recognise.meanings import meanings

_RAREST: Final = 0.01  # an illness that fewer texts are about is taken for as frequent as that


def find_likeness(told: list[list[str]], learned: Callable[[str], Learned]) -> tuple[Likeness, ...]:
    """The illnesses that a text is rather about than any text is, the likeliest first.

    The weights are learned from what people wrote and what it was most likely about
    (`tools/learn_signs.py`). They know no sign; a short text has no way of telling.

    Args:
        told: the words of each sentence, as `kg.recognise.alarm.words_told` gives them.
        learned: reads the weights.
    """
    if not enough(told):
        return ()
    model = learned("illnesses")
    chances, usual = model.likely(looked_at(told)), model.shares
    whole, texts = sum(chances.values()), sum(usual.values())
    ratios = {
        name: chance / whole / max(usual[name] / texts, _RAREST) for name, chance in chances.items()
    }
    likelier = (
        Likeness(name, round(ratio, 2))
        for name, ratio in ratios.items()
        if ratio > 1 and name != NONE
    )
    return tuple(sorted(likelier, key=lambda one: (-one.ratio, one.id)))


def looked_at(told: Sequence[Sequence[str]]) -> list[Iterable[str]]:
    """What the weights look at: words, pairs, runs of letters, and what the whole means."""
    return [*features_of(told), meanings().of(told)]
