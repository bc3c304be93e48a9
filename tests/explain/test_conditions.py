"""Conditions by likelihood ratios: parts and total, silence, correlated findings."""

from __future__ import annotations

from math import log10, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.conditions import ConditionModel
from kg.explain.engine import Explainer
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.view import View

FINDINGS = ("leak", "dripping", "kitchen-drip", "puddle", "wet-socket", "rattling", "long-drip")


def judge(view: View, case):
    taxonomy = Taxonomy(view)
    model = ConditionModel(view, taxonomy)
    return model, {j.id: j for j in model.judge(Reading(view, taxonomy, case))}


@given(st.lists(st.sampled_from(FINDINGS), unique=True), st.lists(st.sampled_from(FINDINGS)))
def test_the_parts_make_the_total(tap, case, present, absent) -> None:
    model, judged = judge(tap, case(*present, absent=[a for a in absent if a not in present]))
    for judgement in judged.values():
        odds = judgement.prior
        for weight in judgement.weights:
            assert weight.decibans == pytest.approx(10 * log10(weight.likelihood_ratio), abs=1e-9)
            odds *= weight.likelihood_ratio
        assert judgement.total == pytest.approx(10 * log10(odds), abs=1e-9)
    assert sum(j.probability for j in judged.values()) == pytest.approx(1.0, abs=1e-9)
    ratio = 10 ** ((judged["tap:old-tap"].total - judged["tap:burst-pipe"].total) / 10)
    assert judged["tap:old-tap"].probability == pytest.approx(
        ratio * judged["tap:burst-pipe"].probability, rel=1e-9
    )
    assert sum(model.priors.values()) == pytest.approx(1.0)


def test_present_and_absent_findings_weigh_by_hand(tap, case) -> None:
    model, judged = judge(tap, case("puddle", absent=["rattling"]))
    burst, old = judged["tap:burst-pipe"], judged["tap:old-tap"]
    prior_burst, prior_old = 0.005 / 0.105, 0.1 / 0.105
    # A source leaves out one tenth: the silent condition has a tenth of the mean over both.
    background = prior_burst * 0.9 + prior_old * 0.1 * 0.9 / 2
    assert model.background("tap:puddle") == pytest.approx(background)
    assert [w.likelihood_ratio for w in burst.weights] == [pytest.approx(0.9 / background)]
    background = prior_old * 0.5 + prior_burst * 0.1 * 0.5 / 2
    assert [w.likelihood_ratio for w in old.weights] == [pytest.approx(0.5 / (1 - background))]


def test_silence_is_neutral_unless_all_that_is_typical_is_missing(tap, case) -> None:
    _, judged = judge(tap, case("puddle"))
    old = judged["tap:old-tap"]
    assert [w.id for w in old.weights] == ["tap:dripping"]
    assert old.weights[0].likelihood_ratio == pytest.approx(0.3)
    assert old.not_annotated == ("tap:puddle",)
    assert old.total == pytest.approx(10 * log10(old.prior) + old.weights[0].decibans)
    _, judged = judge(tap, case("puddle", "rattling"))
    assert [w.id for w in judged["tap:old-tap"].weights] == ["tap:rattling"]


def test_a_specific_finding_counts_for_its_general_form_once(tap, case) -> None:
    _, once = judge(tap, case("kitchen-drip"))
    _, twice = judge(tap, case("kitchen-drip", "bathroom-drip", "dripping", "leak"))
    assert once["tap:old-tap"].total == pytest.approx(twice["tap:old-tap"].total)
    assert [w.id for w in once["tap:old-tap"].weights] == ["tap:kitchen-drip"]


def test_denying_the_general_denies_the_specific_once(tap, case) -> None:
    _, general = judge(tap, case(absent=["leak"]))
    _, both = judge(tap, case(absent=["leak", "dripping"]))
    assert general["tap:old-tap"].total == pytest.approx(both["tap:old-tap"].total)
    assert general["tap:old-tap"].weights[0].decibans < 0


def test_denying_a_specific_form_says_nothing_of_the_general(tap, case) -> None:
    _, judged = judge(tap, case(absent=["kitchen-drip"]))
    assert judged["tap:old-tap"].weights == ()


def test_a_refuted_finding_speaks_against(tap, case) -> None:
    _, judged = judge(tap, case("long-drip"))
    assert judged["tap:burst-pipe"].weights[0].id == "tap:long-drip"
    assert all(weight.decibans < 0 for weight in judged["tap:burst-pipe"].weights)


def test_what_was_not_asked_is_listed(tap, case) -> None:
    _, judged = judge(tap, case("dripping", absent=["rattling"]))
    assert judged["tap:old-tap"].not_asked == ("tap:wet-socket",)


def test_a_condition_without_annotations_is_not_ranked(view_of, case) -> None:
    view = view_of({"ghost": "Condition", "drip": "Symptom"}, [])
    _, judged = judge(view, case("drip"))
    assert judged == {}


