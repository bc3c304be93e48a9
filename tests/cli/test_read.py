"""`kg read`: what a text was read as, why, and what was left."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

import kg
from kg.cli.read import _tables
from kg.recognise.case import (
    Case,
    Event,
    Finding,
    Guess,
    Known,
    Measure,
    Medicine,
    Person,
    Question,
    Unread,
)

from .conftest import Run

TEXT = "My left eyelid twitches for three weeks, two coffees a day, no numbness. Zorblax."


def test_words_concept_status_reason_place_side_and_time_are_told(run: Run) -> None:
    result = run("read", TEXT)
    assert result.exit_code == 0
    rows = {line.split("  ")[0]: line.split() for line in result.stdout.splitlines() if line}
    columns = result.stdout.splitlines()[1].split()
    assert columns == ["words", "concept", "status", "why", "place", "side", "time", "amount"]
    assert {"eyelid", "present", "left", "weeks"} <= set(rows['"eyelid twitches"'])
    assert {"numbness", "absent", "denied"} <= set(rows['"numbness"'])
    assert rows['"Zorblax"'] == ['"Zorblax"']
    assert result.stdout.index("FINDINGS") < result.stdout.index("PERSON")
    assert result.stdout.index("PERSON") < result.stdout.index("LEFT OVER")
    assert "\x1b" not in result.stdout


def test_parts_and_columns_that_say_nothing_are_left_out(run: Run) -> None:
    shown = run("read", "My lip twitches.").stdout
    assert "MEDICINES" not in shown
    assert "LEFT OVER" not in shown
    assert "amount" not in shown


def test_standard_input_and_separate_words_are_the_same(run: Run) -> None:
    told = run("read", TEXT).stdout
    assert run("read", "-", stdin=TEXT).stdout == told
    assert run("read", *TEXT.split(" ")).stdout == told


def test_json_is_the_case_with_words_and_labels(run: Run) -> None:
    data = json.loads(run("read", "--json", TEXT).stdout)
    assert data["schema"] == "kg-case/1"
    assert data["text"] == TEXT
    first = data["findings"][0]
    assert (first["id"], first["label"]) == ("ft:eyelid-twitching", "eyelid twitching")
    assert TEXT[slice(*first["span"])] == first["words"]
    for name in (
        "person",
        "known",
        "medicines",
        "events",
        "measures",
        "asked",
        "guesses",
        "unread",
    ):
        assert name in data


def test_the_facade_reads_as_explain_does(graph: kg.Graph) -> None:
    assert graph.read(TEXT) == graph.explain(TEXT).case


@pytest.mark.parametrize("arguments", [["read"], ["read", " "], ["read", "\x00"]])
def test_what_cannot_be_read_is_one_line(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


def test_control_characters_of_the_text_do_not_reach_the_terminal(run: Run) -> None:
    assert "\u202e" not in run("read", "My lip twitches, \u202ezorblax").stdout


def test_every_part_of_a_case_is_told() -> None:
    case = Case(
        "abcdefghij",
        findings=(Finding("ft:numbness", "present", (0, 1)),),
        others=(Finding("ft:numbness", "present", (0, 1), reason="somebody else"),),
        person=Person("child", age_years=0.5, sex="female", pregnant=False, band="infant"),
        known=(Known("ft:stroke", "past", (1, 2)),),
        medicines=(Medicine("c", None, "stopped", (2, 3), days_ago=14.0),),
        events=(Event("ft:injury", (3, 4), site="ft:eyelid", days_ago=7.0),),
        measures=(Measure("ft:calcium", 1.9, "mmol/L", "low", (4, 5)),),
        asked=(Question("which-doctor", ("ft:numbness",), (5, 6)),),
        guesses=(Guess((6, 7), ("ft:numbness",)),),
        unread=(Unread((7, 8), "h", "body part", ("ft:eyelid",)),),
        unrecognised=("ij",),
    )
    label: Callable[[str], str] = lambda name: name.partition(":")[2]  # noqa: E731
    view = SimpleNamespace(label=label)
    told = {title: rows for title, _, rows in _tables(case, view)}  # type: ignore[arg-type]
    assert told["Person"] == [
        ("whose", "child"),
        ("age years", "0.5"),
        ("sex", "female"),
        ("pregnant", "no"),
        ("band", "infant"),
        ("in scope", "yes"),
    ]
    assert told["Of others, or of the past"] == [('"a"', "numbness", "present", "somebody else")]
    assert told["Known conditions"] == [('"b"', "stroke", "past")]
    assert told["Medicines"] == [('"c"', "stopped", "2 weeks")]
    assert told["Events"] == [('"d"', "injury", "eyelid", "1 week")]
    assert told["Values"] == [('"e"', "calcium", "1.9 mmol/L", "low")]
    assert told["Asked"] == [('"f"', "which-doctor", "numbness")]
    assert told["Guesses"] == [('"g"', "numbness")]
    assert told["About the body, not understood"] == [('"h"', "body part", "eyelid")]
    assert told["Left over"] == [('"ij"',)]


def test_a_measured_value_told_in_words_alone_is_shown(run: Run) -> None:
    result = run("read", "My sugar was low.")
    assert result.exit_code == 0
    assert "sugar in the blood" in result.output
