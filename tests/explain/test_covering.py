"""Covering sets against brute force."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.explain.covering import smallest_covers, smallest_sets

masks = st.lists(st.integers(0, 31), max_size=8)


def union(masks: list[int], members: tuple[int, ...]) -> int:
    covered = 0
    for index in members:
        covered |= masks[index]
    return covered


def brute_force(masks: list[int], universe: int) -> list[tuple[int, ...]]:
    """The covers with the fewest members, found by trying all of one size after the other."""
    if universe & ~union(masks, tuple(range(len(masks)))):
        return []  # not even all of them together are one
    tried: list[tuple[tuple[int, ...], int]] = [((), 0)]  # and what each of them covers
    for _ in masks:
        tried = [
            ((*members, index), covered | masks[index])
            for members, covered in tried
            for index in range(members[-1] + 1 if members else 0, len(masks))
        ]
        covers = [members for members, covered in tried if universe & ~covered == 0]
        if covers:
            return covers
    return []


@given(masks, st.integers(1, 31))
@example([3, 3, 4, 3], 7)  # the same thing explained more than once
@example([0, 7, 0], 7)  # hypotheses that explain nothing
@example([1, 2], 7)  # something that nothing explains
@example([24, 25, 1], 1)  # hypotheses that explain more than was observed
def test_smallest_covers_are_complete(masks: list[int], universe: int) -> None:
    assert smallest_covers(masks, universe) == brute_force(masks, universe)


@given(st.lists(st.integers(0, 4095), min_size=15, max_size=25), st.integers(1, 4095))
def test_smallest_covers_of_many_hypotheses_are_complete(masks: list[int], universe: int) -> None:
    assert smallest_covers(masks, universe) == brute_force(masks, universe)


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
    expected = sorted(sum(cost(f"h{i}") for i in c) for c in every)[:most]
    assert [sum(map(cost, members)) for members in sets] == expected


def test_many_candidates_with_many_ways_to_cover() -> None:
    masks = [1 << i % 10 | 1 << (i * 7 + 3) % 10 for i in range(40)]
    covers = smallest_covers(masks, 1023)
    # Each mask is an edge, and a cover a choice of edges that meets each place once: two rings of
    # four places and a double edge can be chosen from in two ways each, and each edge is there
    # four times.
    assert len(covers) == len(set(covers)) == 2**3 * 4**5
    assert {len(cover) for cover in covers} == {5}
    assert all(union(masks, cover) == 1023 for cover in covers)


def test_nothing_to_explain() -> None:
    assert smallest_covers([1, 2], 0) == []
    assert smallest_sets({"a": frozenset("x")}, [], len) == ([], [])
