"""How much of what whole posts tell is read, on posts that nothing was learned or tuned from.

Usage: python benchmarks/posts.py

Reads tests/data/reading/posts_kept.tsv: clause by clause, the signs that each tells, posts apart by
an empty line. Printed are recall and precision of the signs of the body:
a sign is found when it or a kind of it was read, and right when it is told, a kind or a form of
what is, or more general. The posts are pairs, a calm one and a serious one that uses the same
words: their levels are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from judging import Judge
from scorecard import ratio

import kg
from kg.recognise.reading import CANDIDATE, EFFECT, PATTERN

POSTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading" / "posts_kept.tsv"


def posts() -> Iterator[tuple[str, set[str]]]:
    """Each post as one text, and what its clauses tell."""
    for block in POSTS.read_text(encoding="utf-8").strip().split("\n\n"):
        text, told = "", set()
        for line in block.splitlines():
            labels, clause = line.split("\t", 1)
            joint = ", " if clause[:1].islower() else " " if text[-1:] in {*".!?"} else ". "
            text += (joint if text else "") + clause
            told.update(i for i in labels.split("|") if i.startswith("ft:"))
        yield text.rstrip(".") + ".", told


def main() -> None:
    """Read the posts and print the figures."""
    count: Counter[str] = Counter()
    levels = {"calm": Counter[str](), "serious": Counter[str]()}
    with kg.open() as graph:
        judge = Judge(graph.view)
        signs = {
            c.id
            for c in graph.view.concepts.values()
            if EFFECT in c.roles and not {PATTERN, CANDIDATE} & c.roles
        }
        for number, (text, told) in enumerate(posts()):
            answer = graph.explain(text)
            read = {
                f.id
                for f in answer.case.findings
                if f.status == "present" and f.span and not f.implied_by and f.id in signs
            }
            wanted = told & signs
            count["wanted"] += len(wanted)
            count["found"] += sum(any(judge.kind(f, [w]) for f in read) for w in wanted)
            count["read"] += len(read)
            count["right"] += sum(judge.related(f, sorted(told)) for f in read)
            levels["serious" if number % 2 else "calm"][answer.urgency.level] += 1
    read_all = sum(answers.total() for answers in levels.values())
    print(f"{read_all} posts: recall {ratio(count['found'], count['wanted'])}", end="")
    print(f", precision {ratio(count['right'], count['read'])}")
    for kind, answers in levels.items():
        print(f"{kind}: {dict(answers.most_common())}")


if __name__ == "__main__":
    main()
