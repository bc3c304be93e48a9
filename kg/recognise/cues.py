"""The language cues of the graph, indexed: which words do what, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from kg.recognise.layers import LAYER_OF, LAYERS, LIGHT, LISTS, PERSONS, STEMMED, WORDS
from kg.recognise.stems import stem
from kg.recognise.tokens import Token, vocabulary, words_of
from kg.recognise.trie import Trie
from kg.view import Cue, View

_LAYER_OF = {f"ft:{category}": layer for category, layer in LAYER_OF.items()}


class Hit(NamedTuple):
    """A cue in a text: tokens `start` to `end` (exclusive) and all cues with these words."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    categories: frozenset[str]

    @property
    def extent(self) -> range:
        """The places of its words."""
        return range(self.start, self.end)

    def cue(self, category: str) -> Cue | None:
        """The cue of this category, if it is among them."""
        return next((c for c in self.cues if c.category == "ft:" + category), None)

    def get(self, name: str, default: str = "") -> str:
        """A property of its first cue: ``hit.get("span")`` for ``ft:cue-span``."""
        return self.cues[0].properties.get("ft:cue-" + name, default)


class _Phrases:
    """Phrases of all layers over token words, whole or inflected ones."""

    def __init__(self, key: Callable[[str], str], counts_as: Callable[[Token], str]) -> None:
        self._counts_as = counts_as
        self.trie: Trie[Cue, Cue] = Trie(
            key,
            attrgetter("text"),
            lambda cue: [(w[0], map(key, w[1:]), cue) for w in spellings(cue.text)],
        )

    def ends(
        self, tokens: Sequence[Token], start: int, skips: Collection[int] = ()
    ) -> Iterator[tuple[int, list[Cue]]]:
        """Where phrases end that begin at `start`, each with its cues of all layers."""
        return self.trie.ends(tokens, start, self._counts_as, skips)


class Layer(NamedTuple):
    """The phrases of one layer."""

    name: str
    phrases: _Phrases

    def longest(
        self, tokens: Sequence[Token], start: int, skips: Collection[int] = ()
    ) -> Hit | None:
        """The longest phrase that begins at `start`.

        Tokens at the places `skips` may stand inside the phrase.
        """
        best: Hit | None = None
        for end, all_cues in self.phrases.ends(tokens, start, skips):
            cues = [cue for cue in all_cues if _LAYER_OF[cue.category] == self.name]
            best = _hit(start, end, cues) if cues else best
        return best

    def hits(self, tokens: Sequence[Token], skips: Collection[int] = ()) -> list[Hit]:
        """The longest cues of the layer at each place of a text, one within another too.

        Tokens at the places `skips` may stand inside them.
        """
        found = (self.longest(tokens, place, skips) for place in range(len(tokens)))
        return [hit for hit in found if hit is not None]


@dataclass
class CueBook:
    """All cues of a view by layer, and the lists of single words."""

    layers: dict[str, Layer] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    by_category: Mapping[str, Sequence[Cue]] = field(default_factory=dict)

    @classmethod
    def build(cls, view: View) -> CueBook:
        """Index the cues of a view."""
        grouped = view.cues
        book = cls(by_category=grouped)
        for name in LISTS:
            texts = (cue.text for cue in grouped.get(name, ()))
            book.words[name] = frozenset(word for text in texts for word in text.split())
        for name in WORDS:
            texts = (cue.text for cue in grouped.get(name, ()))
            book.words[name] = frozenset(w for text in texts for s in spellings(text) for w in s)
        denials = (w for cue in grouped.get("negation", ()) for w in words_of(cue.text))
        book.words["light"] = frozenset(denials).union(*(book.words[name] for name in LIGHT))
        whole, stemmed = _Phrases(str, attrgetter("norm")), _Phrases(stem, attrgetter("stem"))
        for layer, categories in LAYERS.items():
            phrases = stemmed if layer in STEMMED else whole
            book.layers[layer] = Layer(layer, phrases)
            for category in categories:
                phrases.trie.phrases += grouped.get(category, ())
        return book

    @cached_property
    def persons(self) -> frozenset[str]:
        """The words that stand for whoever is spoken of: "I", "his"."""
        return frozenset().union(*(self.words[name] for name in PERSONS))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that a cue has: none of them is a misspelt name."""
        texts = {cue.text for name in LAYER_OF for cue in self.by_category.get(name, ())}
        spelt = (s for text in texts if "'" in text for s in spellings(text))
        listed = (self.words[name] for name in (*WORDS, *LISTS))
        return vocabulary(texts).union(*spelt, *listed)

    @cached_property
    def slips(self) -> dict[str, str]:
        """Words as people misspell or shorten them, each with what it is to be read as."""
        return {c.text: c.properties["ft:cue-value"] for c in self.by_category.get("spelling", ())}

    def tables(self) -> dict[str, Any]:
        """What takes long to make of the cues, to be kept."""
        indexes = [phrases.trie.index for phrases in self._phrases]
        return {"cues": indexes, "known": sorted(self.known)}

    def use(self, tables: Mapping[str, Any]) -> None:
        """Take what was kept."""
        for phrases, index in zip(self._phrases, tables["cues"], strict=True):
            phrases.trie.index = index
        self.known = frozenset(tables["known"])

    @cached_property
    def _phrases(self) -> list[_Phrases]:
        return [*dict.fromkeys(layer.phrases for layer in self.layers.values())]

    def hits(self, tokens: Sequence[Token]) -> dict[str, list[Hit]]:
        """The cues of each layer in a text, the longest at each place, in order."""
        found: dict[str, list[Hit]] = {layer: [] for layer in self.layers}
        for place in range(len(tokens)):
            best: dict[str, tuple[int, list[Cue]]] = {}
            for end, all_cues in (
                e for phrases in self._phrases for e in phrases.ends(tokens, place)
            ):
                longer: dict[str, tuple[int, list[Cue]]] = {}
                for cue in all_cues:
                    longer.setdefault(_LAYER_OF[cue.category], (end, []))[1].append(cue)
                best.update(longer)
            for layer, (end, cues) in best.items():
                before = found[layer]
                if (not before or before[-1].end <= place) and _holds(tokens, place, end, cues):
                    before.append(_hit(place, end, cues))
        return found


def _hit(start: int, end: int, cues: Sequence[Cue]) -> Hit:
    names = frozenset(c.category.removeprefix("ft:") for c in cues)
    return Hit(start, end, tuple(cues), names)


def _holds(tokens: Sequence[Token], place: int, end: int, cues: Sequence[Cue]) -> bool:
    """False for what ends a clause, where the clause goes on."""
    last = tokens[place].kind == "mark" and end - place > 1
    last = last or any(c.properties.get("ft:cue-span") == "end" for c in cues)
    # "context: no pain" denies what follows, "droop: no" what stands before
    goes_on = end < len(tokens) and tokens[end].kind != "mark"
    return not (last and tokens[end - 1].norm not in ")]" and goes_on)


def spellings(text: str) -> Iterable[tuple[str, ...]]:
    """The words of a phrase, with its apostrophes and without."""
    words = tuple(words_of(text))
    if words:
        yield words
    # People leave the apostrophe out; a single word without it may be another word ("ill").
    if "'" in text and (len(words) > 1 or "n't" in text):
        yield tuple(bare for word in words if (bare := word.replace("'", "")))
