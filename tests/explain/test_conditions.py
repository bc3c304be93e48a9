"""Conditions by likelihood ratios: parts and total, silence, correlated findings."""

from __future__ import annotations

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.conditions import ConditionModel
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
    background = prior_burst * 0.9 + prior_old * 0.02
    assert model.background("tap:puddle") == pytest.approx(background)
    assert [w.likelihood_ratio for w in burst.weights] == [pytest.approx(0.9 / background)]
    background = prior_old * 0.5 + prior_burst * 0.02
    assert [w.likelihood_ratio for w in old.weights] == [pytest.approx(0.5 / (1 - background))]


def test_silence_is_neutral(tap, case) -> None:
    _, judged = judge(tap, case("puddle"))
    old = judged["tap:old-tap"]
    assert old.weights == ()
    assert old.not_annotated == ("tap:puddle",)
    assert old.total == pytest.approx(10 * log10(old.prior))


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
    (weight,) = judged["tap:burst-pipe"].weights
    assert weight.decibans < 0


def test_what_was_not_asked_is_listed(tap, case) -> None:
    _, judged = judge(tap, case("dripping", absent=["rattling"]))
    assert judged["tap:old-tap"].not_asked == ("tap:wet-socket",)


def test_a_condition_without_annotations_is_not_ranked(view_of, case) -> None:
    view = view_of({"ghost": "Condition", "drip": "Symptom"}, [])
    _, judged = judge(view, case("drip"))
    assert judged == {}
