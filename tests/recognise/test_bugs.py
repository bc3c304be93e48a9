"""Texts that were once misread, one test a bug."""

from __future__ import annotations

import pytest

from kg.graph import Graph


def found(recogniser, text: str) -> dict[str, str]:
    return {f.id.removeprefix("ft:"): f.status for f in recogniser.recognise(text).findings}


@pytest.mark.parametrize(
    "text", ["It has spread to my cheek.", "It has spread down to my cheek.", "It is spreading."]
)
def test_spread_without_a_word_for_the_movement(recogniser, text: str) -> None:
    assert found(recogniser, text)["spreading-twitching-pattern"] == "present"


def test_a_finding_told_before_the_family_is_the_writers(recogniser) -> None:
    case = recogniser.recognise("Twitch in my top lip for 3 days. My mum has hemifacial spasm.")
    assert case.present() == ("ft:upper-lip-twitching",)
    assert [(f.id, f.reason) for f in case.others] == [("ft:hemifacial-spasm", "somebody else")]


def test_a_non_smoker_does_not_smoke(recogniser) -> None:
    assert found(recogniser, "Left nostril twitch, non-smoker")["nicotine"] == "absent"


def test_a_side_of_the_face_that_will_not_move(recogniser) -> None:
    text = "woke up this morning and the right side of my face wont move"
    assert found(recogniser, text)["facial-immobility"] == "present"


def test_text_after_a_duration_and_a_colon_is_kept(recogniser) -> None:
    case = recogniser.recognise("Twitching for 2 weeks: left eyelid, no weakness.")
    (twitch,) = (f for f in case.findings if f.id == "ft:eyelid-twitching")
    assert (twitch.side, twitch.duration_days) == ("left", 14)
    heading = recogniser.recognise("For 3 weeks: numbness and eyelid twitching.")
    days = {f.id: f.duration_days for f in heading.findings}
    assert days["ft:numbness"] == days["ft:eyelid-twitching"] == 21


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("My friend says stress causes it. My lip twitches.", "unknown", "an opinion"),
        ("My doctor thinks it's stress. My lip twitches.", "unknown", "an opinion"),
        ("I read that stress causes it. My lip twitches.", "unknown", "an opinion"),
        ("I think it's stress. My lip twitches.", "unknown", "suspected"),
        ("Probably stress, my lip twitches.", "unknown", "suspected"),
        ("I think I have been too stressed, my lip twitches.", "present", None),
        ("My wife says I'm stressed, my lip twitches.", "present", None),
        ("I don't think it's stress. My lip twitches.", "absent", "denied"),
        ("I think it's stress, I'm so stressed at work. My lip twitches.", "present", None),
    ],
)
def test_an_opinion_about_a_cause_is_no_report(recogniser, text, status, reason) -> None:
    stress = [f for f in recogniser.recognise(text).findings if f.id == "ft:stress"]
    assert [(f.status, f.reason) for f in stress] == [(status, reason)]


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("two espressos and a Red Bull a day", 240),
        ("two espressos and a Red Bull", 240),
        ("three espressos and 2 energy drinks daily", 400),
        ("Three coffees in the morning and two Red Bulls at night", 430),
    ],
)
def test_two_kinds_of_servings_add_up(recogniser, words: str, total: float) -> None:
    case = recogniser.recognise(f"My lip twitches. {words}.")
    (amount,) = (f.amount for f in case.findings if f.id == "ft:caffeine")
    assert (amount.value, amount.unit) == (total, "mg/d")


def test_the_sum_of_servings_decides_about_the_limit(recogniser) -> None:
    text = "My lip twitches, three coffees and two Red Bulls a day"
    assert found(recogniser, text)["excessive-caffeine-intake"] == "present"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("I am teetotal", "alcohol"),
        ("sober for 3 years", "alcohol"),
        ("caffeine-free", "caffeine"),
        ("I only drink decaf", "caffeine"),
        ("never smoker", "nicotine"),
        ("stress free", "stress"),
    ],
)
def test_a_word_that_says_that_somebody_does_without(recogniser, words: str, name: str) -> None:
    read = found(recogniser, f"My lip twitches, {words}")
    assert read[name] == "absent"
    assert read["upper-lip-twitching"] == "present"


