"""What a question means: the way of asking that accounts for its words, and its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from kg.ask.names import Names
from kg.catalogue import Query
from kg.recognise.patterns import Fill, Grammar, Part, Pattern, Scene
from kg.recognise.stems import stem
from kg.recognise.tokens import Token, tokenise
from kg.view import View

PART, LOOSE, SMALL, JOIN, LEAVE = "ft:ask-part", "loose", "small", "join", "leave"
REPLY, MATTER, APART = "ft:reply", "ft:question-part", "asked-"
SAME, NAME = "ft:ask-same", "ft:ask-name"
# Types with which any question may begin.
_OPENING = frozenset(
    {"what", "how", "when", "where", "who", "why", "do", "should", "i-can", "need"}
)
_WORD = re.compile(r"[\w'-]+")
_LONGEST = 60  # words; who tells more tells a story


class Way(NamedTuple):
    """A way of asking: the query that it asks, and the pattern."""

    query: Query
    pattern: Pattern
    needs: frozenset[str]
    """Words, and types of slots that take nothing else, without which it does not hold."""


@dataclass(frozen=True)
class Meaning:
    """What a question may mean.

    Attributes:
        query: what it asks.
        values: the concepts for each parameter of the query.
        left: the words that nothing accounts for; with one of them it is another question.
        weight: how many words and concepts the way of asking takes.
    """

    query: Query
    values: dict[str, tuple[str, ...]]
    left: tuple[str, ...]
    weight: int


class Reader:
    """Reads questions by the ways of asking that the headers of queries list."""

    def __init__(self, view: View, queries: Iterable[Query]) -> None:
        self._view = view
        parts = [cue for cue in view.cues if cue.category == PART]
        self._grammar = Grammar.build(parts, ())
        self._ways = [
            _way(query, Pattern(way, query.name))
            for query in queries
            if query.asking is not None
            for way in query.asking.ways
        ]
        names = [(c.text, c.properties["ft:cue-concept"]) for c in view.cues if c.category == NAME]
        self._composed = [Pattern(*name) for name in names if "{" in name[0]]
        self._types = {
            c.id: self._grammar.types_of((c.id, *c.kinds, *c.roles)) for c in view.concepts.values()
        }
        small = frozenset(c.text for c in parts if c.properties["ft:cue-kind"] == SMALL)
        self._words = frozenset(w for c in parts for w in c.text.split()) | {
            e.word[1:] for way in self._ways for e in way.pattern.elements if e.word
        }
        # A name may mean several concepts of one kind: any tumour of the brain or its nerves.
        self._types |= {meant: self.types(meant.split()[0]) for _, meant in names}
        asked_about = (c for c in view.concepts.values() if self._types[c.id])
        told = {c.properties["ft:cue-kind"] for c in view.cues if c.category == REPLY}
        asked = {kind.removeprefix(APART) for kind in told if kind.startswith(APART)}
        matters = (c for c in view.cues if c.category == MATTER)
        self._leave = {f" {c.text} " for c in parts if c.properties["ft:cue-kind"] == LEAVE}
        self._matters = {f" {c.text} " for c in matters if c.properties["ft:cue-kind"] in asked}
        same = {c.text: c.properties["ft:cue-kind"] for c in view.cues if c.category == SAME}
        plain = [name for name in names if "{" not in name[0]]
        self.names = Names(asked_about, plain, small, same)

    def read(self, text: str, *, mend: bool = True) -> tuple[list[Meaning], dict[str, str]]:
        """What a question may mean, the likeliest first, and the words that were mended."""
        tokens, mended = self._tokens(text) if mend else (tokenise(text), {})
        if len(tokens) > _LONGEST:
            return [], mended
        scene = self._scene(tokens)
        there = {t for fills in scene.fills.values() for f in fills for t in (f.type,)}
        there |= {key for token in tokens for key in (token.norm, token.stem)}
        best: dict[tuple[str, ...], tuple[tuple[int, ...], Meaning]] = {}
        for way in self._ways:
            if not way.needs <= there:
                continue
            for parts in _arrangements(way.pattern, scene):
                meaning = _meaning(way, parts, scene)
                if meaning is None:
                    continue
                key = (way.query.name, *chain.from_iterable(meaning.values.values()))
                places = [part.start for part in parts]
                rank = (len(meaning.left), -meaning.weight, places != sorted(places))
                if way.pattern.opens and places != sorted(places):
                    continue
                if key not in best or rank < best[key][0]:
                    best[key] = rank, meaning
        ranked = sorted(best.values(), key=lambda found: (found[0], found[1].query.name))
        return [meaning for _, meaning in ranked], mended

    def named(self, text: str) -> list[str]:
        """The concepts that a question names, in order."""
        scene = self._scene(self._tokens(text)[0])
        fills = (f for place in sorted(scene.fills) for f in scene.fills[place])
        return list(dict.fromkeys(c for f in fills for c in (f.concept or "").split()))

    def asks_leave(self, text: str) -> bool:
        """Whether somebody asks if they may do something that sentences of their own speak of."""
        words = f" {' '.join(_WORD.findall(text.lower()))} "
        return any(w in words for w in self._leave) and any(m in words for m in self._matters)

    def kinds(self, text: str) -> list[Query]:
        """The queries that a question asks for in words, whatever it asks about; best first."""
        scene = self._scene(self._tokens(text)[0])
        there = {f.type for fills in scene.fills.values() for f in fills if f.concept is None}
        there |= {key for token in scene.tokens for key in (token.norm, token.stem)}
        found: dict[str, tuple[int, Query]] = {}
        for way in self._ways:
            asks = [e for e in way.pattern.elements if not e.name]
            telling = [e for e in asks if not _OPENING.issuperset(e.types) or e.word]
            if telling and all(there.intersection((e.word[1:], *e.types)) for e in asks):
                best = found.get(way.query.name, (0, way.query))
                found[way.query.name] = max(len(asks), best[0]), way.query
        return [query for _, query in sorted(found.values(), key=lambda f: (-f[0], f[1].name))]

    def unknown(self, text: str) -> tuple[str, ...]:
        """The words of a question that are in no way of asking and in no name."""
        tokens, _ = self._tokens(text)
        scene = self._scene(tokens)
        known = {i for p, fills in scene.fills.items() for f in fills for i in range(p, f.end)}
        return tuple(
            token.norm
            for place, token in enumerate(tokens)
            if token.kind == "word" and place not in known and not scene.loose[place]
        )

    def types(self, concept: str) -> frozenset[str]:
        """The types of slots that a concept fills."""
        return self._types.get(concept, frozenset())

    def fits(self, query: Query, concept: str) -> bool:
        """Whether some way of asking a query takes the concept."""
        return any(
            set(element.types) & self.types(concept)
            for way in self._ways
            if way.query is query
            for element in way.pattern.elements
            if element.name
        )

    def _tokens(self, text: str) -> tuple[list[Token], dict[str, str]]:
        tokens, mended = tokenise(text), {}
        # Of a story no word is mended: it is no question, and may have thousands of them.
        for place, token in enumerate(tokens if len(tokens) <= _LONGEST else ()):
            word = self.names.corrected(token, self._words)
            if word is not None:
                mended[token.norm] = word
                tokens[place] = token._replace(norm=word, stem=stem(word))
        return tokens, mended

    def _scene(self, tokens: Sequence[Token]) -> Scene:
        fills = {i: list(self._grammar.fills(tokens, i)) for i in range(len(tokens))}
        loose = [
            token.kind == "mark" or any(f.type == LOOSE for f in fills[place])
            for place, token in enumerate(tokens)
        ]
        for place in range(len(tokens)):
            for fill in fills[place]:
                if fill.type == LOOSE:
                    loose[place : fill.end] = [True] * (fill.end - place)
        asking = [range(p, f.end) for p in fills for f in fills[p] if _asks(f, p)]
        named = [(n.start, n.end, n.concept) for n in self.names.find(tokens, loose, asking)]
        scene = Scene(tokens, loose, _with(fills, named, self._types))
        composed = [
            (place, parts[-1].end, pattern.kind)
            for pattern in self._composed
            for place in range(len(tokens))
            if (parts := pattern.match(scene, place, len(tokens)))
        ]
        if not composed:
            return scene
        # What is composed of names takes their place.
        named = [n for n in named if not any(s <= n[0] and n[1] <= e for s, e, _ in composed)]
        return scene._replace(fills=_with(fills, [*named, *composed], self._types))


def _asks(fill: Fill, place: int) -> bool:
    """Whether words are several that ask for something: "side effects"."""
    return fill.end - place > 1 and fill.type != LOOSE


def _way(query: Query, pattern: Pattern) -> Way:
    needs = {e.word[1:] for e in pattern.elements if e.word}
    return Way(
        query,
        pattern,
        frozenset(needs.union(*(e.types for e in pattern.elements if len(e.types) == 1))),
    )


def _with(
    fills: Mapping[int, Sequence[Fill]],
    named: Iterable[tuple[int, int, str]],
    types: Mapping[str, frozenset[str]],
) -> dict[int, list[Fill]]:
    """The words that fill slots, and the concepts that do."""
    found = {place: list(here) for place, here in fills.items()}
    for start, end, concept in named:
        found[start] += [Fill(end, name, concept) for name in sorted(types.get(concept, ()))]
    return found


def _arrangements(pattern: Pattern, scene: Scene) -> Iterator[tuple[Part, ...]]:
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


def _meaning(way: Way, parts: Sequence[Part], scene: Scene) -> Meaning | None:
    """What the parts mean; None where two slots that could be changed stand in another order."""
    slots = [
        (part, e.types) for part, e in zip(parts, way.pattern.elements, strict=True) if part.concept
    ]
    for (one, types), (other, others) in pairwise(slots):
        if one.start > other.start and set(types) & set(others):
            return None
    taken = {place for part in parts for place in range(part.start, part.end)}
    # Words of a type that is met already say nothing new: "signs and symptoms".
    met = {part.type for part in parts if part.concept is None}
    for place, fills in scene.fills.items():
        for fill in fills:
            if fill.concept is None and fill.type in met:
                taken.update(range(place, fill.end))
    left = tuple(
        token.norm
        for place, token in enumerate(scene.tokens)
        if place not in taken and not scene.loose[place]
    )
    wanted = {parameter.name for parameter in way.query.parameters}
    values = {p.name: tuple(p.concept.split()) for p in parts if p.concept and p.name in wanted}
    return Meaning(way.query, values, left, len(parts))


def alike(meanings: Sequence[Meaning], most: int) -> list[Meaning]:
    """The likeliest meanings that leave no word and say as much: the first that answers holds."""
    whole = [meaning for meaning in meanings if not meaning.left]
    return [meaning for meaning in whole if meaning.weight >= meanings[0].weight][:most]
