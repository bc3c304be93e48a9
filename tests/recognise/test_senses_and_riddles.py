"""Words in another sense, riddles that weigh little, and the grave twin of each."""

from __future__ import annotations

import pytest

import kg

TWINS = [
    (
        "Any advice on my son's eye blinking? TIA",
        "Her cheek tingles, and she had a TIA.",
        "transient-ischaemic-attack",
    ),
    (
        "My left leg keeps going numb.",
        "My left leg keeps going for minutes, like a pulse.",
        "muscle-fasciculation",
    ),
    (
        "My left eye was nearly closed after botox.",
        "My left eye closes with each twitch.",
        "closure-with-each-twitch",
    ),
    (
        "My right lid dropped, I see nothing with it because it's shut.",
        "I see nothing with my right eye.",
        "vision-loss",
    ),
    (
        "Family say they can't see anything, just that I look nervous.",
        "My husband can't see anything.",
        "vision-loss",
    ),
    (
        "There's a flutter in my cheek nobody else can see.",
        "He sees people nobody else can see.",
        "hallucination",
    ),
    (
        "At night she sits up and mumbles stuff that makes no sense, then lies down and sleeps on.",
        "My father says stuff that makes no sense since this morning.",
        "confusion",
    ),
    (
        "You can even see it in my expressions, the right side is numb.",
        "You can hardly see it, my lid twitches.",
        "subtle-flicker",
    ),
    ("His tongue feels weak and clumsy.", "His right hand is clumsy.", "hand-clumsiness"),
    (
        "When my baby falls asleep his eyes roll up.",
        "When my baby is awake his eyes roll up.",
        "loss-of-awareness",
    ),
    ("My sleep always gets broken.", "I sleep always, even at work.", "drowsiness"),
    (
        "My lid twitches and there is a faint hum.",
        "I had a faint at the shops.",
        "loss-of-awareness",
    ),
    ("He gave a great gasp, and woke up.", "He is gasping for breath.", "breathing-difficulty"),
    (
        "I'm staring at the wall, my lid twitching.",
        "She was staring at the wall and did not answer me.",
        "loss-of-awareness",
    ),
    (
        "My lid twitches, stronger, weaker, all day.",
        "My arm is weaker, my lid twitches.",
        "arm-weakness",
    ),
    (
        "My lid flutters. I can't feel it, but once you look it's plain.",
        "I can't feel my lip.",
        "numbness",
    ),
    ("My lower lid twitches, two days flat.", "My face is flat on the left.", "facial-immobility"),
    (
        "I landed on my backside on ice, my fingers are shaking.",
        "She was on ice last night, her hands shake.",
        "party-drug",
    ),
    (
        "Each mosquito bite turned bad, bump one and pus goes everywhere.",
        "My lid twitches, now it is everywhere.",
        "twitching-in-several-places",
    ),
    ("My knees hurt when I run. They ache at night.", "My cheek aches.", "facial-pain"),
    (
        "My lid twitches, I am drinking lots of coffee.",
        "My lid twitches, I am drinking lots of red wine.",
        "alcohol",
    ),
    ("I forgot the zyrtec.", "I keep forgetting.", "memory-trouble"),
]


@pytest.mark.parametrize(("calm", "grave", "sign"), TWINS, ids=lambda text: text[:25])
def test_a_word_in_another_sense_is_no_sign_and_its_twin_is(
    graph: kg.Graph, calm: str, grave: str, sign: str
) -> None:
    assert f"ft:{sign}" not in graph.read(calm).present()
    assert f"ft:{sign}" in graph.read(grave).present()


def test_a_face_numb_in_the_hours_after_a_dentist_is_put_down_to_that(graph: kg.Graph) -> None:
    numb = "ft:numbness-after-dental-work"
    assert numb in graph.read("Can't feel the left of my face, home from the dentist.").present()
    for text in (
        "Last week I was at the dentist. Today the left of my face went numb.",
        "I go to the dentist every year. Since this morning half my face is numb.",
    ):
        assert graph.explain(text).urgency.level == "emergency"


def test_a_guess_that_weighs_little_leaves_a_text_understood(graph: kg.Graph) -> None:
    calm = graph.explain("My lid twitches, there's a drummer in my left lower lid.")
    assert calm.urgency.level == "self-care"
    grave = graph.explain("My lid twitches and the leg has given up on me.")
    assert grave.urgency.level == "unclear"


def test_one_side_is_guessed_only_where_one_is_told(graph: kg.Graph) -> None:
    case = graph.read("My boy is blinking and blinking, scrunching it up, no stop.")
    assert "ft:hemifacial-contraction" not in case.present()