def test_not_teetotal_tells_nothing(recogniser) -> None:
    assert "alcohol" not in found(recogniser, "I'm not teetotal, my lip twitches")


@pytest.mark.parametrize("text", ["My son says his cheek twitches", "my son's cheek twitches"])
def test_the_child_of_whom_a_parent_tells_is_the_case(recogniser, text: str) -> None:
    case = recogniser.recognise(text)
    assert "ft:facial-muscle-twitching" in case.present()
    assert case.others == ()


def test_a_palsy_that_is_over_is_not_there(recogniser) -> None:
    case = recogniser.recognise("Since the facial palsy my mouth twitches")
    assert "ft:history-of-facial-palsy" in case.present()
    assert "ft:facial-immobility" not in case.present()


def test_a_lower_lip_is_no_upper_lip(recogniser) -> None:
    (only,) = recogniser.recognise("My lower lip twitches").findings
    assert (only.id, only.site) == ("ft:facial-muscle-twitching", "ft:lower-lip")


def test_a_movement_word_on_and_off_keeps_its_place(recogniser) -> None:
    assert found(recogniser, "My eyelid twitches on and off")["eyelid-twitching"] == "present"


def test_a_doubt_about_a_number_is_no_doubt_about_what_follows(recogniser) -> None:
    text = "My lip twitches, I sleep maybe 5 hours, no pain, no weakness"
    read = found(recogniser, text)
    assert (read["facial-pain"], read["muscle-weakness"]) == ("absent", "absent")


def test_last_night_is_no_bad_night(recogniser) -> None:
    text = "Twitch above my lip came on suddenly last night, worse today"
    assert "lack-of-sleep" not in found(recogniser, text)


def test_a_place_and_a_part_of_it_are_one_place(recogniser) -> None:
    case = recogniser.recognise("My mouth twitches after facial surgery")
    assert [f.site for f in case.findings] == ["ft:mouth"]


def test_a_sentence_that_begins_with_a_finding_is_a_clause_of_its_own(recogniser) -> None:
    text = "Tried meditation, nothing works. Eyelid still twitching after 4 months."
    assert [t.days for t in recogniser.recognise(text).trials] == [None]


def test_what_is_due_to_a_cause_is_reported(recogniser) -> None:
    text = "Sleeping badly due to stress, I read a lot and drink coffee, lip twitch"
    read = found(recogniser, text)
    assert (read["stress"], read["caffeine"]) == ("present", "present")


def test_a_time_after_a_diagnosis_is_kept(recogniser) -> None:
    (only,) = recogniser.recognise("Eyelid myokymia diagnosed by optician. 7/52 now.").findings
    assert (only.id, only.duration_days) == ("ft:eyelid-myokymia", 49)


def test_a_pattern_told_of_an_it_needs_no_named_sign(recogniser) -> None:
    read = found(recogniser, "It only happens when I smile. I can hold it in for a while.")
    assert read["only-with-facial-movement"] == read["suppressible-movement"] == "present"


def test_what_is_known_or_happened_can_be_denied(recogniser) -> None:
    read = found(recogniser, "Lip twitch. No Lyme disease, never had Botox, vitamin D was normal.")
    assert {read[i] for i in ("lyme-disease-known", "botulinum-toxin-given")} == {"absent"}
    assert read["vitamin-d-lack-known"] == "absent"


def test_a_mineral_is_low_in_many_words(recogniser) -> None:
    assert found(recogniser, "My magnesium's way down.")["magnesium-deficiency"] == "present"
    there = found(recogniser, "There isn't enough potassium in me.")
    assert there["potassium-deficiency"] == "present"
    assert found(recogniser, "I don't lack magnesium.")["magnesium-deficiency"] == "absent"


