"""`kg explain --batch`: a line for each case, in their order, errors beside them, resumable."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import app

ROOT = Path(__file__).parents[2]
LINES = [
    '{"id": "a", "text": "My eyelid twitches"}',
    '{"text": "Since an hour my face droops on one side and my arm is weak"}',
    "no json",
    '{"text": " "}',
    '{"findings": ["a unicorn"]}',
    '{"id": "\\ud800", "text": ["a"]}',
    '{"text": "my lip twitches", "today": "soon"}',
    '{"id": 8, "findings": ["ft:nostril-twitching"], "absent": ["numbness"]}',
]
IDS = ["a", "2", "3", "4", "7", "\ud800", "9", 8]  # two lines are blank


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["explain", *arguments])


def told(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    file = tmp_path / "cases.jsonl"
    file.write_text(
        "\n".join(LINES[:4]) + "\n\n \n" + "\n".join(LINES[4:]) + "\n\n", encoding="utf-8"
    )
    return file


def test_each_case_has_its_line_and_each_error_its_case(cases: Path, graph: kg.Graph) -> None:
    done = run("--batch", str(cases))
    assert done.exit_code == 1
    assert "6 of 8" not in done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in answers] == IDS
    wrong = {each["id"]: each["error"] for each in answers if "error" in each}
    assert set(wrong) == {"3", "4", "7", "\ud800", "9"}
    assert "unicorn" in wrong["7"]
    assert answers[1]["urgency"]["level"] == "emergency"
    expected = graph.explain("My eyelid twitches").urgency.level
    assert answers[0]["urgency"]["level"] == expected


def test_several_processes_say_the_same_and_what_is_done_is_not_done_again(
    cases: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("--batch", str(cases), "-o", str(one)).exit_code == 1
    # As if it had been stopped in the middle of the third line.
    lines = one.read_text(encoding="utf-8").splitlines(keepends=True)
    two.write_text("".join(lines[:2]) + lines[2][:9], encoding="utf-8")
    again = run("--batch", str(cases), "-o", str(two), "--jobs", "2")
    assert "2 cases are done already" in again.stderr
    assert two.read_bytes() == one.read_bytes()


def test_answers_to_other_cases_are_not_written_over(cases: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "zebra"}\n', encoding="utf-8")
    done = run("--batch", str(cases), "-o", str(other))
    assert done.exit_code == 2
    assert "other cases" in done.stderr
    assert told(other) == [{"id": "zebra"}]


def test_answers_of_another_graph_are_not_mixed_with_those_of_this_one(
    cases: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "a", "graph_version": "0.0.1+old"}\n', encoding="utf-8")
    done = run("--batch", str(cases), "-o", str(other))
    assert done.exit_code == 2
    assert "another graph" in done.stderr
    assert told(other) == [{"id": "a", "graph_version": "0.0.1+old"}]


def test_a_table_is_a_file_of_cases_too(tmp_path: Path) -> None:
    file, out = tmp_path / "cases.csv", tmp_path / "out.jsonl"
    rows = 'id,text,absent,note\nx,"My lip, it twitches",numbness;muscle weakness,kept\ny,,,\n'
    file.write_text(rows, encoding="utf-8-sig")
    assert run("--batch", str(file), "-o", str(out)).exit_code == 1
    first, second = told(out)
    status = {f["id"]: f["status"] for f in first["case"]["findings"]}
    assert status["ft:numbness"] == status["ft:muscle-weakness"] == "absent"
    assert second == {"id": "y", "error": second["error"]}


@pytest.mark.parametrize(
    ("name", "content", "more", "says"),
    [
        ("cases.txt", "a", [], ".jsonl"),
        ("cases.csv", "a,b\n1,2\n", [], "column text"),
        ("cases.jsonl", '{"text": "a"}', ["--finding", "coffee"], "leave finding out"),
        ("cases.jsonl", '{"text": "a"}', ["my lip"], "leave text out"),
        ("cases.jsonl", '{"text": "a"}', ["--markdown"], "leave markdown out"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, name: str, content: str, more: list[str], says: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    done = run("--batch", str(file), *more)
    assert done.exit_code == 2
    assert says in done.stderr


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ('{"id": "a", "text": "My eyelid twitches"}\n{"text": "My lip twitches"}\n', ["a", "2"]),
        ("id,text\n7,My eyelid twitches\n", ["7"]),
        (" \n", []),
    ],
)
def test_cases_come_from_standard_input_too(given: str, ids: list[str]) -> None:
    command = [sys.executable, "-m", "kg", "explain", "--batch", "-"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ids
    if not ids:
        assert "standard input holds no case" in done.stderr


def test_a_case_from_standard_input_is_answered_before_the_next_one_comes() -> None:
    command = [sys.executable, "-m", "kg", "explain", "--batch", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("a", "b"):
            process.stdin.write(json.dumps({"id": name, "text": "My eyelid twitches"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name


def test_a_file_that_is_not_there_is_named() -> None:
    done = run("--batch", "nowhere.jsonl")
    assert done.exit_code == 2
    assert "nowhere.jsonl" in done.stderr


def test_the_example_for_spark_takes_frames() -> None:
    pandas = pytest.importorskip("pandas")
    example = runpy.run_path(str(ROOT / "examples" / "spark_batch.py"))
    frame = pandas.DataFrame({"id": [1, 2], "text": ["My nostril twitches", ""]})
    found = pandas.concat(example["explained"](iter([frame, frame.head(1)])))
    assert list(found.columns) == list(example["COLUMNS"])
    assert found["id"].tolist() == ["1", "2", "1"]
    assert found["urgency"].tolist()[0] == "self-care"
    assert found["present"].tolist()[0] == "ft:nostril-twitching"
    assert found["error"].isna().tolist() == [True, False, True]


@pytest.mark.filterwarnings("ignore::FutureWarning")  # of what Spark thinks of pandas 3
def test_the_example_runs_in_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark and a Java")
    example = runpy.run_path(str(ROOT / "examples" / "spark_batch.py"))
    spark = sql.SparkSession.builder.master("local[1]").getOrCreate()
    texts = spark.createDataFrame([("1", "My nostril twitches")], "id string, text string")
    (row,) = texts.mapInPandas(example["explained"], example["SCHEMA"]).collect()
    assert row["urgency"] == "self-care"
    spark.stop()
