"""The concepts that a question names: every name, its words in any order and inflection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, vocabulary, words_of
from kg.view import Concept

_SHORTEST_TYPO = 5  # letters; below that too many words are one edit apart
_HIDDEN, _OTHER = 2, 3  # ranks of names that nobody is shown, and that only questions use
_LONG = 8  # letters from which two edits are allowed


class Named(NamedTuple):
    """A concept that tokens `start` to `end` (exclusive) name; rank 0 is a preferred label."""

    start: int
    end: int
    concept: str
    rank: int


class Names:
    """The names of concepts by the stem of their first word.

    Args:
        concepts: those that can be asked about.
        others: further names, each with the concept that it means.
        small: words that count for nothing in a name, and between its words in any order.
        same: words to the words that they stand for ("tumor" for "tumour").
    """

    def __init__(
        self,
        concepts: Iterable[Concept],
        others: Iterable[tuple[str, str]],
        small: frozenset[str],
        same: Mapping[str, str],
    ) -> None:
        self._small = small
        self._same = {stem(word): stem(other) for word, other in same.items()}
        self._laid: dict[str, frozenset[str]] = {}
        self._choices: dict[frozenset[str], list[str]] = {}  # of words, by those that are no names
        self._by_first: dict[str, list[tuple[str, int, str]]] = {}
        for concept in concepts:
            for rank, name in concept.ranked_names():
                self._enter(name, rank, concept.id)
        for name, meant in others:
            self._enter(name, _OTHER, meant)

    def _enter(self, name: str, rank: int, concept: str) -> None:
        # Most names begin with a plain word, and need not be taken apart before a question has it.
        first = name.partition(" ")[0].lower()
        if first in self._small or not first.isalpha():
            words = words_of(name)
            first = next(filter(self._counts, words), words[0])
        self._by_first.setdefault(stem(first), []).append((name, rank, concept))

    def find(
        self, tokens: Sequence[Token], loose: Sequence[bool], asking: Iterable[range] = ()
    ) -> list[Named]:
        """What a question names; a name whose words are all in a longer one is left out.

        Not where the rest of the longer one asks by itself, at one of these places: "side effects
        of botox" names botox as well.
        """
        stems = [self.stems_of(token) for token in tokens]
        there = frozenset().union(*stems)
        found: dict[tuple[int, int, str], int] = {}
        for first in there:
            for name, rank, concept in self._by_first.get(first, ()):
                words = self._words(name)
                if words <= there:
                    for start, end, free in self._spans(name, words, tokens, stems, loose):
                        if rank == _HIDDEN and not free:
                            continue  # "recovered from a palsy" is no "palsy recovers"
                        key = (start, end, concept)
                        found[key] = min(rank, found.get(key, rank))
        spans: dict[int, set[int]] = {}  # where names end, by where they begin
        for start, end, _ in found:
            spans.setdefault(start, set()).add(end)
        longest = max((end - start for start, end, _ in found), default=0)
        asked: dict[int, list[range]] = {}  # by where they begin
        for places in asking:
            asked.setdefault(places.start, []).append(places)

        def asks_alone(start: int, end: int, rank: int) -> bool:
            """Whether words with which one asks only happen to be a name that nobody is shown."""
            return rank >= _HIDDEN and any(end <= p.stop for p in asked.get(start, ()))

        def inside(start: int, end: int) -> bool:
            """Whether a longer name holds the words, and does not ask by the rest of them."""
            for s in range(max(0, end - longest), start + 1):
                for e in spans.get(s, ()):
                    if end <= e and (s, e) != (start, end) and not asks(start, end, s, e):
                        return True
            return False

        def asks(start: int, end: int, s: int, e: int) -> bool:
            rest = {i for i in (*range(s, start), *range(end, e)) if not loose[i]}
            small = {i for i in rest if tokens[i].norm in self._small}
            told = rest - small
            within = (p for place in range(s, e) for p in asked.get(place, ()) if p.stop <= e)
            return rest > small and any(told.issubset(p) for p in within)

        return sorted(
            (
                Named(start, end, concept, rank)
                for (start, end, concept), rank in found.items()
                if not asks_alone(start, end, rank) and not inside(start, end)
            ),
            key=lambda n: (n.start, n.end, n.rank, n.concept),
        )

    def stems_of(self, token: Token) -> frozenset[str]:
        """What a word of a question counts as in a name."""
        other = self._same.get(token.stem)
        return frozenset((token.stem,) if other is None else (token.stem, other))

    def _spans(
        self,
        name: str,
        words: frozenset[str],
        tokens: Sequence[Token],
        stems: Sequence[frozenset[str]],
        loose: Sequence[bool],
    ) -> Iterator[tuple[int, int, bool]]:
        """Where a name stands, and whether in order: over loose words, else over small ones."""
        ordered = [stem(w) for w in words_of(name) if stem(w) in words]
        for start, first in enumerate(stems):
            if not first & words:
                continue
            left, place, free = list(ordered), start, True
            while left and place < len(stems):
                here = stems[place] & set(left)
                if here:
                    free = free and left[0] in here
                    left = [w for w in left if w not in here]
                elif not (loose[place] if free else tokens[place].norm in self._small):
                    break
                place += 1
            between = (tokens[i].norm for i in range(start, place) if not stems[i] & words)
            if not left and (free or all(w in self._small for w in between)):
                yield start, place, free

    def _words(self, name: str) -> frozenset[str]:
        known = self._laid.get(name)
        if known is None:
            known = self._laid[name] = self._content(name)
        return known

    def _content(self, name: str) -> frozenset[str]:
        words = [w for w in words_of(name) if self._counts(w)]
        return frozenset(map(stem, words or words_of(name)))

    def _counts(self, word: str) -> bool:
        return word not in self._small and any(map(str.isalnum, word))

    # -- typos

    @cached_property
    def known(self) -> frozenset[str]:
        """All words of all names."""
        return vocabulary(name for names in self._by_first.values() for name, _, _ in names)

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.known))

    def corrected(self, token: Token, others: frozenset[str]) -> str | None:
        """The word that a misspelt one stands for; None for a known one, or where none is near.

        Args:
            token: the word.
            others: words that are no typos, and may be meant as well.
        """
        word = token.norm
        if token.kind != "word" or len(word) < _SHORTEST_TYPO or word in others:
            return None
        if token.stem in self._known_stems or token.stem in self._same:
            return None
        # Loaded with the first unknown word: most questions have none.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < _LONG else 2
        if others not in self._choices:
            every = sorted(w for w in self.known | others if len(w) >= _SHORTEST_TYPO)
            self._choices[others] = every
        near = process.extract(
            word,
            self._choices[others],
            scorer=OSA.distance,
            score_cutoff=most,
            limit=None,
        )
        fitting = sorted((distance, w) for w, distance, _ in near if w[0] in word[:2])
        return fitting[0][1] if fitting else None
