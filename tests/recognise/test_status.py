"""What is told, and what is only feared, asked about, done at will, or likened to something."""

from __future__ import annotations

import pytest

import kg


def present(graph, text):
    return {f.id for f in graph.read(text).findings if f.status == "present"}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The trouble is that one side of my face has dropped.", "ft:facial-drooping"),
        ("The thing is that I can't close my eye.", "ft:difficulty-closing-eye"),
        ("What worries her is that her arm went weak.", "ft:arm-weakness"),
        ("The new one is that my cheek has been jumping.", "ft:facial-muscle-twitching"),
    ],
)
def test_what_is_joined_with_that_is_told_and_not_asked(graph, text, sign):
    assert sign in present(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        "Will my face droop later?",
        "Will my eyelid droop eventually?",
        "Could my face droop too?",
        "I'm scared my face will droop.",
        "I'm afraid my face could go numb next.",
    ],
)
def test_what_is_only_feared_to_come_is_not_there(graph, text):
    assert not present(graph, text) & {
        "ft:facial-drooping", "ft:drooping-eyelid", "ft:numbness",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Will my droopy face get better?", "ft:facial-drooping"),
        ("Will my eye keep twitching?", "ft:eyelid-twitching"),
        ("I'm scared because my face droops.", "ft:facial-drooping"),
        ("I'm scared, my arm has gone weak.", "ft:arm-weakness"),
    ],
)
def test_what_is_there_and_asked_about_or_feared_stays(graph, text, sign):
    assert sign in present(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        "I can puff my cheeks and shut both eyes tight.",
        "She is able to wrinkle her forehead and puff out her cheeks.",
        "I can smile, whistle, puff my cheeks.",
    ],
)
def test_what_is_done_at_will_is_no_sign(graph, text):
    assert not present(graph, text)


@pytest.mark.parametrize("text", ["Never had fits.", "I've never had seizures or blackouts."])
def test_a_fit_that_never_was_is_none(graph, text):
    assert not present(graph, text)


def test_a_first_fit_is_one(graph):
    told = present(graph, "She never had a fit before, shook all over at breakfast.")
    assert {"ft:first-seizure", "ft:seizure"} <= told


@pytest.mark.parametrize(
    "text",
    ["Upper lid, right side, tiny pulses.", "Lower lip (right side) quivers.",
     "A twitch in my lip on the left side."],
)  # fmt: skip
def test_the_side_of_a_small_part_is_not_the_side_of_the_face(graph, text):
    assert "ft:hemifacial-contraction" not in present(graph, text)


def test_the_side_of_the_face_is_one(graph):
    assert "ft:hemifacial-contraction" in present(graph, "The right side twitches.")


def test_a_part_that_is_likened_to_an_animal_is_the_person_s(graph):
    text = "My left nostril has decided to become a rabbit. It's been twitching since Friday."
    assert "ft:nostril-twitching" in present(graph, text)
    assert not present(graph, "I have a cat. It twitches its nose.")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Neck cracked by the chiro, now L lid down + pupil small.", "emergency"),
        ("One of his pupils looks tiny compared to the other.", "prompt"),
        ("My mouth only opens an inch since the tooth went bad.", "emergency"),
        ("Can only get one finger between my teeth.", "emergency"),
        ("A scorpion stung me an hour ago and my arms keep jerking.", "emergency"),
    ],
)
def test_a_grave_sign_in_few_words_is_read(graph, text, level):
    assert graph.explain(text).urgency.level == level


