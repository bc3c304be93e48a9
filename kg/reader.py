"""Reads the answers of a store: compact names, and values grouped by thing and property."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.prefixes import default_prefixes
from kg.resources import queries_dir
from kg.store.protocol import Store
from kg.terms import IRI, Literal, Term

# The values of one property of one thing, as the store gives them.
Values = Mapping[str, list[Term]]


class Reader:
    """Puts the queries of `queries/engine/` to one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._short: dict[str, str] = {}
        self._prefixes = {namespace: name for name, namespace in default_prefixes().items()}

    def rows(self, name: str) -> tuple[tuple[Term | None, ...], ...]:
        """The rows that the store answers to a query of the engine."""
        return self._store.select(_query(name)).rows

    def name(self, term: Term | None) -> str:
        """The compact IRI of a term, or the text of a literal."""
        if not isinstance(term, IRI):
            return text_of(term)
        short = self._short.get(term)
        if short is None:
            start, slash, local = term.rpartition("/")
            prefix = self._prefixes.get(start + slash)
            # Nearly all names end after their namespace in letters and hyphens.
            if prefix is not None and local.replace("-", "").isalnum():
                short = f"{prefix}:{local}"
            else:
                short = default_prefixes().compact(term)
            self._short[term] = short
        return short

    def grouped(self, query: str) -> dict[str, dict[str, list[Term]]]:
        """The rows (thing, property, value) of a query by thing and property."""
        grouped: dict[str, dict[str, list[Term]]] = {}
        name = self.name
        for thing, prop, value in self.rows(query):
            if value is not None:
                grouped.setdefault(name(thing), {}).setdefault(name(prop), []).append(value)
        return grouped

    def one(self, values: Values, prop: str) -> str | None:
        """The value of a property as text: English words before others, then the first."""
        found = values.get(prop)
        if not found:
            return None
        if len(found) == 1:
            return self.name(found[0])
        return min((_foreign(term), self.name(term)) for term in found)[1]

    def number(self, values: Values, prop: str) -> float | None:
        """The value of a property as a number; None where there is none, or it is no number."""
        text = self.one(values, prop)
        try:
            return float(text) if text is not None else None
        except ValueError:
            return None


@cache
def _query(name: str) -> str:
    return (queries_dir() / "engine" / f"{name}.rq").read_text(encoding="utf-8")


def text_of(term: Term | None) -> str:
    """The words of a literal, the address of an IRI; nothing for nothing."""
    if term is None:
        return ""
    return term.value if isinstance(term, Literal) else str(term)


def from_name(thing: str) -> str:
    """A label made of the local name, for things without one.

    >>> from_name("ft:lack-of-sleep")
    'lack of sleep'
    """
    return thing.rpartition(":")[2].replace("-", " ")


def _foreign(term: Term) -> int:
    """0 for English, 1 for words without a language, 2 for words in another one."""
    lang = term.lang if isinstance(term, Literal) else None
    return 1 if lang is None else 0 if lang.partition("-")[0] == "en" else 2
