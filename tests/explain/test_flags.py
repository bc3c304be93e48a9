"""Red flags: criteria, exclusions, denials, other people, what to watch for."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kg
from kg.explain.cite import Citations
from kg.explain.flags import RedFlags
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Finding


def check(view, case):
    return RedFlags(view, Citations(view)).check(Reading(view, Taxonomy(view), case))


def test_without_a_flag_the_level_is_the_lowest(tap, case) -> None:
    urgency = check(tap, case("dripping"))
    assert (urgency.level, urgency.because) == ("self-care", ())
    assert urgency.advice == "advice: self-care"


def test_all_criteria_together_raise_a_flag(tap, case) -> None:
    urgency = check(tap, case("puddle", "wet-socket"))
    (flag,) = urgency.because
    assert (urgency.level, flag.id, flag.level) == ("emergency", "tap:water-at-socket", "emergency")
    assert flag.findings == ("tap:puddle", "tap:wet-socket")
    assert flag.points_to == ("tap:burst-pipe",)
    assert flag.claims
    assert flag.evidence[0].source == "source:book"
    assert check(tap, case("puddle")).level == "self-care"


def test_a_specific_finding_meets_a_general_criterion(tap, case) -> None:
    urgency = check(tap, case("kitchen-drip", "long-drip"))
    assert urgency.level == "see-doctor"
    assert urgency.because[0].criteria[0].findings == ("tap:kitchen-drip",)


def test_an_exclusion_stops_a_flag_when_it_is_said_of_all_that_meets_it(tap, case) -> None:
    assert check(tap, case("puddle", "wet-socket", "rattling")).level == "emergency"
    rattling = Finding("tap:rattling", "present")
    puddle, socket = (
        Finding(f"tap:{name}", "present", qualities=("tap:rattling",))
        for name in ("puddle", "wet-socket")
    )
    assert check(tap, Case("", (puddle, socket, rattling))).level == "self-care"
    again = replace(puddle, qualities=())
    assert check(tap, Case("", (puddle, socket, rattling, again))).level == "emergency"


def test_absent_findings_meet_nothing(tap, case) -> None:
    assert check(tap, case("puddle", absent=["wet-socket"])).level == "self-care"


def test_watch_for_tells_what_is_missing_and_what_was_answered(tap, case) -> None:
    socket, lasting = check(tap, case("puddle")).watch_for
    assert (socket.id, socket.missing, socket.asked) == (
        "tap:water-at-socket",
        ("tap:wet-socket",),
        False,
    )
    assert lasting.level == "see-doctor"
    socket, _ = check(tap, case("puddle", absent=["wet-socket"])).watch_for
    assert socket.asked


def test_an_emergency_of_somebody_else_is_raised(tap) -> None:
    others = tuple(
        Finding(f"tap:{name}", "present", reason="somebody else")
        for name in ("puddle", "wet-socket")
    )
    assert check(tap, Case("next door", others=others)).level == "emergency"
    past = tuple(Finding(f.id, "present", reason="in the past") for f in others)
    assert check(tap, Case("last year", others=past)).level == "self-care"


def test_two_people_do_not_add_up_to_a_flag(tap) -> None:
    case = Case(
        "mixed",
        (Finding("tap:puddle", "present"),),
        others=(Finding("tap:wet-socket", "present", reason="somebody else"),),
    )
    assert check(tap, case).level == "self-care"


def test_a_red_eye_with_fever_is_seen_soon_and_either_alone_is_not(graph) -> None:
    def level(text: str) -> str:
        return graph.explain(text).urgency.level

    assert level("Red swollen eye with a fever, and the eyelid twitches") == "prompt"
    assert level("My eyelid is red and twitches") == "see-doctor"
    assert level("I have a fever and my eyelid twitches") == "self-care"


def test_known_low_calcium_glands_make_tingling_and_twitches_urgent(graph) -> None:
    for text in ("my fingers tingle", "my face twitches"):
        assert graph.explain(f"I have hypoparathyroidism and {text}").urgency.level == "prompt"


@pytest.mark.parametrize(
    "text",
    ["I think the stroke is coming back.", "I'm afraid it is a stroke.", "I suspect meningitis."],
)
def test_what_is_only_feared_is_not_calmed(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level in ("unclear", "emergency")
    assert graph.explain("Can stress cause a stroke?").urgency.level == "self-care"
