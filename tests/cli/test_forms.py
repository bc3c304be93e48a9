"""What all commands have in common: forms, files, settings by environment; tables that fit."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import click
import pytest

from kg.cli import tables
from kg.cli.app import Commands, app
from tests.cli.conftest import Run

CAFFEINE = ("show", "caffeine")
# These write no answer of one file: they serve, or write a folder or a script.
NO_ANSWER = {"serve", "mcp", "release", "completion"}


def test_every_command_that_answers_takes_a_form_and_a_file() -> None:
    assert isinstance(app, Commands)
    context = click.Context(app)
    for name in set(app.list_commands(context)) - NO_ANSWER:
        found = app.get_command(context, name)
        assert found is not None
        flags = {flag for parameter in found.params for flag in parameter.opts}
        assert {"--format", "-o", "--output"} <= flags, name


def test_format_and_flag_are_the_same(run: Run) -> None:
    assert run(*CAFFEINE, "--format", "json").stdout == run(*CAFFEINE, "--json").stdout


def test_two_forms_exclude_each_other(run: Run) -> None:
    refused = run("query", "SELECT ?o {}", "--csv", "--format", "tsv")
    assert refused.exit_code == 2
    assert "exclude each other" in refused.stderr


@pytest.mark.parametrize(
    ("command", "file", "begins"),
    [
        (CAFFEINE, "card.json", "{"),
        (("explain", "my lip twitches"), "answer.md", "**Self-care:**"),
        (("explain", "my lip twitches"), "answer.txt", "Self-care:"),
        (("query", "SELECT ?o {ft:caffeine ft:blocks ?o}"), "rows.csv", "o\n"),
        (("query", "CONSTRUCT WHERE {ft:caffeine ft:blocks ?o}"), "rows.nt", "<https://"),
        (("ask", "what does caffeine block?"), "asked.rq", "# "),
        (("export", "--around", "coffee"), "near.svg", "<svg"),
        (("export", "--around", "coffee"), "near.graphml", "<?xml"),
        (("face",), "face.svg", "<svg"),
    ],
)
def test_the_ending_of_the_file_tells_the_form(
    run: Run, tmp_path: Path, command: tuple[str, ...], file: str, begins: str
) -> None:
    done = run(*command, "-o", str(tmp_path / file))
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / file).read_text("utf-8").startswith(begins)


def test_an_ending_that_tells_no_form_is_refused(run: Run, tmp_path: Path) -> None:
    refused = run(*CAFFEINE, "-o", str(tmp_path / "card.pdf"))
    assert refused.exit_code == 2
    assert "--format (text, json)" in refused.stderr
    assert not (tmp_path / "card.pdf").exists()


def test_an_error_leaves_the_file_as_it_was(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "card.json"
    file.write_text("old", encoding="utf-8")
    assert run("show", "unicorn", "-o", str(file)).exit_code == 2
    assert file.read_text("utf-8") == "old"


def test_settings_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ("explain", "my lip twitches")
    clinical = run(*text, "--level", "clinical").stdout
    monkeypatch.setenv("KG_LEVEL", "clinical")
    assert run(*text).stdout == clinical
    assert json.loads(run(*text, "--json").stdout)["urgency"]["level"] == "self-care"
    monkeypatch.setenv("KG_GRAPH", "http://127.0.0.1:9/query")
    assert "127.0.0.1:9" in run("info").stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, width: int, rows: list[tuple[str, ...]]) -> str:
    """What a terminal of some width shows of rows."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", _Terminal())
    tables.write_table(("name", "says", "seen"), rows)
    assert isinstance(sys.stdout, _Terminal)
    return sys.stdout.getvalue()


LONG = "a sentence of some length that has to be folded on a narrow terminal"


def test_a_table_that_is_too_wide_is_told_as_records(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("first", LONG, "here"), ("first", LONG, ""), ("second", "short", "")]
    told = shown(monkeypatch, 40, rows)
    assert max(map(len, told.splitlines())) <= 40
    assert told.splitlines()[:3] == [
        "1 of 3",
        "  name  first",
        "  says  a sentence of some length that",
    ]
    assert told.count("first") == 1  # what is as in the row before is not said again
    assert "2 of 3\n  seen  -\n3 of 3\n  name  second\n" in told


def test_a_table_that_fits_stays_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(monkeypatch, 120, [("first", LONG, "here")])
    assert told.splitlines()[0].split() == ["name", "says", "seen"]
    assert len(told.splitlines()) == 3
