"""Plain words in sentences that were made of the terms of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.explain.model import Explanation

__all__ = ["LayText", "bare"]

_ARTICLE: Final = re.compile(r"(?:a|an|the) (?=\S)", re.IGNORECASE)


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
        self._titles = {source.title for source in explanation.sources}
        self._words: dict[str, str] = {title.lower(): title for title in self._titles}
        lay = explanation.lay_labels
        for name, label in explanation.labels.items():
            words = lay.get(name, label)
            self._words[label.lower()] = label if "," in words else words
        self._pattern = _any_of(self._words)

    def __call__(self, text: str) -> str:
        """The text with plain words for names."""
        return self._pattern.sub(self._replaced, text) if self._pattern is not None else text

    def _replaced(self, match: re.Match[str]) -> str:
        found = match[0]
        words = self._words[found.lower()]
        if found in self._titles or words.lower() == found.lower():
            return found
        before = match.string[: match.start()]
        # "no twitch", "the doctor" and "a twitch" have their article already.
        if re.search(r"\b(?:a|an|the|no|this|any)\s$", before, re.IGNORECASE):
            words = bare(words)
        return words[:1].upper() + words[1:] if found[:1].isupper() else words


def _any_of(words: Mapping[str, str]) -> re.Pattern[str] | None:
    names = sorted(filter(None, words), key=lambda name: (-len(name), name))
    if not names:
        return None
    choices = "|".join(map(re.escape, names))
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE)
