"""The README shows what really happens: its commands are run, its answers compared."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8") if README.is_file() else ""

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [body for name, body in FENCE.findall(TEXT) if name == language]


def sessions() -> list[tuple[str, str]]:
    """Each command that is shown, with the output that stands below it."""
    found = []
    for body in blocks("console"):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def looks_like(shown: str) -> re.Pattern[str]:
    """A pattern for the output that is shown; … stands for anything."""
    pieces = shown.rstrip("\n").split("…")
    return re.compile(".*".join(map(re.escape, pieces)) + r"\n*", re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), sessions(), ids=lambda value: value[:40])
def test_a_command_prints_what_is_shown(command: str, shown: str, tmp_path: Path) -> None:
    assert command.startswith("kg ")
    kg = tmp_path / "kg"
    kg.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    kg.chmod(0o755)
    run = subprocess.run(
        f'PATH="{tmp_path}:$PATH"\n{command}',
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert looks_like(shown).fullmatch(run.stdout), run.stdout


def test_the_answer_shown_starts_with_what_to_do() -> None:
    command, shown = sessions()[0]
    assert command.startswith("kg explain ")
    assert shown.startswith("Self-care: ")
    assert "not a diagnosis" in shown


def test_the_python_that_is_shown_runs() -> None:
    for number, body in enumerate(blocks("pycon")):
        test = doctest.DocTestParser().get_doctest(body, {}, f"README {number}", str(README), 0)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        runner.run(test)
        assert runner.summarize(verbose=False).failed == 0


def test_two_commands_install_explain_and_test() -> None:
    lines = blocks("sh")[0].splitlines()
    assert len(lines) == 2
    assert "pip install . && kg explain " in lines[0]
    assert lines[1].endswith("pytest")


def test_every_command_is_described() -> None:
    from kg.cli import app

    for name in app.list_commands(None):  # type: ignore[arg-type]
        assert f"`kg {name}" in TEXT, name


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", TEXT))))
def test_links_lead_to_files(target: str) -> None:
    assert (ROOT / target).exists()
