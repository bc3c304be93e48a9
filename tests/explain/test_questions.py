"""Next questions: urgency first, then what tells the conditions apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.engine import Explainer
from kg.explain.questions import entropy, information_gain

rates = st.lists(st.tuples(st.floats(0.01, 1.0), st.floats(0.0, 1.0)), min_size=1, max_size=6)


@given(rates)
def test_the_gain_is_the_expected_drop_of_entropy(pairs) -> None:
    whole = sum(p for p, _ in pairs)
    priors = [p / whole for p, _ in pairs]
    chances = [r for _, r in pairs]
    expected = entropy(priors)
    for answer in (chances, [1 - r for r in chances]):
        likely = sum(p * a for p, a in zip(priors, answer, strict=True))
        if likely > 0:
            after = [p * a / likely for p, a in zip(priors, answer, strict=True)]
            expected -= likely * entropy(after)
    assert information_gain(priors, chances) == pytest.approx(expected, abs=1e-9)


def test_what_would_raise_the_urgency_is_asked_first(tap, case) -> None:
    questions = Explainer(tap).explain(case("kitchen-drip", "puddle")).questions
    assert questions[0].id == "tap:wet-socket"
    assert questions[0].why == "yes would mean: at once (water at socket)"
    assert questions[0].separates == ("tap:burst-pipe",)
    assert questions[1].id == "tap:long-drip"


def two_conditions(view_of):
    """Two conditions that a hum speaks for and against."""
    return view_of(
        {"motor": "Condition", "pump": "Condition", "hum": "Symptom", "drip": "Symptom"},
        [
            ("motor", "has-finding", "hum", {"frequency": "very-frequent"}),
            ("pump", "has-finding", "hum", {"frequency": "excluded"}),
            ("pump", "has-finding", "drip"),
            ("motor", "has-finding", "drip"),
        ],
    )


def test_a_question_has_its_own_words_or_the_name(tap, view_of, case) -> None:
    (question, *_) = Explainer(tap).explain(case("wet-socket")).questions
    assert question.text == "Is there a puddle?"
    (question,) = Explainer(two_conditions(view_of)).explain(case("drip")).questions
    assert question.text == "Have you noticed: hum?"


def test_a_question_tells_what_it_separates(view_of, case) -> None:
    (question,) = Explainer(two_conditions(view_of)).explain(case("drip")).questions
    assert question.id == "tap:hum"
    assert question.separates == ("tap:motor", "tap:pump")
    assert question.why == "yes speaks for motor, no for pump"
    assert question.gain > 0.5


def test_what_was_answered_is_not_asked_again(tap, case) -> None:
    case_ = case("kitchen-drip", absent=["puddle", "rattling"])
    asked = {q.id for q in Explainer(tap).explain(case_).questions}
    assert not asked & {"tap:puddle", "tap:rattling", "tap:kitchen-drip"}
