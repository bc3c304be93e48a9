"""A warning that is told as old waits for an appointment; what may be new never does."""

from __future__ import annotations

import pytest

import kg

OLD = (
    "I had a stroke six years ago and my speech is slurred, the neighbours have long got used to "
    "it and so have I. My eyelid also twitches when work gets busy, has anybody here found "
    "something that helps against that?"
)
NEW = [
    "Since this morning my speech is far worse.",
    "The slurred speech started suddenly an hour ago.",
    "Now my right arm has suddenly gone weak as well.",
    "This morning I found my wife on the floor and she could not answer me or tell me who I am, "
    "her eyes looked past me. Do I ring 999?",
]


def test_a_warning_that_is_told_as_old_waits_for_an_appointment(graph: kg.Graph) -> None:
    answer = graph.explain(OLD)
    assert answer.urgency.level == "see-doctor"
    eased = {flag.id: flag.eased_from for flag in answer.urgency.because if flag.eased_from}
    assert eased["ft:unexplained-slurred-speech"] == "emergency"
    told = " ".join(str(answer).split())
    assert "if any of it is new, came suddenly or gets worse, call the emergency number" in told
    flag = next(f for f in answer.to_dict()["urgency"]["because"] if f["eased_from"])
    assert flag["level"] == "see-doctor"


@pytest.mark.parametrize("more", NEW)
@pytest.mark.parametrize("first", [True, False])
def test_what_may_be_new_is_never_eased(graph: kg.Graph, more: str, first: bool) -> None:
    answer = graph.explain(f"{more} {OLD}" if first else f"{OLD} {more}")
    assert answer.urgency.level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "My speech is slurred.",  # too short to have a way of telling
        OLD.replace("I had a stroke six years ago and", "I like my job at the school and"),
        OLD.replace("I had a stroke six years ago and my", "My daughter is five and her"),
        OLD.replace("six years ago", "two days ago"),
    ],
)
def test_nothing_is_eased_that_nothing_tells_to_be_old(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "emergency"


def test_an_eased_warning_flips_when_it_is_new(graph: kg.Graph) -> None:
    flipped = graph.explain(OLD, findings=["ft:sudden-onset"])
    assert flipped.urgency.level == "emergency"
