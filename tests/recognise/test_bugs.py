"""Texts that were once misread, one test a bug."""

from __future__ import annotations

import pytest


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
