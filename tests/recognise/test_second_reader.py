"""The second reader: a guess for what the grammar leaves over, and what a guess may not do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.recognise.case import GUESSED
from kg.recognise.learned import DENIED, NONE, Learned, learned
from kg.recognise.second_reader import SecondReader

READING = Path(__file__).parents[1] / "data" / "reading"
LEVELS = ("unclear", "self-care", "see-doctor", "prompt", "emergency")


def guesses(graph: kg.Graph, text: str) -> dict[str, tuple[str | None, str]]:
    """What is guessed of a text: side and status by sign."""
    found = graph.read(text).findings
    return {f.id: (f.side, f.status) for f in found if f.reason == GUESSED}


def test_words_that_nobody_listed_are_guessed_with_their_side(graph: kg.Graph) -> None:
    assert guesses(graph, "There's a drummer in my left lower lid.") == {
        "ft:eyelid-twitching": ("left", "present")
    }


def test_a_guess_is_no_ground_to_reassure(graph: kg.Graph) -> None:
    text = "There's a drummer in my left lower lid."
    answer = graph.explain(text)
    assert answer.urgency.level == "unclear"
    assert [u.text for u in answer.case.unread] == [text.rstrip(".")]
    assert "perhaps a twitch of the eyelid" in str(answer)


def test_a_guess_is_asked_back_by_its_name(graph: kg.Graph) -> None:
    for text in (
        "There's a drummer in my left lower lid.",
        "Some drummer sits in my right upper lid.",
    ):
        (question,) = (q for q in graph.explain(text).questions if q.quote is not None)
        assert text.rstrip(".") in question.text
        assert "do you mean this: a twitch " in question.text
    strings = "It's like someone is plucking a guitar string in my cheek."
    assert "None" not in graph.explain(strings).questions[0].text


def test_a_grave_guess_is_asked_about_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ft:one-sided-weakness": 0.3, NONE: 0.1, DENIED: 0.0}
    monkeypatch.setattr(Learned, "chances", lambda self, words: told)
    with kg.open() as graph:
        answer = graph.explain("My eyelid twitches. One half of me is like a sack of sand.")
    assert answer.urgency.level == "unclear"
    assert [g.ids for g in answer.case.guesses] == [("ft:one-sided-weakness",)]
    assert "ft:one-sided-weakness" not in {f.id for f in answer.case.findings}


@pytest.mark.parametrize(
    "text",
    [
        "My brother has a jackhammer under his left eye, I am fine.",
        "The cat sat on my keyboard and the parcel never came.",
        "Is there such a thing as a jackhammer under the eye?",
        "My left knee clicks.",
        "I need to pass water all the time and it burns.",
        "Two.",
    ],
)
def test_nothing_is_guessed_of_others_and_of_things(graph: kg.Graph, text: str) -> None:
    assert guesses(graph, text) == {}


def test_no_guess_lowers_the_level_of_a_text(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch, some: Callable[..., list[str]]
) -> None:
    lines = (READING / "open.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in some(lines[::4], 20)]
    with_guesses = [graph.explain(text).urgency.level for text in texts]
    monkeypatch.setattr(SecondReader, "guess", lambda self, reading: None)
    without = [graph.explain(text).urgency.level for text in texts]
    for text, level, before in zip(texts, with_guesses, without, strict=True):
        if before != "unclear":
            assert level == "unclear" or LEVELS.index(level) >= LEVELS.index(before), text


def test_what_was_learned_is_of_this_graph(graph: kg.Graph) -> None:
    classes = set(learned().classes) - {NONE, DENIED}
    assert classes <= set(graph.view.concepts)


@pytest.mark.parametrize("name", ["posts", "posts_plain", "posts_kept", "retold", "told"])
def test_what_labels_name_is_in_the_graph(graph: kg.Graph, name: str) -> None:
    lines = (READING / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    named = {i for line in lines for i in re.findall(r"\bft:[\w-]+", line.rpartition("\t")[0])}
    assert named
    assert named <= set(graph.view.concepts)


def test_the_weights_tell_a_sign_from_none() -> None:
    model = learned()
    assert isinstance(model, Learned)
    told = model.chances(["left", "corner", "of", "mouth", "keep", "jump"])
    assert max(told, key=told.__getitem__) == "ft:facial-muscle-twitching"
    idle = model.chances(["the", "bus", "was", "late", "and", "it", "rain"])
    assert idle[NONE] > 0.5
    assert sum(told.values()) - told[DENIED] == pytest.approx(1)


def test_nothing_is_guessed_of_what_may_be_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ft:eyelid-twitching": 0.6, NONE: 0.1, DENIED: 0.3}
    monkeypatch.setattr(Learned, "chances", lambda self, words: told)
    with kg.open() as graph:
        assert guesses(graph, "There's a drummer in my left lower lid.") == {}
        told[DENIED] = 0.2
        assert set(guesses(graph, "There's a drummer in my left lower lid.")) == {
            "ft:eyelid-twitching"
        }


def test_a_grave_guess_that_is_surely_right_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ft:one-sided-weakness": 0.8, NONE: 0.05, DENIED: 0.0}
    monkeypatch.setattr(Learned, "chances", lambda self, words: told)
    with kg.open() as graph:
        answer = graph.explain("My eyelid twitches. One half of me is like a sack of sand.")
    assert answer.urgency.level == "emergency"
    assert "perhaps" in str(answer)


@pytest.mark.parametrize(
    "text",
    [
        "There's a jackhammer under my left eye.",
        "My cheek does a samba when I'm tired.",
        "My eyelid twitches. It's as if the left half of me has been unplugged.",
        "My eyelid twitches. One half of me is like a sack of sand.",
    ],
)
def test_odd_words_of_the_body_reassure_nobody(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "unclear"


def test_of_two_things_the_one_that_is_no_problem_is_denied(graph: kg.Graph) -> None:
    found = graph.read("My eyelid twitches. Talking is no problem but swallowing is.").findings
    assert "ft:swallowing-trouble" not in {f.id for f in found if f.status == "absent"}


def test_what_is_surely_of_the_body_and_not_understood_is_asked_about(graph: kg.Graph) -> None:
    answer = graph.explain("My lid twitches. Whatever I drink ends up in my windpipe.")
    assert answer.urgency.level == "unclear"
    assert "windpipe" in answer.questions[0].text


def test_a_circumstance_is_guessed_only_beside_a_sign(graph: kg.Graph) -> None:
    assert guesses(graph, "We face the park, so it is quiet at night.") == {}


def test_a_guess_does_not_decide_whose_story_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ft:memory-trouble": 0.9, NONE: 0.02, DENIED: 0.0}
    monkeypatch.setattr(Learned, "chances", lambda self, words: told)
    with kg.open() as graph:
        case = graph.read("Our daughter has fits. The day is fog to us and everything slips.")
    assert "ft:seizure" in case.present()


def test_what_was_passed_over_is_asked_about_where_nothing_else_is_known(graph: kg.Graph) -> None:
    answer = graph.explain("It's like someone is plucking a guitar string in my cheek.")
    assert answer.urgency.level == "unclear"
    assert answer.questions[0].quote == answer.case.passed[0].text
