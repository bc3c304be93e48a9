"""What was understood is told whole and once; what was not is named as a clause of the person."""

from __future__ import annotations

import pytest

import kg


def lines(graph: kg.Graph, text: str) -> tuple[str, str]:
    """The lines of what was understood and of what was not."""
    told = graph.explain(text).summary.understood
    found = {each.lead: each.text for each in told}
    return found.get("Understood:", ""), found.get("Not understood, so not judged:", "")


def named(graph: kg.Graph, text: str) -> str:
    """All that the answer says was not understood, asked back or not."""
    shown = " ".join(str(graph.explain(text)).split())
    _, _, left = shown.partition("Not understood, so not judged:")
    return left + " ".join(shown.split("Tell me:")[1:])


def test_all_that_was_understood_is_told_in_three_lines(graph: kg.Graph) -> None:
    told, _ = lines(
        graph,
        "Since Monday my left eyelid twitches, my left cheek jumps, my chin is numb and tingles, "
        "I have a headache, I feel sick, I sleep badly, I drink five coffees a day, I am stressed "
        "and tired, my ear rings, no fever, no rash, no weakness.",
    )
    assert "more" not in told
    assert len(told) < 3 * 78
    for word in ("eyelid", "numb", "headache", "nausea", "caffeine", "stress", "tired", "fever"):
        assert word in told


def test_signs_of_one_place_are_told_together(graph: kg.Graph) -> None:
    told, _ = lines(graph, "My chin is numb and it tingles.")
    assert told == "numbness and tingling (chin)."


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("A twitch near my lip since Monday.", "upper"),
        ("My nose twitches.", "nostril"),
        ("My eyes twitch.", "both sides"),
        ("My hands shake.", "arm"),
        ("My lower lip tingles.", "mouth"),
        ("I have trouble walking and the left side of my face twitches.", "walking (left"),
        ("He banged his head on Sunday, now his lid twitches.", "headache"),
        ("She left the room and her lip twitched.", "left"),
        ("I am left-handed and my eyelid twitches.", "several"),
        ("My eyelid twitches.", "(eye"),
        ("He's 12 and his eyes blink hard, he can hold it back for a minute.", "you "),
    ],
)
def test_no_detail_is_told_that_nobody_said(graph: kg.Graph, text: str, never: str) -> None:
    told, _ = lines(graph, text)
    assert told
    assert never not in told


def test_no_name_of_a_sign_speaks_to_the_reader(graph: kg.Graph) -> None:
    signs = graph.view.with_role("ft:effect-kind")
    assert [s.id for s in signs if {"you", "your"} & set((s.lay_label or "").split())] == []


@pytest.mark.parametrize(
    "text",
    [
        "theres a flicker in my eyelid, ive had it for days, dont know why, pls help, ta",
        "My lid has a mind of its own. Thanks in advance, and sorry for the long post!",
        "parcel never came, prof was cross, and my lower lid jumps",
        "hes 40, hes fine otherwise, w/ coffee bc work, and his cheek twitches",
        "Sausages for tea, the cows are out, my nose twitches.",
        "Back to work on Monday. It crossed my mind that my lid twitches since Friday.",
        "I cover it with my hand when my lip twitches.",
    ],
)
def test_words_that_help_nobody_are_not_named(graph: kg.Graph, text: str) -> None:
    assert "“" not in named(graph, text)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("My lid twitches. At home one leg goes flimpety.", "one leg goes flimpety"),
        ("My lid twitches and my gubbins is scrunkled.", "my gubbins is scrunkled"),
        ("My lid twitches. My right arm shoots out.", "right arm shoots out"),
        ("My lid twitches. The jaw is all frumious today.", "jaw is all frumious"),
        ("My lid twitches. My tongue is doing a flamboozle.", "tongue is doing a flamboozle"),
    ],
)
def test_what_is_bodily_and_unread_is_named_as_a_clause(
    graph: kg.Graph, text: str, clause: str
) -> None:
    assert clause in named(graph, text)


def test_at_most_three_clauses_are_named_and_each_is_short(graph: kg.Graph) -> None:
    text = "My lid twitches. " + " ".join(
        f"My {part} goes flimpety flobber upon the trampoline in the rain every other Tuesday."
        for part in ("knee", "elbow", "ankle", "thumb", "hip")
    )
    told = graph.explain(text).summary
    left = next(t.text for t in told.understood if t.lead.startswith("Not understood"))
    assert 1 <= left.count("“") <= 3
    assert all(len(quote) <= 62 for quote in left.split("“")[1:])


@pytest.mark.parametrize(
    "text",
    [
        "My eyelid twitches and my right arm is dead.",
        "My eyelid twitches and I am fighting for air.",
        "My lid twitches. My leg went all jelloid.",
        "My lip twitches and my chest is a vice.",
        "My cheek twitches and I had a funny do and woke on the floor.",
        "My lid twitches and my tongue is like a balloon.",
        "My nose twitches and my left side is a stranger to me.",
        "The eyelid flickers. My throat is a straw.",
        "My lid jumps and one pupil is a saucer.",
        "My lid twitches and the words come out as soup.",
    ],
)
def test_nothing_that_alarms_is_silenced(graph: kg.Graph, text: str) -> None:
    answer = graph.explain(text)
    assert answer.urgency.level != "self-care" or "Not understood" in str(answer), text
