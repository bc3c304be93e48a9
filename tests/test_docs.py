"""The pages of the documentation show what really happens, and build without a warning."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import app
from tests.test_readme import FENCE, looks_like

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_happens(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    text = page.read_text(encoding="utf-8")
    for body in (body for language, body in FENCE.findall(text) if language == "console"):
        for part in re.split(r"^\$ kg ", body, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            printed = CliRunner().invoke(app, shlex.split(command), prog_name="kg").stdout
            assert looks_like(shown).fullmatch(printed), f"{command}\n{printed}"
    session = "\n".join(body for language, body in FENCE.findall(text) if language == "pycon")
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.thorough
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    if find_spec("mkdocs") is None:
        pytest.skip("the site needs pip install '.[docs]'; .ci/run builds it")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "to_networkx" in (tmp_path / "api/index.html").read_text("utf-8")
