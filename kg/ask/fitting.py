"""Where the elements of a way of asking stand in a question, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.recognise.patterns import Fill, Part, Pattern, Scene

JOIN = "join"


def arrangements(pattern: Pattern, scene: Scene) -> Iterator[tuple[Part, ...]]:
    """All ways to find the elements of a pattern in a question, in any order."""

    def rest(number: int, taken: Set[int]) -> Iterator[tuple[Part, ...]]:
        if number == len(pattern.elements):
            yield ()
            return
        for part in _found(pattern, number, scene):
            places = set(range(part.start, part.end))
            if taken.isdisjoint(places):
                for others in rest(number + 1, taken | places):
                    yield part, *others

    return rest(0, frozenset())


def _found(pattern: Pattern, number: int, scene: Scene) -> Iterator[Part]:
    element = pattern.elements[number]
    for place, token in enumerate(scene.tokens):
        if element.word:
            if element.word[1:] == (token.norm if element.word[0] == "=" else token.stem):
                yield Part(place, place + 1, "", "", None)
            continue
        for fill in scene.fills[place]:
            if fill.type in element.types and (fill.concept is not None) == bool(element.name):
                yield Part(place, fill.end, fill.type, element.name, fill.concept)
                if fill.concept is not None:
                    yield from _joined(fill, place, element.name, scene)


def _joined(first: Fill, start: int, name: str, scene: Scene) -> Iterator[Part]:
    """Two concepts of a type that a question joins: "the lips and the face"."""
    place, joins = first.end, False
    while place < len(scene.tokens) and scene.loose[place]:
        joins = joins or any(fill.type == JOIN for fill in scene.fills[place])
        place += 1
    for other in scene.fills.get(place, ()) if joins else ():
        if other.type == first.type and other.concept not in (None, first.concept):
            yield Part(start, other.end, first.type, name, f"{first.concept} {other.concept}")
