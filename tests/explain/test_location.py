"""Where: the lowest structures that serve what is affected and nothing that is spared."""

from __future__ import annotations

from kg.explain.cite import Citations
from kg.explain.location import Locator
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Finding


def locate(view, case):
    location = Locator(view, Citations(view)).locate(Reading(view, Taxonomy(view), case))
    return {s.id.removeprefix("tap:"): s for s in location.structures}


def test_one_place_leads_to_its_structure_and_what_supplies_it(tap, case) -> None:
    found = locate(tap, case("kitchen-drip"))
    assert list(found) == ["spout", "kitchen-pipe"]
    assert found["spout"].covers == ("tap:sink",)
    assert "spout is located in sink" in found["spout"].why
    assert found["kitchen-pipe"].claims[-2:] == (
        "claim:kitchen-pipe-innervates-spout",
        "claim:spout-located-in-sink",
    )


def test_two_places_lead_to_what_serves_both(tap, case) -> None:
    assert list(locate(tap, case("kitchen-drip", "bathroom-drip"))) == ["main-pipe"]


def test_a_spared_place_rules_out_what_serves_it(tap, case) -> None:
    found = locate(tap, case("kitchen-drip", absent=["bathroom-drip"]))
    assert list(found) == ["spout", "kitchen-pipe"]
    assert found["spout"].spares == ("tap:bathroom",)
    assert "and not bathroom" in found["spout"].why
    assert locate(tap, case("kitchen-drip", "bathroom-drip", absent=["kitchen-drip"]))


def test_the_place_of_the_text_goes_before_that_of_the_finding(tap) -> None:
    case = Case("x", (Finding("tap:dripping", "present", site="tap:bathroom"),))
    assert list(locate(tap, case)) == ["shower-head", "main-pipe"]


def test_a_movement_leads_to_what_makes_it(view_of) -> None:
    view = view_of(
        {"swing": "Process", "hinge": "Muscle", "door": "Muscle", "noise": "Symptom"},
        [("hinge", "has-action", "swing")],
    )
    case = Case("x", (Finding("tap:swing", "present"),))
    assert list(locate(view, case)) == ["hinge"]


def test_a_place_without_a_structure_falls_back_to_the_nature_of_the_finding(view_of) -> None:
    view = view_of(
        {"drip": "Symptom", "hall-drip": "Symptom", "hall": "BodySite", "valve": "Muscle"},
        [
            ("hall-drip", "form-of", "drip"),
            ("hall-drip", "located-in", "hall"),
            ("drip", "located-in", "valve"),
        ],
    )
    found = locate(view, Case("x", (Finding("tap:hall-drip", "present"),)))
    assert list(found) == ["valve"]


def test_nothing_affected_nothing_located(tap, case) -> None:
    assert locate(tap, case("hard-water")) == {}
