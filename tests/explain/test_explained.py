"""A stated explanation explains its own sign alone; nothing harmless hides an illness."""

from __future__ import annotations

import pytest

import kg

PALSIES = (
    "Day 4 of my Bell's palsy, on steroids.",
    "I was diagnosed with Bell's palsy on Monday.",
    "Recovering from Bell's palsy.",
)
OWN = ("My right side droops.", "I can't move the right side of my face.")
OTHERS = (
    "And now my arm is weak.",
    "And now my speech is slurred.",
    "Suddenly I see double and I am confused.",
    "My right leg is weak today.",
)


@pytest.mark.parametrize("palsy", PALSIES)
@pytest.mark.parametrize("own", OWN)
def test_the_sign_of_a_known_palsy_is_no_emergency_and_is_seen(
    graph: kg.Graph, palsy: str, own: str
) -> None:
    assert graph.explain(f"{palsy} {own}").urgency.level == "prompt"


@pytest.mark.parametrize("palsy", PALSIES)
@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("other", OTHERS)
def test_a_further_sign_of_a_stroke_is_an_emergency(
    graph: kg.Graph, palsy: str, own: str, other: str
) -> None:
    assert graph.explain(f"{palsy} {own} {other}").urgency.level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "I think it is Bell's palsy. My right side droops.",
        "Could it be Bell's palsy? My right side droops.",
        "I had Bell's palsy ten years ago. My right side droops since this morning.",
        "My right side suddenly droops. I have Bell's palsy.",
        "I had a vaccination ten days ago, now my mouth droops.",
    ],
)
def test_a_guess_an_old_palsy_or_another_event_explains_nothing(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "Botox ten days ago, now my smile is crooked on one side.",
        "Dentist gave me a block two hours ago and half my face is numb and my mouth droops.",
    ],
)
def test_a_weakness_from_a_treatment_is_told_to_who_gave_it(graph: kg.Graph, text: str) -> None:
    because = [flag.id for flag in graph.explain(text).urgency.because]
    assert "ft:facial-weakness-after-injection" in because
    assert "ft:unexplained-facial-drooping" not in because


def test_an_almost_stroke_is_none(graph: kg.Graph) -> None:
    told = graph.explain("I nearly had a stroke when I saw the bill. My eyelid twitches.")
    assert told.urgency.level == "self-care"


def test_what_raised_the_alarm_is_named_first(graph: kg.Graph) -> None:
    text = "My eyelid twitches, I drink coffee, I sleep badly, my ear hurts and my mouth droops."
    shown = str(graph.explain(text))
    assert "Understood: a face that droops" in shown


def test_who_is_on_a_ward_tells_the_staff(graph: kg.Graph) -> None:
    shown = graph.explain("I'm on the ward and suddenly my right arm is weak.").urgency
    assert shown.level == "emergency"
    assert shown.advice.startswith("Tell the staff")


def test_a_known_illness_stands_before_what_is_harmless(graph: kg.Graph) -> None:
    shown = str(graph.explain("I have epilepsy and my eyelid twitches after coffee. What helps?"))
    assert "Known already: epilepsy" in shown
    assert "It is harmless" not in shown


@pytest.mark.parametrize("trouble", ["I can't swallow well", "I have trouble breathing"])
def test_no_toxin_where_swallowing_or_breathing_is_hard(graph: kg.Graph, trouble: str) -> None:
    told = graph.explain(f"I have blepharospasm and now {trouble}. Would botox help?")
    assert "ft:botulinum-toxin-injection" not in [remedy.id for remedy in told.remedies]
    assert "Botulinum toxin shots may help" not in str(told)


@pytest.mark.parametrize("medicine", ["haloperidol", "blorfizine", "sertraline", "metoclopramide"])
def test_no_medicine_is_cleared(graph: kg.Graph, medicine: str) -> None:
    shown = str(graph.explain(f"I take {medicine} and my eyelid twitches. Is it the medicine?"))
    assert "No source here names" not in shown
    assert "not known to set it off" not in shown


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # A fresh palsy is followed by a doctor, and explains no hand and no leg.
        ("Told it is Bell's on Monday. My arm feels like it belongs to someone else.", "emergency"),
        ("Bell's palsy since Monday, and today my leg is weak.", "emergency"),
        ("Bell's palsy found last Friday, on prednisolone, missed two days of it.", "see-doctor"),
        ("I had Bell's palsy ten years ago and now my eyelid twitches.", "self-care"),
        # Nor are an arm without feeling, a clumsy hand and a small pupil ever harmless.
        ("My left arm has gone numb.", "prompt"),
        ("My eyelid twitches and I keep dropping things with my right hand.", "see-doctor"),
        (
            "Since yesterday my eyelid is half down and that pupil is tinier than the other.",
            "emergency",
        ),
    ],
)
def test_what_no_palsy_explains_keeps_its_urgency(graph: kg.Graph, text: str, level: str) -> None:
    assert graph.explain(text).urgency.level == level
