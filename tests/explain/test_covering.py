"""Covering sets against brute force."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.explain.covering import irredundant_covers, smallest_covers, smallest_sets

masks = st.lists(st.integers(0, 31), max_size=8)


def union(masks: list[int], members: tuple[int, ...]) -> int:
    covered = 0
    for index in members:
        covered |= masks[index]
    return covered


def brute_force(masks: list[int], universe: int) -> list[tuple[int, ...]]:
    covers = [
        members
        for size in range(1, len(masks) + 1)
        for members in combinations(range(len(masks)), size)
        if universe & ~union(masks, members) == 0
    ]
    return [c for c in covers if not any(set(o) < set(c) for o in covers)]


@given(masks, st.integers(1, 31))
@example([3, 3, 4, 3], 7)  # the same thing explained more than once
@example([0, 7, 0], 7)  # hypotheses that explain nothing
@example([1, 2], 7)  # something that nothing explains
@example([24, 25, 1], 1)  # hypotheses that explain more than was observed
def test_irredundant_covers_are_complete(masks: list[int], universe: int) -> None:
    assert irredundant_covers(masks, universe) == brute_force(masks, universe)


@given(masks, st.integers(1, 31))
@example([3, 3, 4, 3], 7)
@example([0, 7, 0], 7)
@example([1, 2], 7)
@example([24, 25, 1], 1)
def test_smallest_covers_are_complete(masks: list[int], universe: int) -> None:
    every = brute_force(masks, universe)
    fewest = min(map(len, every), default=0)
    assert smallest_covers(masks, universe) == [c for c in every if len(c) == fewest]


@given(masks, st.integers(1, 4))
def test_the_likeliest_sets_are_kept(masks: list[int], most: int) -> None:
    wanted = list("abcde")
    explains = {
        f"h{i}": frozenset(w for n, w in enumerate(wanted) if mask >> n & 1)
        for i, mask in enumerate(masks)
    }
    cost = {name: (i * 7 % 5) / 2 for i, name in enumerate(explains)}.__getitem__
    sets, unexplained = smallest_sets(explains, wanted, cost, most)
    covered = set().union(*explains.values())
    assert unexplained == [w for w in wanted if w not in covered]
    universe = sum(1 << n for n, w in enumerate(wanted) if w in covered)
    every = brute_force(masks, universe) if universe else []
    fewest = min(map(len, every), default=0)
    expected = sorted(sum(cost(f"h{i}") for i in c) for c in every if len(c) == fewest)[:most]
    assert [sum(map(cost, members)) for members in sets] == expected


@given(st.lists(st.integers(0, 4095), min_size=20, max_size=40), st.integers(1, 4095))
def test_the_smallest_covers_are_the_first_of_the_irredundant_ones(
    masks: list[int], universe: int
) -> None:
    found = smallest_covers(masks, universe)
    fewest = len(found[0]) if found else None
    every = irredundant_covers(masks, universe, fewest)
    assert found == [c for c in every if len(c) == fewest]
    assert len(found) == len(every)


def test_a_hundred_candidates_with_many_ways_to_cover() -> None:
    masks = [1 << i % 10 | 1 << (i * 7 + 3) % 10 for i in range(100)]
    covers = smallest_covers(masks, 1023)
    # Each mask is an edge between an even and an odd place: a cover is a perfect matching.
    assert {len(cover) for cover in covers} == {5}
    assert len(covers) == len(set(covers)) == len(irredundant_covers(masks, 1023, 5))
    assert all(union(masks, cover) == 1023 for cover in covers)


def test_nothing_to_explain() -> None:
    assert smallest_covers([1, 2], 0) == []
    assert smallest_sets({"a": frozenset("x")}, [], len) == ([], [])
