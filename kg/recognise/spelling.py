"""Misspelt words: replaced by the words of the graph that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.recognise.lexicon import Lexicon
from kg.recognise.stems import stem
from kg.recognise.tokens import Token

_SHORTEST = 5  # letters; below that too many words are one edit apart
_LONG = 8  # letters from which two edits are allowed
_MOST_KEPT = 4096


class Spelling:
    """Knows which name a misspelt word stands for."""

    def __init__(self, lexicon: Lexicon, slips: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._slips = slips
        self._nearest_to: dict[str, str | None] = {}

    def corrected(self, tokens: list[Token]) -> tuple[list[Token], frozenset[int]]:
        """Replace misspelt words by the words of the graph they stand for.

        Returns the tokens, offsets unchanged, and the places of the corrected ones. Words that
        are short, known to the graph or the cues, or ordinary English are left alone; the usual
        slips, which the graph lists, are no guesses.
        """
        changed: set[int] = set()
        if not self._slips.keys().isdisjoint(t.norm for t in tokens):
            tokens = [piece for token in tokens for piece in _respelt(token, self._slips)]
        result = list(tokens)
        for place, token in enumerate(tokens):
            unknown = token.kind == "word" and not self._lexicon.knows(token)
            word = self._nearest(token.norm) if unknown else None
            if word is not None:
                result[place] = token._replace(norm=word, stem=stem(word))
                if _single(word) != _single(token.norm):
                    changed.add(place)  # a letter too many of the same is no guess
        return result, frozenset(changed)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(w for w in self._lexicon.words if len(w) >= _SHORTEST and w.isalpha())

    def _nearest(self, word: str) -> str | None:
        if len(word) < _SHORTEST:
            return None
        if word not in self._nearest_to:
            # Loaded with the first unknown word: most descriptions have none.
            from rapidfuzz import process
            from rapidfuzz.distance import OSA

            most = 1 if len(word) < _LONG else 2
            near = process.extract(
                word, self._words, scorer=OSA.distance, score_cutoff=most, limit=None
            )
            fitting = [
                (distance, candidate)
                for candidate, distance, _ in near
                if candidate[0] in word[:2] and (distance <= 1 or len(candidate) >= _LONG)
            ]
            if len(self._nearest_to) > _MOST_KEPT:
                self._nearest_to.clear()
            self._nearest_to[word] = min(fitting)[1] if fitting else None
        return self._nearest_to[word]


def _respelt(token: Token, slips: Mapping[str, str]) -> Iterator[Token]:
    """The token as it is meant; the words that one stands for share its letters."""
    if token.norm not in slips:
        yield token
        return
    start, (*words, last) = token.start, slips[token.norm].split()
    for word in words:
        yield token._replace(start=start, end=start + 1, norm=word, stem=stem(word))
        start += 1
    yield token._replace(start=start, norm=last, stem=stem(last))


def _single(word: str) -> str:
    """The word with each run of one letter written once."""
    return "".join(c for c, before in zip(word, " " + word, strict=False) if c != before)
