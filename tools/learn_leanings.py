"""Learns which words lean to which kind of question, from labelled questions.

Writes ontology/leanings.ttl: words, slots and pairs of them, each with a small whole number for the
kinds of question that it makes likelier or less likely (softmax regression, held small, rounded,
without those that hardly matter). In the same way, and of the open posts beside them, it learns
what tells that a clause asks the reader, and is no part of a story that only looks like it. The
rows that are put aside (`aside`, `aside2`, `aside3`), the blind texts and the kept posts take no
part.

Usage: python tools/learn_leanings.py, then tools/format_ontology.py
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import kg
from kg.recognise import asked as asked_module
from kg.recognise import context
from kg.recognise.asked import Asked, find_asked
from kg.recognise.clauses import Clause
from kg.recognise.leanings import features
from kg.recognise.named import named_in, scene_of, with_named
from kg.recognise.patterns import Grammar
from kg.recognise.reading import Reading, Span

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "tests" / "data" / "reading"
sys.path.insert(0, str(ROOT / "benchmarks"))
from retold import read_posts  # noqa: E402

HALVES = ("open", "open2", "open3", "open4", "open5")
SEEN = 2  # times that a feature must be seen
HELD = 2.0  # how much large weights cost
HELD_ASKING = 6.0  # the same of what tells that somebody asks
SCALE = 16.0  # what a weight is multiplied by before it is rounded
LEAST = 2  # a rounded weight below it is left out
ROUNDS, STEP = 300, 0.05

Labelled = tuple[str, list[tuple[Span, str]]]
Leanings = dict[tuple[str, int], list[str]]


def labelled() -> Iterator[Labelled]:
    """Texts with the places and kinds of their questions."""
    with (READING / "questions_own.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] in HALVES and row["kind"] != "none":
                yield row["text"], [((0, len(row["text"])), row["kind"])]
    for line in (READING / "open.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        quotes = [(data["text"].find(a["quote"]), a) for a in data["asked"]]
        yield data["text"], [((i, i + len(a["quote"])), a["kind"]) for i, a in quotes if i >= 0]


def questions() -> Iterator[tuple[set[str], str]]:
    """The features of each labelled question as the reader sees it, and its kind."""
    seen: list[tuple[Reading, Grammar, tuple[Asked, ...]]] = []

    def find(reading: Reading, grammar: Grammar) -> tuple[Asked, ...]:
        seen.append((reading, grammar, find_asked(reading, grammar)))
        return seen[-1][2]

    context.find_asked = find  # type: ignore[attr-defined]
    with kg.open() as graph:
        for text, asked_of in labelled():
            graph.read(text)
            reading, grammar, asked = seen.pop()
            whole = scene_of(reading, grammar)
            for span, kind in asked_of:
                start, end = _stretch(reading, asked, span, [s for s, _ in asked_of])
                sentence = reading.sentence_of(start)
                named = named_in(reading, grammar, sentence, remedies=True)
                scene = with_named(whole, sentence, named)
                yield features(scene, start, min(end, sentence[1])), kind


def asking() -> Iterator[tuple[set[str], str]]:
    """What is said in and around each clause that looks like a question, and whether it asks."""
    seen: list[tuple[Span, set[str]]] = []
    tell = asked_module.signs_of_asking

    def told(reading: Reading, scene: object, clause: Clause, *rest: object) -> set[str]:
        said: set[str] = tell(reading, scene, clause, *rest)  # type: ignore[arg-type]
        seen.append((reading.span(clause.start, clause.end), said))
        return said

    asked_module.signs_of_asking = told  # type: ignore[assignment]
    posts = (
        (p.text, [(c.span, "") for c in p.clauses if any(t.status == "ask" for t in c.labels)])
        for p in read_posts("open")
    )
    with (READING / "questions_own.tsv").open(encoding="utf-8") as lines:
        rows = [*csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    idle = ((r["text"], []) for r in rows if r["half"] in HALVES and r["kind"] == "none")
    with kg.open() as graph:
        for text, labels in (*labelled(), *posts, *idle):
            graph.read(text)
            for (start, end), said in seen:
                own = any(first < end and start < last for (first, last), _ in labels)
                yield said, "asks" if own else "tells"
            seen.clear()
    asked_module.signs_of_asking = tell


def _stretch(reading: Reading, asked: Sequence[Asked], span: Span, others: Sequence[Span]) -> Span:
    """The question that was read at a label, if it is of that label alone; else the label."""

    def over(one: Span, other: Span) -> bool:
        return one[0] < other[1] and other[0] < one[1]

    for one in asked:
        at = one.question.span
        if over(at, span) and sum(over(at, other) for other in others) == 1:
            return one.start, one.end
    inside = [i for i, t in enumerate(reading.tokens) if over((t.start, t.end), span)]
    return inside[0], inside[-1] + 1


def learn(rows: Sequence[set[str]], wanted: Sequence[str], held: float = HELD) -> Leanings:
    """The features by the kind that they lean to and by how much."""
    counts = Counter(f for row in rows for f in row)
    names = sorted(f for f, count in counts.items() if count >= SEEN)
    kinds = sorted(set(wanted))
    there = np.array([[float(name in row) for name in names] for row in rows])
    target = np.array([[float(kind == want) for kind in kinds] for want in wanted])
    weights = np.zeros((len(names), len(kinds)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for turn in range(1, ROUNDS + 1):
        scores = there @ weights
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        slope = there.T @ (chance - target) + held * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        step = first / (1 - 0.9**turn) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-8)
        weights -= STEP / turn**0.5 * step
    found: Leanings = defaultdict(list)
    for (place, kind), value in np.ndenumerate(np.rint(weights * SCALE).astype(int)):
        if abs(value) >= LEAST:
            found[kinds[kind], int(value)].append(names[place])
    return found


def main() -> None:
    """Learn from all labelled questions and write the table."""
    rows, wanted = zip(*questions(), strict=True)
    looking, own = zip(*asking(), strict=True)
    table = learn(rows, wanted)
    sure = learn(looking, own, HELD_ASKING)
    header = (ROOT / "ontology" / "asking.ttl").read_text(encoding="utf-8")
    lines = [line for line in header.splitlines() if line.startswith("@prefix")]
    tables = {"leaning": table, "asking": {k: v for k, v in sure.items() if k[0] == "asks"}}
    told = [(of, *key, texts) for of, each in tables.items() for key, texts in each.items()]
    for of, kind, value, texts in sorted(told):
        name = f"{of}-{kind}-{'more' if value > 0 else 'less'}-{abs(value)}"
        quoted = ", ".join(f'"{text}"@en' for text in texts)
        lines += [
            f"\nft:cue-question-{name} a ft:Cue ;",
            f'    ft:cue-category ft:question-{of} ;\n    ft:cue-kind "{kind}" ;',
            f'    ft:cue-value "{value}" ;\n    ft:cue-text {quoted} .',
        ]
    path = ROOT / "ontology" / "leanings.ttl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(rows), "questions,", len(looking), "that look like one,", len(told), "rows")


if __name__ == "__main__":
    main()
