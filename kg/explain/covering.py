"""Covering sets: the smallest groups of hypotheses that together explain all that was observed.

Parsimonious covering theory (Peng and Reggia, *Abductive Inference Models for Diagnostic
Problem-Solving*, 1990): a cover is minimal when no cover has fewer members. Sets of observations
are bit masks; the search branches on the observation with the fewest explanations, and is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product


def smallest_covers(masks: Sequence[int], universe: int) -> list[tuple[int, ...]]:
    """All covers with the fewest members.

    Args:
        masks: what each hypothesis explains, as a bit mask.
        universe: what is to be explained, as a bit mask.

    Returns:
        The covers as sorted tuples of indices into `masks`, sorted; empty when there is none.

    >>> smallest_covers([0b01, 0b10, 0b11, 0b11], 0b11)
    [(2,), (3,)]
    """
    equal: dict[int, list[int]] = {}
    for index, mask in enumerate(masks):
        if mask & universe:
            equal.setdefault(mask & universe, []).append(index)
    covers = _Smallest(list(equal), universe).covers()
    return sorted(
        tuple(sorted(members))
        for cover in covers
        for members in product(*(equal[mask] for mask in cover))
    )


class _Smallest:
    """The search for the covers with the fewest members, each mask being there once.

    How many members a rest needs is worked out once for each rest, and a branch that needs too
    many is never entered.
    """

    def __init__(self, masks: Sequence[int], universe: int) -> None:
        self._universe = universe
        self._bits = [1 << n for n in range(universe.bit_length()) if universe >> n & 1]
        self._by_bit = {bit: [m for m in masks if m & bit] for bit in self._bits}
        # For a bound, what another mask holds as well can be left out.
        widest = [m for m in masks if not any(m != o and m & ~o == 0 for o in masks)]
        self._widest = {bit: [m for m in widest if m & bit] for bit in self._bits}
        self._rarest = sorted(self._bits, key=lambda bit: (len(self._widest[bit]), bit))
        self._largest = max((m.bit_count() for m in masks), default=0)
        self._known: dict[tuple[int, int], bool] = {}

    def covers(self) -> list[tuple[int, ...]]:
        """The covers as tuples of masks; none when something cannot be covered."""
        if not self._universe or not all(self._by_bit.values()):
            return []
        size = next(n for n in range(1, len(self._bits) + 1) if self._enough(self._universe, n))
        return list(self._branch((), self._universe, size, frozenset()))

    def _enough(self, rest: int, members: int) -> bool:
        """True when the rest can be covered with that many members."""
        if not rest:
            return True
        if rest.bit_count() > members * self._largest:
            return False
        key = rest, members
        found = self._known.get(key)
        if found is None:
            options = self._widest[next(bit for bit in self._rarest if rest & bit)]
            found = any(self._enough(rest & ~mask, members - 1) for mask in options)
            self._known[key] = found
        return found

    def _branch(
        self, chosen: tuple[int, ...], rest: int, left: int, barred: frozenset[int]
    ) -> Iterator[tuple[int, ...]]:
        if not rest:
            yield chosen
            return
        options = min(
            ([m for m in self._by_bit[bit] if m not in barred] for bit in self._bits if rest & bit),
            key=len,
        )
        for mask in options:
            if self._enough(rest & ~mask, left - 1):
                yield from self._branch((*chosen, mask), rest & ~mask, left - 1, barred)
            # Covers that hold this option are all found here, so the next ones do without it.
            barred |= {mask}


def smallest_sets(
    explains: Mapping[str, frozenset[str]],
    wanted: Sequence[str],
    cost: Callable[[str], float],
    most: int = 10,
) -> tuple[list[tuple[str, ...]], list[str]]:
    """The smallest sets of hypotheses that explain what can be explained, the likeliest first.

    Args:
        explains: what each hypothesis explains.
        wanted: what is to be explained.
        cost: of a hypothesis, smaller for a likelier one; a set costs the sum.
        most: how many sets to return at most; those with the lowest cost are.

    Returns:
        The sets, and what no hypothesis explains.

    >>> smallest_sets({"a": frozenset("x"), "b": frozenset("xy")}, ["x", "y", "z"], len)
    ([('b',)], ['z'])
    """
    bit = {name: 1 << index for index, name in enumerate(wanted)}
    groups: dict[int, list[str]] = {}
    for name in sorted(explains, key=lambda n: (cost(n), n)):
        mask = sum(bit[w] for w in explains[name] if w in bit)
        if mask:
            groups.setdefault(mask, []).append(name)
    universe = 0
    for mask in groups:
        universe |= mask
    masks = list(groups)
    sets = {
        tuple(sorted(members, key=lambda n: (cost(n), n)))
        for cover in smallest_covers(masks, universe)
        for members in _cheapest([groups[masks[index]] for index in cover], most)
    }
    ranked = sorted(sets, key=lambda s: (len(s), sum(cost(name) for name in s), s))
    return ranked[:most], [name for name in wanted if not universe & bit[name]]


def _cheapest(groups: Sequence[Sequence[str]], most: int) -> Iterator[tuple[str, ...]]:
    """One member of each group, sorted cheapest first, where it may be among the `most` cheapest.

    With the members at places i, j, … there are (i + 1)(j + 1)… choices that cost no more.
    """
    if not groups:
        yield ()
        return
    for place, name in enumerate(groups[0][:most]):
        for rest in _cheapest(groups[1:], most // (place + 1)):
            yield (name, *rest)
