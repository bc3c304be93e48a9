"""What the engine makes of people's situations in the real graph, given the right findings."""

from __future__ import annotations

import pytest

from kg.explain.model import Explanation
from kg.recognise.case import Amount, Case, Finding


def case_of(present: str, absent: str = "") -> Case:
    return Case(
        "",
        tuple(Finding(f"ft:{name}", "present") for name in present.split())
        + tuple(Finding(f"ft:{name}", "absent") for name in absent.split()),
    )


def names(items) -> list[str]:
    return [item.id.removeprefix("ft:") for item in items]


VIGNETTES = [
    # present, absent, urgency, first condition or what it is a kind of, reported causes, remedies
    # that must be offered
    (
        "nostril-twitching intermittent-twitching stress lack-of-sleep",
        "numbness facial-drooping",
        "self-care",
        "benign-fasciculation",
        "stress lack-of-sleep",
        "stress-reduction-technique addressing-the-lifestyle-trigger",
    ),
    (
        "nostril-twitching persistent-twitching good-sleep",
        "caffeine lack-of-sleep",
        "see-doctor",
        # That a harmless twitch is over in two weeks is said by no source: a few days or weeks.
        "benign-fasciculation",
        "",
        "",
    ),
    (
        "facial-drooping slurred-speech sudden-onset",
        "",
        "emergency",
        "stroke",
        "",
        "emergency-medical-care",
    ),
    (
        "nostril-twitching twitch-onset-with-new-medication antidepressant",
        "",
        "see-doctor",
        "medication-side-effect",
        "antidepressant",
        "dosage-change-discussion prescription-change-discussion",
    ),
    (
        "upper-lip-twitching fluttering-sensation intermittent-twitching",
        "caffeine nicotine stress",
        "self-care",
        "benign-fasciculation",
        "",
        "increased-fluid-intake warm-compress gentle-massage",
    ),
    ("upper-lip-twitching numbness", "", "prompt", "benign-fasciculation", "", ""),
    (
        "upper-lip-twitching muscle-fasciculation dehydration fluid-loss",
        "",
        "self-care",
        "benign-fasciculation",
        "dehydration fluid-loss",
        "increased-fluid-intake drinking-water consistent-hydration",
    ),
    (
        "nostril-twitching facial-drooping",
        "arm-weakness slurred-speech sudden-onset",
        "emergency",
        "bells-palsy",
        "",
        "",
    ),
    (
        "facial-muscle-twitching onset-near-eye downward-spread persistent-twitching",
        "",
        "prompt",
        "hemifacial-spasm",
        "",
        "",
    ),
]


@pytest.mark.parametrize(
    ("present", "absent", "urgency", "condition", "causes", "remedies"), VIGNETTES
)
def test_a_situation(explainer, present, absent, urgency, condition, causes, remedies) -> None:
    explanation = explainer.explain(case_of(present, absent))
    assert explanation.urgency.level == urgency
    first = explanation.conditions[0]
    assert f"ft:{condition}" in {first.id, *(heading.id for heading in first.under)}
    assert {c.id for c in explanation.causes if c.reported} == {f"ft:{c}" for c in causes.split()}
    assert set(remedies.split()) <= set(names(explanation.remedies))
    denied = {f"ft:{name}" for name in absent.split()}
    assert not denied & {c.id for c in explanation.causes}
    acted_on = {t for r in explanation.remedies for t in r.acts_on}
    assert not denied & acted_on


def steps(explanation: Explanation, cause: str) -> list[list[str]]:
    found = next(c for c in explanation.causes if c.id == f"ft:{cause}")
    return [[s.object.removeprefix("ft:") for s in chain.steps] for chain in found.chains]


def test_a_reported_cause_is_followed_step_by_step(explainer) -> None:
    chains = steps(explainer.explain(case_of("nostril-twitching caffeine")), "caffeine")
    assert any("adenosine-receptor-blockade" in chain for chain in chains)
    assert all(chain[-1] == "nostril-twitching" for chain in chains)


def test_an_emergency_has_nothing_for_home(explainer) -> None:
    explanation = explainer.explain(
        case_of("facial-drooping slurred-speech stress nostril-twitching")
    )
    assert names(explanation.remedies) == ["emergency-medical-care"]


def test_what_acts_on_something_denied_is_not_offered(explainer) -> None:
    remedies = names(explainer.explain(case_of("upper-lip-twitching", "caffeine")).remedies)
    assert not {"limiting-caffeine", "cutting-back-on-coffee"} & set(remedies)
    # Nor is what acts on a habit that nobody reported.
    assert "cutting-back-on-tobacco" not in remedies
    assert {"warm-compress", "gentle-massage", "increased-fluid-intake"} <= set(remedies)


def test_an_amount_below_the_limit_is_kept_and_said(explainer) -> None:
    amount = Amount(160.0, "mg/d", "two espressos", "below", "ft:caffeine-400-mg-per-day")
    findings = (
        Finding("ft:nostril-twitching", "present"),
        Finding("ft:caffeine", "present", amount=amount),
        Finding("ft:stress", "present"),
    )
    causes = explainer.explain(Case("", findings)).causes
    assert names(causes)[:2] == ["stress", "caffeine"]
    assert "below the limit" in causes[1].notes[0]


def test_the_limit_of_a_remedy_names_its_people(explainer) -> None:
    remedies = explainer.explain(case_of("nostril-twitching caffeine")).remedies
    limit = next(r.limit for r in remedies if r.id == "ft:limiting-caffeine")
    assert limit is not None
    assert "400 mg per day" in limit
    assert "healthy adults" in limit


def test_nostril_and_lip_lead_to_the_muscle_and_its_branches(explainer) -> None:
    both = explainer.explain(case_of("nostril-flaring upper-lip-elevation"))
    found = names(both.location.structures)
    assert found[0] == "levator-labii-superioris-alaeque-nasi"
    assert "facial-nerve-zygomatic-branches" in found[1:]


def test_where_the_sources_disagree_is_said(explainer) -> None:
    explanation = explainer.explain(case_of("nostril-twitching stress"))
    assert any(d.text.startswith("Sources disagree") for d in explanation.disagreements)


def test_denials_alone_explain_nothing(explainer) -> None:
    explanation = explainer.explain(case_of("", "numbness"))
    assert explanation.conditions == explanation.causes == explanation.remedies == ()
    assert explanation.questions
