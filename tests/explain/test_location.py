"""Where: the lowest structures that serve what is affected and nothing that is spared."""

from __future__ import annotations

import pytest

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


# A stove: a main leads to a pipe, the pipe to a valve and the valve to a burner.
STOVE_KINDS = {
    "main": "Nerve", "pipe": "Nerve", "valve": "Nerve", "burner": "Muscle", "oven": "Muscle",
    "branch": "Nerve", "plate": "BodySite", "tray": "BodySite", "kitchen": "BodySite",
    "main-fault": "Process", "pipe-fault": "Process", "valve-fault": "Process",
    "flare": "Symptom", "plate-flare": "Symptom", "puffing": "Symptom", "faint": "Sign",
    "weak-flame": "Sign", "smell": "Trace", "hiss": "Trace", "soot": "Trace",
}  # fmt: skip
STOVE = [
    ("main", "continuous-with", "pipe"),
    ("pipe", "continuous-with", "valve"),
    ("valve", "innervates", "burner"),
    ("branch", "branch-of", "valve"),
    ("branch", "innervates", "oven"),
    ("burner", "located-in", "plate"),
    ("oven", "located-in", "tray"),
    ("plate", "part-of", "kitchen"),
    ("tray", "part-of", "kitchen"),
    ("plate-flare", "form-of", "flare"),
    ("plate-flare", "located-in", "plate"),
    ("weak-flame", "form-of", "faint"),
    ("puffing", "form-of", "flare"),
    *((f"{name}-fault", "located-in", name) for name in ("main", "pipe", "valve")),
    *((f"{name}-fault", "causes", "weak-flame") for name in ("main", "pipe", "valve")),
    ("main-fault", "causes", "smell"),
    ("main-fault", "causes", "hiss"),
    ("pipe-fault", "causes", "smell"),
    ("pipe-fault", "causes", "hiss", {"sources": [], "refutes": ["book"]}),
    ("valve-fault", "causes", "smell", {"sources": [], "refutes": ["book", "paper"]}),
    ("main-fault", "causes", "puffing", {"hedge": "possible"}),
]


@pytest.fixture(scope="module")
def stove(view_of):
    return view_of(STOVE_KINDS, STOVE)


def test_a_sign_of_a_process_leads_to_its_structure(stove, case) -> None:
    found = locate(stove, case("smell", "hiss"))
    assert list(found) == ["main"]
    assert found["main"].processes == ("tap:main-fault",)
    assert found["main"].why == "main fault causes smell and hiss"


def test_what_is_spared_decides_between_levels(stove, case) -> None:
    found = locate(stove, case("weak-flame", "smell", absent=["hiss"]))
    assert list(found) == ["pipe"]
    assert found["pipe"].spares == ("tap:hiss",)
    assert "claim:pipe-fault-causes-hiss" in found["pipe"].claims
    assert "it does not show as hiss" in found["pipe"].why
    assert found["pipe"].change == "lesion"
    assert list(locate(stove, case("weak-flame", absent=["smell", "hiss"]))) == ["valve"]


def test_levels_that_fit_alike_are_told_together(stove, case) -> None:
    found = locate(stove, case("weak-flame"))
    assert set(found) == {"main", "pipe", "valve"}
    assert {s.fit for s in found.values()} == {1.0}


def test_contradictory_findings_get_the_answer_that_fits_best(stove, case) -> None:
    found = locate(stove, case("weak-flame", "hiss", "soot", absent=["smell"]))
    assert "main" in found
    assert "smell would be expected too" in found["main"].why


def test_a_place_counts_for_changes_of_activity_only(view_of) -> None:
    view = view_of(
        {"lid": "Muscle", "pot": "BodySite", "stain": "Trace", "rattle": "Symptom"},
        [("lid", "located-in", "pot")],
    )
    stain = Case("x", (Finding("tap:stain", "present", site="tap:pot"),))
    rattle = Case("x", (Finding("tap:rattle", "present", site="tap:pot"),))
    assert locate(view, stain) == {}
    assert list(locate(view, rattle)) == ["lid"]


def test_a_loose_place_is_explained_by_what_is_at_work(stove) -> None:
    findings = (
        Finding("tap:smell", "present"),
        Finding("tap:hiss", "present"),
        Finding("tap:faint", "present", site="tap:kitchen"),
    )
    found = locate(stove, Case("x", findings))
    assert found["main"].covers == ("tap:hiss", "tap:kitchen", "tap:smell")


def test_spared_weakness_does_not_speak_against_an_irritation(stove, case) -> None:
    weak = Finding("tap:faint", "absent", site="tap:plate")
    found = locate(stove, Case("x", (Finding("tap:plate-flare", "present"), weak)))
    assert list(found) == ["burner", "valve"]
    assert "would be expected" not in found["burner"].why


def test_the_surest_way_is_told_and_a_doubtful_one_counts_less(view_of, case) -> None:
    view = view_of(
        {"old": "Nerve", "new": "Nerve", "lamp": "Muscle", "bulb": "Muscle", "room": "BodySite",
         "hall": "BodySite", "flash": "Symptom", "glow": "Symptom", "both": "Nerve"},
        [
            ("old", "innervates", "lamp", {"hedge": "possible", "sources": ["blog"]}),
            ("old", "innervates", "bulb"),
            ("new", "innervates", "lamp"),
            ("old", "branch-of", "both"),
            ("new", "branch-of", "both"),
            ("lamp", "located-in", "room"),
            ("bulb", "located-in", "hall"),
            ("flash", "located-in", "room"),
            ("glow", "located-in", "hall"),
        ],
    )  # fmt: skip
    found = locate(view, case("flash", "glow"))
    # A branch that may serve both is told, but after what surely does.
    assert list(found) == ["both", "old"]


def test_the_path_is_ordered_and_ends_at_the_seat(stove, case) -> None:
    location = Locator(stove, Citations(stove)).locate(
        Reading(stove, Taxonomy(stove), case("plate-flare"))
    )
    assert [step.id for step in location.path] == [
        "tap:main", "tap:pipe", "tap:valve", "tap:burner",
    ]  # fmt: skip
    assert [step.after for step in location.path] == [None, "tap:main", "tap:pipe", "tap:valve"]
    assert [step.told for step in location.path] == [False, False, True, True]
    assert location.path[-1].fit == 1.0


def test_too_many_seats_are_told_as_what_holds_them(view_of, case) -> None:
    parts = [f"part-{n}" for n in range(10)]
    view = view_of(
        {"machine": "Nerve", "shop": "Nerve", "rust": "Process", "stop": "Symptom"}
        | dict.fromkeys(parts, "Muscle"),
        [
            ("machine", "part-of", "shop"),
            ("rust", "causes", "stop"),
            *((part, "part-of", "machine") for part in parts),
            *(("rust", "located-in", part) for part in parts),
        ],
    )
    found = locate(view, case("stop"))
    assert list(found) == ["machine"]
    assert "part 0, part 1" in found["machine"].why
    assert found["machine"].covers == ("tap:stop",)
