"""Long texts: the time for a word does not grow with the text, and a cut loses nothing told."""

from __future__ import annotations

from time import process_time

import pytest

import kg

ENDLESS = {
    "one list": "No twitching, weakness, numbness, a droopy eyelid, double vision, pain, ",
    "medicines": "I take metoclopramide 10 mg and stopped sertraline last week, ",
    "one word": "twitch ",
    "alternatives": "denies twitching or weakness or ",
    "a story": "my eye twitches and my cheek too because I drink coffee but ",
    "times": "it twitches for 3 days, since 2 weeks ago, 10 times a day, ",
    "lines": "- eye twitch\n- no weakness\n- coffee: yes\n",
}
LETTERS = 20_000
SECONDS = 5  # about ten times what it takes; the same texts took up to 21


@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
def test_long_texts_are_read_in_time(graph: kg.Graph, words: str) -> None:
    text = (words * LETTERS)[:LETTERS]
    began = process_time()
    assert graph.read(text).findings
    assert process_time() - began < SECONDS


PADDING = "the weather was warm and we went on to the garden and "


@pytest.mark.parametrize("times", [1, 15, 40, 200])
def test_what_stands_behind_the_cut_of_an_endless_sentence_is_read(
    graph: kg.Graph, times: int
) -> None:
    case = graph.read(f"My eyelid twitches and {PADDING * times}my arm is weak.")
    told = {(f.id, f.status) for f in case.findings}
    assert {("ft:eyelid-twitching", "present"), ("ft:arm-weakness", "present")} <= told


def test_a_name_is_not_cut_in_two(graph: kg.Graph) -> None:
    for times in range(115, 123):
        case = graph.read(f"I {'was out ' * times}and my double vision is back.")
        assert "ft:double-vision" in {f.id for f in case.findings}
