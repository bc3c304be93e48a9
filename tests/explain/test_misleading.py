"""What an answer must never say: false calm, false alarm, and what it contradicts itself."""

from __future__ import annotations

import pytest

import kg

BIRTHS = (
    ("I delivered twins last Thursday. Hands and face are puffy, my eyelid twitches.", "prompt"),
    ("10 days postpartum, dull headache since yesterday, lip twitching", "prompt"),
    ("our baby boy came on monday, my wife's cuff reads 165/112 and her cheek jumps", "emergency"),
    ("My sister had her baby six days ago and tonight she had a fit.", "emergency"),
    ("she is five weeks postpartum and sees spots, her eye flutters", "emergency"),
    ("I had my son eight years ago. My eyelid twitches.", "self-care"),
)
LATE = (
    "My mother has taken haloperidol for twelve years. Her tongue darts in and out all day.",
    "On metoclopramide since spring last year; now my mouth chews by itself.",
    "I took olanzapine until last year. My jaw moves from side to side and I lost weight.",
    "Risperidone for six years. My mouth opens and shuts on its own and I grimace.",
)
THERE = (
    "I am lying in ward 7 after my hip operation, my mouth hangs down. What should I do?",
    "I'm in hospital, half my face won't move since lunch. Should I tell someone?",
    "We're in A&E now, her face is jerking on one side and she can't speak. What should they do?",
    "he is still in the emergency department, his mouth has just dropped on the left",
    "45F POD1 total thyroidectomy, Ca 1.78 mmol/L, Chvostek +ve, perioral tingling. Next step?",
)
NOT_THERE = (  # who was there, works there or is on the way has to phone
    "My face drooped an hour ago. Last year we were in A&E with my mother.",
    "My face drooped an hour ago. In 2019 we moved house.",
    "My face dropped an hour ago, I'm on my way to A&E.",
    "My face dropped an hour ago. My wife works in the emergency department.",
    "his face just dropped half an hour ago and the ER is two hours away",
)
ELSEWHERE = (  # a sign below the neck is no part of a face that moves
    "My left lower eyelid has been twitching for two months. I also get twitches in my left calf.",
    "Left eyelid twitches, left thumb too.",
    "right cheek jumps and now and then my right thigh",
)
STROKES = (  # a stroke of long ago is not what a new spasm is put down to, nor operated on
    "My dad (71) had a stroke last year. Since last week the right side of his face jerks, "
    "starting at the eye and now the mouth pulls too.",
    "Stroke two years ago. Now my right eyelid and the right corner of my mouth twitch together.",
)
OVER = (
    "I had Bell's palsy in 2016, my face drooped. Now a tiny flutter under the same eye.",
    "Years ago a metoclopramide shot locked my jaw, it was over in an hour. Now my lid twitches.",
)


@pytest.mark.parametrize(("text", "level"), BIRTHS)
def test_signs_after_a_birth_have_a_level(graph: kg.Graph, text: str, level: str) -> None:
    assert graph.explain(text).urgency.level == level


@pytest.mark.parametrize("text", LATE)
def test_late_movements_are_put_down_to_the_medicine(graph: kg.Graph, text: str) -> None:
    answer = graph.explain(text)
    assert answer.urgency.level in ("see-doctor", "prompt")
    assert "ft:tardive-dyskinesia" in answer.summary.likely[0].about
    assert "not stop" in " ".join(str(answer).split())


@pytest.mark.parametrize("text", NOT_THERE)
def test_who_is_not_in_good_hands_is_told_to_phone(graph: kg.Graph, text: str) -> None:
    told = " ".join(str(graph.explain(text)).split())
    assert told.startswith("Emergency: Call the emergency number now")


@pytest.mark.parametrize("text", THERE)
def test_who_is_in_good_hands_is_not_told_to_phone(graph: kg.Graph, text: str) -> None:
    told = " ".join(str(graph.explain(text)).split())
    assert told.startswith("Emergency: ")
    assert "all the emergency number now" not in told
    assert "Call first" not in told


@pytest.mark.parametrize("text", OVER)
def test_what_is_long_over_alarms_nobody(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level in ("self-care", "see-doctor")


def test_a_calm_word_names_what_was_not_understood(graph: kg.Graph) -> None:
    told = str(graph.explain("My lid flickers and my gubbins is scrunkled at the meeting."))
    verdict = " ".join(told.split("\n\n")[0].split())
    assert verdict.startswith("Self-care: What was understood")
    assert "“my gubbins is scrunkled at the meeting”" in verdict


def test_no_recovery_of_a_palsy_is_told_where_nothing_is_weak(graph: kg.Graph) -> None:
    told = str(graph.explain("pain behind the right ear, tongue tastes metallic, face moves "
                             "normally, how long until it is better?"))  # fmt: skip
    assert "in ten people" not in told


def test_a_time_is_told_only_where_it_was_told(graph: kg.Graph) -> None:
    lorry = graph.explain("I have driven lorries for 20 years. My chin twitches since Monday.")
    assert "20 years" not in lorry.summary.understood[0].text
    numb = graph.explain("My left arm has been numb for three weeks, and I cannot breathe.")
    assert "for 3 weeks" in numb.summary.understood[0].text
    assert "arm" in numb.summary.understood[0].text


def test_nobody_is_said_to_have_named_an_illness(graph: kg.Graph) -> None:
    assert "You name" not in str(graph.explain("The doctor thinks that my father has tetanus."))


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_twitch_below_the_neck_makes_no_spasm_of_half_the_face(
    graph: kg.Graph, text: str
) -> None:
    answer = graph.explain(text)
    assert "ft:hemifacial-contraction" not in {f.id for f in answer.case.findings}
    assert all("half of the face" not in told.text for told in answer.summary.likely)


@pytest.mark.parametrize("text", STROKES)
def test_a_stroke_of_long_ago_is_not_told_before_what_is_likely(graph: kg.Graph, text: str) -> None:
    summary = graph.explain(text).summary
    assert "ft:hemifacial-spasm" in summary.likely[0].about
    assert all("against a stroke" not in told.text for told in summary.helps)


def test_what_a_remedy_may_harm_is_not_what_it_is_against(graph: kg.Graph) -> None:
    answer = graph.explain("I have hemifacial spasm and see double since yesterday")
    acting = {r.id: r.acts_on for r in answer.remedies}
    assert "ft:double-vision" not in acting.get("ft:botulinum-toxin-injection", ())
    assert all("against double vision" not in told.text for told in answer.summary.helps)
