"""The names of one explanation in the words of a level, wherever they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, get_args

from kg.errors import BadInput, printable
from kg.explain.model import Explanation
from kg.explain.phrasing import Phrasing, bare
from kg.explain.wording import listed
from kg.view import View

Level = Literal["plain", "clinical"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
_NOTHING: Final = View("", {}, {}, {}, {}, {}, {}, {}, {})
_ARTICLE_BEFORE: Final = re.compile(r"\b(?:a|an|the|no|this|any)\s$", re.IGNORECASE)


def percent(share: float) -> str:
    """A share as a whole number of percent; never quite nothing, never quite all.

    >>> [percent(share) for share in (0.004, 0.81, 0.9999)]
    ['less than 1 %', '81 %', 'more than 99 %']
    """
    if share < 0.01:
        return "less than 1 %"
    return "more than 99 %" if share > 0.99 else f"{share * 100:.0f} %"


def level_of(name: str) -> Level:
    """The level of that name.

    Raises:
        BadInput: there is none.

    >>> level_of("clinical")
    'clinical'
    """
    for level in LEVELS:
        if level == name:
            return level
    raise BadInput(f'no level "{printable(name)}": use {" or ".join(LEVELS)}')


class Words(Phrasing):
    """Plain words with the term beside them at the level ``plain``, the terms at ``clinical``.

    In texts longer names go first, so that no part of a name is replaced, and the titles of
    sources stay as they are. Plain words that hold a comma would break an enumeration.
    """

    def __init__(self, explanation: Explanation, level: Level = "plain") -> None:
        super().__init__(explanation.view or _NOTHING, clinical=level == "clinical")
        self._told = explanation
        self._lay = {title.lower(): title for title in (s.title for s in explanation.sources)}
        for name, label in explanation.labels.items():
            words = explanation.lay_labels.get(name, label)
            self._lay.setdefault(label.lower(), label if "," in words else words)
        names = "|".join(map(re.escape, sorted(self._lay, key=lambda n: (-len(n), n))))
        self._names = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)

    def term(self, concept: str) -> str:
        """The term for a concept."""
        return self._told.labels.get(concept, concept.rpartition(":")[2].replace("-", " "))

    def lay(self, concept: str) -> str | None:
        """The plain words for a concept, where it has some."""
        return self._told.lay_labels.get(concept)

    def names(self, concepts: Iterable[str], last: str = "and") -> str:
        """Several entries as an enumeration."""
        return listed([self.entry(concept) for concept in concepts], last)

    def text(self, text: str) -> str:
        """A text with its names in the words of the level."""
        return text if self.clinical else self._names.sub(self._plain, text)

    def _plain(self, found: re.Match[str]) -> str:
        words = self._lay.get(found[0].lower(), found[0])
        # "no twitch", "the doctor" and "a twitch" have their article already.
        if _ARTICLE_BEFORE.search(found.string[max(0, found.start() - 6) : found.start()]):
            words = bare(words)
        if words.lower() == found[0].lower():
            return found[0]
        return words[:1].upper() + words[1:] if found[0][:1].isupper() else words
