"""What readers of real posts found told that should not be, each kind ended as a whole."""

from __future__ import annotations

import re

import pytest

import kg
from kg.explain.heard import HEARD
from kg.explain.summary import OUTSIDE

# What asks for less than the level does, in the clause that is said first.
SOFTER = {
    "ft:emergency": re.compile(r"\b(today|tomorrow|within days|this week|routine|seen soon)\b"),
    "ft:prompt": re.compile(r"doctor (within days|this week)|next visit|routine"),
}
NO_QUESTIONS = (
    "My lid twitches after Cipro, which may cost me the whole weekend.",
    "My lid twitches, so says my aunt, who had the cuff on me this morning.",
    "I blink and sniff all day since I was five. Why can't I just stop?",
)
QUESTIONS = (
    "My lid twitches, which doctor should I go to",
    "My lid twitches, who should I see about it",
    "My lid twitches on citalopram. Why can't I just stop it?",
)


def told(answer: kg.Explanation) -> str:
    return " ".join(str(answer).split())


def understood(answer: kg.Explanation) -> str:
    return answer.summary.understood[0].text


def test_what_only_stands_in_the_story_is_neither_understood_nor_treated(graph: kg.Graph) -> None:
    answer = graph.explain(
        "Sundays it's coffee and the paper, without fail. A bee stung me: pain and swelling of the "
        "cheek, and I was nervous."
    )
    assert not re.search("caffeine|habit|worry", understood(answer))
    assert not re.search(
        "coffee|stimulant|breathing", " ".join(h.text for h in answer.summary.helps)
    )


def test_what_may_do_it_is_understood_and_treated(graph: kg.Graph) -> None:
    answer = graph.explain("My eyelid twitches. Eight coffees a day, hardly any sleep, exams.")
    assert "caffeine" in understood(answer)
    assert "stress" in understood(answer)
    assert "coffee" in " ".join(h.text for h in answer.summary.helps)


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("When I roll over in bed the room spins for a minute.", "ft:benign-positional-vertigo"),
        ("My legs won't keep still in bed, an urge to move them.", "ft:restless-legs"),
        ("My hands shake when I hold a cup, for years.", "ft:essential-tremor"),
        ("My jaw clicks and hurts when I chew.", "ft:jaw-joint-disorder"),
    ],
)
def test_what_hardly_anything_else_shows_is_named(graph: kg.Graph, text: str, illness: str) -> None:
    assert illness in graph.explain(text).summary.likely[0].about


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("Meat has lost its taste.", "ft:bells-palsy"),  # nothing is weak
        ("My right arm was tingly for five minutes, then a headache.", "ft:idiopathic-origin"),
        (
            "34M, generalized seizures in the past, none for eight years on lamotrigine, exam "
            "normal, EEG two years ago normal. How long does he have to stay on it?",
            "ft:benign-fasciculation",
        ),
    ],
)
def test_nothing_is_named_without_its_main_sign(graph: kg.Graph, text: str, illness: str) -> None:
    likely = graph.explain(text).summary.likely
    assert not any(illness in one.about for one in likely)


def test_no_reason_asks_for_less_than_the_level(graph: kg.Graph) -> None:
    view = graph.view
    first = {c.id: re.split("[;.]", c.advice or "")[0] for c in view.concepts.values()}
    softer = [
        (name, words)
        for name, words in first.items()
        for level in view.objects(name, "ft:has-urgency")
        if level in SOFTER and SOFTER[level].search(words)
    ]
    assert not softer


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_what_goes_on_is_no_question(graph: kg.Graph, text: str) -> None:
    assert not graph.explain(text).summary.answers


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_asked_without_a_mark_is_answered(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).summary.answers


@pytest.mark.parametrize("asked", ["Am I right to make a fuss?", "Am I overreacting?"])
def test_a_fuss_is_answered_the_same_way_round(graph: kg.Graph, asked: str) -> None:
    answers = graph.explain(f"My face dropped an hour ago. {asked}").summary.answers
    assert answers[0].text.startswith("It is right to ask")


def test_a_reason_tells_back_a_clause(graph: kg.Graph) -> None:
    answer = graph.explain("Since lunch he says odd things, his right hand felt weak. Help")
    assert "“his right hand felt weak”" in told(answer)


def test_signs_where_nothing_is_understood_are_no_list_by_letter(graph: kg.Graph) -> None:
    signs = graph.explain("There's a ganglion on my foot. Have it off?").summary.signs[0]
    assert signs.about[0] == "ft:slurred-speech"
    assert "ft:acute-dystonia" not in signs.about


def test_a_known_palsy_is_no_warning_of_itself(graph: kg.Graph) -> None:
    answer = graph.explain("I have Bell's palsy since spring and my cheek hurts.")
    noticed = {sign for told in answer.summary.signs for sign in told.about}
    assert not noticed & {"ft:facial-immobility", "ft:facial-drooping", "ft:facial-weakness"}
    known = graph.explain("I have hemifacial spasm and my cheek hurts.").summary
    assert {sign for told in known.signs for sign in told.about} & {"ft:facial-drooping"}


def test_nobody_is_asked_for_a_bite_of_which_nothing_speaks(graph: kg.Graph) -> None:
    text = "Two wisdom teeth out three weeks ago, my lower lip and chin are numb and tingle."
    assert not any("bite" in told.text for told in graph.explain(text).summary.ask)


def test_what_a_doctor_gives_is_left_to_a_doctor(graph: kg.Graph) -> None:
    helps = graph.explain("I have hemifacial spasm.").summary.helps
    assert helps[0].lead == "From a doctor:"
    own = graph.explain("The doctor says it is restless legs.").summary.helps
    assert not own[0].lead


def test_how_it_sounds_is_told_once_and_nothing_against_it(graph: kg.Graph) -> None:
    text = (
        "My grandfather takes blood thinning medicine already 20 years. Three days ago he fell and "
        "hit the back head, very big lump there. Today behind the ear is swollen too. What now?"
    )
    answer = graph.explain(text)
    assert OUTSIDE not in told(answer)
    assert told(answer).count(HEARD) <= 1
