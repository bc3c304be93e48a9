"""Measures `kg ask` on questions that people ask: right, wrong, refused, and how fast.

An answer is right where its kind is one of those that answer the question, and it holds every
expected concept, in its rows, its parameters or its sentence. An honest refusal is right where the
graph has no answer. A wrong answer is one that is given with confidence and is not right.

Usage: python benchmarks/asking.py [--half open|blind] [--errors]   (--errors shows the open half)
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from itertools import chain
from pathlib import Path

import kg
from kg.ask.answer import Answer

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "data" / "questions" / "asked.tsv"
CANNOT = "cannot"
# Kinds of the labels that are answered by a query of another name.
ANSWERED_BY = {
    "amount": "servings",
    "branches-of": "parts-of",
    "count": "parts-of muscle-of",
    "danger": "danger danger-of-finding",
    "effects": "what-does can-cause damage side-effects",
    "acts-on": "what-does receptor-of",
    "is-it": "can-cause",
    "list": "causes muscle-of kinds-of",
    "how-long": "how-long how-soon",
    "tests": "which-doctor test-for rules-out",
    "why": "why causes can-cause features",
}


def read_questions(half: str, path: Path = QUESTIONS) -> list[dict[str, str]]:
    """The questions of one half, or of both."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if half in ("both", row["half"])]


def judge(graph: kg.Graph, answer: Answer, row: dict[str, str]) -> str:
    """Whether an answer is right, wrong, or refused without need."""
    kinds = row["kinds"].split("|")
    if not answer.query or not answer.answers:
        return "right" if CANNOT in kinds else "refused"
    fitting = {name for kind in kinds for name in ANSWERED_BY.get(kind, kind).split()}
    if answer.query.removeprefix("ask/") not in fitting:
        return "wrong"
    told = {*chain(*answer.parameters.values()), *(r.id for r in answer.answers)}

    def holds(name: str) -> bool:
        known = f"ft:{name}"
        return known in told or graph.view.label(known).lower() in answer.text.lower()

    expected = (row["expected"] or "").split()
    return "right" if all(any(map(holds, e.split("|"))) for e in expected) else "wrong"


def main() -> None:
    """Ask all questions and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=("open", "blind", "both"), default="open")
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    counts: Counter[str] = Counter()
    times = []
    with kg.open() as graph:
        graph.ask("what is a muscle")
        for row in read_questions(given.half):
            begin = time.process_time()
            answer = graph.ask(row["question"])
            times.append(time.process_time() - begin)
            verdict = judge(graph, answer, row)
            counts[verdict] += 1
            counts["plain"] += answer.plain and verdict == "refused"
            if given.errors and row["half"] == "open" and verdict != "right":
                print(f"{verdict}: {row['question']}  [{row['kinds']}: {row['expected']}]")
                about = ", ".join(chain(*answer.parameters.values()))
                print(f"    {answer.query} ({about}) {answer.text[:200]} {answer.nearest}")
    times.sort()
    total = len(times)
    print(f"{given.half}: {total} questions, right {counts['right'] / total:.3f},", end=" ")
    print(f"wrong {counts['wrong']}, refused {counts['refused']}", end=" ")
    print(f"({counts['plain']} of them with a plain sentence);", end=" ")
    middle, late = (times[int(total * share)] * 1000 for share in (0.5, 0.95))
    print(f"processor time: median {middle:.1f} ms, 95% {late:.1f} ms")


if __name__ == "__main__":
    main()
