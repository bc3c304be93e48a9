"""Ways of asking, as the graph lists them: "should I stop …", "how long does it take"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.recognise.tokens import words_of
from kg.view import Cue

__all__ = ["Form", "Forms"]

_GAP = "…"


class Form(NamedTuple):
    """A way of asking: its words in parts, its kind, and what it needs to be about."""

    parts: tuple[tuple[str, ...], ...]
    kind: str
    needs: frozenset[str]


@dataclass(frozen=True)
class Forms:
    """The forms of questions by their first two words, built once."""

    by_start: dict[tuple[str, str], list[Form]] = field(default_factory=dict)
    openers: frozenset[str] = frozenset()

    @classmethod
    def build(cls, cues: Iterable[Cue], openers: Iterable[Cue]) -> Forms:
        """Index the cues of the two categories."""
        book: dict[tuple[str, str], list[Form]] = {}
        for cue in cues:
            parts = tuple(tuple(words_of(part)) for part in cue.text.split(_GAP))
            parts = tuple(p for p in parts if p)
            needs = frozenset(cue.properties.get("ft:cue-needs", "").split())
            form = Form(parts, cue.properties["ft:cue-kind"], needs)
            second = parts[0][1] if len(parts[0]) > 1 else ""
            book.setdefault((parts[0][0], second), []).append(form)
        return cls(book, frozenset(cue.text for cue in openers))

    def at(self, word: str, after: str) -> Iterator[Form]:
        """The forms that may begin with a word that stands before another."""
        yield from self.by_start.get((word, after), ())
        if after:
            yield from self.by_start.get((word, ""), ())
