"""The authored knowledge as files: formatted, complete, in our own words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.resources import ontology_dir

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT.parent / "shared" / "seeds"
HEADER = """
PREFIX ft: <https://w3id.org/facial-twitch/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def test_the_files_are_formatted() -> None:
    tool = ROOT / "tools" / "format_ontology.py"
    done = subprocess.run(
        [sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_articles_give_250_claims_and_more(graph: kg.Graph) -> None:
    rows = graph.store.select(
        HEADER + "SELECT DISTINCT ?claim { ?claim a ft:Claim ; ft:evidence ?e . "
        "?e ft:passage ?passage }"
    )
    assert len(rows) >= 250


def test_every_claim_has_evidence_that_can_be_cited(graph: kg.Graph) -> None:
    claims = graph.store.select(HEADER + "SELECT ?claim { ?claim a ft:Claim }")
    cited = graph.store.select(
        HEADER + "SELECT DISTINCT ?claim { ?claim a ft:Claim ; ft:evidence ?e . "
        "?e ft:passage|ft:source ?cited . FILTER (isIRI(?e)) }"
    )
    assert len(cited) == len(claims)


def test_every_prefix_is_the_one_of_the_list() -> None:
    declared = re.compile(r"@prefix\s+(\S+)\s+<([^>]*)>")
    listed = dict(declared.findall((ontology_dir() / "prefixes.ttl").read_text(encoding="utf-8")))
    for path in sorted(ontology_dir().rglob("*.ttl")):
        for prefix, namespace in declared.findall(path.read_text(encoding="utf-8")):
            assert listed.get(prefix) == namespace, f"{path.name}: {prefix}"


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower().replace("’", "'"))


def test_no_sentence_of_the_articles_is_in_the_ontology() -> None:
    paths = sorted(ARTICLES.glob("*.txt"))
    if not paths:
        pytest.skip("the articles are not part of the repository; put them into ../shared/seeds")
    runs = set()
    for path in paths:
        article = words(path.read_text(encoding="utf-8"))
        runs |= {tuple(article[at : at + 7]) for at in range(len(article) - 6)}
    for path in sorted(ontology_dir().rglob("*")):
        if path.is_file() and path.suffix != ".bin":
            ours = words(path.read_text(encoding="utf-8"))
            copied = [ours[at : at + 7] for at in range(len(ours) - 6)]
            assert not [run for run in copied if tuple(run) in runs], path.name
