"""`kg why` and `kg flip` from the command line."""

from __future__ import annotations

import json
import shlex

from .conftest import Run

TEXT = "My nostril keeps twitching, no weakness"


def test_why_tells_the_difference(run: Run) -> None:
    result = run("why", "benign twitch", "--rather-than", "stroke", TEXT)
    assert result.exit_code == 0
    assert result.stdout.startswith("Yes: idiopathic fasciculation ranks above stroke.")
    assert "WHAT MAKES THE DIFFERENCE" in result.stdout


def test_why_of_what_is_not_so_exits_with_one(run: Run) -> None:
    result = run("why", "stroke", "--rather-than", "benign twitch", TEXT, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["holds"] is False
    assert told["difference"] < 0


def test_why_refuses_a_cause_and_a_condition(run: Run) -> None:
    result = run("why", "stroke", "--rather-than", "caffeine", TEXT, "--finding", "caffeine")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "two causes or two conditions" in result.stderr


def test_why_compares_causes(run: Run) -> None:
    result = run("why", "caffeine", "--rather-than", "lack of sleep", "nostril twitching",
                 "--finding", "caffeine", "--finding", "lack of sleep", "--json")  # fmt: skip
    assert result.exit_code in (0, 1)
    assert json.loads(result.stdout)["kind"] == "causes"


def test_the_line_that_flip_prints_shows_the_change(run: Run) -> None:
    result = run("flip", TEXT, "--to", "stroke")
    assert result.exit_code == 0
    (line,) = [row for row in result.stdout.splitlines() if row.startswith("kg explain ")]
    again = run(*shlex.split(line)[1:], "--json")
    assert json.loads(again.stdout)["conditions"][0]["id"] == "ft:stroke"


def test_flip_of_the_urgency(run: Run) -> None:
    told = json.loads(run("flip", TEXT, "--urgency", "--json").stdout)
    assert told["before"] == "self-care"
    assert told["after"] != "self-care"
    again = run(*shlex.split(told["replay"]["command"])[1:], "--json")
    assert json.loads(again.stdout)["urgency"]["level"] == told["after"]


def test_flip_that_finds_nothing_exits_with_one(run: Run) -> None:
    result = run("flip", TEXT, "--to", "tetanus", "--most", "1")
    assert result.exit_code == 1
    assert "No change of one answer does it." in result.stdout


def test_flip_out_of_scope_says_what_to_do(run: Run) -> None:
    result = run("flip", "my knee hurts")
    assert result.exit_code == 2
    assert "tell what was noticed" in result.stderr
