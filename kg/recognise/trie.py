"""Phrases by their words, laid out for the walk through a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Generic, TypeVar

from kg.recognise.tokens import Token

__all__ = ["END", "Trie"]

END = ""
"""Under this key, which is no word, a branch holds the items that end there."""

_MAX_SKIPPED = 3  # tokens in a row that may stand inside a phrase

Phrase = TypeVar("Phrase")
Item = TypeVar("Item")


class Trie(Generic[Phrase, Item]):
    """A tree of phrases; a branch grows when a text first has the word that it begins with.

    A text has few of the words, so most branches are never needed.

    Args:
        key: what a word counts as, such as its stem.
        laid: the words of a phrase, and the item that stands at their end.

    >>> from kg.recognise.stems import stem
    >>> trie: Trie[str, int] = Trie(stem, lambda phrase: (phrase.split(), len(phrase)))
    >>> trie.add("lip", "lip twitches")
    >>> trie.branch("lip")
    {'twitch': {'': [12]}}
    """

    def __init__(
        self, key: Callable[[str], str], laid: Callable[[Phrase], tuple[Sequence[str], Item]]
    ) -> None:
        self._key = key
        self._laid = laid
        self._phrases: dict[str, list[Phrase]] = {}
        self._branches: dict[str, dict[str, Any]] = {}

    def add(self, first: str, phrase: Phrase) -> None:
        """Enter a phrase by its first word; all are entered before the first walk."""
        self._phrases.setdefault(self._key(first), []).append(phrase)

    def __contains__(self, first: str) -> bool:
        return first in self._phrases

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
        if branch is None and first in self._phrases:
            # In one go for the sake of threads.
            branch = self._branches[first] = self._grown(self._phrases[first])
        return branch

    def _grown(self, phrases: list[Phrase]) -> dict[str, Any]:
        branch: dict[str, Any] = {}
        for words, item in map(self._laid, phrases):
            node = branch
            for word in words[1:]:
                node = node.setdefault(self._key(word), {})
            node.setdefault(END, []).append(item)
        return branch
