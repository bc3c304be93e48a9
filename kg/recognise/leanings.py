"""Words that lean to a kind of question, or tell that somebody asks at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kg.recognise.named import JOINING, LOOSE
from kg.recognise.patterns import Grammar, Scene

__all__ = ["asks", "features", "leaning"]

_LEAST: Final = {False: -3, True: -9}  # from which sum a clause asks, without and with its mark


def leaning(grammar: Grammar, scene: Scene, start: int, end: int) -> Counter[str]:
    """How much the words from `start` to `end` (exclusive) speak for each kind."""
    votes: Counter[str] = Counter()
    for feature in features(scene, start, end):
        for kind, value in grammar.leanings.get(feature, ()):
            votes[kind] += value
    return votes


def asks(grammar: Grammar, said: set[str], *, marked: bool) -> bool:
    """Whether a clause of which something was `said` asks the reader, and does not tell a story."""
    return sum(grammar.asking.get(one, 0) for one in said) >= _LEAST[marked]


def features(scene: Scene, start: int, end: int) -> set[str]:
    """The words and slots of a clause, and pairs of them: ``^how``, ``how {last}``, ``now$``."""
    following = [end] * (end + 1)
    for place in range(end - 1, start - 1, -1):
        following[place] = following[place + 1] if scene.loose[place] else place
    said = {place: list(_said(scene, place, end)) for place in range(start, end)}
    found: set[str] = set()
    for place, here in said.items():
        for one, stop in here:
            found.update((one, f"^{one}") if place == following[start] else (one,))
            after = following[stop]
            found.update((f"{one}$",) if after == end else (f"{one} {o}" for o, _ in said[after]))
    return found


def _said(scene: Scene, place: int, end: int) -> Iterator[tuple[str, int]]:
    """The types of slots that are filled at a place, and the word, each with where it ends."""
    for fill in scene.fills.get(place, ()):
        if fill.end <= end and fill.type not in (LOOSE, JOINING):
            yield f"{{{fill.type}}}", fill.end
    word = scene.tokens[place]
    if word.kind == "word" and not scene.loose[place] and word.stem.isalpha():
        yield word.stem, place + 1
