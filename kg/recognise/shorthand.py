"""Abbreviations and the turns of learners, written out before anything else is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
    closes: bool


def short_cues(cues: Mapping[str, Sequence[Cue]]) -> list[Cue]:
    """The abbreviations of clinicians, and the turns of speech and of learners, by category."""
    return [
        cue for kind in ("shorthand", "turn-of-speech", "learner") for cue in cues.get(kind, ())
    ]


def starts_of(cues: Iterable[Cue]) -> dict[str, list[int]]:
    """The places of the abbreviations that begin with a word, by that word: slow, so it is kept."""
    starts: dict[str, list[int]] = {}
    for place, cue in enumerate(cues):
        starts.setdefault(tokenise(cue.text)[0].norm, []).append(place)
    return starts


class Shorthand:
    """Knows what abbreviations and turns stand for.

    One with capitals counts only as it is written. Of several meanings that one holds whose words
    stand near; where none does, the one that needs no words, else none. One that `closes` counts
    only behind a break or one of its words, at the end of the text or of a line.

    >>> cue = Cue("ft:x", "OU", "ft:shorthand", None, {"ft:cue-value": "both eyes"})
    >>> [t.norm for t in Shorthand([cue]).written_out("twitch OU", tokenise("twitch OU"))]
    ['twitch', 'both', 'eyes']
    """

    def __init__(
        self, cues: Sequence[Cue], starts: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self._cues, self._starts = cues, starts_of(cues) if starts is None else starts
        self._known: dict[str, list[tuple[tuple[str, ...], _Meaning]]] = {}

    def _beginning(self, word: str) -> list[tuple[tuple[str, ...], _Meaning]]:
        """The abbreviations that begin with a word, each with its words and what it means."""
        if word not in self._known and word in self._starts:
            self._known[word] = [_meaning(self._cues[i]) for i in self._starts[word]]
        return self._known.get(word, [])

    def written_out(self, text: str, tokens: list[Token]) -> list[Token]:
        """The tokens with the words that abbreviations stand for; they share its letters."""
        if all(token.norm not in self._starts for token in tokens):
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
        for key, meaning in self._beginning(norms[place]):
            end = place + len(key)
            if norms[place:end] != key:
                continue
            if text[tokens[end - 1].end :][:1].isalpha():
                continue  # no "no can" in "no cannot"
            written, own = text[tokens[place].start : tokens[end - 1].end], meaning.written
            if written != own and not (own.islower() and written.lower() == own):
                continue
            if meaning.closes and not _is_close(text, tokens, place, end, meaning.beside):
                continue
            reach = meaning.reach
            around = (*norms[max(0, place - reach) : place], *norms[end : end + reach])
            hits = len(meaning.beside.intersection(around))
            if (meaning.beside or (shouted and not own.islower())) and not hits:
                continue
            if (len(key), hits + 1) > worth:
                best, worth = (end, meaning), (len(key), hits + 1)
        return best


def _is_close(text: str, tokens: list[Token], place: int, end: int, beside: Set[str]) -> bool:
    """Whether words close a text or a line, as "TIA" does: thanks that no question mark follows."""
    before = tokens[place - 1] if place else None
    if before is None or (before.kind != "mark" and before.norm not in beside):
        return False
    line = text[tokens[end - 1].end :].split("\n", 1)[0]
    return "?" not in line and not any(map(str.isalnum, line))


def _meaning(cue: Cue) -> tuple[tuple[str, ...], _Meaning]:
    value, beside = cue.properties["ft:cue-value"], cue.properties.get("ft:cue-beside", "")
    near = frozenset(word.lower() for word in beside.split())
    reach = _BESIDE if cue.properties.get("ft:cue-span") == "next" else _NEAR
    key = tuple(token.norm for token in tokenise(cue.text))
    closes = cue.properties.get("ft:cue-span") == "close"
    return key, _Meaning(cue.text, tuple(value.split()), near, reach, closes)


def _spread(start: int, end: int, words: tuple[str, ...]) -> Iterator[Token]:
    """Words in place of a piece of text, each over its share of the letters."""
    cuts = [start + (end - start) * number // len(words) for number in range(len(words) + 1)]
    for word, first, last in zip(words, cuts, cuts[1:], strict=False):
        yield Token(first, max(last, first + 1), word, stem(word), "word")
