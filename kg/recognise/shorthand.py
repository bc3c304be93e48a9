"""Abbreviations and the turns of learners, written out before anything else is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, tokenise
from kg.view import Cue

_BESIDE = 3  # words to either side where one must stand next to it
_NEAR = 8  # words to either side that tell which of its meanings an abbreviation has


class _Meaning(NamedTuple):
    written: str
    words: tuple[str, ...]
    beside: frozenset[str]
    reach: int


class Shorthand:
    """Knows what abbreviations and turns stand for.

    One with capitals counts only as it is written. Of several meanings that one holds whose words
    stand near; where none does, the one that needs no words, else none.

    >>> cue = Cue("ft:x", "OU", "ft:shorthand", None, {"ft:cue-value": "both eyes"})
    >>> [t.norm for t in Shorthand([cue]).written_out("twitch OU", tokenise("twitch OU"))]
    ['twitch', 'both', 'eyes']
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._known: dict[str, list[tuple[tuple[str, ...], _Meaning]]] = {}
        for cue in cues:
            value, beside = cue.properties["ft:cue-value"], cue.properties.get("ft:cue-beside", "")
            key = tuple(token.norm for token in tokenise(cue.text))
            near = frozenset(word.lower() for word in beside.split())
            reach = _BESIDE if cue.properties.get("ft:cue-span") == "next" else _NEAR
            meaning = _Meaning(cue.text, tuple(value.split()), near, reach)
            self._known.setdefault(key[0], []).append((key, meaning))

    def written_out(self, text: str, tokens: list[Token]) -> list[Token]:
        """The tokens with the words that abbreviations stand for; they share its letters."""
        if self._known.keys().isdisjoint(token.norm for token in tokens):
            return tokens
        shouted, place = text.isupper(), 0
        norms = tuple(token.norm for token in tokens)
        found: list[Token] = []
        while place < len(tokens):
            end, meaning = self._meant(text, tokens, norms, place, shouted)
            if meaning is None:
                found.append(tokens[place])
            else:
                found += _spread(tokens[place].start, tokens[end - 1].end, meaning.words)
            place = end
        return found

    def _meant(
        self, text: str, tokens: list[Token], norms: tuple[str, ...], place: int, shouted: bool
    ) -> tuple[int, _Meaning | None]:
        """Where the longest abbreviation that begins here ends, and what it stands for."""
        best: tuple[int, _Meaning | None] = (place + 1, None)
        worth = (0, 0)
        for key, meaning in self._known.get(norms[place], ()):
            end = place + len(key)
            if norms[place:end] != key:
                continue
            if text[tokens[end - 1].end :][:1].isalpha():
                continue  # no "no can" in "no cannot"
            written, own = text[tokens[place].start : tokens[end - 1].end], meaning.written
            if written != own and not (own.islower() and written.lower() == own):
                continue
            reach = meaning.reach
            around = (*norms[max(0, place - reach) : place], *norms[end : end + reach])
            hits = len(meaning.beside.intersection(around))
            if (meaning.beside or (shouted and not own.islower())) and not hits:
                continue
            if (len(key), hits + 1) > worth:
                best, worth = (end, meaning), (len(key), hits + 1)
        return best


def _spread(start: int, end: int, words: tuple[str, ...]) -> Iterator[Token]:
    """Words in place of a piece of text, each over its share of the letters."""
    cuts = [start + (end - start) * number // len(words) for number in range(len(words) + 1)]
    for word, first, last in zip(words, cuts, cuts[1:], strict=False):
        yield Token(first, max(last, first + 1), word, stem(word), "word")
