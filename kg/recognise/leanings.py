"""Words that lean to a kind of question: how likely each kind is by all that a question says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.recognise.named import JOINING, LOOSE
from kg.recognise.patterns import Grammar, Scene

__all__ = ["MATTER", "NO_MATTER", "bare", "features", "leaning"]

MATTER = "matter-"  # what names of matters begin with: what is asked about beside concepts
NO_MATTER = "matter-none"
ANY = "{}"  # what every clause has
_TELLING = 3  # weight of the types that tell what is asked


def leaning(grammar: Grammar, features: Iterable[str]) -> Counter[str]:
    """How much what is said speaks for each kind or matter."""
    votes: Counter[str] = Counter()
    for feature in features:
        for kind, value in grammar.leanings.get(feature, ()):
            votes[kind] += value
    return votes


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


def bare(grammar: Grammar, scene: Scene, start: int, end: int) -> set[str]:
    """The words of a clause wherever they stand, without names, and the slots that tell much.

    Words that count for nothing in patterns may tell a matter: ``~only``, ``~else``.
    """
    fills = [(i, f) for i in range(start, end) for f in scene.fills.get(i, ()) if f.end <= end]
    named = {i for place, fill in fills if fill.concept for i in range(place, fill.end)}
    slots = {f.type for _, f in fills if grammar.weights[f.type] >= _TELLING}
    slots |= {f.type for _, f in fills if f.type.startswith(MATTER)}
    found = {ANY, *(f"{{{name}}}" for name in slots)}
    for place in range(start, end):
        if scene.tokens[place].kind == "word" and place not in named:
            found.add("~" * scene.loose[place] + scene.tokens[place].stem)
    return found


def _said(scene: Scene, place: int, end: int) -> Iterator[tuple[str, int]]:
    """The types of slots that are filled at a place, and the word, each with where it ends."""
    for fill in scene.fills.get(place, ()):
        if fill.end <= end and fill.type not in (LOOSE, JOINING):
            yield f"{{{fill.type}}}", fill.end
    word = scene.tokens[place]
    if word.kind == "word" and not scene.loose[place] and word.stem.isalpha():
        yield word.stem, place + 1
