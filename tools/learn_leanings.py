"""Learns which words lean to which kind of question, and to which matter, from labelled questions.

Writes ontology/leanings.ttl: words, slots and pairs of them, each with a small whole number for the
kinds of question that it makes likelier or less likely, and for what may be asked about beside
concepts (softmax regression, held small, rounded, without those that hardly matter). The rows that
are put aside (`aside`, `aside2`, `aside3`) and the blind texts take no part.

Usage: python tools/learn_leanings.py, then tools/format_ontology.py
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

import kg
from kg.recognise import context
from kg.recognise.asked import Asked, find_asked
from kg.recognise.leanings import MATTER, NO_MATTER, bare, features
from kg.recognise.named import named_in, scene_of, with_named
from kg.recognise.patterns import Grammar
from kg.recognise.reading import Reading, Span

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "tests" / "data" / "reading"
KINDS = ("open", "open2", "open3", "open4", "open5")  # rows that kinds are learned from
SEEN = 2  # times that a feature must be seen

Rows = list[tuple[set[str], str]]
Leanings = dict[tuple[str, int], list[str]]
Model = LogisticRegression | LinearSVC


class Label(NamedTuple):
    """The place of a question, its kind, and what it is about; empty where it does not tell."""

    span: Span
    kind: str
    matter: str


def labelled() -> Iterator[tuple[str, list[Label]]]:
    """Texts with the places, kinds and matters of their questions."""
    with (READING / "questions_own.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row["half"].startswith("aside") and row["kind"] != "none":
                kind = row["kind"] if row["half"] in KINDS else ""
                # Whether to stop a medicine is about its dose or not: that is no other matter.
                told = row["matter"] != "-" or row["kind"] != "should-stop-medicine"
                yield row["text"], [Label((0, len(row["text"])), kind, row["matter"] * told)]
    for line in (READING / "open.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        quotes = [(data["text"].find(a["quote"]), a) for a in data["asked"]]
        yield (
            data["text"],
            [Label((i, i + len(a["quote"])), a["kind"], "") for i, a in quotes if i >= 0],
        )


def questions() -> tuple[Rows, Rows]:
    """The features of each labelled question as the reader sees it, by kind and by matter."""
    kinds: Rows = []
    matters: Rows = []
    seen: list[tuple[Reading, Grammar, tuple[Asked, ...]]] = []

    def find(reading: Reading, grammar: Grammar) -> tuple[Asked, ...]:
        seen.append((reading, grammar, find_asked(reading, grammar)))
        return seen[-1][2]

    context.find_asked = find  # type: ignore[attr-defined]
    with kg.open() as graph:
        phrases = [c for c in graph.view.cues if c.category == "ft:question-part"]
        named_by = [(c.text, c.properties["ft:cue-kind"]) for c in phrases]
        told = [(t, m.removeprefix(MATTER)) for t, m in named_by if m.startswith(MATTER)]
        texts = [(t, [Label((0, len(t)), "", m)]) for t, m in told]
        for text, labels in (*labelled(), *texts):
            graph.read(text)
            reading, grammar, asked = seen.pop()
            whole = scene_of(reading, grammar)
            for label in labels:
                start, end = _stretch(reading, asked, label.span, [o.span for o in labels])
                sentence = reading.sentence_of(start)
                named = named_in(reading, grammar, sentence, remedies=True)
                scene, end = with_named(whole, sentence, named), min(end, sentence[1])
                if label.kind:
                    kinds.append((features(scene, start, end), label.kind))
                if label.matter and " " not in label.matter:
                    matter = NO_MATTER if label.matter == "-" else MATTER + label.matter
                    matters.append((bare(grammar, scene, start, end), matter))
    return kinds, matters


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


def learn(
    rows: Sequence[set[str]], wanted: Sequence[str], model: Model, scale: float, least: int
) -> Leanings:
    """The features by what they lean to and by how much: weights times `scale`, from `least` on."""
    counts = Counter(f for row in rows for f in row)
    names = {f: i for i, f in enumerate(sorted(f for f, count in counts.items() if count >= SEEN))}
    there = [(i, names[f]) for i, row in enumerate(rows) for f in sorted(row & names.keys())]
    shape = len(rows), len(names)
    seen = csr_matrix((np.ones(len(there)), np.array(there, dtype=np.int32).T), shape=shape)
    seen.indices, seen.indptr = seen.indices.astype(np.int32), seen.indptr.astype(np.int32)
    model.fit(seen, wanted)
    found: Leanings = defaultdict(list)
    features = list(names)
    for (kind, place), value in np.ndenumerate(np.rint(model.coef_ * scale).astype(int)):
        if abs(value) >= least:
            found[str(model.classes_[kind]), int(value)].append(features[place])
    return found


def main() -> None:
    """Learn from all labelled questions and write the table."""
    kinds, matters = questions()
    few = LogisticRegression(C=0.5, fit_intercept=False, max_iter=500)
    many = LinearSVC(penalty="l1", dual=False, fit_intercept=False, max_iter=5000, random_state=0)
    table = learn(*zip(*kinds, strict=True), few, scale=16, least=2)
    table |= learn(*zip(*matters, strict=True), many, scale=3, least=1)
    header = (ROOT / "ontology" / "asking.ttl").read_text(encoding="utf-8")
    lines = [line for line in header.splitlines() if line.startswith("@prefix")]
    for (kind, value), texts in sorted(table.items()):
        name = f"{kind}-{'more' if value > 0 else 'less'}-{abs(value)}"
        quoted = ", ".join(f'"{text}"@en' for text in texts)
        lines += [
            f"\nft:cue-question-leaning-{name} a ft:Cue ;",
            f'    ft:cue-category ft:question-leaning ;\n    ft:cue-kind "{kind}" ;',
            f'    ft:cue-value "{value}" ;\n    ft:cue-text {quoted} .',
        ]
    path = ROOT / "ontology" / "leanings.ttl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(kinds), "kinds,", len(matters), "matters,", sum(map(len, table.values())), "leanings")


if __name__ == "__main__":
    main()
