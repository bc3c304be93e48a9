"""Why one candidate ranks above another: the parts add up, and what is told is true."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.explain.engine import Explainer

FINDINGS = ("leak", "dripping", "kitchen-drip", "puddle", "wet-socket", "rattling", "long-drip")
CAUSES = ("worn-washer", "hard-water", "limescale", "high-pressure")
TEXT = "My eyelid twitches, one side of my face jerks, no weakness, after three espressos"


@pytest.fixture(scope="module")
def explainer(tap) -> Explainer:
    return Explainer(tap)


def position(entries, name: str) -> int:
    return [entry.id for entry in entries].index(name)


@given(
    st.lists(st.sampled_from(FINDINGS), unique=True, min_size=1), st.sets(st.sampled_from(FINDINGS))
)
def test_the_differences_of_conditions_add_up(explainer, case, present, absent) -> None:
    told = case(*present, absent=sorted(absent - set(present)))
    scores = {c.id: c.score for c in explainer.explain(told).conditions}
    for first, second in permutations(scores, 2):
        contrast = explainer.why(told, first, second)
        parts = contrast.base + sum(d.difference for d in contrast.differences)
        assert parts == pytest.approx(scores[first] - scores[second], abs=1e-9)
        assert contrast.difference == pytest.approx(parts, abs=1e-9)
        assert contrast.holds == (scores[first] > scores[second])


@given(
    st.lists(st.sampled_from(FINDINGS), unique=True, min_size=1),
    st.lists(st.sampled_from(CAUSES), unique=True),
)
def test_the_differences_of_causes_add_up(explainer, case, findings, reported) -> None:
    told = case(*findings, *reported)
    causes = explainer.explain(told).causes
    for first, second in permutations([c.id for c in causes], 2):
        contrast = explainer.why(told, first, second)
        parts = contrast.base + sum(d.difference for d in contrast.differences)
        assert contrast.difference == pytest.approx(parts, abs=1e-9)
        assert contrast.holds == (position(causes, first) < position(causes, second))


def test_the_greatest_difference_comes_first(explainer, case) -> None:
    told = case("dripping", "puddle", absent=["rattling"])
    contrast = explainer.why(told, "tap:old-tap", "tap:burst-pipe")
    sizes = [abs(d.difference) for d in contrast.differences]
    assert sizes == sorted(sizes, reverse=True)
    assert {d.id for d in contrast.differences} == {"tap:dripping", "tap:puddle", "tap:rattling"}
    (puddle,) = [d for d in contrast.differences if d.id == "tap:puddle"]
    assert (puddle.first, puddle.status) == (None, "present")
    assert puddle.claims == ("claim:burst-pipe-has-finding-puddle",)
    assert puddle.evidence


def test_what_only_one_explains_is_told_with_its_chain(explainer, case) -> None:
    contrast = explainer.why(case("dripping", "puddle"), "tap:old-tap", "tap:burst-pipe")
    assert [chain.end for chain in contrast.only_first] == ["tap:dripping"]
    assert [chain.end for chain in contrast.only_second] == ["tap:puddle"]


def test_an_answer_moves_the_difference_as_foretold(explainer, case) -> None:
    told = case("dripping")
    contrast = explainer.why(told, "tap:old-tap", "tap:burst-pipe")
    assert contrast.separators
    for separator in contrast.separators:
        finding = separator.id.removeprefix("tap:")
        for after, shift in (
            (case("dripping", finding), separator.if_present),
            (case("dripping", absent=[finding]), separator.if_absent),
        ):
            moved = explainer.why(after, "tap:old-tap", "tap:burst-pipe")
            assert moved.difference == pytest.approx(contrast.difference + shift)


def test_a_reported_cause_goes_before_a_stronger_one(explainer, case) -> None:
    told = case("dripping", "hard-water")
    contrast = explainer.why(told, "tap:hard-water", "tap:worn-washer")
    assert contrast.holds
    assert contrast.difference < 0
    assert any("was reported" in note for note in contrast.notes)
    assert [s.id for s in contrast.separators] == ["tap:worn-washer"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("tap:old-tap", "tap:old-tap", "compared with itself"),
        ("tap:old-tap", "tap:worn-washer", "name two causes or two conditions"),
        ("tap:worn-washer", "tap:old-tap", "name two causes or two conditions"),
        ("tap:kitchen", "tap:old-tap", "neither a cause nor a condition"),
        ("tap:old-tap", "tap:hard-water", "was denied"),
    ],
)
def test_what_cannot_be_compared_is_refused(explainer, case, first, second, message) -> None:
    with pytest.raises(BadInput, match=message):
        explainer.why(case("dripping", "worn-washer", absent=["hard-water"]), first, second)


def test_nothing_reported_is_nothing_to_compare(explainer, case) -> None:
    with pytest.raises(BadInput, match="nothing is reported"):
        explainer.why(case(absent=["dripping"]), "tap:old-tap", "tap:burst-pipe")


def test_a_contrast_of_the_graph_cites_its_claims(graph) -> None:
    contrast = graph.why("hemifacial spasm", rather_than="benign twitch", text=TEXT)
    told = json.loads(json.dumps(contrast.to_dict()))
    parts = told["base"] + sum(d["difference"] for d in told["differences"])
    assert parts == pytest.approx(told["difference"], abs=1e-9)
    claims = {claim for d in told["differences"] for claim in d["claims"]}
    assert claims
    assert claims <= graph.view.claims.keys()
    cited = {item["source"] for d in told["differences"] for item in d["evidence"]}
    assert cited <= {source["id"] for source in told["sources"]}


def test_what_is_not_true_is_said_first(graph) -> None:
    right = graph.why("benign twitch", rather_than="stroke", text="My nostril twitches")
    wrong = graph.why("stroke", rather_than="benign twitch", text="My nostril twitches")
    assert right.to_markdown().startswith("**Yes: idiopathic fasciculation ranks above stroke.**")
    assert wrong.to_markdown().startswith("**No: idiopathic fasciculation ranks above stroke.**")
    assert wrong.difference == pytest.approx(-right.difference)


def test_a_condition_is_compared_with_something_else(graph) -> None:
    contrast = graph.why("benign twitch", rather_than="something else", text="My nostril twitches")
    assert contrast.kind == "conditions"
    assert all(d.second is None for d in contrast.differences)
