"""A compiled view as tables that can be kept, and back; what few need is made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, repeat
from types import MappingProxyType
from typing import Any, Final, TypeVar

from kg.view import (
    Claim,
    Concept,
    Cue,
    Evidence,
    Match,
    Passage,
    Quantity,
    Relation,
    ScaleItem,
    Source,
    View,
)

_Row = TypeVar("_Row", bound=tuple[Any, ...])
_EVIDENCE: Final = Claim._fields.index("evidence")
_TABLES: Final[Mapping[str, Any]] = {
    "relations": Relation,
    "sources": Source,
    "passages": Passage,
    "scales": ScaleItem,
    "quantities": Quantity,
}


def encoded(view: View) -> dict[str, Any]:
    """A view as rows of lists, to be kept."""
    tables = (*_TABLES, "concepts", "claims")
    return {
        "version": view.version,
        **{name: list(getattr(view, name).values()) for name in tables},
        "cues": {name: [*map(_written, groupby(c, _wordless))] for name, c in view.cues.items()},
        "implications": view.implications,
        "opposites": view.opposites,
        "class_labels": view.class_labels,
        "terms": view.terms,
    }


def decoded(data: dict[str, Any]) -> View:
    """The view that was kept.

    Raises:
        ValueError, TypeError, KeyError: it is not as it was written.
    """
    return View(
        version=data["version"],
        concepts=_table(map(_concept, data["concepts"])),
        claims=_table(map(_claim, data["claims"])),
        cues=_Cues(data["cues"]),
        implications=tuple((one, other) for one, other in data["implications"]),
        opposites=tuple((one, other) for one, other in data["opposites"]),
        class_labels=None if (c := data["class_labels"]) is None else MappingProxyType(c),
        terms=MappingProxyType(
            {term: tuple(map(Match._make, found)) for term, found in data["terms"].items()}
        ),
        **{name: _table(map(_made(kind), data[name])) for name, kind in _TABLES.items()},
    )


def _concept(row: list[Any]) -> Concept:
    identity, iri, label, definition, kinds, roles, alternative, hidden, *rest = row
    names = tuple(alternative), tuple(hidden)
    return Concept(identity, iri, label, definition, tuple(kinds), frozenset(roles), *names, *rest)


def _claim(row: list[Any]) -> Claim:
    row[_EVIDENCE] = tuple(map(_made(Evidence), row[_EVIDENCE]))
    return tuple.__new__(Claim, row)


def _made(kind: type[_Row]) -> Callable[[Iterable[Any]], _Row]:
    """What makes a named tuple of its fields; twice as fast as its own `_make`."""
    return partial(tuple.__new__, kind)


def _wordless(cue: Cue) -> tuple[str, str, str | None, Mapping[str, str]]:
    """What all cues of one resource share."""
    return cue.id, cue.category, cue.reach, cue.properties


def _written(same: tuple[tuple[Any, ...], Iterator[Cue]]) -> tuple[Any, ...]:
    """The cues of one resource as they are kept: what they share once, then their texts."""
    return (*same[0], [cue.text for cue in same[1]])


class _Cues(Mapping[str, Sequence[Cue]]):
    """The cues by category, made when a category is first asked for: most texts are short."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept
        self._made: dict[str, Sequence[Cue]] = {}

    def __getitem__(self, name: str) -> Sequence[Cue]:
        if name not in self._made:
            rows = (_cues(*row) for row in self._kept[name])
            self._made[name] = tuple(chain.from_iterable(rows))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _cues(
    identity: str, category: str, reach: str | None, properties: Any, texts: list[str]
) -> Iterator[Cue]:
    told = zip(
        *(repeat(identity), texts, repeat(category), repeat(reach)),
        repeat(MappingProxyType(properties)),
        strict=False,
    )
    return map(_made(Cue), told)


def _table(items: Any) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})
