"""The chains that are told for a cause, a condition or a remedy, chosen among all its chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kg.explain.chains import ChainFinder
from kg.explain.model import Chain
from kg.explain.signed import MINUS, PLUS, UNKNOWN

_RAISING: Final = 4
_LOWERING: Final = 2
# A chain of unknown sign may as well lower as raise the finding.
_UNKNOWN_SIGN: Final = 0.5
# How many choices are kept; they depend on the view alone.
_KEPT: Final = 5_000

_Key = tuple[str, tuple[str, ...], frozenset[str], int]


def strength(chains: Iterable[Chain]) -> float:
    """How strongly the chains speak for their start: their noisy-or, unknown signs halved."""
    return 1.0 - doubt(chains)


def doubt(chains: Iterable[Chain]) -> float:
    """What the chains leave open: the product of one minus their confidences."""
    left = 1.0
    for chain in chains:
        left *= 1.0 - chain.confidence * (_UNKNOWN_SIGN if chain.sign == "?" else 1.0)
    return left


class Stories:
    """Chooses the chains to tell; `avoid` holds what no chain may pass between its ends."""

    def __init__(self, finder: ChainFinder) -> None:
        self.finder = finder
        self._kept: dict[_Key, tuple[tuple[Chain, ...], float]] = {}

    def raising(
        self, start: str, effects: tuple[str, ...], avoid: frozenset[str]
    ) -> tuple[tuple[Chain, ...], float]:
        """The best chains that raise the effects, and their strength.

        Mechanisms come first, then one direct statement for each effect. Chains of unknown sign
        are told only where there is no mechanism of known sign.
        """
        return self._remembered((start, effects, avoid, PLUS), self._raising)

    def lowering(
        self, start: str, effects: tuple[str, ...], avoid: frozenset[str]
    ) -> tuple[tuple[Chain, ...], float]:
        """The best chains that lower the effects, mechanisms first, and their strength."""
        return self._remembered((start, effects, avoid, MINUS), self._lowering)

    def _remembered(
        self, key: _Key, choose: Callable[[str, tuple[str, ...], frozenset[str]], list[Chain]]
    ) -> tuple[tuple[Chain, ...], float]:
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            chains = tuple(choose(*key[:3]))
            known = self._kept[key] = (chains, strength(chains))
        return known

    def _raising(self, start: str, effects: tuple[str, ...], avoid: frozenset[str]) -> list[Chain]:
        chains = self._all(start, effects, PLUS, _RAISING, avoid)
        through = _best([c for c in chains if not c.direct], _RAISING)
        direct = _best([c for c in chains if c.direct], 1)
        if through:
            return [*through, *direct]
        unknown = self._all(start, effects, UNKNOWN, _RAISING, avoid)
        return [*direct, *_best([c for c in unknown if not c.direct or not direct], _RAISING)]

    def _lowering(self, start: str, effects: tuple[str, ...], avoid: frozenset[str]) -> list[Chain]:
        return _ranked(self._all(start, effects, MINUS, _LOWERING, avoid))[:_LOWERING]

    def _all(
        self, start: str, effects: tuple[str, ...], sign: int, k: int, avoid: frozenset[str]
    ) -> list[Chain]:
        targets = [e for e in effects if e != start]
        return [c for t in targets for c in self.finder.chains(start, t, sign, k, avoid)]


def _ranked(chains: list[Chain]) -> list[Chain]:
    return sorted(chains, key=lambda c: (c.direct, -c.confidence, [s.claim for s in c.steps]))


def _best(chains: list[Chain], count: int) -> list[Chain]:
    """The most confident chains, at least one for every effect that has one."""
    ranked = _ranked(chains)
    first: dict[str, int] = {}
    for place, chain in enumerate(ranked):
        first.setdefault(chain.end, place)
    kept = set(first.values())
    for place in range(len(ranked)):
        if len(kept) >= count:
            break
        kept.add(place)
    return [ranked[place] for place in sorted(kept)]
