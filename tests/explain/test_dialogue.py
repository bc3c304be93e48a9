"""The dialogue: each answer updates the explanation, nothing is asked twice, and it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.explain.dialogue import Dialogue, start
from kg.explain.engine import Explainer
from kg.explain.model import Explanation

from .conftest import QUANTITIES, TAP, TAP_KINDS, make_case, make_view

EXPLAINER = Explainer(make_view(TAP_KINDS, TAP, quantities=QUANTITIES))
SYMPTOMS = ["dripping", "kitchen-drip", "puddle", "wet-socket", "leak", "rattling", "worn-washer"]


def explain(present: Sequence[str], absent: Sequence[str]) -> Explanation:
    local = [[name.removeprefix("tap:") for name in names] for names in (present, absent)]
    return EXPLAINER.explain(make_case(*local[0], absent=local[1]))


def begin(*present: str, absent: Sequence[str] = ()) -> Dialogue:
    return start(explain, EXPLAINER.levels, present, absent)


def answered(first: Dialogue, replies: Sequence[str]) -> list[Dialogue]:
    states = [first]
    for reply in replies:
        if states[-1].question is None:
            break
        states.append(states[-1].answer(reply))
    return states


told = st.lists(st.sampled_from(SYMPTOMS), min_size=1, max_size=3, unique=True)
replies = st.lists(st.sampled_from(["yes", "no", "unknown"]), max_size=25)


@given(told, replies)
def test_the_state_is_what_explain_says_of_the_same_findings(present, given_replies) -> None:
    for state in answered(begin(*present), given_replies):
        assert state.explanation == explain(state.findings, state.absent)


@given(told, replies)
def test_nothing_is_asked_twice_and_nothing_that_is_known(present, given_replies) -> None:
    last = answered(begin(*present), given_replies)[-1]
    asked = [answer.question.id for answer in last.answers]
    assert len(asked) == len(set(asked))
    assert not {f"tap:{name}" for name in present} & set(asked)


@given(told, replies)
def test_a_yes_that_needs_nothing_else_raises_the_urgency_as_announced(present, more) -> None:
    for state in answered(begin(*present), more):
        question = state.question
        if question is None or question.raises is None or "together with" in question.why:
            continue
        after = state.answer("yes")
        order = state.levels.index
        assert order(after.explanation.urgency.level) >= order(question.raises)
        assert after.raised


@given(told, st.sampled_from(["yes", "no", "unknown"]))
def test_it_ends(present, reply) -> None:
    states = answered(begin(*present), [reply] * 50)
    assert states[-1].question is None
    assert len(states) <= 21


@given(told, replies)
def test_going_back_gives_the_very_state_before(present, given_replies) -> None:
    states = answered(begin(*present), given_replies)
    for earlier, later in pairwise(states):
        assert later.back() is earlier
    assert states[0].back() is states[0]


def test_an_answer_that_raises_the_urgency_says_so() -> None:
    first = begin("kitchen-drip", "puddle")
    assert first.question is not None
    assert (first.question.id, first.question.raises) == ("tap:wet-socket", "emergency")
    assert not first.raised
    urgent = first.answer("yes")
    assert urgent.raised
    assert urgent.explanation.urgency.level == "emergency"
    assert urgent.question is None  # nothing can be more urgent, so nobody is kept
    assert not first.answer("no").raised


def test_what_is_not_known_changes_nothing_but_is_not_asked_again() -> None:
    first = begin("kitchen-drip", "puddle")
    after = first.answer("unknown")
    assert after.explanation is first.explanation
    assert (after.findings, after.absent) == (first.findings, first.absent)
    assert after.question != first.question


def test_what_cannot_be_answered_is_refused_with_the_way_out() -> None:
    ended = begin("kitchen-drip", "puddle").answer("yes")
    with pytest.raises(BadInput, match="no question is left"):
        ended.answer("no")
    with pytest.raises(BadInput, match="yes, no, unknown"):
        begin("kitchen-drip", "puddle").answer("perhaps")  # type: ignore[arg-type]


def test_a_question_that_tells_little_is_not_asked() -> None:
    state = begin("kitchen-drip", "puddle")
    poor = tuple(replace(q, gain=0.01, rise=0.0, raises=None) for q in state.explanation.questions)
    assert replace(state, explanation=replace(state.explanation, questions=poor)).question is None


@pytest.mark.parametrize(
    "text",
    [
        "My nostril keeps twitching, three espressos a day",
        "One side of my face jerks for months, no weakness",
        "My eyelid droops a little",
    ],
)
def test_on_the_real_graph_the_answers_can_be_replayed(graph, text) -> None:
    state = graph.dialogue(text)
    for reply in ["no", "yes", "unknown", "no", "no", "yes", "no"]:
        if state.question is not None:
            state = state.answer(reply)
    assert len(state.answers) > 1
    replayed = graph.explain(text, findings=state.findings, absent=state.absent)
    assert replayed == state.explanation