@pytest.mark.parametrize("word", ["properly", "normally", "well"])
def test_how_one_thing_goes_is_not_said_of_the_next(recogniser, word: str) -> None:
    read = found(recogniser, f"I can't open my mouth {word} and my neck is stiff")
    assert (read["lockjaw"], read["neck-stiffness"]) == ("present", "present")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("No fever, jaw locked", "lockjaw"),
        ("No headache, speech slurred", "slurred-speech"),
        ("No weakness, vision blurry", "blurred-vision"),
        ("No limb weakness, taste odd", "taste-change"),
    ],
)
def test_a_denial_ends_before_what_says_how_something_is(
    recogniser, text: str, finding: str
) -> None:
    assert found(recogniser, text)[finding] == "present"


@pytest.mark.parametrize("end", ["neck stiffness", "slurred speech", "eyelid drooping"])
def test_a_denial_goes_on_with_the_names_of_things(recogniser, end: str) -> None:
    assert "present" not in found(recogniser, f"No fever, {end} or rash").values()


@pytest.mark.parametrize(
    "text",
    [
        "It happened years and years ago and my face droops again.",
        "I had measles as a child and my face droops.",
        "Years back I had it too, now my face droops.",
        "I had a stroke years back and my face hangs on the left.",
        "My face droops, years back it did too.",
        "I had it years back, my face droops.",
        "It was there years back, my bruised face droops in bed.",
    ],
)
def test_what_was_long_ago_swallows_nothing_that_is_there_now(recogniser, text: str) -> None:
    assert found(recogniser, text)["facial-drooping"] == "present"


@pytest.mark.parametrize("text", ["My face drooped years back.", "A long time ago my lid drooped."])
def test_what_was_long_ago_is_not_there_now(recogniser, text: str) -> None:
    assert "present" not in found(recogniser, text).values()


@pytest.mark.parametrize(
    "old",
    [
        "I have had asthma since childhood",
        "I've had tics since childhood",
        "She has always had migraines",
        "I've always had bad skin",
    ],
)
def test_what_one_always_had_says_nothing_of_another_sign(recogniser, old: str) -> None:
    case = recogniser.recognise(f"{old} and now the face droops.")
    droop = next(f for f in case.findings if f.id == "ft:facial-drooping")
    assert droop.duration_days is None
    assert "ft:childhood-onset" not in droop.qualities


def test_who_is_named_in_brackets_does_not_do_what_follows(graph: Graph) -> None:
    case = graph.explain("i sleep badly (the baby) and live on coffee, my lid twitches").case
    assert {"ft:caffeine", "ft:eyelid-twitching"} <= {*case.present()}


@pytest.mark.parametrize(
    "text",
    [
        "?Bell's palsy, R eye not closing, face droops",
        "Possible Bell's palsy, right eye not closing, face droops",
        "Query stroke, left arm weak",
        "is this a stroke, face droops, arm weak",
        "what if it is a stroke, face droops",
        "scared it is a stroke, face droops, arm weak",
        "?stroke arm weak face droops",
        "could it be a stroke, arm weak, face droops?",
    ],
)
def test_what_is_suspected_takes_no_sign_behind_it_along(graph: Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "told to come back if my face droops, arm weak or speech slurred. lid twitches",
        "The surgeon listed death, stroke, facial droop. My lid twitches.",
        "Could my lid twitch be MS, or is it stress?",
        "maybe numbness, tingling or weakness will come, now only the lid twitches",
    ],
)
def test_what_is_only_listed_as_possible_stays_so(graph: Graph, text: str) -> None:
    assert graph.explain(text).urgency.level in ("self-care", "see-doctor")


def test_an_abbreviation_is_no_foreign_word(recogniser) -> None:
    assert "blepharospasm" not in found(recogniser, "Mon bébé tremble depuis ce matin.")
    assert found(recogniser, "I have BEB.")["blepharospasm"] == "present"


def test_like_before_a_number_is_no_simile(recogniser) -> None:
    case = recogniser.recognise("my lid twitches, i drink like 5 red bulls a night")
    (caffeine,) = (f for f in case.findings if f.id == "ft:caffeine")
    assert (caffeine.status, caffeine.amount.value) == ("present", 400)
