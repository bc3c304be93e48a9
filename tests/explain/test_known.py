"""What is known already, treated or given up is what an answer is built on."""

from __future__ import annotations

import pytest

import kg


def _likely(graph: kg.Graph, text: str) -> list[str]:
    return [f"{told.lead} {told.text}" for told in graph.explain(text).summary.likely]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I have multiple sclerosis and my cheek has been rippling since Monday", "sclerosis"),
        ("The surgeon told me of an acoustic neuroma, now my cheek twitches", "hearing nerve"),
        ("I gave up sertraline a week ago and now I feel dizzy and my eyelid jumps", "withdrawal"),
        ("Botox in the forehead last week, and now my left eyelid droops", "botulinum toxin"),
    ],
)
def test_what_is_told_of_is_the_first_explanation(graph: kg.Graph, text: str, first: str) -> None:
    likely = _likely(graph, text)
    assert first in likely[0]
    assert not any("harmless" in told for told in likely)


def test_a_spasm_of_one_half_is_not_told_of_both_sides(graph: kg.Graph) -> None:
    told = _likely(graph, "Both sides of my face twitch now and then, for three months")
    assert not any("one half" in each for each in told)


def test_nobody_with_a_palsy_is_asked_whether_the_face_is_weak(graph: kg.Graph) -> None:
    summary = graph.explain("I have Bell's palsy, in its third week, and my cheek twitches").summary
    assert not any("face weak" in told.text for told in summary.ask)


def test_a_known_weakness_leaves_trouble_swallowing_a_warning(graph: kg.Graph) -> None:
    summary = graph.explain("I have myasthenia gravis and my eyelid droops in the evening").summary
    told = " ".join(each.text for each in (*summary.ask, *summary.signs))
    assert "swallow" in told


def test_a_droop_right_after_something_was_injected_there_is_no_stroke(graph: kg.Graph) -> None:
    after = graph.explain("Filler in my upper lip yesterday, today my mouth droops on one side")
    assert after.urgency.level == "prompt"
    elsewhere = graph.explain("An injection in my knee yesterday, today my face droops")
    assert elsewhere.urgency.level == "emergency"
    sudden = graph.explain("Filler in my lip yesterday; suddenly my face droops and my arm is weak")
    assert sudden.urgency.level == "emergency"


def test_a_clinician_is_answered_in_terms(graph: kg.Graph) -> None:
    note = "54F, L HFS x 2y, c/o lid twitching, on BTX-A. O/E nil else. Next step?"
    assert graph.explain(note).summary.level == "clinical"
    assert graph.explain("I have a twitching eyelid").summary.level == "plain"


def test_a_teenager_gets_no_advice_on_alcohol(graph: kg.Graph) -> None:
    answer = str(graph.explain("I'm 15 and my eyelid twitches. What can I do?"))
    assert "alcohol" not in answer


def test_despair_is_answered_warmly(graph: kg.Graph) -> None:
    summary = graph.explain("I do not want to live with this twitch. Would botox help?").summary
    assert "you matter" in summary.answers[0].text
    assert "alone" in " ".join(told.text for told in summary.verdict)
