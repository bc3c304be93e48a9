"""The language cues of the graph, indexed: which words do what, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, words_of
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
        "past", "uncertainty", "opinion", "hypothetical", "question", "question-opener",
        "termination", "negation-termination", "conjunction", "alternative", "family",
        "family-after", "ended-after",
    ),
    "manner": (
        "sound", "troubled", "ability", "inability", "newly-started", "long-taken", "continuance",
        "past-verb", "onset-verb", "idle-verb", "ending-verb",
    ),
    "person": (
        "person", "non-person", "patient", "informant", "reporting-verb", "person-preposition",
    ),
    "answer": ("answer-no", "answer-alone"),
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
        "bout", "age", "clock", "whole-stretch", "offset",
    ),
    "amount": ("unit", "amount-unit", "amount-verb"),
    "period": ("period",),
    "predicate": ("predicate",),
    "repetition": ("repetition",),
    "ordinary": ("ordinary-phrase",),
    "sequence": ("sequence",),
    "medicine": ("medicine-name",),
    "intake": ("medicine-change",),
    "dose": ("dose-unit",),
    "not-yet": ("not-yet",),
    "illness": ("illness-name",),
    "diagnosis": ("diagnosis",),
    "event": ("event-name",),
    "measure": ("measure-name",),
    "level": ("measure-word",),
    "relation": ("relation",),
    "sex": ("sex-word",),
    "band": ("age-band",),
    "decade": ("age-decade",),
    "expecting": ("expecting",),
    "clause": ("clause-word",),
    "indirect": ("indirect-question",),
    "bodily": ("alarm-word", "alarm-of-part", "sensation-word", "movement-word"),
    "link": ("linking-verb",),
    "aside": ("idiom",),
}  # fmt: skip


_STEMMED = frozenset({"person", "predicate"})  # layers whose words are met in any inflection


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
    """A trie of phrases over token words; the longest phrase from a place is found in one walk."""

    def __init__(self, stemmed: bool = False) -> None:
        self._root: dict[str, Any] = {}
        self._stemmed = stemmed

    def add(self, words: Sequence[str], cue: Cue) -> None:
        """Enter a phrase."""
        node = self._root
        for word in words:
            node = node.setdefault(stem(word) if self._stemmed else word, {})
        node.setdefault("", []).append(cue)

    def starts(self, tokens: Sequence[Token]) -> list[int]:
        """The places of the words with which some phrase begins."""
        root = self._root
        if self._stemmed:
            return [place for place, token in enumerate(tokens) if token.stem in root]
        return [place for place, token in enumerate(tokens) if token.norm in root]

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[int, list[Cue]] | None:
        """The end of the longest phrase that begins at `start`, with its cues."""
        node: dict[str, Any] | None = self._root
        best: tuple[int, list[Cue]] | None = None
        for place in range(start, len(tokens)):
            token = tokens[place]
            node = node.get(token.stem if self._stemmed else token.norm) if node else None
            if node is None:
                break
            if "" in node:
                best = place + 1, node[""]
        return best


@dataclass
class CueBook:
    """All cues of a view by layer, and the word lists."""

    layers: dict[str, Phrases] = field(default_factory=dict)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
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
        known: set[str] = set()
        for layer, categories in _LAYERS.items():
            phrases = book.layers[layer] = Phrases(stemmed=layer in _STEMMED)
            for category in categories:
                for cue in grouped.get(category, ()):
                    for words in _spellings(cue.text):
                        phrases.add(words, cue)
                        known.update(words)
        for name in _WORDS:
            texts = (cue.text for cue in grouped.get(name, ()))
            book.words[name] = frozenset(w for text in texts for s in _spellings(text) for w in s)
            known |= book.words[name]
        book.known = frozenset(known).union(*(book.lists[name] for name in _LISTS))
        return book

    def hits(self, layer: str, tokens: Sequence[Token]) -> list[Hit]:
        """The cues of a layer in a text, the longest at each place, in order."""
        phrases = self.layers[layer]
        found: list[Hit] = []
        free = 0
        for place in phrases.starts(tokens):
            best = phrases.longest(tokens, place) if place >= free else None
            if best is None:
                continue
            end, cues = best
            if tokens[place].kind == "mark" and end - place > 1 and _goes_on(tokens, end):
                continue  # "context: no pain" denies what follows, "droop: no" what stands before
            free = end
            names = frozenset(c.category.removeprefix("ft:") for c in cues)
            found.append(Hit(place, free, tuple(cues), names))
        return found


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].kind != "mark"


def _spellings(text: str) -> Iterable[tuple[str, ...]]:
    words = tuple(words_of(text))
    if words:
        yield words
    # People leave the apostrophe out; a single word without it may be another word ("ill").
    if "'" in text and (len(words) > 1 or "n't" in text):
        yield tuple(bare for word in words if (bare := word.replace("'", "")))
