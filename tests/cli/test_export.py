"""`kg export`: the parts of the graph that can be written, and what is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def nodes(text: str) -> set[str]:
    return {node["id"] for node in json.loads(text)["nodes"]}


@pytest.mark.parametrize(
    ("part", "inside"),
    [
        (("--around", "coffee", "--depth", "1"), "ft:adenosine-receptor"),
        (("--path", "coffee", "nostril twitching"), "ft:nerve-hyperexcitability"),
        (("--explain", "My nostril twitches, three espressos a day"), "ft:nostril-twitching"),
        (("--query", "causes-of", "--param", "effect=nostril twitching"), "ft:nostril-twitching"),
        (("--query", "SELECT * { VALUES ?x { ft:caffeine } }"), "ft:caffeine"),
    ],
)
def test_a_part_can_be_exported(run: Run, part: tuple[str, ...], inside: str) -> None:
    result = run("export", "--format", "nodelink", *part)
    assert (result.exit_code, result.stderr) == (0, "")
    assert inside in nodes(result.stdout)
    assert len(nodes(result.stdout)) < 300


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("--around", "coffee", "--path", "coffee", "stress"), "exclude each other"),
        (("--param", "a=b"), "--query"),
        (("--query", "causes-of", "--param", "effect"), "NAME=VALUE"),
        (("--query", "SELECT ?x { VALUES ?x { 1 } }"), "select ?claim"),
        (("--path", "nostril twitching", "coffee"), "another end"),
        (("--explain", ""), "the text is empty"),
    ],
)
def test_what_cannot_be_exported_is_one_line(
    run: Run, arguments: tuple[str, ...], fix: str
) -> None:
    result = run("export", "--format", "nodelink", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert fix in result.stderr


def test_a_file_holds_what_standard_output_gets(run: Run, tmp_path: Path) -> None:
    part = ("export", "--format", "dot", "--around", "coffee")
    told = run(*part).stdout
    result = run(*part, "-o", str(tmp_path / "a.dot"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "a.dot").read_text(encoding="utf-8") == told
