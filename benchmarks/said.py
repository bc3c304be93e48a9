"""How many ways of saying a sign are read: single sentences, each written for one sign or a few.

Usage: python benchmarks/said.py [plain|said] [--half odd|even] [--missed]

Both files of tests/data/reading were written from labels and definitions alone, apart from the
rules: `plain.tsv` holds 6,113 sentences for all 364 signs and circumstances in the words of forums
(`absent:` marks what is denied, `none` a sentence without a sign), `said.tsv` twenty colourful ones
for each of 182 findings. A hash of the sentence halves them: the odd half is for looking at, of the
even half only the score is shown.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter

from judging import Judge, slots
from reading import DATA

import kg

_ABSENT = "absent:"


def is_even(sentence: str) -> bool:
    """Whether a sentence belongs to the half that nobody looks at."""
    return int(hashlib.md5(sentence.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def main() -> None:
    """Print the share of what is said that is read, by kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", choices=("plain", "said"), nargs="?", default="plain")
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--missed", action="store_true", help="what was missed, of the odd half")
    options = parser.parse_args()
    graph = kg.open()
    judge = Judge(graph.view)
    lines = (DATA / f"{options.file}.tsv").read_text(encoding="utf-8").splitlines()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for names, sentence in (line.split("\t", 1) for line in lines):
        if is_even(sentence) != (options.half == "even"):
            continue
        case = graph.read(sentence)
        told = [f.id for f in case.findings if f.status == "present"]
        told += [item.id for item in slots(case) if item.id]
        denied = [f.id for f in case.findings if f.status == "absent"]
        for name in names.split("|"):
            kind = "denied" if name.startswith(_ABSENT) else "none" if name == "none" else "present"
            there = denied if kind == "denied" else told
            found = any(judge.kind(i, [name.removeprefix(_ABSENT)]) for i in there)
            fine = not told if kind == "none" else found
            asked[kind] += 1
            right[kind] += fine
            if options.missed and options.half == "odd" and not fine:
                print(f"{name}\t{sentence}\t{', '.join(told)}")
    for kind in sorted(asked):
        share = right[kind] / asked[kind]
        print(f"{options.half} half, {kind}: {right[kind]} of {asked[kind]} ({share:.3f})")


if __name__ == "__main__":
    main()
