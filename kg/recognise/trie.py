"""Phrases by their words, laid out for the walk through a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from kg.recognise.tokens import Token, is_plain

END = ""
"""Under this key, which is no word, a branch holds the items that end there."""

_MAX_SKIPPED = 3  # tokens in a row that may stand inside a phrase

Phrase = TypeVar("Phrase")
Item = TypeVar("Item")
Laid = tuple[str, Iterable[str], Item]


class Trie(Generic[Phrase, Item]):
    """A tree of phrases; a branch grows when a text first has the word that it begins with.

    A text has few of the words, so most phrases are never taken apart.

    Args:
        key: what the first word of a phrase counts as, such as its stem.
        text: the words of a phrase.
        laid: the ways in which a phrase is written, each as its first word, what the words behind
            it count as, and the item that stands at their end.
        left_out: first words that `laid` leaves out.

    >>> from kg.recognise.stems import stem
    >>> trie: Trie[str, int] = Trie(stem, str, lambda text: [("lip", [stem(text[4:])], 1)])
    >>> trie.phrases.append("lip twitches")
    >>> trie.branch("lip")
    {'twitch': {'': [1]}}
    """

    def __init__(
        self,
        key: Callable[[str], str],
        text: Callable[[Phrase], str],
        laid: Callable[[Phrase], Iterable[Laid[Item]]],
        left_out: Collection[str] = (),
    ) -> None:
        self._key = key
        self._text = text
        self._laid = laid
        self._left_out = left_out
        self._branches: dict[str, dict[str, Any]] = {}
        self.phrases: list[Phrase] = []
        """All are entered before the first walk."""

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The numbers of the phrases by what their first words count as; may be kept and set."""
        pieces: dict[str, list[int]] = {}
        for number, phrase in enumerate(self.phrases):
            pieces.setdefault(self._text(phrase).partition(" ")[0], []).append(number)
        found: dict[str, list[int]] = {}
        for piece, numbers in pieces.items():
            if is_plain(piece) and piece not in self._left_out:
                found.setdefault(self._key(piece.lower()), []).extend(numbers)
                continue
            for number in numbers:
                firsts = {self._key(first) for first, _, _ in self._laid(self.phrases[number])}
                for first in firsts:
                    found.setdefault(first, []).append(number)
        return found

    def __contains__(self, first: str) -> bool:
        return first in self.index

    def ends(
        self,
        tokens: Sequence[Token],
        start: int,
        counts_as: Callable[[Token], str],
        skips: Collection[int] = (),
    ) -> Iterator[tuple[int, list[Item]]]:
        """Where phrases end that begin at `start`, with their items, the longest last.

        Up to three tokens in a row at the places `skips` may stand inside a phrase.
        """
        node = self.branch(counts_as(tokens[start])) if start < len(tokens) else None
        place, skipped = start + 1, 0
        while node is not None:
            if END in node and not skipped:
                yield place, node[END]
            below = node.get(counts_as(tokens[place])) if place < len(tokens) else None
            skipped = 0 if below is not None else skipped + 1
            if below is None and (place not in skips or skipped > _MAX_SKIPPED):
                break
            node = node if below is None else below
            place += 1

    def branch(self, first: str) -> dict[str, Any] | None:
        """What follows the first word of phrases, as it counts; None where none begins so."""
        branch = self._branches.get(first)
        if branch is None and first in self.index:
            # In one go for the sake of threads.
            branch = self._branches[first] = self._grown(first)
        return branch

    def _grown(self, first: str) -> dict[str, Any]:
        branch: dict[str, Any] = {}
        for number in sorted(self.index[first]):
            for word, behind, item in self._laid(self.phrases[number]):
                if self._key(word) == first:
                    node = branch
                    for key in behind:
                        node = node.setdefault(key, {})
                    node.setdefault(END, []).append(item)
        return branch
