"""Causes: reported first, denied out, limits, specific before general."""

from __future__ import annotations

import pytest

from kg.explain.causes import Causes
from kg.explain.chains import ChainFinder
from kg.explain.cite import Citations
from kg.explain.reading import Reading
from kg.explain.signed import SignedGraph
from kg.explain.stories import Stories, strength
from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Amount


def rank(view, case):
    finder = ChainFinder(SignedGraph(view), Citations(view))
    return Causes(view, Stories(finder)).rank(Reading(view, Taxonomy(view), case))


def ids(causes):
    return [c.id.removeprefix("tap:") for c in causes]


def test_reported_causes_come_first(tap, case) -> None:
    causes = rank(tap, case("kitchen-drip", "hard-water"))
    assert ids(causes)[0] == "hard-water"
    assert [c.reported for c in causes] == [True] + [False] * (len(causes) - 1)
    assert set(ids(causes)) == {"hard-water", "worn-washer", "limescale", "high-pressure"}


def test_the_score_is_the_noisy_or_of_the_chains(tap, case) -> None:
    cause = next(c for c in rank(tap, case("dripping")) if c.id == "tap:worn-washer")
    doubt = 1.0
    for chain in cause.chains:
        doubt *= 1 - chain.confidence
    assert cause.score == pytest.approx(1 - doubt)
    assert cause.score == pytest.approx(strength(cause.chains))


def test_denied_causes_are_left_out_with_their_kinds(tap, case) -> None:
    assert "worn-washer" not in ids(rank(tap, case("dripping", absent=["rubber-fault"])))
    assert "hard-water" in ids(rank(tap, case("dripping", absent=["worn-washer"])))


def test_a_chain_does_not_pass_what_is_denied(tap, case) -> None:
    assert "hard-water" not in ids(rank(tap, case("dripping", "hard-water", absent=["limescale"])))


def test_a_general_cause_is_not_listed_beside_its_kind(tap, case) -> None:
    assert "rubber-fault" not in ids(rank(tap, case("dripping")))
    assert "rubber-fault" in ids(rank(tap, case("dripping", absent=["worn-washer"])))
    assert ids(rank(tap, case("dripping", "rubber-fault")))[0] == "rubber-fault"


def test_an_amount_below_its_limit_counts_less_and_says_so(tap, case) -> None:
    amount = Amount(1.0, "1/a", "once", relation="below", limit="tap:once-a-year")
    case_ = case("hard-water", "worn-washer", "dripping", amount=amount)
    causes = rank(tap, case_)
    assert ids(causes)[:2] == ["worn-washer", "hard-water"]
    assert causes[1].notes == ("the amount, once, is below the limit (once a year)",)
    full = rank(tap, case("hard-water", "dripping"))[0]
    assert causes[1].score == pytest.approx(full.score / 2)


def test_a_chain_of_unknown_sign_is_told_as_such(tap, case) -> None:
    cause = next(c for c in rank(tap, case("dripping")) if c.id == "tap:high-pressure")
    assert [c.sign for c in cause.chains] == ["?"]
    assert cause.score == pytest.approx(cause.chains[0].confidence / 2)


def test_every_finding_is_told_how_a_cause_brings_it_about(tap, case) -> None:
    cause = rank(tap, case("kitchen-drip", "puddle", "worn-washer"))[0]
    assert {c.end for c in cause.chains} == {"tap:kitchen-drip", "tap:puddle"}


def test_without_a_finding_there_is_no_cause(tap, case) -> None:
    assert rank(tap, case("hard-water")) == ()


def test_a_condition_is_a_cause_only_when_it_is_reported(tap, case) -> None:
    assert "old-tap" not in ids(rank(tap, case("dripping")))
    assert ids(rank(tap, case("dripping", "old-tap")))[0] == "old-tap"
