"""Labelled texts: what a careful nurse would have written down, one JSON object a line.

Each object has `text`, `present`, `absent`, `triggers`, `medicines`, `known`, `events`, `asked` and
`not_reported` (lists of items with a `quote` from the text and the accepted `ids`), `person`,
`in_scope`, `urgency`, `urgency_accept` and `conditions`. The older form, in which findings are
plain names without quotes, is turned into the same.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import kg
from kg.errors import KgError

__all__ = ["Item", "Label", "Span", "content_words", "overlap", "places_of", "read_labels"]

Span = tuple[int, int]

_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\w))+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset(
    """a about after again all also am an and any anyone are as at be because been before being
    both but by can could did do does doing done for from get gets getting go goes going got
    had has have having he hello her hers hi him his how i i'd i'll i'm i've if im in into is
    it it's its ive just like me more most my no not now of off on once one only or other our
    out over own please really same she she's so some still such than thank thanks that that's
    the their them then there these they this those through to too u under until up very was we
    were what when where which while who whom why will with would you your""".split()  # noqa: SIM905
)
LEVELS = frozenset({"self-care", "see-doctor", "prompt", "emergency"})
LISTS = ("present", "absent", "triggers", "medicines", "known", "events", "asked", "not_reported")


@dataclass(frozen=True)
class Item:
    """One labelled thing: where its quote stands, its sentences, the accepted ids, the rest."""

    quote: str
    ids: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[Span, ...]
    more: dict[str, Any]


@dataclass(frozen=True)
class Label:
    """One labelled text."""

    data: dict[str, Any]

    @property
    def text(self) -> str:
        """What the person wrote."""
        return str(self.data["text"])

    @property
    def id(self) -> str:
        """The name of the text."""
        return str(self.data.get("id", "?"))

    @cached_property
    def items(self) -> dict[str, list[Item]]:
        """The labelled things by list."""
        return {name: [self._item(i) for i in self.data.get(name) or ()] for name in LISTS}

    def _item(self, data: dict[str, Any]) -> Item:
        quote = str(data.get("quote") or "")
        spans = tuple(places_of(quote, self.text))
        pieces = [m.span() for m in _SENTENCE.finditer(self.text)]
        around = tuple(p for p in pieces if any(overlap(p, s) for s in spans))
        return Item(quote, tuple(data.get("ids") or ()), spans, around, data)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The levels of urgency that a careful nurse would accept."""
        wanted = (self.data["urgency"], *(self.data.get("urgency_accept") or ()))
        return tuple(dict.fromkeys(wanted))


def overlap(one: Span | None, other: Span) -> bool:
    """True when two stretches of text share a letter; nothing overlaps None."""
    return one is not None and one[0] < other[1] and other[0] < one[1]


def places_of(quote: str, text: str) -> Iterator[Span]:
    """Everywhere that a quote stands in a text as whole words; else everywhere that it stands."""
    if not quote:
        return
    whole = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
    found = [m.span() for m in whole.finditer(text)]
    yield from found or (m.span() for m in re.finditer(re.escape(quote), text))


def content_words(text: str) -> list[Span]:
    """Where the words stand that say something: neither small words nor single letters."""
    return [
        m.span()
        for m in _WORD.finditer(text)
        if len(m[0]) > 1 and m[0].lower().replace("’", "'") not in _SMALL
    ]


def read_labels(path: Path, graph: kg.Graph) -> list[Label]:
    """The labelled texts of a file; one that is packed (``.gz``) no search prints by mistake.

    Raises:
        SystemExit: a line is no labelled text; only its number is told.
    """
    found = []
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            old = "question" in data
            found.append(label := Label(_adapted(data, graph) if old else data))
            fit = LEVELS.issuperset(label.accepted) or not data.get("in_scope", True)
            if not label.text.strip() or not fit:
                raise KeyError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SystemExit(f"{path}, line {number}: no labelled text") from None
    return found


def _adapted(data: dict[str, Any], graph: kg.Graph) -> dict[str, Any]:
    """An object of the older form: plain names, and one place, side and time for all of them."""

    def ids(names: Sequence[str]) -> list[str]:
        found = []
        for name in names:
            try:
                found.append(graph.resolve(name))
            except KgError:
                continue
        return found

    present: list[dict[str, Any]] = [{"quote": "", "ids": [i]} for i in ids(data["present"])]
    if present:
        present[0] |= {name: data.get(name) for name in ("side", "duration_days")}
        present[0]["site"] = ids(data.get("site") or ())
    return {
        "id": data["id"],
        "text": data["text"],
        "present": present,
        "absent": [{"quote": "", "ids": [i]} for i in ids(data["absent"])],
        "triggers": [{"quote": "", "ids": [i]} for i in ids(data["triggers"])],
        "in_scope": data.get("in_scope", True),
        "urgency": data["urgency"],
        "urgency_accept": data["urgency_accept"],
        "conditions": ids(data["conditions"]),
    }
