"""Plain words in sentences that were made of the terms of the field."""

from __future__ import annotations

import re
from typing import Final

from kg.explain.model import Explanation

__all__ = ["LayText", "bare"]

_WORD: Final = re.compile(r"[\w-]+")
_ARTICLE: Final = re.compile(r"(?:a|an|the) (?=\S)", re.IGNORECASE)
_ARTICLE_BEFORE: Final = re.compile(r"\b(?:a|an|the|no|this|any)\s$", re.IGNORECASE)


def bare(name: str) -> str:
    """The name without the article that it begins with.

    >>> bare("a stray signal"), bare("the brain"), bare("another")
    ('stray signal', 'brain', 'another')
    """
    return _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name


class LayText:
    """Puts the names of one explanation into plain words wherever they stand in a text.

    Longer names go first, so that no part of a name is replaced; the titles of sources stay as
    they are. Plain words that hold a comma would break an enumeration and are left out.
    """

    def __init__(self, explanation: Explanation) -> None:
        lay = explanation.lay_labels
        self._titles = {source.title for source in explanation.sources}
        self._words: dict[str, str] = {title.lower(): title for title in self._titles}
        for name, label in explanation.labels.items():
            words = lay.get(name, label)
            self._words[label.lower()] = label if "," in words else words
        # By their first word, the longest first: few names begin with the same one.
        self._names: dict[str, list[tuple[int, str]]] = {}
        for known in sorted(self._words, key=lambda name: (-len(name), name)):
            first = _WORD.search(known)
            if first is not None:
                self._names.setdefault(first[0], []).append((first.start(), known))

    def __call__(self, text: str) -> str:
        """The text with plain words for names."""
        lower = text.lower()
        if len(lower) != len(text):  # some capitals of foreign scripts become two letters
            return text
        pieces: list[str] = []
        done = 0
        for word in _WORD.finditer(lower):
            found = self._found(lower, word) if word.start() >= done else None
            if found is not None:
                start, end = found
                pieces += [text[done:start], self._plain(text, start, end)]
                done = end
        return "".join([*pieces, text[done:]])

    def _found(self, text: str, word: re.Match[str]) -> tuple[int, int] | None:
        """Where the longest name stands whose first word this is."""
        for offset, name in self._names.get(word[0], ()):
            start = word.start() - offset
            end = start + len(name)
            whole = name[-1:].isalnum() is False or not _WORD.match(text, end)
            if start >= 0 and whole and text.startswith(name, start):
                return start, end
        return None

    def _plain(self, text: str, start: int, end: int) -> str:
        found = text[start:end]
        words = self._words[found.lower()]
        if found in self._titles or words.lower() == found.lower():
            return found
        # "no twitch", "the doctor" and "a twitch" have their article already.
        if _ARTICLE_BEFORE.search(text[max(0, start - 6) : start]):
            words = bare(words)
        return words[:1].upper() + words[1:] if found[:1].isupper() else words