def test_pupils_of_one_size_are_no_sign(graph):
    assert "ft:unequal-pupils" not in present(graph, "My pupils are huge.")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I know what a fit looks like and this isn't one.", "ft:seizure"),
        ("I know what a stroke looks like, my nan had one.", "ft:stroke"),
        ("Now I'm convinced I'll wake up paralysed.", "ft:facial-immobility"),
        ("Since day two of the antibiotics my lid has been flickering.", "ft:double-vision"),
        ("A bull's eye mark on my thigh.", "ft:non-fading-rash"),
    ],
)
def test_what_is_only_spoken_of_is_not_there(graph, text, sign):
    assert sign not in present(graph, text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I know what a stroke looks like, my face droops.", "ft:facial-drooping"),
        ("There's purply spots on her tummy that don't go when I press.", "ft:non-fading-rash"),
        ("She screams if I turn the light on.", "ft:light-sensitivity"),
        ("My lids are dropping by midday.", "ft:drooping-eyelid"),
        ("His speech has been getting thicker since spring.", "ft:slurred-speech"),
        ("I have to hold my head up with my hand.", "ft:head-drop"),
        ("Weakness for two weeks in my arm.", "ft:arm-weakness"),
        ("He's burning up, 39.9.", "ft:high-temperature"),
        ("I'm losing the hearing in my right ear.", "ft:hearing-loss"),
    ],
)
def test_a_sign_in_plain_words_is_read(graph, text, sign):
    assert sign in present(graph, text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("My flatmate had a stroke at 36, his mouth dropped. My lip pulses.", "emergency"),
        ("My uncle's mouth dropped when he had his stroke. My own lip pulses.", "emergency"),
    ],
)
def test_what_somebody_else_had_with_an_illness_is_no_emergency_now(graph, text, sign):
    assert graph.explain(text).urgency.level != sign


@pytest.mark.parametrize(
    "text",
    [
        "My husband had Bell's two years back, my own face now droops.",
        "Dad had a stroke this morning, his mouth dropped.",
        "My dad is having a stroke, his mouth dropped.",
    ],
)
def test_what_is_there_now_beside_it_is_one(graph, text):
    assert graph.explain(text).urgency.level == "emergency"


def test_what_a_treatment_did_ends_no_sign_of_the_sentence_before(graph):
    text = "I've had a left-sided facial spasm since 2012. The last round of botox wore off."
    assert "ft:facial-muscle-twitching" in present(graph, text)


@pytest.mark.parametrize(
    "text",
    ["The soft bit on her head is sticking up.", "The soft spot on top of his head is puffed up."],
)
def test_a_bulging_fontanelle_in_plain_words_is_read(graph, text):
    assert "ft:bulging-fontanelle" in present(graph, text)
    assert "ft:bulging-fontanelle" not in present(graph, "The soft part of his belly is swollen.")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Instead of smiling his mouth twisted to the left.", "ft:dystonic-posture"),
        ("Instead of gagging his jaw snapped shut.", "ft:lockjaw"),
        ("Rather than getting better my face droops.", "ft:facial-drooping"),
        ("My lid jumps, some days not at all.", "ft:eyelid-twitching"),
    ],
)
def test_what_is_told_in_place_of_something_else_is_told(graph, text, sign):
    assert sign in present(graph, text)


def test_what_something_is_told_in_place_of_is_denied(graph):
    assert "ft:facial-drooping" not in present(graph, "It is a twitch rather than a facial droop.")


def test_a_harmless_form_that_is_denied_does_not_deny_the_grave_one(graph: kg.Graph) -> None:
    denied = graph.read("He has no short breath in a panic attack.").absent()
    assert "ft:breathing-difficulty" not in denied


def test_what_breathing_is_likened_to_is_no_denial(graph: kg.Graph) -> None:
    case = graph.read("She is weak and now it's as if breathing were work.")
    assert "ft:breathing-difficulty" in case.present()


def test_who_is_looked_at_is_not_whose_story_it_is(graph: kg.Graph) -> None:
    case = graph.read("Our daughter stops, stares through us, swallows and remembers nothing.")
    assert {"ft:seizure", "ft:memory-trouble"} <= set(case.present())


def test_an_event_within_a_denied_sign_is_not_told(graph: kg.Graph) -> None:
    droop = "My mouth suddenly droops on one side."
    assert (
        graph.explain(f"I have no numbness after dental work. {droop}").urgency.level == "emergency"
    )
    assert [e.id for e in graph.read(f"I had dental work today. {droop}").events] == [
        "ft:dental-work"
    ]
