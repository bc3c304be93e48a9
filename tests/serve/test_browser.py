"""The page in a browser: pointed at, typed into, answered, gone back from; without a script too."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import Site

SCRIPTS = Path(__file__).parents[1] / "js"
REQUIRED = "KG_REQUIRE_READERS"


def used(site: Site, script: str, **options: Any) -> dict[str, Any]:
    """What a browser saw when somebody used the page."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    browser = next((path for path in found if path is not None), None)
    there = all((SCRIPTS / "node_modules" / n).is_dir() for n in ("playwright-core", "axe-core"))
    if browser is None or shutil.which("node") is None or not there:
        told = "a page is looked at with chromium, node, and npm install --prefix tests/js"
        if os.environ.get(REQUIRED):
            pytest.fail(told)
        pytest.skip(told)
    arguments = ["node", str(SCRIPTS / script), browser, site.address, json.dumps(options)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def is_answered(seen: dict[str, Any]) -> None:
    assert seen["kept"] == "I drink three espressos a day"
    assert "Self-care" in seen["answer"]
    assert "nostril" in seen["answer"]
    assert "three espressos" in seen["answer"]
    assert "See a doctor" in seen["more"]
    assert seen["file"] == "answer.ttl"
    assert "Urgency now" in seen["about"]
    assert "ranks above" in seen["why"]
    # No word of what was told is in an address.
    assert set(seen["addresses"]) <= {"", "flip", "why", "caffeine"}
    assert seen["foreign"] == []
    assert seen["messages"] == []


@pytest.mark.thorough(keep=1)
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_somebody_points_tells_answers_and_goes_back(site: Site, width: int, scheme: str) -> None:
    seen = used(site, "serve.mjs", width=width, scheme=scheme)
    is_answered(seen)
    assert seen["focus"] == "explanation"
    assert seen["pictures"] == [True, True, True]
    assert len(set(seen["moved"])) == 1
    assert seen["first"] == [0, "I drink three espressos a day"]
    assert seen["reached"]
    assert seen["stops"] == []
    assert "marginal mandibular" in seen["reply"]
    assert seen["print"] == [True, False]
    assert seen["faults"] == []
    assert max(seen["widths"]) <= width
    dark = sum(map(int, re.findall(r"\d+", seen["dark"]))) < 3 * 128
    assert dark == (scheme == "dark")


@pytest.mark.thorough
def test_it_works_without_a_script(site: Site) -> None:
    seen = used(site, "serve.mjs", javascript=False)
    is_answered(seen)


def test_the_query_editor_completes_and_runs_and_asks_nobody_else(site: Site) -> None:
    seen = used(site, "sparql.mjs", query="SELECT ?o { ft:caffeine ft:blocks ?o }")
    assert seen["messages"] == []
    assert seen["foreign"] == []
    assert seen["begin"].startswith("# title: ")
    assert seen["ready"].startswith("# title: The kinds of concepts")
    assert "ft:AnatomicalStructure" in seen["kinds"]
    assert "ft:adenosine-receptor" in seen["rows"]
    assert seen["typed"].startswith("PREFIX ft: <https://w3id.org/facial-twitch/>")
    assert "ft:caffeine" in seen["offered"]
    assert seen["stored"] == 0