@given(
    st.lists(st.sampled_from(FINDINGS), unique=True, min_size=1), st.sets(st.sampled_from(FINDINGS))
)
def test_prior_and_ratios_make_the_told_total(tap, case, present, absent) -> None:
    told = case(*present, absent=sorted(absent - set(present)))
    for condition in Explainer(tap).explain(told).to_dict()["conditions"]:
        weights = [*condition["for"], *condition["against"]]
        odds = condition["prior"] * prod(w["likelihood_ratio"] for w in weights)
        assert odds == pytest.approx(10 ** (condition["score"] / 10), rel=1e-9)
        decibans = 10 * log10(condition["prior"]) + sum(w["decibans"] for w in weights)
        assert decibans == pytest.approx(condition["score"], rel=1e-9, abs=1e-9)


def test_a_condition_is_not_passed_by_one_that_says_nothing(view_of, case) -> None:
    view = view_of(
        {"full": "Condition", "thin": "Condition", "usual": "Condition", "hum": "Symptom",
         "drip": "Symptom"},
        [
            ("usual", "has-finding", "hum", {"frequency": "very-frequent"}),
            ("usual", "has-prevalence", "ft:common"),
            ("full", "has-finding", "hum", {"hedge": "possible"}),
            ("full", "has-prevalence", "ft:rare"),
            ("thin", "has-finding", "drip"),
            ("thin", "has-prevalence", "ft:rare"),
        ],
    )  # fmt: skip
    model, judged = judge(view, case("hum"))
    full, thin = judged["tap:full"], judged["tap:thin"]
    assert model.background("tap:hum") > 0.2
    assert full.total >= thin.total
    assert (full.coverage, thin.coverage) == (1.0, 0.0)
    assert (full.annotations, thin.annotations) == (1, 1)


def test_coverage_counts_only_what_some_condition_is_annotated_with(tap, case) -> None:
    _, judged = judge(tap, case("puddle", "dripping", "worn-washer", absent=["rattling"]))
    assert judged["tap:old-tap"].coverage == pytest.approx(2 / 3)
    assert judged["tap:burst-pipe"].coverage == pytest.approx(1 / 3)
    assert judged["tap:old-tap"].annotations == 3


def signature(view_of):
    """A common condition with a general finding, and thirty rare ones with a finding each."""
    kinds = {"usual": "Condition", "noise": "Symptom"}
    claims = [
        ("usual", "has-finding", "noise", {"frequency": "very-frequent"}),
        ("usual", "has-prevalence", "ft:common"),
    ]
    for n in range(30):
        kinds |= {f"rare-{n}": "Condition", f"sign-{n}": "Symptom", f"form-{n}": "Symptom"}
        claims += [
            (f"form-{n}", "form-of", "noise"),
            (f"rare-{n}", "has-finding", f"sign-{n}", {"frequency": "very-frequent"}),
            (f"rare-{n}", "has-prevalence", "ft:rare"),
        ]
    return view_of(kinds, claims)


def test_a_finding_that_one_condition_alone_shows_finds_it(view_of, case) -> None:
    _, judged = judge(signature(view_of), case("sign-3"))
    assert next(iter(judged)) == "tap:rare-3"
    _, judged = judge(signature(view_of), case("noise"))
    assert next(iter(judged)) == "tap:usual"


def test_a_specific_form_is_rarer_than_the_general_finding(view_of, case) -> None:
    model, _ = judge(signature(view_of), case("noise"))
    assert model.background("tap:form-3") < model.background("tap:noise") / 10


def test_what_the_graph_does_not_describe_is_a_candidate(tap, view_of, case) -> None:
    kinds = {
        "pump": "Condition",
        "motor": "Condition",
        "hum": "Symptom",
        "unknown": "OpenCandidate",
    }
    view = view_of(kinds, [
        ("pump", "has-finding", "hum", {"frequency": "very-frequent"}),
        ("motor", "has-finding", "hum", {"frequency": "excluded"}),
        ("pump", "has-prevalence", "ft:common"),
        ("motor", "has-prevalence", "ft:common"),
    ])  # fmt: skip
    _, judged = judge(view, case("hum"))
    rest = judged["tap:unknown"]
    assert not rest.described
    assert (rest.weights, rest.not_asked, rest.coverage) == ((), (), 0.0)
    assert rest.total == pytest.approx(10 * log10(rest.prior))
    assert sum(j.probability for j in judged.values()) == pytest.approx(1.0)
    assert judged["tap:pump"].probability > rest.probability > judged["tap:motor"].probability
    assert all(j.described for j in judge(tap, case("puddle"))[1].values())


def test_what_is_not_described_explains_and_hides_nothing(graph) -> None:
    answer = graph.explain("My nostril keeps twitching, and the corner of my mouth is weak")
    (rest,) = [c for c in answer.conditions if not c.described]
    assert rest.id == graph.resolve("something else")
    assert rest.chains == rest.for_ == rest.against == ()
    assert not any(rest.id in members for members in answer.covering_sets)
    assert not any(rest.id in question.separates for question in answer.questions)
    assert sum(c.probability for c in answer.conditions) == pytest.approx(1.0)
    told = answer.to_markdown(full=True)
    assert "something that this graph does not describe" in told.lower()
    assert graph.explain("nostril twitching, or something else").case.present() == (
        "ft:nostril-twitching",
    )


def test_the_page_tells_how_well_a_condition_is_described(graph) -> None:
    answer = graph.explain("My nostril keeps twitching, no weakness")
    first = answer.conditions[0]
    assert first.coverage == 1.0
    assert f"knows {first.annotations} findings of it" in " ".join(
        answer.to_markdown(full=True).split()
    )
