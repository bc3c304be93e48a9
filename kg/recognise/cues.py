"""The language cues of the graph, indexed: which words do what, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, words_of
from kg.recognise.trie import END, Trie
from kg.view import Cue, View

__all__ = ["CueBook", "Hit", "Phrases"]

_LISTS = (
    "stop-word",
    "ordinary-word",
    "determiner",
    "filler",
    "approximator",
    "degree",
    "real-word",
)

_LIGHT = ("determiner", "filler", "stop-word")  # with the denials, words that end no line

_WORDS = ("possessive", "pronoun-self", "pronoun-third", "pronoun-thing", "place-preposition")

# Layers are matched apart, the longest phrase first within each: a word may act in several.
_LAYERS: Mapping[str, tuple[str, ...]] = {
    "scope": (
        "negation", "negation-after", "pseudo-negation", "cessation", "resolution", "recurrence",
        "past", "uncertainty", "opinion", "simile", "hypothetical", "question", "question-opener",
        "termination", "negation-termination", "conjunction", "alternative", "family",
        "family-after", "ended-after", "exception",
    ),
    "manner": (
        "sound", "troubled", "ability", "inability", "newly-started", "long-taken", "continuance",
        "past-verb", "onset-verb", "idle-verb", "ending-verb",
    ),
    "person": (
        "person", "non-person", "patient", "informant", "reporting-verb", "person-preposition",
    ),
    "answer": ("answer-no", "answer-yes", "answer-alone"),
    "soon": ("soon-over",),
    "box": ("empty-box", "ticked-box"),
    "abstinence": ("abstinence",),
    "trial": (
        "attempt", "reduction", "effect", "effect-when-denied", "effect-after", "no-effect",
        "persisting", "improvement", "worsening", "brevity", "rarity", "change-marker", "hearsay",
    ),
    "bare": ("bare-verb",),
    "side": ("side", "pseudo-side"),
    "number": ("number-word",),
    "time": (
        "time-unit", "time-marker", "time-point", "calendar-name", "clinical-fraction", "ago",
        "bout", "age", "clock", "whole-stretch", "offset", "later", "next-point", "ahead", "on-end",
        "occasion", "time-stretch", "deadline",
    ),
    "turn": ("turn",),
    "amount": ("unit", "amount-unit", "amount-verb"),
    "period": ("period",),
    "predicate": ("predicate",),
    "thing": ("bodily-thing",),
    "repetition": ("repetition",),
    "ordinary": ("ordinary-phrase",),
    "thing": ("everyday-thing",),
    "sequence": ("sequence",),
    "medicine": ("medicine-name",),
    "intake": ("medicine-change",),
    "owning": ("medicine-owner",),
    "dose": ("dose-unit",),
    "not-yet": ("not-yet",),
    "illness": ("illness-name",),
    "diagnosis": ("diagnosis",),
    "event": ("event-name",),
    "deed": ("event-act",),
    "deed-words": ("event-aux", "event-object"),
    "measure": ("measure-name",),
    "level": ("measure-word",),
    "relation": ("relation",),
    "sex": ("sex-word", "sex-fact"),
    "aged": (
        "age-lead", "age-being", "age-link", "age-after", "decade-lead", "clinician-word",
        "bystander", "writer-mark", "past-lead",
    ),
    "band": ("age-band",),
    "decade": ("age-decade",),
    "expecting": ("expecting",),
    "clause": ("clause-word",),
    "bodily": ("alarm-word", "alarm-of-part", "sensation-word", "movement-word"),
    "link": ("linking-verb",),
    "aside": ("idiom",),
}  # fmt: skip


_STEMMED = frozenset(
    {"person", "predicate", "relation", "thing"}
)  # layers whose words are met in any inflection


class Hit(NamedTuple):
    """A cue in a text: tokens `start` to `end` (exclusive) and all cues with these words."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    categories: frozenset[str]

    def cue(self, category: str) -> Cue | None:
        """The cue of this category, if it is among them."""
        return next((c for c in self.cues if c.category == "ft:" + category), None)


