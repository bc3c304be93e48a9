"""Wordings: one row says a finding in many ways, and everyday talk is none of them."""

from __future__ import annotations

import pytest

import kg
from kg.recognise.recogniser import Recogniser
from kg.recognise.stems import stem
from kg.recognise.tokens import tokenise
from kg.recognise.wordings import Wordings
from kg.view import Cue


def wordings(*texts: str) -> Wordings:
    cues = [Cue("ft:w", text, "ft:wording", None, {"ft:cue-concept": "ft:x"}) for text in texts]
    sets = [Cue("ft:set-go", word, "ft:word-set", None, {}) for word in ("go", "goes", "went")]
    tables = Wordings.compiled(cues, sets, frozenset({"my", "the"}))
    return Wordings(tables, frozenset({"my", "the", "so"}))


def reach(found: Wordings, text: str) -> int | None:
    tokens = tokenise(text)
    end = len(tokens)
    best = found.longest(tokens, 0, end, found.possible(tokens, 0, end))
    return None if best is None else best[0]


def test_each_choice_is_read_and_fillers_may_stand_between() -> None:
    found = wordings("<go> {stiff|rigid} {all over|}")
    assert reach(found, "goes stiff") == 2
    assert reach(found, "went so rigid all over") == 5
    assert reach(found, "went home stiff") is None


def test_a_word_set_may_be_left_out_and_a_single_word_counts_as_written() -> None:
    assert reach(wordings("arm <go?> dead"), "arm dead") == 2
    assert stem("uppers") == stem("upper")
    assert reach(wordings("{uppers|pep pills}"), "upper lip") is None


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("He went down like a sack of potatoes.", "ft:loss-of-awareness"),
        ("She went stiff and then shook.", "ft:seizure"),
        ("She does not know what day it is.", "ft:confusion"),
        ("The words won't come out.", "ft:slurred-speech"),
        ("My food keeps going down the wrong way.", "ft:swallowing-trouble"),
        ("I can't get a full breath.", "ft:breathing-difficulty"),
        ("My family would be better off without me.", "ft:suicidal-thoughts"),
        ("I stepped on a rusty nail.", "ft:dirty-wound"),
        ("My leg just gave way on the stairs.", "ft:leg-weakness"),
        ("My hand has lost its strength.", "ft:arm-weakness"),
        ("She had a fit for about ten minutes.", "ft:seizure"),
        ("He had a seizure last night for the first time.", "ft:first-seizure"),
        ("My neck hurts when I bend it forward.", "ft:neck-stiffness"),
        ("Since my thyroid op on Monday my lips tingle.", "ft:recent-neck-surgery"),
        ("My speech, since this morning, comes out as gibberish.", "ft:slurred-speech"),
    ],
)
def test_what_people_say_of_danger(recogniser: Recogniser, text: str, finding: str) -> None:
    assert finding in present(recogniser, text)


@pytest.mark.parametrize(
    "text",
    [
        "He collapsed in laughter when my eyebrow danced.",
        "I passed out flyers all day, my lid flickers.",
        "I blacked out the windows and my lid twitches.",
        "He is a fit lad, only his eyelid twitches.",
        "I nearly died of embarrassment when my lip twitched.",
        "The doctor does not answer, my eyelid twitches.",
    ],
)
def test_everyday_talk_is_no_sign_of_danger(recogniser: Recogniser, text: str) -> None:
    signs = {"ft:loss-of-awareness", "ft:seizure", "ft:suicidal-thoughts", "ft:confusion"}
    assert not signs & present(recogniser, text)


def present(recogniser: Recogniser, text: str) -> set[str]:
    return {f.id for f in recogniser.recognise(text).findings if f.status == "present"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Nothing bothers me in hot weather; the heat does not bother me.", "ft:heat-intolerance"),
        ("He can let go of things at once.", "ft:delayed-relaxation"),
        ("I don't have epilepsy.", "ft:epilepsy-known"),
        ("Nobody ever told me that I have epilepsy.", "ft:epilepsy-known"),
    ],
)
def test_what_says_that_all_is_well_denies_the_finding(
    recogniser: Recogniser, text: str, finding: str
) -> None:
    statuses = {f.id: f.status for f in recogniser.recognise(text).findings}
    assert statuses.get(finding) == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "My lid twitches. One arm works as it should.",
        "My lid twitches. I could talk fine yesterday.",
        "My lid twitches. I was speaking perfectly clearly an hour ago.",
        "My lid twitches. Only half my face moves normally.",
    ],
)
def test_what_is_sound_of_one_of_two_or_was_so_before_denies_nothing(
    recogniser: Recogniser, text: str
) -> None:
    assert "absent" not in {f.status for f in recogniser.recognise(text).findings}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My lid twitches. Both arms work as they should.", "ft:arm-weakness"),
        ("My lid twitches since Monday. I can talk fine.", "ft:slurred-speech"),
        ("My lid twitches. My face moves normally.", "ft:facial-weakness"),
    ],
)
def test_what_is_sound_now_and_on_both_sides_denies(
    recogniser: Recogniser, text: str, finding: str
) -> None:
    statuses = {f.id: f.status for f in recogniser.recognise(text).findings}
    assert statuses.get(finding) == "absent"


def test_a_pattern_of_it_is_told_though_it_is_not_named(recogniser: Recogniser) -> None:
    assert "ft:gradual-onset" in present(recogniser, "It came on bit by bit over the spring.")
    assert not recogniser.recognise("They worked around the clock to mend the road.").findings


@pytest.mark.parametrize(
    "text",
    [
        "When I blink hard, my mouth corner pulls up on the same side.",
        "Every time I blink my lip moves",
        "if I pucker my lips, the eyelid shuts",
        "Blinking makes the corner of my mouth twitch",
        "Her cheek goes up whenever she blinks",
    ],
)
def test_a_part_that_moves_with_another_is_linked_to_it(graph: kg.Graph, text: str) -> None:
    found = {f.id for f in graph.explain(text).case.findings}
    assert "ft:synkinetic-movement" in found
    assert "ft:excessive-blinking" not in found


@pytest.mark.parametrize(
    "text",
    [
        "my nose twitches whenever I close a deal",
        "I blink a lot and my lip twitches",
        "My lip twitches when I'm tired and close my eyes",
    ],
)
def test_what_only_stands_beside_it_is_not_linked(graph: kg.Graph, text: str) -> None:
    assert "ft:synkinetic-movement" not in {f.id for f in graph.explain(text).case.findings}
