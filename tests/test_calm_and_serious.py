"""Calm and serious descriptions of our own: the level of each stays what it has to be."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import kg

DATA = Path(__file__).parent / "data" / "reading" / "calm_own.tsv"
CALM = {"self-care", "see-doctor", "unclear"}
SERIOUS = {"prompt", "emergency"}

with DATA.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.thorough(keep=600)
@pytest.mark.parametrize("row", ROWS, ids=[r["text"][:40] for r in ROWS])
def test_a_description_gets_a_level_that_fits_it(graph: kg.Graph, row: dict[str, str]) -> None:
    level = graph.explain(row["text"]).urgency.level
    fits = level in (CALM if row["kind"] == "calm" else SERIOUS)
    # What is known to be wrong is marked, so that a gain is noticed as a loss is.
    assert fits == (row["right"] == "yes"), level
