"""Ways of asking as patterns of words, typed slots and gaps, and where they hold in a text.

A pattern is a line of data, ``{should} {self} … {stop-taking} {medicine:taken}``:

- a word stands for itself in any inflection, an inflected word for itself alone;
- ``{type}`` or ``{one|other}`` takes what fills the type: words that are listed for it, or a
  concept that belongs to it; ``{type:name}`` names what is taken;
- ``…`` stands for up to six words; between other elements only loose words may stand;
- ``^`` and ``$`` bind the pattern to the beginning and the end of what is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, words_of
from kg.recognise.trie import END, Trie
from kg.view import Cue

__all__ = [
    *("INDIRECT", "INVERSION", "MARKED", "OPENING", "SURE", "TAG"),
    *("Fill", "Found", "Grammar", "Pattern", "Scene"),
]

_ENDINGS = ("s", "ed", "ing")
# What patterns tell that name no kind of question: where one begins, and that something is asked.
OPENING, SURE, MARKED = "opening", "sure-opening", "marked-opening"
INVERSION, INDIRECT, TAG = "inversion", "indirect", "tag"
ASIDE = frozenset({OPENING, SURE, MARKED, INVERSION, INDIRECT, TAG})
_MAX_GAP = 6  # words that an ellipsis may stand for
_ELEMENT = re.compile(r"(?P<gap>…)|\{(?P<types>[\w|-]+)(?::(?P<name>\w+))?\}|(?P<word>[^\s{}…]+)")


class Fill(NamedTuple):
    """Tokens up to `end` (exclusive) that fill a slot of a type, with the concept they name."""

    end: int
    type: str
    concept: str | None = None


class Scene(NamedTuple):
    """What patterns are matched with: words, those that count for nothing, fills by place."""

    tokens: Sequence[Token]
    loose: Sequence[bool]
    fills: Mapping[int, Sequence[Fill]]


class Element(NamedTuple):
    """A word or a slot of a pattern; `gap` where other words may stand before it."""

    word: str
    types: tuple[str, ...]
    name: str
    gap: bool


class Part(NamedTuple):
    """What an element of a pattern took: tokens `start` to `end`, as what, and the concept."""

    start: int
    end: int
    type: str
    name: str
    concept: str | None


@dataclass(frozen=True)
class Pattern:
    """A way of asking, what it asks for, and the type of what must have been spoken of before."""

    text: str
    kind: str
    antecedent: str = ""

    @property
    def opens(self) -> bool:
        """Whether it holds at the beginning alone."""
        return self.text.startswith("^")

    @property
    def closes(self) -> bool:
        """Whether it holds at the end alone."""
        return self.text.endswith("$")

    @property
    def keys(self) -> tuple[str, ...]:
        """What it can be looked up by: its first word, or the types of its first slot."""
        first = self.text.lstrip("^ ").partition(" ")[0].rstrip("$")
        if first.startswith("{"):
            return tuple(first[1:].partition("}")[0].partition(":")[0].split("|"))
        return (stem(first),)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Its words and slots; most patterns are never met and need not be taken apart."""
        elements: list[Element] = []
        gap = False
        for found in _ELEMENT.finditer(self.text.removeprefix("^").removesuffix("$")):
            if found["types"]:
                types = tuple(found["types"].split("|"))
                elements.append(Element("", types, found["name"] or "", gap))
            elif found["word"]:
                elements.append(Element(_key(found["word"]), (), "", gap))
            gap = bool(found["gap"])
        return tuple(elements)

    @cached_property
    def _needs(self) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
        words = frozenset(e.word[1:] for e in self.elements if e.word)
        return words, tuple(e.types for e in self.elements if e.types)

    def can_hold(self, there: Set[str]) -> bool:
        """Whether the types and words that are there have something for each element."""
        words, slots = self._needs
        return words <= there and not any(map(there.isdisjoint, slots))

    def match(self, scene: Scene, place: int, stop: int) -> tuple[Part, ...] | None:
        """The parts of the first way in which the pattern holds from a place on."""
        return self._rest(scene, 0, place, stop)

    def _rest(self, scene: Scene, number: int, place: int, stop: int) -> tuple[Part, ...] | None:
        if number == len(self.elements):
            over = not self.closes or all(scene.loose[place:stop])
            return () if over else None
        element = self.elements[number]
        for at in _places(scene, element.gap, place, stop) if number else (place,):
            for part in _taken(scene, element, at, stop):
                rest = self._rest(scene, number + 1, part.end, stop)
                if rest is not None:
                    return part, *rest
        return None


def _places(scene: Scene, gap: bool, place: int, stop: int) -> Iterator[int]:
    left = _MAX_GAP if gap else 0
    for at in range(place, stop):
        yield at
        if not scene.loose[at]:
            left -= 1
        if left < 0:
            return


