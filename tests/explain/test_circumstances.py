"""Who somebody is, what they take, what happened and what was measured make signs dangerous."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kg
from kg.explain.engine import Explainer
from kg.recognise.case import Case, Event, Finding, Known, Measure, Medicine, Person

TWITCH = (Finding("ft:facial-muscle-twitching", "present"),)
HERE = (0, 1)


def level(explainer: Explainer, *signs: str, **slots: object) -> str:
    case = Case("", tuple(Finding(f"ft:{s}", "present") for s in signs) or TWITCH)
    return explainer.explain(replace(case, **slots)).urgency.level


def taken(name: str, change: str = "taking", days: float | None = None) -> dict[str, object]:
    return {"medicines": (Medicine(name, f"ft:{name}", change, HERE, days),)}


@pytest.mark.parametrize(
    ("person", "signs", "expected"),
    [
        (Person(band="newborn"), ("facial-muscle-twitching",), "emergency"),
        (Person(age_years=0.05), ("facial-muscle-twitching",), "emergency"),
        (Person(band="infant"), ("muscle-fasciculation",), "prompt"),
        (Person(band="infant"), ("spasm-cluster",), "emergency"),
        (Person(band="child"), ("seizure",), "emergency"),
        (Person(age_years=33.0), ("hemifacial-contraction",), "see-doctor"),
        (Person(age_years=55.0), ("hemifacial-contraction",), "see-doctor"),
        (Person(pregnant=True), ("headache", "swelling"), "emergency"),
        (Person(pregnant=True), ("visual-disturbance",), "emergency"),
        (Person(pregnant=True), ("eyelid-twitching",), "self-care"),
    ],
)
def test_the_same_sign_is_more_urgent_in_some_persons(
    explainer: Explainer, person: Person, signs: tuple[str, ...], expected: str
) -> None:
    assert level(explainer, *signs, person=person) == expected


@pytest.mark.parametrize(
    ("slots", "signs", "expected"),
    [
        (taken("metoclopramide"), ("orofacial-dyskinesia",), "emergency"),
        (taken("metoclopramide", days=400.0), ("orofacial-dyskinesia",), "prompt"),
        (taken("antipsychotic", "started", 3.0), ("dystonic-posture",), "emergency"),
        (taken("antipsychotic", "stopped", 90.0), ("dystonic-posture",), "see-doctor"),
        (taken("antipsychotic"), ("high-temperature", "muscle-stiffness"), "emergency"),
        (taken("lithium"), ("imbalance",), "emergency"),
        (taken("lithium"), ("muscle-fasciculation",), "prompt"),
        (taken("benzodiazepine", "stopped", 3.0), ("tremor",), "prompt"),
        (taken("benzodiazepine", "reduced", 3.0), ("tremor",), "prompt"),
    ],
)
def test_what_is_taken_makes_a_sign_urgent(
    explainer: Explainer, slots: dict[str, object], signs: tuple[str, ...], expected: str
) -> None:
    assert level(explainer, *signs, **slots) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure("ft:blood-calcium", 1.7, "mmol/L", "low", HERE), "emergency"),
        (Measure("ft:blood-calcium", 2.3, "mmol/L", "normal", HERE), "self-care"),
        (Measure("ft:blood-potassium", 6.7, "mmol/L", "high", HERE), "emergency"),
        (Measure("ft:blood-potassium", 5.2, "mmol/L", "high", HERE), "see-doctor"),
        (Measure("ft:blood-potassium", 1.9, "mmol/L", "low", HERE, 900.0), "self-care"),
        (Measure("ft:blood-sodium", 115.0, "mmol/L", "low", HERE), "emergency"),
        (Measure("ft:blood-sugar", 50.0, "mg/dL", "normal", HERE), "emergency"),
        (Measure("ft:blood-sugar", 50.0, "mmol/L", "high", HERE), "emergency"),
    ],
)
def test_a_measured_value_is_judged_in_its_unit(
    explainer: Explainer, measure: Measure, expected: str
) -> None:
    assert level(explainer, measures=(measure,)) == expected


def test_a_knock_on_the_head_counts_while_it_is_recent(explainer: Explainer) -> None:
    def after(days: float | None, site: str | None) -> str:
        events = (Event("ft:injury", HERE, site, days),)
        return level(explainer, "vomiting", events=events)

    assert after(1.0, "ft:head") == after(None, "ft:head") == "emergency"
    assert after(400.0, "ft:head") == after(1.0, "ft:arm") == after(1.0, None) == "self-care"


def test_an_illness_that_is_known_counts_and_one_that_is_over_does_not(
    explainer: Explainer,
) -> None:
    def known(status: str) -> str:
        return level(explainer, known=(Known("ft:multiple-sclerosis", status, HERE),))

    assert known("named") == known("suspected") == "see-doctor"
    assert known("past") == "self-care"


def test_drinking_that_was_given_up_lately_makes_shaking_an_emergency(
    explainer: Explainer,
) -> None:
    def after(days: float | None) -> str:
        given_up = Finding("ft:alcohol", "absent", reason="stopped", duration_days=days)
        shaking = Finding("ft:tremor", "present")
        return explainer.explain(Case("", (shaking, given_up))).urgency.level

    assert after(3.0) == after(None) == "emergency"
    assert after(900.0) == "self-care"


def test_an_answer_names_the_circumstance_and_who_says_so(explainer: Explainer) -> None:
    case = Case("", (Finding("ft:imbalance", "present"),), **taken("lithium"))
    (raised,) = [f for f in explainer.explain(case).urgency.because if f.level == "emergency"]
    assert raised.findings == ("ft:imbalance", "ft:lithium")
    assert {item.source for item in raised.evidence} >= {"source:nhs-ggc-lithium"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My face has dropped on one side.", "emergency"),
        ("My left leg suddenly gave way.", "emergency"),
        ("One side of my body is numb.", "emergency"),
        ("One pupil is bigger than the other and my eyelid droops.", "emergency"),
        ("I have a fever and a stiff neck and my face twitches.", "emergency"),
        ("He has a rash that doesn't fade.", "emergency"),
        ("My jaw is locked shut.", "emergency"),
        ("She is hard to wake.", "emergency"),
        ("I hit my head and now I keep vomiting.", "emergency"),
        ("He was bitten by a snake.", "emergency"),
        ("She drank antifreeze.", "emergency"),
        ("My eyelid twitches and tingles.", "see-doctor"),
        ("My cheek twitches and my face hurts.", "see-doctor"),
    ],
)
def test_one_sign_is_enough_where_it_is_dangerous_alone(
    graph: kg.Graph, text: str, expected: str
) -> None:
    assert graph.explain(text).urgency.level == expected


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (("ft:cheek",), "prompt"),
        ((None,), "prompt"),
        (("ft:leg",), "see-doctor"),
        (("ft:leg", None), "see-doctor"),
        (("ft:leg", "ft:cheek"), "prompt"),
    ],
)
def test_what_is_meant_of_the_face_is_not_said_of_a_leg(
    explainer: Explainer, sites: tuple[str | None, ...], expected: str
) -> None:
    rippling = [Finding("ft:muscle-rippling", "present", site=site) for site in sites]
    case = Case("", (*rippling, Finding("ft:continuous-movement", "present")))
    assert explainer.explain(case).urgency.level == expected
