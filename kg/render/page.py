"""A page of text between what is said and how it looks: sections of lines made of spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.errors import printable

Style = Literal["plain", "strong", "cite", "quiet"]
Kind = Literal["paragraph", "bullet", "numbered", "source", "code"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: words of one style.

    `step` is set in a chain: the number of the step that the piece tells, from 0, and its sign.
    """

    text: str
    style: Style = "plain"
    step: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, a bullet, an entry of a numbered list with its number, or a line to copy.

    A ``source`` is such an entry that is kept to one line where lines count: title, then address.

    `share` is what the item weighs, from 0 to 1, where its words tell that too.
    """

    kind: Kind
    spans: tuple[Span, ...]
    number: int = 0
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a title; the first section of a page has none.

    `urgency` is the level of a section that tells how soon care is needed.
    """

    title: str | None
    items: tuple[Item, ...]
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that is told, in the order in which it matters."""

    sections: tuple[Section, ...]


def safe(text: str) -> str:
    r"""Put foreign text on one line, every control and format character escaped.

    >>> safe("one\n two \x1b[31m")
    'one two \\x1b[31m'
    """
    return printable(" ".join(text.split()), limit=max(1, len(text)))


def strong(text: str) -> Span:
    """Words that stand out."""
    return Span(text, "strong")


def quiet(text: str) -> Span:
    """Words that stand back."""
    return Span(text, "quiet")


def cite(text: str) -> Span:
    """Numbers of sources; may be empty."""
    return Span(text, "cite")


def paragraph(*parts: str | Span) -> Item:
    """Make a paragraph."""
    return Item("paragraph", _spans(parts))


def code(text: str) -> Item:
    """Make a line that is to be copied as it stands: it is never broken."""
    return Item("code", (Span(text),))


def bullet(*parts: str | Span) -> Item:
    """Make a bullet."""
    return Item("bullet", _spans(parts))


def urgent(caution: str | None) -> tuple[Item, ...]:
    """How soon care is needed, before anything else; nothing where nothing calls for it."""
    return () if caution is None else (paragraph(strong(caution)),)


def _spans(parts: Sequence[str | Span]) -> tuple[Span, ...]:
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)
