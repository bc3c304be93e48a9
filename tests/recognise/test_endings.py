"""What is over, and since when what is there has been: the same sign still there, and over."""

from __future__ import annotations

import pytest

import kg

NUMB = "My left cheek went numb yesterday. "


def status(graph: kg.Graph, text: str, concept: str) -> set[str]:
    case = graph.read(text)
    return {f.status for f in (*case.findings, *case.others) if f.id == concept}


@pytest.mark.parametrize(
    "text",
    [
        "It passed.", "That passed off, thank goodness.", "It went away again.", "All fine now.",
        "It's back to normal now.", "Twenty minutes and it was over.", "No sign of it now.",
        "I've been perfectly normal since.", "By the evening all of it had settled.",
        "It put itself right within the week.", "It has left me alone since.",
    ],
)  # fmt: skip
def test_a_sign_is_over_by_what_the_next_sentence_says(graph: kg.Graph, text: str) -> None:
    assert status(graph, NUMB + text, "ft:numbness") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "It has not passed.", "By the evening none of it had settled.", "It is not fine now.",
        "It's not back to normal.", "I hope it passes.", "My cold has gone.", "A week has passed.",
        "The weekend has passed.", "Everything else is fine now.", "It went away for a day.",
        "It comes back when I rise.", "It went on for an hour.",
        "It almost stopped.", "My husband is fine now.",
    ],
)  # fmt: skip
def test_a_sign_is_there_where_nothing_says_that_it_is_over(graph: kg.Graph, text: str) -> None:
    assert status(graph, NUMB + text, "ft:numbness") == {"present"}


@pytest.mark.parametrize(
    ("text", "concept", "days"),
    [
        ("My eyelid twitches. Last year we were in A&E.", "ft:eyelid-twitching", None),
        ("Last year we were in A&E and today my mouth droops.", "ft:facial-drooping", 0.5),
        ("Expecting, 30 weeks. Eyelid twitches.", "ft:eyelid-twitching", None),
        ("My eyelid has twitched for 30 weeks. I am expecting.", "ft:eyelid-twitching", 210.0),
        ("I fell two years ago. Since then my lid twitches.", "ft:eyelid-twitching", 730.0),
        ("My lid twitches. I last slept well two weeks ago.", "ft:eyelid-twitching", None),
    ],
)
def test_a_time_is_told_of_its_own_thing(
    graph: kg.Graph, text: str, concept: str, days: float | None
) -> None:
    assert [f.duration_days for f in graph.read(text).findings if f.id == concept] == [days]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("My parotid was taken out last week. My mouth droops on that side.", {"prompt"}),
        ("My appendix was taken out last week. My mouth droops on one side.", {"emergency"}),
        ("I had a facelift last year. My mouth droops on one side.", {"emergency"}),
        ("Facelift two weeks ago. This morning my mouth suddenly droops.", {"emergency"}),
        ("33 weeks pregnant. My eye keeps twitching. BP a bit high.", {"prompt"}),
        ("33 weeks pregnant. My eye keeps twitching. BP was perfect.", {"self-care"}),
        ("I had a stroke six years ago. My left eyelid flickers.", {"see-doctor"}),
        ("My dad had a stroke six years ago. My left eyelid flickers.", {"self-care"}),
        ("My leg has been weak since polio. My eyelid twitches.", {"see-doctor"}),
        ("I had polio as a child. This morning my arm is weak.", {"emergency"}),
        ("My eyelid is twitching, arms and legs work fine.", {"self-care"}),
        ("My eyelid is twitching, arms and legs too.", {"see-doctor"}),
        ("After heavy sets of bench press my cheek twitches.", {"self-care"}),
        ("My arm feels heavy weeks after the jab.", {"emergency"}),
        ("My eyelid twitches and droops by evening.", {"see-doctor"}),
        ("My mouth twitches and droops.", {"emergency"}),
        ("I've had double vision since an illness in 2010. My eyelid twitches.", {"prompt"}),
    ],
)
def test_twins_that_differ_in_what_a_word_is_bound_to(
    graph: kg.Graph, text: str, levels: set[str]
) -> None:
    assert graph.explain(text).urgency.level in levels


def test_the_side_of_a_limb_is_not_lent_to_the_face(graph: kg.Graph) -> None:
    found = graph.read("My left leg has been weak for years, and my eyelid twitches.").findings
    assert {f.id: f.side for f in found}["ft:eyelid-twitching"] is None


@pytest.mark.parametrize(
    "text", ["I have stopped going out.", "I've stopped seeing friends.", "She has stopped eating."]
)
def test_to_have_stopped_doing_something_ends_no_sign(graph: kg.Graph, text: str) -> None:
    assert status(graph, NUMB + text, "ft:numbness") == {"present"}
