"""What is said of a part of the body: frames, further places, sides, everyday phrases, guesses."""

from __future__ import annotations

import pytest

from kg.recognise.recogniser import Recogniser


def present(recogniser: Recogniser, text: str) -> set[tuple[str, str | None]]:
    return {
        (f.id.removeprefix("ft:"), f.site and f.site.removeprefix("ft:"))
        for f in recogniser.recognise(text).findings
        if f.status == "present" and f.span is not None
    }


@pytest.mark.parametrize(
    ("text", "finding", "site"),
    [
        ("A light twitch in my right cheek.", "facial-muscle-twitching", "cheek"),
        ("The left side of my mouth hangs down.", "facial-drooping", "mouth-corner"),
        ("My right arm is dead.", "arm-weakness", "arm"),
        ("When tired my eye closes by itself.", "closure-with-each-twitch", "eye-area"),
        ("Both my eyes keep slamming shut.", "blepharospastic-closure", "eye-area"),
        ("I can't raise my brow or shut that eye.", "forehead-weakness", "eyebrow"),
        ("I can't raise my brow or shut that eye.", "difficulty-closing-eye", "eye-area"),
        ("Since lunch I cant open my jaw.", "lockjaw", "jaw"),
        ("My neck is hard like a rock.", "neck-stiffness", "neck"),
        ("My chin has gone all numb.", "numbness", "chin"),
        ("He keeps scrunching his nose.", "tic-movement", "nose"),
        ("It pulls the left corner of my mouth up.", "facial-muscle-twitching", "mouth-corner"),
        ("The eye shuts whenever I munch something.", "synkinetic-movement", "eye-area"),
        ("The back of my ear was aching.", "ear-pain", "ear"),
        ("I can't feel my top lip.", "numbness", "upper-lip"),
    ],
)
def test_a_predicate_and_a_part_name_a_finding(
    recogniser: Recogniser, text: str, finding: str, site: str
) -> None:
    assert (finding, site) in present(recogniser, text)


@pytest.mark.parametrize(
    "text",
    [
        "I dropped my phone.",
        "I'm confused about which doctor to see.",
        "It drives me mad at parties.",
        "I have hay fever.",
        "The eye never shuts because of it.",
        "He was raised by his aunt.",
    ],
)
def test_everyday_words_are_no_signs(recogniser: Recogniser, text: str) -> None:
    assert present(recogniser, text) == set()


def test_further_places_are_of_the_finding_before(recogniser: Recogniser) -> None:
    text = "Left lid began twitching three years ago; later brow, cheek and chin on the left."
    read = present(recogniser, text)
    assert {
        ("eyelid-twitching", "eyelid"),
        ("facial-muscle-twitching", "cheek"),
        ("facial-muscle-twitching", "chin"),
    } <= read
    case = recogniser.recognise(text)
    assert "ft:spreading-twitching-pattern" in case.present()
    assert {f.side for f in case.findings if f.site is not None} == {"left"}
    assert "ft:hemifacial-contraction" in case.present()


