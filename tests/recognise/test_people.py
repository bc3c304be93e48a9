"""Whose a finding is: the writer's, a child's that they have, or one that runs in a family."""

from __future__ import annotations

import pytest

import kg

NEWBORN = "ft:newborn-affected"
FAMILY = "ft:family-history-of-same-movement"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I have a newborn so sleep is a joke and my eye twitches.", "self-care"),
        ("34f, with a newborn at home. My lip twitches.", "self-care"),
        ("I have a newborn, her arm keeps jerking.", "prompt"),
        ("A newborn is affected. There is jerking.", "prompt"),
    ],
)
def test_a_newborn_that_somebody_has_is_ill_only_where_it_is_said(
    graph: kg.Graph, text: str, level: str
) -> None:
    assert graph.explain(text).urgency.level == level


def test_who_was_a_child_once_is_none_now(graph: kg.Graph) -> None:
    told = graph.explain("My chin has quivered since I was a kid, my mum has it as well.")
    assert told.case.person.band is None
    assert "ft:childhood-onset" in told.case.present()


@pytest.mark.parametrize(
    "text",
    [
        "My lid twitches, my mum has it too.",
        "My lid twitches, it runs in the family.",
        "My lid twitches and my two brothers both have the same.",
        "My lid twitches. I got it from my dad.",
        "My lid twitches, grandma did that as well.",
    ],
)
def test_what_the_family_has_too_is_told_of_the_person(graph: kg.Graph, text: str) -> None:
    present = graph.explain(text).case.present()
    assert {FAMILY, "ft:eyelid-twitching"} <= set(present)


def test_an_illness_of_the_family_is_not_the_persons(graph: kg.Graph) -> None:
    case = graph.explain("My lid twitches. Stroke runs in my family.").case
    assert not case.known
    assert graph.explain("My mum had a stroke and my lid twitches.").urgency.level == "self-care"


def test_a_thing_inside_the_name_of_a_habit_bears_no_sign(graph):
    case = graph.read("Less screen time, lid twitching for 2 months.")
    assert "ft:eyelid-twitching" in case.present()
