"""What a question means: the way of asking that accounts for its words, and its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from kg.ask.fitting import arrangements
from kg.ask.names import Named, Names
from kg.catalogue import Query
from kg.recognise.patterns import Fill, Grammar, Part, Pattern, Scene
from kg.recognise.stems import stem
from kg.recognise.tokens import Token, tokenise, words_of
from kg.view import View

PART, LOOSE, SMALL, LEAVE = "ask-part", "loose", "small", "leave"
BESIDE = "beside"  # words that narrow what is asked, and that no query weighs
REPLY, MATTER, APART = "reply", "question-part", "asked-"
SAME, NAME = "ask-same", "ask-name"
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
        beside: the words that narrow it ("at night"), and that the answer does not weigh.
    """

    query: Query
    values: dict[str, tuple[str, ...]]
    left: tuple[str, ...]
    weight: int
    beside: tuple[str, ...] = ()


class Reader:
    """Reads questions by the ways of asking that the headers of queries list."""

    def __init__(self, view: View, queries: Iterable[Query]) -> None:
        self._view = view
        parts = view.cues.get(PART, ())
        self._grammar = Grammar.build(parts, ())
        self._ways = [
            _way(query, Pattern(way, query.name))
            for query in queries
            if query.asking is not None
            for way in query.asking.ways
        ]
        names = [(c.text, c.properties["ft:cue-concept"]) for c in view.cues.get(NAME, ())]
        self._composed = [Pattern(*name) for name in names if "{" in name[0]]
        self._types = {
            c.id: self._grammar.types_of((c.id, *c.kinds, *c.roles)) for c in view.concepts.values()
        }
        self._small = small = frozenset(
            c.text for c in parts if c.properties["ft:cue-kind"] == SMALL
        )
        self._loose = frozenset(c.text for c in parts if c.properties["ft:cue-kind"] == LOOSE)
        self._words = frozenset(w for c in parts for w in c.text.split()) | {
            e.word[1:] for way in self._ways for e in way.pattern.elements if e.word
        }
        # A name may mean several concepts of one kind: any tumour of the brain or its nerves.
        self._types |= {meant: self.types(meant.split()[0]) for _, meant in names}
        asked_about = (c for c in view.concepts.values() if self._types[c.id])
        told = {c.properties["ft:cue-kind"] for c in view.cues.get(REPLY, ())}
        asked = {kind.removeprefix(APART) for kind in told if kind.startswith(APART)}
        matters = view.cues.get(MATTER, ())
        self._leave = {f" {c.text} " for c in parts if c.properties["ft:cue-kind"] == LEAVE}
        self._matters = {f" {c.text} " for c in matters if c.properties["ft:cue-kind"] in asked}
        same = {c.text: c.properties["ft:cue-kind"] for c in view.cues.get(SAME, ())}
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
            for parts in arrangements(way.pattern, scene):
                meaning = _meaning(way, parts, scene)
                if meaning is None:
                    continue
                key = (way.query.name, *chain.from_iterable(meaning.values.values()))
                places = [part.start for part in parts]
                unweighed = len(meaning.left), len(meaning.beside)
                rank = (*unweighed, -meaning.weight, places != sorted(places))
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

    def narrows(self, text: str, word: str) -> bool:
        """Whether a word only narrows a question: behind a small one, as "in cats"."""
        words = words_of(text)
        place = words.index(word) if word in words else 0
        return place > 0 and words[place - 1] in self._small

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

    def _end(self, named: Named, tokens: Sequence[Token]) -> int:
        """Where a name ends: its kind behind it says nothing new ("the buccinator muscle")."""
        concept = self._view.concepts.get(named.concept)
        kinds = {stem(kind.partition(":")[2].lower()) for kind in concept.kinds} if concept else ()
        return named.end + any(t.stem in kinds for t in tokens[named.end : named.end + 1])

    def _scene(self, tokens: Sequence[Token]) -> Scene:
        fills = {i: list(self._grammar.fills(tokens, i)) for i in range(len(tokens))}
        loose = [
            token.kind == "mark"
            # A word of another kind may have the stem of a loose one: "quit", "quite".
            or (token.norm in self._loose and any(f.type == LOOSE for f in fills[place]))
            for place, token in enumerate(tokens)
        ]
        for place in range(len(tokens)):
            for fill in fills[place]:
                if fill.type == LOOSE and fill.end - place > 1:
                    loose[place : fill.end] = [True] * (fill.end - place)
        asking = [range(p, f.end) for p in fills for f in fills[p] if _asks(f, p)]
        found = self.names.find(tokens, loose, asking)
        named = [(n.start, self._end(n, tokens), n.concept) for n in found]
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
    beside: dict[int, str] = {}
    for place, fills in scene.fills.items():
        end = max((f.end for f in fills if f.type == BESIDE), default=place)
        if taken.isdisjoint(range(place, end)) and place not in beside:
            words = " ".join(t.norm for t in scene.tokens[place:end])
            beside.update(dict.fromkeys(range(place, end), words))
    taken.update(beside)
    left = tuple(
        token.norm
        for place, token in enumerate(scene.tokens)
        if place not in taken and not scene.loose[place]
    )
    wanted = {parameter.name for parameter in way.query.parameters}
    values = {p.name: tuple(p.concept.split()) for p in parts if p.concept and p.name in wanted}
    told = tuple(dict.fromkeys(beside.values()))
    return Meaning(way.query, values, left, len(parts), told)


def alike(meanings: Sequence[Meaning], most: int) -> list[Meaning]:
    """The likeliest meanings that leave no word and say as much: the first that answers holds."""
    whole = [meaning for meaning in meanings if not meaning.left]
    return [meaning for meaning in whole if meaning.weight >= meanings[0].weight][:most]
