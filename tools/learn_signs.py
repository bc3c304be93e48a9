"""Learns which words and letters tell what, from sentences that were written for it.

Writes ontology/learned/signs.bin (`kg/recognise/learned.py` tells its form). The sentences stand in
tests/data/reading: `plain.tsv`, `said.tsv`, `told.tsv` (one sentence, what it tells), `posts.tsv`
and `posts_plain.tsv` (whole posts, clause by clause, half of which tell nothing). `posts_kept.tsv`,
of which nothing is learned, is for `benchmarks/posts.py`, and no labelled text of the open or the
blind half takes part. Needs scikit-learn (`pip install -e '.[learn]'`) and some five minutes.

Usage: python tools/learn_signs.py
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from math import log
from pathlib import Path
from warnings import catch_warnings
from zlib import crc32

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

import kg
from kg.recognise.cues import CueBook
from kg.recognise.learned import DENIED, NONE, features, words_of
from kg.recognise.reading import CAUSE, EFFECT, PATTERN
from kg.recognise.tokens import tokenise

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "tests" / "data" / "reading"
FILES = ("plain.tsv", "said.tsv", "told.tsv", "posts.tsv", "posts_plain.tsv")
TARGET = ROOT / "ontology" / "learned" / "signs.bin"
SEEN = (2, 5)  # times that a word (or a pair), and a run of letters, must be seen
HELD = 3e-6  # how much large weights cost
FEWEST = 8  # sentences that tell a class
ROUNDS = 12  # over all sentences
LEAST = 5  # a rounded weight nearer to zero is left out
LARGEST = 12.0  # weights beyond are cut


def sentences(known: Set[str], persons: frozenset[str]) -> Iterator[tuple[list[str], set[str]]]:
    """The words of each sentence and what it tells; what it denies is told, and `denied`."""
    for name in FILES:
        for line in (READING / name).read_text(encoding="utf-8").splitlines():
            if "\t" not in line:
                continue
            labels, text = line.split("\t", 1)
            told = set()
            for label in labels.split("|"):
                concept = label.removeprefix("absent:")
                if concept in known:
                    told |= {concept} if concept == label else {concept, DENIED}
            yield words_of(tokenise(text), persons), told or {NONE}


def fitted(there: csr_matrix, at: list[int]) -> tuple[np.ndarray, float]:
    """The weights and the bias of one class, which the rows `at` tell."""
    model = SGDClassifier(loss="log_loss", alpha=HELD, max_iter=ROUNDS, random_state=1)
    with catch_warnings(action="ignore"):  # it need not settle to the last digit
        model.fit(there, np.isin(np.arange(there.shape[0]), at))
    return model.coef_[0], float(model.intercept_[0])


def main() -> None:
    """Learn from all sentences and write the weights."""
    with kg.open() as graph:
        concepts = graph.view.concepts.values()
        persons = CueBook.build(graph.view).persons
        known = {c.id for c in concepts if not c.roles.isdisjoint({EFFECT, PATTERN, CAUSE})}
    rows = list(sentences(known, persons))
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
    by_class = defaultdict(list)
    for i, (_, told) in enumerate(rows):
        for name in told:
            by_class[name].append(i)
    names = sorted(name for name, at in by_class.items() if len(at) >= FEWEST)
    found = Parallel(n_jobs=-1)(delayed(fitted)(there, by_class[name]) for name in names)
    unit = LARGEST / 127
    coefficients = np.stack([weights for weights, _ in found])
    weights = np.rint(np.clip(coefficients, -LARGEST, LARGEST) / unit).astype("i1").T
    weights[abs(weights) < LEAST] = 0
    at, classes = np.nonzero(weights)
    header = {
        "classes": names,
        "biases": [round(bias, 4) for _, bias in found],
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
