"""The answer as a table: every statement with who says so, and sums that add up."""

from __future__ import annotations

import csv
import io
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.engine import Explainer
from kg.explain.rows import PARTS
from kg.explain.table import COLUMNS

from .conftest import QUANTITIES, TAP, TAP_KINDS, make_case, make_view

EXPLAINER = Explainer(make_view(TAP_KINDS, TAP, quantities=QUANTITIES))
NAMES = ["dripping", "kitchen-drip", "puddle", "wet-socket", "leak", "rattling", "worn-washer"]
cases = st.tuples(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
)


@given(cases)
def test_the_weights_of_a_condition_add_up_to_its_score(told) -> None:
    present, absent = told
    explanation = EXPLAINER.explain(make_case(*present, absent=absent))
    rows = [r for r in explanation.to_records() if r["decibans"] is not None]
    once = {(r["id"], r["finding"]): r for r in rows}
    for name, group in groupby(once.values(), key=lambda r: r["id"]):
        weighed = list(group)
        total = sum(float(r["decibans"]) for r in weighed)  # type: ignore[arg-type]
        assert total == pytest.approx(weighed[0]["score"], abs=1e-4), name


@given(cases)
def test_every_row_of_a_claim_says_who_says_so(told) -> None:
    present, absent = told
    explanation = EXPLAINER.explain(make_case(*present, absent=absent))
    for row in explanation.to_records():
        assert row["part"] in PARTS
        if row["claim"] is not None:
            assert row["statement"]
            assert row["source"]
            assert row["locator"]
            assert row["direction"] in ("supports", "refutes")
            assert 0.0 <= float(row["confidence"]) <= 1.0  # type: ignore[arg-type]


def test_all_that_is_told_has_its_rows(tap, case) -> None:
    explanation = Explainer(tap).explain(case("kitchen-drip", "worn-washer", "puddle"))
    rows = explanation.to_records()
    told = {(r["part"], r["id"]) for r in rows}
    assert {("cause", c.id) for c in explanation.causes if c.chains} <= told
    assert {("condition", c.id) for c in explanation.conditions} <= told
    assert {("remedy", r.id) for r in explanation.remedies} <= told
    assert {("location", s.id) for s in explanation.location.structures if s.claims} <= told
    assert {("warning-sign", f.id) for f in explanation.urgency.watch_for} <= told
    steps = {(r["part"], r["id"], r["chain"], r["step"], r["claim"]) for r in rows}
    for cause in explanation.causes:
        for number, chain in enumerate(cause.chains, 1):
            for place, step in enumerate(chain.steps, 1):
                assert ("cause", cause.id, number, place, step.claim) in steps


def test_a_contested_claim_has_a_row_for_each_side(tap, case) -> None:
    rows = Explainer(tap).explain(case("puddle", "worn-washer")).to_records()
    contested = [r for r in rows if r["claim"] == "claim:worn-washer-causes-puddle"]
    assert {(r["direction"], r["source"]) for r in contested} == {
        ("supports", "source:blog"),
        ("refutes", "source:paper"),
    }


def test_the_table_can_be_written_and_read_again(tap, case) -> None:
    table = Explainer(tap).explain(case("kitchen-drip", "worn-washer")).to_table()
    assert table.columns == tuple(COLUMNS)
    read = list(csv.reader(io.StringIO(table.to_csv())))
    assert tuple(read[0]) == table.columns
    assert len(read) == len(table) + 1
    assert len(table.to_pandas()) == len(table)