def _taken(scene: Scene, element: Element, place: int, stop: int) -> Iterator[Part]:
    if element.word:
        if _is_written(element.word, scene.tokens[place]):
            yield Part(place, place + 1, "", element.name, None)
        return
    for fill in scene.fills.get(place, ()):
        if fill.type in element.types and fill.end <= stop:
            yield Part(place, fill.end, fill.type, element.name, fill.concept)


def _key(word: str) -> str:
    """What a word of the data is looked up by: its stem, or itself where it is inflected."""
    inflected = word.endswith(_ENDINGS) and stem(word) != word
    return f"={word}" if inflected else f"~{stem(word)}"


def _laid(cue: Cue) -> Iterator[tuple[str, Iterable[str], str]]:
    # A stem leads to the forms of the first word.
    words = words_of(cue.text)
    yield words[0], map(_key, words), cue.properties["ft:cue-kind"]


def _is_written(key: str, token: Token) -> bool:
    return key[1:] == (token.norm if key[0] == "=" else token.stem)


class Found(NamedTuple):
    """A pattern that holds, its parts, and how much it says."""

    pattern: Pattern
    parts: tuple[Part, ...]
    weight: int


@dataclass(frozen=True)
class Grammar:
    """The types with their words and members, and the patterns by what they begin with."""

    words: Trie[Cue, str] = field(default_factory=lambda: Trie(stem, attrgetter("text"), _laid))
    members: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    antecedents: dict[str, str] = field(default_factory=dict)  # what a type speaks of before
    patterns: dict[tuple[str, bool], list[Pattern]] = field(default_factory=dict)
    leanings: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    asking: dict[str, int] = field(default_factory=dict)  # how much a word tells that one asks
    learned: set[str] = field(default_factory=set)  # the kinds that words may lean to

    @classmethod
    def build(
        cls,
        types: Iterable[Cue],
        patterns: Iterable[Cue],
        leanings: Iterable[Cue] = (),
        asking: Iterable[Cue] = (),
    ) -> Grammar:
        """Index types, patterns, leanings and what speaks for asking, as the graph lists them."""
        grammar = cls()
        for cue in types:
            name = cue.properties["ft:cue-kind"]
            if name not in grammar.weights:
                grammar.weights[name] = int(cue.properties["ft:cue-value"])
                grammar.antecedents[name] = cue.properties.get("ft:cue-needs", "")
                for member in cue.properties.get("ft:cue-member", "").split():
                    grammar.members.setdefault(member, []).append(name)
            grammar.words.phrases.append(cue)
        for cue in patterns:
            kind, before = cue.properties["ft:cue-kind"], cue.properties.get("ft:cue-needs", "")
            pattern = Pattern(cue.text, kind, before)
            for key in pattern.keys:
                grammar.patterns.setdefault((key, kind in ASIDE), []).append(pattern)
        for cue in leanings:
            kind, value = cue.properties["ft:cue-kind"], int(cue.properties["ft:cue-value"])
            grammar.leanings.setdefault(cue.text, []).append((kind, value))
            grammar.learned.add(kind)
        grammar.asking.update((cue.text, int(cue.properties["ft:cue-value"])) for cue in asking)
        return grammar

    def fills(self, tokens: Sequence[Token], place: int) -> Iterator[Fill]:
        """The types whose words stand at a place."""
        branch = self.words.branch(tokens[place].stem)
        nodes = [] if branch is None else [branch]
        while nodes and place < len(tokens):
            keys = f"={tokens[place].norm}", f"~{tokens[place].stem}"
            nodes = [node[key] for node in nodes for key in keys if key in node]
            place += 1
            for node in nodes:
                yield from (Fill(place, name) for name in node.get(END, ()))

    def types_of(self, names: Iterable[str]) -> frozenset[str]:
        """The types that a concept belongs to, by its own name, its classes and roles."""
        return frozenset(t for name in names for t in self.members.get(name, ()))

    def found(self, scene: Scene, start: int, stop: int, aside: bool = False) -> Iterator[Found]:
        """The patterns that hold between two places, in the order of the text.

        With `aside` those that tell where a question begins and ends, else those that ask.
        """
        types = {f.type for at in range(start, stop) for f in scene.fills.get(at, ())}
        there = types.union(*((t.norm, t.stem) for t in scene.tokens[start:stop]))
        begun = True
        for place in range(start, stop):
            keys = dict.fromkeys(fill.type for fill in scene.fills.get(place, ()))
            for key in (*keys, scene.tokens[place].stem):
                for pattern in self.patterns.get((key, aside), ()):
                    if (begun or not pattern.opens) and pattern.can_hold(there):
                        parts = pattern.match(scene, place, stop)
                        if parts is not None:
                            yield Found(pattern, parts, self._weight(parts))
            begun = begun and scene.loose[place]

    def _weight(self, parts: tuple[Part, ...]) -> int:
        return sum(self.weights.get(part.type, 1) for part in parts)
