"""Next questions: urgency first, then what tells the conditions apart."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.engine import Explainer
from kg.explain.gains import entropy, information_gain
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.view import Quantity

from .conftest import QUANTITIES, TAP, TAP_KINDS

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


def test_without_a_yes_side_the_reason_still_reads(view_of, case) -> None:
    view = view_of(
        {"motor": "Condition", "pump": "Condition", "hum": "Symptom", "drip": "Symptom"},
        [
            ("motor", "has-finding", "hum", {"frequency": "excluded"}),
            ("motor", "has-finding", "drip"),
            ("pump", "has-finding", "drip"),
        ],
    )
    questions = Explainer(view).explain(case("drip")).questions
    assert all(q.why.startswith(("yes speaks for", "no speaks for")) for q in questions)


def test_a_general_finding_does_not_make_each_of_its_forms_worth_asking(view_of, case) -> None:
    view = view_of(
        {
            "motor": "Condition",
            "pump": "Condition",
            "noise": "Symptom",
            "hum": "Symptom",
            "drip": "Symptom",
        },
        [
            ("hum", "form-of", "noise"),
            ("motor", "has-finding", "noise", {"frequency": "very-frequent"}),
            ("pump", "has-finding", "hum", {"frequency": "very-rare"}),
            ("pump", "has-finding", "drip"),
            ("motor", "has-finding", "drip"),
        ],
    )
    (question,) = Explainer(view).explain(case("drip")).questions
    assert question.id == "tap:noise"


def test_no_two_questions_of_a_list_settle_each_other(tap, case) -> None:
    questions = [q.id for q in Explainer(tap).explain(case("limescale", "wet-socket")).questions]
    assert "tap:leak" in questions
    assert not {"tap:dripping", "tap:kitchen-drip", "tap:bathroom-drip"} & set(questions)


def test_the_opposite_of_an_answer_is_not_asked(tap, case) -> None:
    opposed = replace(tap, opposites=(("tap:long-drip", "tap:rattling"),))
    for answered in (case("kitchen-drip", "rattling"), case("kitchen-drip", absent=["rattling"])):
        asked = {q.id for q in Explainer(opposed).explain(answered).questions}
        assert "tap:long-drip" not in asked
    assert "tap:long-drip" in {q.id for q in Explainer(tap).explain(case("leak")).questions}


def test_how_long_it_has_lasted_is_not_asked_when_it_was_told(view_of, case) -> None:
    view = view_of(
        TAP_KINDS | {"two-weeks": "Quantity"},
        [*TAP, ("long-drip", "has-duration", "two-weeks")],
        quantities=(
            *QUANTITIES,
            Quantity("tap:two-weeks", "two weeks", None, None, None, 14.0, None, None),
        ),
    )
    explainer = Explainer(view)
    asked = {q.id for q in explainer.explain(case("leak", duration_days=3.0)).questions}
    assert "tap:long-drip" not in asked
    assert "tap:long-drip" in {q.id for q in explainer.explain(case("leak")).questions}


def test_the_flag_that_the_case_makes_likelier_is_asked_about_first(view_of, case) -> None:
    view = view_of(
        {
            "motor": "Condition",
            "drip": "Symptom",
            "smoke": "Symptom",
            "theft": "Symptom",
            "smoking-motor": "RedFlag",
            "stolen-tap": "RedFlag",
        },
        [
            ("motor", "has-finding", "drip"),
            ("motor", "has-finding", "smoke", {"frequency": "frequent"}),
            ("smoking-motor", "has-criterion", "smoke"),
            ("smoking-motor", "has-urgency", "ft:prompt"),
            ("stolen-tap", "has-criterion", "theft"),
            ("stolen-tap", "has-urgency", "ft:emergency"),
        ],
    )
    smoke, theft = Explainer(view).explain(case("drip")).questions
    assert (smoke.id, smoke.raises) == ("tap:smoke", "prompt")
    assert (theft.id, theft.raises, theft.rise) == ("tap:theft", "emergency", 0.0)
    assert smoke.rise > 0.5


AUXILIARIES = {"Am", "Are", "Can", "Did", "Do", "Does", "Has", "Have", "Is", "Was", "Were", "When"}


def test_every_question_can_be_answered_by_yes_or_no(real) -> None:
    """A question that asks how much, or for two things, has no yes that means "present"."""
    texts = [c.question for c in real.concepts.values() if c.question]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.split()[0] in AUXILIARIES, text
        assert text.endswith("?"), text
        assert " how " not in text, text
        # "Can you lift it?" asks for health: its yes would deny the finding.
        assert not text.startswith("Can you ") or " still " in text or " hold " in text, text


VIGNETTES = Path(__file__).parents[1] / "data" / "vignettes.tsv"


def test_on_described_cases_no_question_is_answered_or_asked_twice(real, graph, explainer) -> None:
    taxonomy = Taxonomy(real)
    with VIGNETTES.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines, delimiter="\t")]
    linked = {*real.opposites, *real.implications}
    asked = 0
    for text in texts:
        case_ = graph.read(text)
        reading = Reading(real, taxonomy, case_)
        questions = explainer.explain(case_).questions
        asked += len(questions)
        known = {*reading.met, *reading.denials}
        assert not known & {q.id for q in questions}, text
        assert len({q.text for q in questions}) == len(questions), text
        for one, other in permutations([q.id for q in questions], 2):
            assert not taxonomy.is_broader(one, other), (text, one, other)
            assert (one, other) not in linked, (text, one, other)
    assert asked > 400


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("My eyelid has twitched for two weeks, is it stress or a tumour?", ("tumour:", "Stress:")),
        ("Cheek twitching for a month. Is it MS or just tiredness?", ("sclerosis:", "Tiredness:")),
        ("My eyelid twitches. Is it stress or sertraline?", ("Stress:", "Antidepressant:")),
    ],
)
def test_both_halves_of_an_either_or_are_answered(graph, text, told):
    answers = " ".join(a.text for a in graph.explain(text).summary.answers)
    assert all(word in answers for word in told), answers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "My lip trembles and it started before I took it. Can I take my propranolol?",
            "propranolol",
        ),
        ("I have hemifacial spasm. Would an operation cure it?", "surgery to move"),
        ("Dad's mouth dropped on one side 40 minutes ago. Still in the window?", "when it began"),
        ("My eyelid twitches. Will it rain tomorrow?", "No source here answers that"),
    ],
)
def test_an_answer_keeps_to_what_is_asked(graph, text, told):
    (answer,) = graph.explain(text).summary.answers
    assert told in answer.text
