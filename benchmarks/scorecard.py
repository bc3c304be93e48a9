"""How good the answers are on described cases: urgency, conditions, causes and denials.

Usage: python benchmarks/scorecard.py CASES.tsv [--add FILE]…

The table has the columns text, triggers, negated, urgency and conditions; names are separated by
``; ``. A condition that stands before another is the better answer. Prints JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import kg
from kg.errors import KgError

OUT_OF_SCOPE = "out of scope"


def names(cell: str | None) -> list[str]:
    """The names in a cell."""
    return [name.strip() for name in (cell or "").split(";") if name.strip()]


def resolved(graph: kg.Graph, cell: str | None, unknown: Counter[str]) -> list[str]:
    """The concepts that the names of a cell stand for; names that stand for none are counted."""
    found = []
    for name in names(cell):
        try:
            found.append(graph.resolve(name))
        except KgError:
            unknown[name] += 1
    return found


def ratio(part: int, whole: int) -> float | None:
    """A share with three digits, None of nothing."""
    return round(part / whole, 3) if whole else None


def score(graph: kg.Graph, rows: list[dict[str, str]]) -> dict[str, Any]:
    """The scorecard of the rows."""
    levels = ["self-care", "see-doctor", "prompt", "emergency"]
    matrix = {want: dict.fromkeys(levels, 0) for want in levels}
    under: list[str] = []
    over: list[str] = []
    places: list[int | None] = []
    unknown: Counter[str] = Counter()
    counts = {kind: Counter[str]() for kind in ("causes", "denials")}
    scope = Counter[str]()
    for row in rows:
        answer = graph.explain(row["text"])
        if OUT_OF_SCOPE in names(row["conditions"]):
            scope["right" if not answer.in_scope else "wrong"] += 1
            continue
        want, got = row["urgency"].strip(), answer.urgency.level
        matrix[want][got] += 1
        if levels.index(got) < levels.index(want):
            under.append(row["text"])
        if levels.index(got) > levels.index(want):
            over.append(row["text"])
        expected = resolved(graph, row["conditions"], unknown)
        if expected:
            ranked = [c.id for c in answer.conditions]
            hits = [ranked.index(c) + 1 for c in expected if c in ranked]
            places.append(min(hits) if hits else None)
        present, absent = set(answer.case.present()), set(answer.case.absent())
        for kind, found, cell in (
            ("causes", present, row["triggers"]),
            ("denials", absent, row["negated"]),
        ):
            wanted = set(resolved(graph, cell, unknown))
            counts[kind].update(wanted=len(wanted), found=len(wanted & found))
    first = sum(place == 1 for place in places)
    third = sum(place is not None and place <= 3 for place in places)
    judged = sum(sum(line.values()) for line in matrix.values())
    return {
        "cases": len(rows),
        "urgency": matrix,
        "under_triage": under,
        "over_triage": over,
        "over_triage_rate": ratio(len(over), judged),
        "conditions": {
            "judged": len(places),
            "top_1": ratio(first, len(places)),
            "top_3": ratio(third, len(places)),
            "mean_reciprocal_rank": round(
                sum(1 / place for place in places if place) / max(len(places), 1), 3
            ),
        },
        "recall": {kind: ratio(c["found"], c["wanted"]) for kind, c in counts.items()},
        "out_of_scope": dict(scope),
        "names_not_in_the_graph": sorted(unknown),
    }


def main() -> None:
    """Prints the scorecard of a table of cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--add", action="append", default=[], type=Path)
    options = parser.parse_args()
    with options.cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with kg.open(add=options.add) as graph:
        print(json.dumps(score(graph, rows), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
