"""Remedies: what they cut, for whom they are, and in which order."""

from __future__ import annotations

import pytest

from kg import Graph
from kg.explain.engine import Explainer


def explain(view, case):
    return Explainer(view).explain(case)


def by_id(explanation):
    return {r.id.removeprefix("tap:"): r for r in explanation.remedies}


def test_a_remedy_of_a_reported_cause_comes_first(tap, case) -> None:
    explanation = explain(tap, case("kitchen-drip", "hard-water", "limescale"))
    descaling = explanation.remedies[0]
    assert descaling.id == "tap:descaling"
    assert descaling.why == "acts on what is reported: limescale"
    assert descaling.interrupts == (
        "claim:limescale-decreases-tightness",
        "claim:hard-water-causes-limescale",
    )
    assert descaling.acts_on == ("tap:limescale",)
    assert 0 < descaling.score <= 1
    assert descaling.evidence


def test_limits_times_and_people_are_told(tap, case) -> None:
    remedies = by_id(explain(tap, case("kitchen-drip", "limescale", "worn-washer")))
    assert remedies["descaling"].limit == "at most once a year (households)"
    assert remedies["new-washer"].time_to_effect == "a day"


def test_a_kind_of_remedy_takes_over_what_the_general_one_does(tap, case) -> None:
    remedies = by_id(explain(tap, case("kitchen-drip", "worn-washer")))
    assert remedies["new-rubber"].time_to_effect == "a day"
    assert remedies["new-rubber"].interrupts == remedies["new-washer"].interrupts


def test_what_acts_on_something_denied_is_not_offered(tap, case) -> None:
    remedies = by_id(explain(tap, case("kitchen-drip", absent=["limescale"])))
    assert "descaling" not in remedies
    assert "new-washer" in remedies
    assert "new-washer" not in by_id(explain(tap, case("kitchen-drip", absent=["rubber-fault"])))


def test_without_a_reported_cause_the_finding_itself_can_be_acted_on(tap, case) -> None:
    remedies = by_id(explain(tap, case("kitchen-drip")))
    assert {"descaling", "new-washer", "tightening"} <= set(remedies)
    assert remedies["tightening"].chains[0].sign == "-"


def test_professional_care_needs_its_reason(tap, case) -> None:
    assert "pressure-valve" not in by_id(explain(tap, case("rattling")))
    assert "pressure-valve" in by_id(explain(tap, case("rattling", "high-pressure")))
    assert "plumber" not in by_id(explain(tap, case("kitchen-drip")))


def test_what_a_flag_calls_for_comes_first(tap, case) -> None:
    explanation = explain(tap, case("kitchen-drip", "long-drip", "worn-washer"))
    assert [r.id for r in explanation.remedies[:2]] == ["tap:plumber", "tap:new-washer"]
    assert explanation.remedies[0].why == "called for by: lasting drip"


def test_in_an_emergency_nothing_else_is_offered(tap, case) -> None:
    explanation = explain(tap, case("puddle", "wet-socket", "kitchen-drip", "worn-washer"))
    assert [r.id for r in explanation.remedies] == ["tap:electrician"]


def test_remedies_that_together_cut_all_chains(tap, case) -> None:
    explanation = explain(tap, case("kitchen-drip", "worn-washer", "limescale"))
    assert ("tap:descaling", "tap:new-rubber") in [
        tuple(sorted(s)) for s in explanation.remedy_sets
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("I'm pregnant and drink 4 coffees a day. My eyelid twitches.", "4 coffees a day is above"),
        ("I am 14, drink three energy drinks a day and my lid twitches.", "each kilogram"),
        ("I drink 7 coffees a day and my eyelid twitches.", "400 mg"),
    ],
)
def test_the_limit_is_that_of_the_person(graph: Graph, text: str, limit: str) -> None:
    explained = graph.explain(text)
    assert any(limit in (remedy.limit or "") for remedy in explained.remedies)
    assert not any("below the limit" in note for cause in explained.causes for note in cause.notes)


def test_less_than_the_limit_of_a_group_is_said_to_be_less(graph: Graph) -> None:
    causes = graph.explain("I'm pregnant, one coffee a day, and my eyelid twitches.").causes
    assert any("below the limit (200 mg per day)" in note for c in causes for note in c.notes)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("I drink 7 coffees a day and my eyelid twitches.", "pregnant women"),
        ("I am 14 and sleep five hours, my lid twitches.", "healthy adults"),
    ],
)
def test_no_limit_of_other_people_is_told(graph: Graph, text: str, others: str) -> None:
    limits = [remedy.limit for remedy in graph.explain(text).remedies if remedy.limit]
    assert not any(others in limit for limit in limits)
