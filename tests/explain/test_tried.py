"""What was given up or tried weighs on the causes and the remedies, and never on the urgency."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.engine import Explainer
from kg.recognise.case import Case, Finding, Trial
from kg.view import ScaleItem, View

NO_HELP, HELPED = "did not help", "helped"
WEIGHTS = {
    "outcome-helped": (0.4, None),
    "outcome-no-help": (0.3, 28.0),
    "outcome-no-help-after-unknown-time": (0.6, None),
    "outcome-too-early": (1.0, None),
}


@pytest.fixture(scope="module")
def explainer(tap: View) -> Explainer:
    steps = {
        f"ft:{name}": ScaleItem(
            f"ft:{name}", "ft:TrialOutcome", name, "", None, weight, None, None, days
        )
        for name, (weight, days) in WEIGHTS.items()
    }
    return Explainer(replace(tap, scales={**tap.scales, **steps}))


def given_up(cause: str, outcome: str, days: float | None, *others: str) -> Case:
    findings = [Finding("tap:kitchen-drip", "present"), Finding(f"tap:{cause}", "absent")]
    findings += [Finding(f"tap:{name}", "present") for name in others]
    trial = Trial(f"tap:{cause}", "given up", outcome, days)
    return Case("", tuple(findings), trials=(trial,))


def cause_of(explainer: Explainer, case: Case, name: str = "worn-washer"):
    return next(c for c in explainer.explain(case).causes if c.id == f"tap:{name}")


@pytest.fixture
def whole(explainer: Explainer) -> float:
    case = Case("", (Finding("tap:kitchen-drip", "present"),))
    return cause_of(explainer, case).score


def test_what_was_given_up_in_vain_is_listed_last_and_says_why(explainer, whole) -> None:
    case = given_up("worn-washer", NO_HELP, 49)
    causes = explainer.explain(case).causes
    assert causes[-1].id == "tap:worn-washer"
    assert causes[-1].score == pytest.approx(whole * 0.3)
    assert causes[-1].outcome == NO_HELP
    assert not causes[-1].reported
    assert "7 weeks" in causes[-1].notes[0]


def test_a_source_tells_when_an_effect_shows(explainer, whole) -> None:
    # A new washer works within a day; for hard water no source tells, so four weeks count.
    assert cause_of(explainer, given_up("worn-washer", NO_HELP, 2)).score < whole
    early = cause_of(explainer, given_up("hard-water", NO_HELP, 2), "hard-water")
    late = cause_of(explainer, given_up("hard-water", NO_HELP, 28), "hard-water")
    assert late.score == pytest.approx(early.score * 0.3)
    assert "may take up to 4 weeks" in early.notes[0]


def test_a_time_that_nobody_told_counts_less(explainer, whole) -> None:
    unknown = cause_of(explainer, given_up("worn-washer", NO_HELP, None))
    assert unknown.score == pytest.approx(whole * 0.6)


def test_what_was_given_up_with_success_comes_first(explainer, whole) -> None:
    case = given_up("worn-washer", HELPED, 10, "hard-water")
    first = explainer.explain(case).causes[0]
    assert (first.id, first.outcome) == ("tap:worn-washer", HELPED)
    assert first.score == pytest.approx(1 - (1 - whole) * 0.6)


def test_a_denied_cause_without_a_trial_is_left_out(explainer) -> None:
    case = Case("", (Finding("tap:kitchen-drip", "present"), Finding("tap:worn-washer", "absent")))
    assert "tap:worn-washer" not in {c.id for c in explainer.explain(case).causes}


def test_what_went_away_is_explained_by_what_helped_alone(explainer) -> None:
    case = Case(
        "",
        (Finding("tap:worn-washer", "absent", reason="stopped"),),
        others=(Finding("tap:kitchen-drip", "absent", reason="resolved"),),
        trials=(Trial("tap:worn-washer", "given up", HELPED, 21),),
    )
    answer = explainer.explain(case)
    assert [c.id for c in answer.causes] == ["tap:worn-washer"]
    assert answer.conditions == ()
    assert answer.unexplained == ()


def remedies(explainer: Explainer, outcome: str | None) -> dict[str, int]:
    findings = (Finding("tap:kitchen-drip", "present"), Finding("tap:worn-washer", "present"))
    trials = () if outcome is None else (Trial("tap:new-washer", "tried", outcome),)
    answer = explainer.explain(Case("", findings, trials=trials))
    for remedy in answer.remedies:
        tried = remedy.id in ("tap:new-washer", "tap:new-rubber")
        assert remedy.outcome == (outcome if tried else None)
        assert ("it was tried" in remedy.why) is (tried and outcome is not None)
    return {remedy.id: place for place, remedy in enumerate(answer.remedies)}


def test_a_remedy_tried_in_vain_is_offered_last(explainer) -> None:
    before, after = remedies(explainer, None), remedies(explainer, NO_HELP)
    assert before["tap:new-washer"] < before["tap:descaling"]
    assert after["tap:new-washer"] > after["tap:descaling"]


def test_a_remedy_that_helped_stays_in_front(explainer) -> None:
    assert remedies(explainer, HELPED)["tap:new-washer"] < 2


@given(
    st.sets(
        st.sampled_from(["dripping", "kitchen-drip", "puddle", "wet-socket", "long-drip"]),
        min_size=1,
    ),
    st.sampled_from(["worn-washer", "hard-water", "new-washer", "plumber"]),
    st.sampled_from(["given up", "reduced", "tried", "changed"]),
    st.sampled_from([HELPED, NO_HELP, "unknown"]),
    st.none() | st.floats(min_value=0.1, max_value=1000),
)
def test_no_trial_changes_the_urgency(explainer, names, what, action, outcome, days) -> None:
    case = Case("", tuple(Finding(f"tap:{name}", "present") for name in sorted(names)))
    tried = replace(case, trials=(Trial(f"tap:{what}", action, outcome, days),))
    assert explainer.explain(tried).urgency == explainer.explain(case).urgency


def test_a_suspected_cause_comes_before_what_nobody_asked_about(explainer) -> None:
    open_one = Finding("tap:hard-water", "unknown", reason="suspected")
    case = Case("", (Finding("tap:kitchen-drip", "present"), open_one))
    first = explainer.explain(case).causes[0]
    assert (first.id, first.reported) == ("tap:hard-water", False)
    assert first.notes == ("suspected, not reported",)


def test_what_did_not_help_is_told_with_what_research_says(graph):
    told = graph.explain("Eyelid twitch for 3 weeks. Took magnesium 2 weeks and zero change.")
    tried = told.summary.helps[0]
    assert tried.text.startswith("Tried without effect: magnesium. For ")
    assert "no effect of magnesium has been shown" in tried.text
    assert tried.sources


def test_what_did_not_help_is_not_offered_again(graph):
    told = graph.explain("HFS refractory to three rounds of Botox.")
    offered = [t for t in told.summary.helps if "can help" in t.text]
    assert offered
    assert not any("otulinum" in t.text for t in offered)


@pytest.mark.parametrize("sign", ["unsteady", "dizzy"])
def test_an_unwanted_effect_is_told_as_one_and_speaks_for_no_illness(graph, sign):
    alone = graph.explain("My sister has hemifacial spasm.")
    told = graph.explain(f"My sister has hemifacial spasm. Carbamazepine makes her {sign}.")
    assert "unwanted effect" in told.summary.helps[0].text
    assert "ask the doctor who prescribed it" in told.summary.helps[0].text
    first, second = (e.conditions[0] for e in (alone, told))
    assert (first.id, round(first.probability, 6)) == (second.id, round(second.probability, 6))


def test_an_unwanted_effect_that_is_a_warning_sign_stays_one(graph):
    sign = graph.explain("He has hemifacial spasm. He sees double.")
    told = graph.explain("He has hemifacial spasm. Tegretol makes him see double.")
    assert told.urgency.level == sign.urgency.level
