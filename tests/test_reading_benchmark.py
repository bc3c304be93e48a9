"""The benchmark of reading counts as it says, on three made-up texts and three made-up readings."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import kg
from kg.recognise.case import Case, Event, Finding, Medicine, Person, Question, Unread

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from labels import Label, read_labels
from reading import Scores, main, table

SAMPLE = Path(__file__).parent / "data" / "reading" / "sample.jsonl"


@pytest.fixture(scope="module")
def labels(graph: kg.Graph) -> list[Label]:
    return read_labels(SAMPLE, graph)


def answer(case: Case, level: str, *conditions: str) -> Any:
    ranked = [SimpleNamespace(id=c, described=True) for c in conditions]
    urgency = SimpleNamespace(level=level, because=())
    return SimpleNamespace(case=case, urgency=urgency, conditions=ranked, in_scope=case.in_scope)


def readings(labels: list[Label]) -> dict[str, Any]:
    """A mixed performance: each of these is right or wrong in a way that the figures must tell."""
    first, second, third = (label.text for label in labels)

    def at(text: str, words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    one = Case(
        first,
        findings=(
            # found, its side wrong, its time within a factor of 1.5, its place right
            Finding(
                "ft:eyelid-twitching",
                "present",
                at(first, "twitched"),
                site="ft:eyelid",
                side="right",
                duration_days=28.0,
            ),
            Finding("ft:numbness", "absent", at(first, "numbness")),
            Finding("ft:facial-drooping", "present", at(first, "droop")),  # wrong status
        ),
        unrecognised=("I take", "May"),
        medicines=(Medicine("citalopram", None, "taking", at(first, "citalopram")),),
        asked=(Question("danger", (), at(first, "tumour")),),
    )
    two = Case(
        second,
        findings=(Finding("ft:facial-drooping", "present", at(second, "sags"), side="right"),),
        person=Person("parent", age_years=71, band="older"),
        events=(Event("ft:operation", at(second, "tooth out")),),
        unread=(Unread(at(second, "arm feels like lead"), "arm feels like lead", "body part"),),
    )
    three = Case(
        third,
        findings=(
            Finding("ft:caffeine", "present", at(third, "coffee")),
            Finding("ft:numbness", "present", at(third, "cheek twitches")),  # spurious
            Finding("ft:facial-muscle-twitching", "present", at(third, "jumps")),  # too general
            Finding("ft:persistent-twitching", "present", reason="implied by x"),  # not counted
        ),
    )
    return {
        first: answer(one, "unclear", "ft:stroke", "ft:eyelid-myokymia"),
        second: answer(two, "prompt", "ft:stroke"),
        third: answer(three, "emergency"),
    }


@pytest.fixture(scope="module")
def scores(graph: kg.Graph, labels: list[Label]) -> Scores:
    told = readings(labels)
    made_up: Any = SimpleNamespace(view=graph.view, explain=told.__getitem__)
    return Scores(made_up).run(labels)


@pytest.mark.parametrize(
    ("row", "wanted", "recall", "precision"),
    [
        ("present", 4, 0.5, 0.667),  # right: eyelid, drooping, caffeine, twitching in general
        ("present, all", 5, 0.6, None),  # the arm was noticed
        ("denied", 2, 0.5, 1.0),
        ("triggers", 1, 1.0, 1.0),
        ("side", 2, 0.5, 0.5),
        ("site", 3, 0.333, 1.0),
        ("duration", 1, 1.0, 1.0),
        ("medicines", 1, 1.0, 1.0),
        ("medicine change", 1, 0.0, 0.0),
        ("known", 1, 0.0, None),
        ("events", 1, 1.0, 1.0),
        ("event kind", 1, 0.0, 0.0),
        ("asked", 1, 0.0, 0.0),
        ("asked, any kind", 1, 1.0, 1.0),
        ("whose", 3, 1.0, 1.0),
        ("age", 1, 1.0, 1.0),
        ("sex", 1, 0.0, None),
    ],
)
def test_rows(
    scores: Scores, row: str, wanted: int, recall: float | None, precision: float | None
) -> None:
    figures = scores.to_dict()["rows"][row]
    assert figures["wanted"] == wanted
    assert (figures["recall"], figures["precision"]) == (recall, precision)


def test_unclear_is_apart_and_a_serious_text_is_missed_when_answered_lower(scores: Scores) -> None:
    figures = scores.to_dict()
    assert figures["urgency"]["see-doctor"]["unclear"] == 1
    assert figures["unclear"] == [1, 0.333]
    assert figures["under_triage"] == [1, 0.333]
    assert figures["over_triage"] == [1, 0.333]
    assert figures["serious_missed"] == [1, 1]
    assert figures["serious_unclear"] == [0, 1]
    assert figures["calm_over_triaged"] == [1, 0.5]
    assert (figures["top_1"], figures["top_3"]) == (0.5, 1.0)


def test_words_that_say_something_and_were_not_read(scores: Scores) -> None:
    # Of 34: "take", "May"; "arm", "feels", "lead".
    assert scores.words["unread"] == 5
    assert scores.to_dict()["words_unread"] == round(5 / scores.words["all"], 3)


def test_each_error_has_a_cause(scores: Scores) -> None:
    found = {(e.text, e.row, e.quote, e.cause) for e in scores.errors}
    assert {
        ("S-1", "present", "droop", "wrong status"),
        ("S-1", "denied", "droop", "wrong status"),
        ("S-1", "side", "eyelid has twitched", "wrong place"),
        ("S-1", "asked", "Is it a tumour", "wrong id"),
        ("S-2", "known", "stroke", "unread"),
        ("S-2", "urgency", "emergency", "under-triage"),
        ("S-3", "present", "cheek twitches", "spurious"),
        ("S-3", "present", "lip jumps", "wrong id"),
        ("S-3", "present", "scares me", "unread"),
    } <= found


def test_the_table_tells_every_figure(scores: Scores) -> None:
    lines = table(scores.to_dict()).splitlines()
    assert lines[0] == "3 texts"
    assert "serious missed        1  of 1" in lines
    assert any(line.split() == ["side", "2", "2", "0.5", "0.5", "0.5"] for line in lines)


def test_the_command_reads_files(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--json", str(SAMPLE)])
    assert json.loads(capsys.readouterr().out)["texts"] == 3
    main(["--errors", str(SAMPLE)])
    assert "S-2" in capsys.readouterr().out


def test_blind_texts_give_figures_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    blind = tmp_path / "blind.jsonl"
    blind.write_bytes(SAMPLE.read_bytes())
    main([str(blind), "--half", "blind"])
    shown = capsys.readouterr().out
    assert "S-2" not in shown
    assert "sags" not in shown
    for arguments in (["--errors", str(blind)], ["--half", "blind", "--errors", str(SAMPLE)]):
        with pytest.raises(SystemExit):
            main(arguments)


def test_a_line_that_is_no_label_is_named_by_number_only(graph: kg.Graph, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('\n{"text": "secret", "urgency": "whenever"}\n', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"line 2: no labelled text") as error:
        read_labels(bad, graph)
    assert "secret" not in str(error.value)
