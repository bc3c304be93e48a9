"""A text that is told like what could not wait: it is answered as such, and nothing lowers that."""

from __future__ import annotations

import pytest

import kg
from kg.recognise.learned import features_of, learned

LEVELS = ("unclear", "self-care", "see-doctor", "prompt", "emergency")
FOUND = (
    "I came home an hour ago and found my wife on the kitchen floor, she looked straight past me "
    "and the sounds she made were not words, I have never seen her like this. Do I ring 999 now or "
    "wait for the doctor?"
)
CALM = (
    "For years now my lower lid has done its little dance whenever work gets busy, the eye doctor "
    "looked at it in spring and said it was nothing, and so I drink less coffee and go to bed "
    "earlier. Does anybody else have this?"
)


def test_what_is_told_like_an_emergency_is_answered_as_one(graph: kg.Graph) -> None:
    answer = graph.explain(FOUND)
    assert answer.urgency.level == "emergency"
    assert not answer.urgency.because
    assert "as a whole it sounds like what a doctor should see" in " ".join(str(answer).split())
    assert answer.to_dict()["case"]["alarm"] > 0.4


def test_a_calm_story_of_the_same_length_alarms_nobody(graph: kg.Graph) -> None:
    answer = graph.explain(CALM)
    assert answer.case.alarm < 0.1
    assert answer.urgency.level in ("self-care", "see-doctor")


@pytest.mark.parametrize("more", ["We have a garden.", "She has no fever.", CALM])
@pytest.mark.parametrize("first", [True, False])
def test_nothing_that_is_added_lowers_it(graph: kg.Graph, more: str, first: bool) -> None:
    alone = graph.explain(FOUND).urgency.level
    both = graph.explain(f"{more} {FOUND}" if first else f"{FOUND} {more}").urgency.level
    assert LEVELS.index(both) >= LEVELS.index(alone)


def test_what_is_denied_does_not_alarm(graph: kg.Graph) -> None:
    denials = " He has no slurred speech, no weakness, no confusion and no seizures."
    assert graph.read(CALM + denials).alarm == pytest.approx(graph.read(CALM).alarm, abs=0.1)


def test_a_short_text_has_no_way_of_telling(graph: kg.Graph) -> None:
    assert graph.read("Help, call 999 now, my wife is on the floor!").alarm == 0.0


def test_the_alarm_of_a_beginning_is_that_of_the_beginning_alone() -> None:
    model = learned("alarm")
    told = [["*", "call", "999"], ["*", "face", "droop", "now"], ["what", "do", "*", "do"]]
    alone = [model.likely(features_of(told[:n]))["serious"] for n in range(1, len(told) + 1)]
    assert list(model.rising(map(model.placed, told), "serious")) == pytest.approx(alone, abs=1e-6)
    assert len(set(alone)) == len(told)
