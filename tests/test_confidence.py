"""Confidence: derived from hedge and sources, and well behaved whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.confidence import (
    CEILING,
    FLOOR,
    Vote,
    combine,
    confidence,
    evidence_confidence,
    pool,
)
from kg.view import Evidence

weights = st.floats(0.0, 1.0)
votes = st.lists(
    st.builds(
        Vote,
        origin=st.sampled_from("abcdef"),
        camp=st.sampled_from(("supports", "refutes")),
        source=st.sampled_from(("one", "two")),
        source_type=st.just("ft:review"),
        weight=weights,
    ),
    max_size=8,
)


def value(hedge: float, items: list[Vote]) -> float:
    return confidence("ft:usual", hedge, items).value


def new(camp: str, weight: float) -> Vote:
    return Vote("another", camp, "three", "ft:trial", weight)  # type: ignore[arg-type]


@given(weights, votes)
def test_stays_strictly_between_nothing_and_certainty(hedge: float, items: list[Vote]) -> None:
    assert 0.0 < FLOOR <= value(hedge, items) <= CEILING < 1.0


@given(weights, votes, weights)
def test_more_independent_support_never_lowers(
    hedge: float, items: list[Vote], weight: float
) -> None:
    assert value(hedge, [*items, new("supports", weight)]) >= value(hedge, items) - 1e-12


@given(weights, votes, weights)
def test_refutation_never_raises(hedge: float, items: list[Vote], weight: float) -> None:
    assert value(hedge, [*items, new("refutes", weight)]) <= value(hedge, items) + 1e-12


@given(weights, votes, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_count(hedge: float, items: list[Vote], random) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert confidence("ft:usual", hedge, shuffled) == confidence("ft:usual", hedge, items)


@given(weights, votes)
def test_the_same_source_twice_counts_once(hedge: float, items: list[Vote]) -> None:
    assert confidence("ft:usual", hedge, items + items) == confidence("ft:usual", hedge, items)


@given(weights, weights, votes)
def test_a_surer_hedge_is_not_less_sure(low: float, high: float, items: list[Vote]) -> None:
    low, high = sorted((low, high))
    assert value(high, items) >= value(low, items) - 1e-12


def test_the_formula_by_hand() -> None:
    result = confidence(
        "ft:usual",
        0.8,
        [
            Vote("lip", "supports", "lip", "ft:health-article", 0.8),
            Vote("nostril", "supports", "nostril", "ft:health-article", 0.8),
            Vote("review", "refutes", "review", "ft:review", 0.9),
        ],
    )
    support = 1 - (1 - 0.64) ** 2
    assert result.support == pytest.approx(support)
    assert result.refutation == pytest.approx(0.9)
    assert result.value == pytest.approx(support * 0.1 / (1 - support * 0.9))
    assert [v.origin for v in result.votes] == ["lip", "nostril", "review"]


def test_no_evidence_is_as_good_as_none() -> None:
    assert value(0.9, []) == FLOOR
    assert combine(0.0, 0.0) == FLOOR
    assert pool([]) == 0.0


@pytest.mark.parametrize("direction", ["ft:supports", "ft:refutes"])
def test_an_inference_of_ours_weighs_less_than_what_a_source_says(
    graph: kg.Graph, direction: str
) -> None:
    view = graph.view
    source = next(s for s in view.sources.values() if s.type == "ft:review")

    def sure(check: str) -> float:
        stated = Evidence("x", "source:other", None, None, "ft:supports", None)
        item = Evidence("y", source.id, None, None, direction, check)
        found = evidence_confidence("ft:usual", [stated, item], view.sources, view.scales)
        return found.support if direction == "ft:supports" else found.refutation

    says, infers = sure("ft:check-2026-11-full"), sure("ft:check-2026-11-full-inference")
    assert says > infers > 0.0