def test_two_sides_are_no_half_of_the_face(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My left eyelid and my right cheek twitch.")
    assert "ft:hemifacial-contraction" not in case.present()


def test_a_list_of_denials_runs_over_what_nobody_knows(recogniser: Recogniser) -> None:
    case = recogniser.recognise("No fever, zoster, night sweats or weakness.")
    assert {"ft:high-temperature", "ft:hot-flush", "ft:muscle-weakness"} <= set(case.absent())
    case = recogniser.recognise("No numbness, eyelid twitching daily.")
    assert "ft:eyelid-twitching" in case.present()


def test_a_denial_is_not_cut_by_the_end_of_a_line(recogniser: Recogniser) -> None:
    assert recogniser.recognise("My lip twitches. I have no\nnumbness.").absent() == (
        "ft:numbness",
    )
    form = recogniser.recognise("Droop: no\nTwitch: yes, lip")
    assert "ft:facial-drooping" in form.absent()
    assert "ft:upper-lip-twitching" in form.present()


@pytest.mark.parametrize("form", ["can't", "cant", "cannot", "can not"])
def test_contractions_are_read_alike(recogniser: Recogniser, form: str) -> None:
    assert ("difficulty-closing-eye", "eye-area") in present(
        recogniser, f"I {form} quite close my left eye."
    ) or ("difficulty-closing-eye", "eyelid") in present(
        recogniser, f"I {form} quite close my left eye."
    )


def test_a_corrected_word_raises_no_alarm_but_is_asked(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My cheek is weakend.")
    assert "ft:facial-weakness" not in case.present()
    assert [case.text[slice(*guess.span)] for guess in case.guesses] == ["weakend"]
    assert [unread.text for unread in case.unread] == ["weakend"]
    doubled = recogniser.recognise("slurrred speech")
    assert "ft:slurred-speech" in doubled.present()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("My dad died ten years ago and my eyelid has twitched this past fortnight.", 14.0),
        ("I had surgery in May. My lip twitches for a year and a half.", 547.5),
        ("Day 10 of a twitching eyelid.", 10.0),
        ("My 12 yr old's eye twitches since yesterday.", 1.0),
        ("My eye twitches 24/7.", None),
    ],
)
def test_a_time_belongs_to_its_own_clause(
    recogniser: Recogniser, text: str, days: float | None
) -> None:
    case = recogniser.recognise(text)
    told = {f.duration_days for f in case.findings if f.site is not None}
    assert told == {days}


def test_a_denial_before_the_story_is_nobodys(recogniser: Recogniser) -> None:
    case = recogniser.recognise(
        "For context: no severe bleeding. Grandad's mouth dropped on one side just now."
    )
    assert "ft:facial-drooping" in case.present()
    assert "ft:severe-bleeding" in case.absent()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Coffee runs out on the left.", "facial-weakness"),
        ("His words all run together.", "slurred-speech"),
        ("The hearing on the left is down by half.", "hearing-loss"),
        ("Chocolate tastes of nothing.", "taste-change"),
        ("One pupil is massive.", "unequal-pupils"),
    ],
)
def test_a_predicate_is_said_of_what_a_body_takes_in_or_gives_off(
    recogniser: Recogniser, text: str, finding: str
) -> None:
    assert finding in {name for name, _ in present(recogniser, text)}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My eyelid twitches. Both eyes close normally.", "closure-with-each-twitch"),
        ("My eyelid twitches. I close my eyes and rest.", "closure-with-each-twitch"),
        ("My eyelid twitches. I lost two pounds.", "headache"),
        ("My eyelid twitches. Sorry, I don't speak good English.", "slurred-speech"),
    ],
)
def test_what_a_person_does_is_no_sign(recogniser: Recogniser, text: str, finding: str) -> None:
    assert finding not in {name for name, _ in present(recogniser, text)}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My jaw feels tight and I can hardly open it.", "lockjaw"),
        ("My jaw is stiff. I can barely open it to eat.", "lockjaw"),
        ("My jaw is tight. It won't open.", "lockjaw"),
        ("My eye is dry and it won't close.", "difficulty-closing-eye"),
        ("My eyelid is heavy, I can't lift it.", "drooping-eyelid"),
    ],
)
def test_it_beside_what_cannot_be_done_is_the_part_named_last(
    recogniser: Recogniser, text: str, finding: str
) -> None:
    assert finding in {name for name, _ in present(recogniser, text)}


@pytest.mark.parametrize("rest", ["quit", "stop", "let up", "stay still", "stop moving"])
def test_a_part_that_will_not_rest_twitches(recogniser: Recogniser, rest: str) -> None:
    assert ("eyelid-twitching", "eyelid") in present(recogniser, f"My eyelid just won't {rest}.")


@pytest.mark.parametrize("text", ["My nose won't stop running.", "My mouth won't stop talking."])
def test_what_will_not_stop_doing_something_does_not_twitch(
    recogniser: Recogniser, text: str
) -> None:
    assert not {name for name, _ in present(recogniser, text) if "twitching" in name}
