"""How many ways of saying a sign are read: single sentences, each written for one finding.

Usage: python benchmarks/said.py [--half odd|even] [--missed]

tests/data/reading/said.tsv holds twenty sentences for each of 182 findings, written from its label
and definition alone, apart from the rules. A hash of the sentence halves them: the odd half is for
looking at, of the even half only the score is shown.
"""

from __future__ import annotations

import argparse
import hashlib

from judging import Judge, slots
from reading import DATA

import kg


def is_even(sentence: str) -> bool:
    """Whether a sentence belongs to the half that nobody looks at."""
    return int(hashlib.md5(sentence.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def main() -> None:
    """Print the share of the sentences whose finding is read as present."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--missed", action="store_true", help="what was missed, of the odd half")
    options = parser.parse_args()
    graph = kg.open()
    judge = Judge(graph.view)
    lines = (DATA / "said.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines]
    rows = [row for row in rows if is_even(row[1]) == (options.half == "even")]
    hit = 0
    for wanted, sentence in rows:
        case = graph.read(sentence)
        told = [f for f in case.findings if f.status == "present"] + slots(case)
        found = any(judge.kind(f.id, [wanted]) for f in told)
        hit += found
        if options.missed and options.half == "odd" and not found:
            print(f"{wanted}\t{sentence}\t{', '.join(f.id for f in told)}")
    print(f"{options.half} half: {hit} of {len(rows)} ({hit / len(rows):.3f})")


if __name__ == "__main__":
    main()
