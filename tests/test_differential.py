"""The whole differential, from described cases to the answer; the scorecard tells the figures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import kg

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from scorecard import CASES, LEVELS, OUT_OF_SCOPE, Scorecard, calibration, read_cases

ROWS = read_cases(CASES)


@pytest.fixture(scope="module")
def card(graph: kg.Graph) -> Scorecard:
    return Scorecard(graph).run(ROWS)


def test_the_cases_span_the_differential() -> None:
    inside = [row for row in ROWS if row["conditions"] != OUT_OF_SCOPE]
    conditions = {name for row in inside for name in row["conditions"].split("; ") if name}
    assert len(inside) >= 60
    assert len(conditions) >= 27
    assert sum(row["urgency"] == "emergency" for row in inside) >= 12
    assert len(ROWS) - len(inside) >= 10
    assert all(row["source"] for row in ROWS)


def test_no_case_is_under_triaged(card: Scorecard) -> None:
    assert card.under == []


def test_few_cases_are_over_triaged(card: Scorecard) -> None:
    judged = sum(sum(line.values()) for line in card.matrix.values())
    assert len(card.over) <= judged / 10


def test_what_is_out_of_scope_is_said_to_be(card: Scorecard) -> None:
    assert set(card.scope) == {"right"}


def test_the_expected_condition_is_among_the_first(card: Scorecard) -> None:
    reached = [place for place in card.places if place is not None]
    assert sum(place <= 3 for place in reached) / len(card.places) >= 0.8
    assert sum(1 / place for place in reached) / len(card.places) >= 0.7


def test_the_probabilities_are_fair(card: Scorecard) -> None:
    assert calibration(card.bets)["expected_calibration_error"] <= 0.2


def test_every_expected_name_is_in_the_graph(card: Scorecard) -> None:
    assert sorted(card.unknown) == []


def test_calibration_of_a_perfect_and_of_a_vain_forecaster() -> None:
    assert calibration([(1.0, True), (0.0, False)])["brier"] == 0
    vain = calibration([(1.0, False)] * 4)
    assert (vain["brier"], vain["expected_calibration_error"]) == (1, 1)


def test_the_levels_are_those_of_the_graph(graph: kg.Graph) -> None:
    known = [s for s in graph.view.scales.values() if s.kind == "ft:UrgencyLevel"]
    assert [s.id for s in sorted(known, key=lambda s: s.rank or 0)] == [f"ft:{n}" for n in LEVELS]
