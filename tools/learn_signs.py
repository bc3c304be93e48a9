"""Learns which words and letters tell which sign, from sentences that were written for it.

Writes ontology/learned/signs.bin (`kg/recognise/learned.py` tells its form). The sentences stand in
tests/data/reading: `plain.tsv`, `said.tsv` and `told.tsv` (one sentence, the signs it tells) and
`posts.tsv` (whole posts, clause by clause, half of which tell none). No labelled text of the open
or the blind half takes part. Needs scikit-learn (`pip install -e '.[learn]'`) and a few minutes.

Usage: python tools/learn_signs.py
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

import kg
from kg.recognise.cues import CueBook
from kg.recognise.learned import NONE, features, words_of
from kg.recognise.reading import CANDIDATE, EFFECT, PATTERN
from kg.recognise.tokens import tokenise

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "tests" / "data" / "reading"
FILES = ("plain.tsv", "said.tsv", "told.tsv", "posts.tsv")
TARGET = ROOT / "ontology" / "learned" / "signs.bin"
SEEN = (2, 5)  # times that a word (or a pair), and a run of letters, must be seen
HELD = 3e-6  # how much large weights cost
LEAST = 3  # a rounded weight nearer to zero is left out
LARGEST = 12.0  # weights beyond are cut


def sentences(
    signs: frozenset[str], persons: frozenset[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each sentence and the signs that it tells; `none` where it tells none."""
    for name in FILES:
        for line in (READING / name).read_text(encoding="utf-8").splitlines():
            if "\t" in line:
                told, text = line.split("\t", 1)
                yield (
                    words_of(tokenise(text), persons),
                    [i for i in told.split("|") if i in signs] or [NONE],
                )


def main() -> None:
    """Learn from all sentences and write the weights."""
    with kg.open() as graph:
        concepts = graph.view.concepts.values()
        persons = CueBook.build(graph.view).persons
        signs = frozenset(
            c.id for c in concepts if EFFECT in c.roles and not {PATTERN, CANDIDATE} & c.roles
        )
    rows = list(sentences(signs, persons))
    groups = [list(features(said)) for said, _ in rows]
    seen = Counter((k, f) for row in groups for k, group in enumerate(row) for f in group)
    kept: dict[int, float] = defaultdict(float)  # two groups may share a run of letters
    for (kind, feature), count in seen.items():
        if count >= SEEN[kind]:
            kept[crc32(feature.encode())] += count
    keys = np.array(sorted(kept), dtype="<u4")
    rarity = np.array([1 + log((1 + len(rows)) / (1 + kept[k])) for k in keys.tolist()], "<f4")
    place = {key: i for i, key in enumerate(keys.tolist())}
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for row in groups:
        for group in row:
            inside = sorted({place[k] for f in group if (k := crc32(f.encode())) in place})
            length = float(np.linalg.norm(rarity[inside])) or 1.0
            data += (rarity[inside] / length).tolist()
            columns += inside
        ends.append(len(columns))
    there = csr_matrix((data, columns, ends), shape=(len(rows), len(keys)))
    each = [(i, sign) for i, (_, told) in enumerate(rows) for sign in told]
    model = SGDClassifier(loss="log_loss", alpha=HELD, max_iter=15, tol=1e-4, random_state=1)
    model.fit(there[[i for i, _ in each]], [sign for _, sign in each])
    unit = LARGEST / 127
    weights = np.rint(np.clip(model.coef_, -LARGEST, LARGEST) / unit).astype("i1").T
    weights[abs(weights) < LEAST] = 0
    at, classes = np.nonzero(weights)
    header = {
        "classes": list(model.classes_),
        "biases": [round(float(b), 4) for b in model.intercept_],
        "unit": unit,
        "features": len(keys),
        "weights": len(at),
    }
    starts = np.searchsorted(at, np.arange(len(keys) + 1)).astype("<u4")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(
        json.dumps(header).encode() + b"\n" + keys.tobytes() + rarity.tobytes() + starts.tobytes()
        + classes.astype("<u2").tobytes() + weights[at, classes].astype("i1").tobytes()
    )  # fmt: skip
    print(f"{len(rows)} sentences, {len(keys)} features, {len(at)} weights: {TARGET.name}")


if __name__ == "__main__":
    main()
