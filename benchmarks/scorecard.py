"""How good the answers are on described cases: urgency, conditions, findings, causes, denials.

Usage: python benchmarks/scorecard.py [CASES.tsv] [--add FILE]…

The table has the columns text, symptoms, triggers, negated, urgency, conditions and source; names
are separated by ``; ``, and any one of several conditions is right, or a kind of it. Prints JSON.
The expectations were written by the same hands as the knowledge, each from the description that it
cites, so the figures show what was broken rather than how good the graph is among strangers.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import kg
from kg.errors import KgError
from kg.explain.model import Explanation

__all__ = ["CASES", "Scorecard", "read_cases"]

CASES = Path(__file__).resolve().parent.parent / "tests" / "data" / "vignettes.tsv"
OUT_OF_SCOPE = "out of scope"
LEVELS = ("self-care", "see-doctor", "prompt", "emergency")
# What is told where no level can be given; neither under- nor over-triage.
UNCLEAR = "unclear"
GIVEN = (*LEVELS, UNCLEAR)
_BINS = 5


def read_cases(path: Path = CASES) -> list[dict[str, str]]:
    """The described cases of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass
class Tally:
    """What was wanted, what was found, and what is in both."""

    wanted: int = 0
    found: int = 0
    both: int = 0

    def add(self, wanted: set[str], found: set[str]) -> None:
        """Count one case."""
        self.wanted += len(wanted)
        self.found += len(found)
        self.both += len(wanted & found)

    def to_dict(self) -> dict[str, float | int | None]:
        """Precision, recall and the numbers behind them."""
        return {
            "precision": ratio(self.both, self.found),
            "recall": ratio(self.both, self.wanted),
            "wanted": self.wanted,
        }


@dataclass
class Scorecard:
    """Scores answers against what was expected of them."""

    graph: kg.Graph
    matrix: dict[str, dict[str, int]] = field(
        default_factory=lambda: {want: dict.fromkeys(GIVEN, 0) for want in LEVELS}
    )
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    bets: list[tuple[float, bool]] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    scope: Counter[str] = field(default_factory=Counter)
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {kind: Tally() for kind in ("findings", "causes", "denials")}
    )

    def run(self, rows: Iterable[dict[str, str]]) -> Scorecard:
        """Explain and judge each case."""
        for row in rows:
            answer = self.graph.explain(row["text"])
            if OUT_OF_SCOPE in names(row["conditions"]):
                self.scope["right" if not answer.in_scope else "wrong"] += 1
            else:
                self._judge(row, answer)
        return self

    def _judge(self, row: dict[str, str], answer: Explanation) -> None:
        want, got = row["urgency"].strip(), answer.urgency.level
        self.matrix[want][got] += 1
        if got != UNCLEAR and LEVELS.index(got) < LEVELS.index(want):
            self.under.append(row["text"])
        if got != UNCLEAR and LEVELS.index(got) > LEVELS.index(want):
            self.over.append(row["text"])
        self._judge_conditions(row, answer)
        case = answer.case
        # Only what the text itself says is compared, not what follows from it.
        told = {f.id for f in case.findings if f.status == "present" and not f.implied_by}
        denied = {f.id for f in case.findings if f.status == "absent" and not f.implied_by}
        concepts = self.graph.view.concepts
        effects = {f for f in told if "ft:effect-kind" in concepts[f].roles}
        self.tallies["findings"].add(self._ids(row["symptoms"]), effects)
        self.tallies["causes"].add(self._ids(row["triggers"]), told - effects)
        self.tallies["denials"].add(self._ids(row["negated"]), denied)

    def _judge_conditions(self, row: dict[str, str], answer: Explanation) -> None:
        expected = self._ids(row["conditions"])
        if not expected:
            return
        view = self.graph.view
        ranked = [not expected.isdisjoint(view.broader(c.id)) for c in answer.conditions]
        hits = [place for place, right in enumerate(ranked, start=1) if right]
        self.places.append(min(hits) if hits else None)
        if not hits or min(hits) > 3:
            self.beyond.append(row["text"])
        if answer.conditions:
            self.bets.append((answer.conditions[0].probability, ranked[0]))

    def _ids(self, cell: str | None) -> set[str]:
        found = set()
        for name in names(cell):
            try:
                found.add(self.graph.resolve(name))
            except KgError:
                self.unknown[name] += 1
        return found

    def to_dict(self) -> dict[str, Any]:
        """The scorecard as plain data."""
        judged = sum(sum(line.values()) for line in self.matrix.values())
        reached = [place for place in self.places if place is not None]
        return {
            "cases": judged + sum(self.scope.values()),
            "urgency": self.matrix,
            "under_triage": self.under,
            "over_triage": self.over,
            "over_triage_rate": ratio(len(self.over), judged),
            "conditions": {
                "judged": len(self.places),
                "top_1": ratio(sum(p == 1 for p in reached), len(self.places)),
                "top_3": ratio(sum(p <= 3 for p in reached), len(self.places)),
                "mean_reciprocal_rank": ratio(sum(1 / p for p in reached), len(self.places)),
                "beyond_top_3": self.beyond,
            },
            "calibration": calibration(self.bets),
            "recognition": {kind: tally.to_dict() for kind, tally in self.tallies.items()},
            "out_of_scope": dict(self.scope),
            "names_not_in_the_graph": sorted(self.unknown),
        }


def names(cell: str | None) -> list[str]:
    """The names in a cell."""
    return [name.strip() for name in (cell or "").split(";") if name.strip()]


def ratio(part: float, whole: int) -> float | None:
    """A share with three digits, None of nothing."""
    return round(part / whole, 3) if whole else None


def calibration(bets: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """How well the probability of the first condition fits how often it is right.

    Brier score, expected calibration error (mean gap between the two, weighted by the size of the
    bin), and the bins, as in Guo et al., *On Calibration of Modern Neural Networks* (2017).
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for probability, right in bets:
        bins[min(int(probability * _BINS), _BINS - 1)].append((probability, right))
    rows = [
        {
            "from": number / _BINS,
            "cases": len(inside),
            "said": ratio(sum(p for p, _ in inside), len(inside)),
            "right": ratio(sum(r for _, r in inside), len(inside)),
        }
        for number, inside in enumerate(bins)
        if inside
    ]
    gap = sum(abs(sum(p for p, _ in inside) - sum(r for _, r in inside)) for inside in bins)
    return {
        "brier": ratio(sum((p - right) ** 2 for p, right in bets), len(bets)),
        "expected_calibration_error": ratio(gap, len(bets)),
        "bins": rows,
    }


def main() -> None:
    """Prints the scorecard of a table of cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", type=Path, nargs="?", default=CASES)
    parser.add_argument("--add", action="append", default=[], type=Path)
    options = parser.parse_args()
    with kg.open(add=options.add) as graph:
        card = Scorecard(graph).run(read_cases(options.cases))
    print(json.dumps(card.to_dict(), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