class Phrases:
    """Phrases over token words; the longest one from a place is found in one walk.

    Most phrases are plain words, and are taken apart only when a text has their first one.
    """

    def __init__(self, stemmed: bool = False) -> None:
        self._counts_as: Callable[[Token], str] = _STEM if stemmed else _NORM
        self._trie: Trie[tuple[str | tuple[str, ...], Cue], Cue] = Trie(
            stem if stemmed else str, _laid
        )

    def add(self, cue: Cue) -> None:
        """Enter the phrase of a cue, in all its spellings."""
        first = cue.text.partition(" ")[0]
        if first.isalpha() and first.isascii() and "'" not in cue.text:
            for word in words_of(first)[:1]:
                self._trie.add(word, (cue.text, cue))
            return
        for words in spellings(cue.text):
            self._trie.add(words[0], (words, cue))

    def __iter__(self) -> Iterator[str]:
        """The words, as they count, with which some phrase begins."""
        return iter(self._trie)

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[int, list[Cue]] | None:
        """The end of the longest phrase that begins at `start`, with its cues."""
        if start >= len(tokens):
            return None
        node = self._trie.branch(self._counts_as(tokens[start]))
        best: tuple[int, list[Cue]] | None = None
        place = start + 1
        while node is not None:
            if END in node:
                best = place, node[END]
            if place >= len(tokens):
                break
            node = node.get(self._counts_as(tokens[place]))
            place += 1
        return best


_STEM = attrgetter("stem")
_NORM = attrgetter("norm")


def _laid(phrase: tuple[str | tuple[str, ...], Cue]) -> tuple[Sequence[str], Cue]:
    text, cue = phrase
    return (words_of(text) if isinstance(text, str) else text), cue


@dataclass
class CueBook:
    """All cues of a view by layer, and the word lists."""

    layers: dict[str, Phrases] = field(default_factory=dict)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    by_category: dict[str, tuple[Cue, ...]] = field(default_factory=dict)

    @classmethod
    def build(cls, view: View) -> CueBook:
        """Index the cues of a view."""
        grouped: dict[str, list[Cue]] = {}
        for cue in view.cues:
            grouped.setdefault(cue.category.removeprefix("ft:"), []).append(cue)
        book = cls(by_category={name: tuple(cues) for name, cues in grouped.items()})
        for name in _LISTS:
            texts = (cue.text for cue in grouped.get(name, ()))
            book.lists[name] = frozenset(word for text in texts for word in text.split())
        denials = (w for cue in grouped.get("negation", ()) for w in words_of(cue.text))
        book.lists["light"] = frozenset(denials).union(*(book.lists[name] for name in _LIGHT))
        for layer, categories in _LAYERS.items():
            phrases = book.layers[layer] = Phrases(stemmed=layer in _STEMMED)
            for category in categories:
                for cue in grouped.get(category, ()):
                    phrases.add(cue)
        for name in _WORDS:
            texts = (cue.text for cue in grouped.get(name, ()))
            book.words[name] = frozenset(w for text in texts for s in spellings(text) for w in s)
        return book

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that a cue has: none of them is a misspelt name."""
        layers = {c for categories in _LAYERS.values() for c in categories}
        cues = (cue for name in layers for cue in self.by_category.get(name, ()))
        words = frozenset(w for cue in cues for s in spellings(cue.text) for w in s)
        return words.union(*self.words.values(), *(self.lists[name] for name in _LISTS))

    @cached_property
    def _opened(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """The layers that have a phrase with a first word: by the word, and by its stem."""
        by_norm: dict[str, list[str]] = {}
        by_stem: dict[str, list[str]] = {}
        for layer, phrases in self.layers.items():
            index = by_stem if layer in _STEMMED else by_norm
            for first in phrases:
                index.setdefault(first, []).append(layer)
        return by_norm, by_stem

    def hits(self, tokens: Sequence[Token]) -> dict[str, list[Hit]]:
        """The cues of each layer in a text, the longest at each place, in order."""
        by_norm, by_stem = self._opened
        found: dict[str, list[Hit]] = {layer: [] for layer in self.layers}
        for place, token in enumerate(tokens):
            for layer in (*by_norm.get(token.norm, ()), *by_stem.get(token.stem, ())):
                before = found[layer]
                if not before or before[-1].end <= place:
                    hit = self._hit(layer, tokens, place)
                    if hit is not None:
                        before.append(hit)
        return found

    def _hit(self, layer: str, tokens: Sequence[Token], place: int) -> Hit | None:
        best = self.layers[layer].longest(tokens, place)
        if best is None:
            return None
        end, cues = best
        last = tokens[place].kind == "mark" and end - place > 1
        last = last or any(c.properties.get("ft:cue-span") == "end" for c in cues)
        if last and tokens[end - 1].norm not in ")]" and _goes_on(tokens, end):
            return None  # "context: no pain" denies what follows, "droop: no" what stands before
        names = frozenset(c.category.removeprefix("ft:") for c in cues)
        return Hit(place, end, tuple(cues), names)


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].kind != "mark"


def spellings(text: str) -> Iterable[tuple[str, ...]]:
    """The words of a phrase, with its apostrophes and without."""
    words = tuple(words_of(text))
    if words:
        yield words
    # People leave the apostrophe out; a single word without it may be another word ("ill").
    if "'" in text and (len(words) > 1 or "n't" in text):
        yield tuple(bare for word in words if (bare := word.replace("'", "")))
