"""Learns which words and letters tell what, and when a guess is to be believed.

Writes signs.bin, texts.bin, alarm.bin and illnesses.bin into ontology/learned
(`kg/recognise/learned.py` tells their form). The sentences stand in tests/data/reading:
`plain.tsv`, `said.tsv`, `told.tsv` (one sentence, what it tells), `posts.tsv` and
`posts_plain.tsv` (whole posts that were made up, clause by clause) and `retold.tsv` (what real
people wrote, retold). What whole texts tell is learned of the posts; how urgent they are and what
explains them also of `stories.tsv`, which says only that, and of the made-up posts, of which
`posts_wholes.tsv` says it; `tools/learn_meanings.py` comes before it. A third of the retold posts
first stays out: how far a guess on them, or what was read in them, is right teaches what the clues
weigh (`kg/recognise/second_reader.py`, `hearing.py`). Then all are learned. Nothing is learned of
`posts_kept.tsv` and `retold_kept.tsv.gz`, and of no labelled text of the open or the blind half.
Needs scikit-learn (`pip install -e '.[learn]'`) and some ten minutes.

Usage: python tools/learn_signs.py
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from hashlib import sha256
from math import log
from pathlib import Path
from typing import Any
from warnings import catch_warnings
from zlib import crc32

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, SGDClassifier

import kg
from kg.recognise.alarm import SERIOUS, enough, words_told
from kg.recognise.cues import CueBook
from kg.recognise.hearing import Hearing
from kg.recognise.layout import lay_out
from kg.recognise.learned import DENIED, NONE, Learned, features_of, words_of
from kg.recognise.likeness import looked_at
from kg.recognise.reading import CAUSE, EFFECT, PATTERN, Reading
from kg.recognise.recogniser import Recogniser
from kg.recognise.second_reader import Candidate, SecondReader
from kg.recognise.tokens import tokenise

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "tests" / "data" / "reading"
sys.path.insert(0, str(ROOT / "benchmarks"))
from retold import Clause, Post, read_posts  # noqa: E402

FILES = ("plain.tsv", "said.tsv", "told.tsv", "posts.tsv", "posts_plain.tsv")
SIGNS, TEXTS, ALARM, ILLNESSES = (
    ROOT / "ontology" / "learned" / f"{name}.bin"
    for name in ("signs", "texts", "alarm", "illnesses")
)
SEEN = (2, 5, 1)  # times that a word (or a pair), a run of letters, and a meaning must be seen
# How much large weights cost, of clauses, of whole texts, and of the illnesses and signs of these.
HELD, HELD_WHOLE, HELD_ILL = 3e-6, 6e-5, 2e-5
FEWEST, FEWEST_ILL = 8, 5  # sentences that tell a class, and texts that tell an illness
ROUNDS = 12  # over all sentences
LEAST, LEAST_ILL, LEAST_TEXTS = 0.47, 0.2, 0.5  # a weight nearer to zero is left out
LARGEST = 12.0  # weights beyond are cut
GRAVE = frozenset({"prompt", "emergency"})
APART = 3  # one of so many retold posts teaches what the clues weigh

Row = tuple[list[list[str]], set[str]]


def written(known: Set[str], persons: Set[str]) -> Iterator[Row]:
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
            yield [words_of(tokenise(text), persons)], told or {NONE}


def retold(posts: Iterable[Post], known: Set[str], persons: Set[str]) -> Iterator[Row]:
    """The same of the clauses of retold posts; one that is only of others, or has no name, not."""
    for post in posts:
        for clause in post.clauses:
            told = set()
            for label in clause.labels:
                if label.id in known and label.status != "other":
                    told |= {label.id, DENIED} if label.status == "absent" else {label.id}
            if told or not any(one.status in ("body", "other") for one in clause.labels):
                yield [words_of(tokenise(clause.text), persons)], told or {NONE}


def stories() -> Iterator[Post]:
    """Texts that are labelled as a whole, each as one clause that tells nothing.

    Those of `stories.tsv`, and the made-up posts with what `posts_wholes.tsv` says of them.
    """
    for line in (READING / "stories.tsv").read_text(encoding="utf-8").splitlines():
        *labels, text = line.split("\t")
        yield _story(*labels, text)
    wholes = (READING / "posts_wholes.tsv").read_text(encoding="utf-8").splitlines()
    labelled = dict(line.split("\t", 1) for line in wholes)
    for text, _ in made_up():
        name = sha256(text.encode()).hexdigest()[:16]
        if name in labelled:
            yield _story(name, *labelled[name].split("\t"), text)


def made_up() -> Iterator[tuple[str, set[str]]]:
    """The posts that were written clause by clause, whole, and the labels of their clauses."""
    for name in ("posts.tsv", "posts_plain.tsv"):
        for post in (READING / name).read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in post.splitlines() if "\t" in line]
            labels = {label for row in rows for label in row[0].split("|")}
            yield " ".join(row[1] for row in rows), labels


def _story(page: str, urgency: str, accepted: str, whose: str, conditions: str, text: str) -> Post:
    known = tuple(c for c in conditions.split(",") if c != "-")
    levels = frozenset({urgency, *accepted.split(",")}) - {"-", "out"}
    return Post(page, urgency, levels, whose, known, (Clause(text, (), (0, len(text))),))


def whole(posts: Iterable[Post], recogniser: Recogniser) -> Iterator[Row]:
    """The sentences of each post of which it is sure whether it can wait.

    Of one that can, each beginning and each end too: none of them may alarm.
    """
    for post in posts:
        if not post.accepted:
            continue
        said = words_told(recogniser._read(post.text))
        if post.accepted <= GRAVE:
            yield said, {SERIOUS}
        elif GRAVE.isdisjoint(post.accepted):
            yield said, set()
            for cut in range(1, len(said)):
                yield from ((part, set[str]()) for part in (said[:cut], said[cut:]) if enough(part))


def explained(posts: Iterable[Post], recogniser: Recogniser) -> Iterator[Row]:
    """The sentences of each post and what may explain it: `none`, if nothing that is known."""
    for post in posts:
        known = post.urgency != "out" and set(post.conditions)
        yield words_told(recogniser._read(post.text)), known or {NONE}


def all_told(posts: Iterable[Post], known: Set[str], recogniser: Recogniser) -> Iterator[Row]:
    """The sentences of each post and all that it tells to be there, made-up posts included."""
    labelled = [(post.text, _present(post)) for post in posts]
    for text, labels in (*labelled, *made_up()):
        yield words_told(lay_out(text, recogniser._words), every=True), known & labels or {NONE}


def _present(post: Post) -> set[str]:
    labels = (label for clause in post.clauses for label in clause.labels)
    return {label.id for label in labels if label.status in ("present", "known")}


def fitted(there: csr_matrix, at: list[int], held: float) -> tuple[np.ndarray, float]:
    """The weights and the bias of one class, which the rows `at` tell."""
    model = SGDClassifier(loss="log_loss", alpha=held, max_iter=ROUNDS, random_state=1)
    with catch_warnings(action="ignore"):  # it need not settle to the last digit
        model.fit(there, np.isin(np.arange(there.shape[0]), at))
    return model.coef_[0], float(model.intercept_[0])


def learn(
    rows: Sequence[Row],
    belief: dict[str, dict[str, float]],
    target: Path = SIGNS,
    held: float = HELD,
    least: float = LEAST,
    fewest: int = FEWEST,
    looked: Callable[[list[list[str]]], list[Any]] = features_of,
) -> None:
    """Learn from texts, each in its sentences, and write the weights.

    `looked` gives what the weights look at, in groups; a group may say how much of each there is.
    """
    groups = [looked(said) for said, _ in rows]
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
            known = {place[k]: f for f in group if (k := crc32(f.encode())) in place}
            inside = sorted(known)
            if isinstance(group, Mapping):
                values = np.array([group[known[i]] for i in inside])
            else:
                values = rarity[inside]
            data += (values / (float(np.linalg.norm(values)) or 1.0)).tolist()
            columns += inside
        ends.append(len(columns))
    there = csr_matrix((data, columns, ends), shape=(len(rows), len(keys)))
    by_class = defaultdict(list)
    for i, (_, told) in enumerate(rows):
        for name in told:
            by_class[name].append(i)
    names = sorted(name for name, at in by_class.items() if len(at) >= fewest)
    found = Parallel(n_jobs=-1)(delayed(fitted)(there, by_class[name], held) for name in names)
    coefficients = np.stack([weights for weights, _ in found])
    unit = min(LARGEST, float(abs(coefficients).max())) / 127
    weights = np.rint(np.clip(coefficients, -LARGEST, LARGEST) / unit).astype("i1").T
    weights[abs(weights * unit) < least] = 0
    at, classes = np.nonzero(weights)
    header = {
        "classes": names,
        "biases": [round(bias, 4) for _, bias in found],
        "unit": unit,
        "features": len(keys),
        "weights": len(at),
        "belief": belief,
        "shares": [round(len(by_class[name]) / len(rows), 5) for name in names],
    }
    starts = np.searchsorted(at, np.arange(len(keys) + 1)).astype("<u4")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(
        json.dumps(header).encode() + b"\n" + keys.tobytes() + rarity.tobytes() + starts.tobytes()
        + classes.astype("<u2").tobytes() + weights[at, classes].astype("i1").tobytes()
    )  # fmt: skip
    print(f"{len(rows)} sentences, {len(keys)} features, {len(at)} weights: {target.name}")


class _Recorder(SecondReader):
    """Makes no guess: keeps what could be guessed."""

    found: list[Candidate]

    def guess(self, reading: Reading) -> None:
        self.reading, self.found = reading, [*self.candidates(reading)]


Judged = list[tuple[Mapping[str, float], bool]]


def believed(graph: kg.Graph, posts: Sequence[Post]) -> tuple[dict[str, dict[str, float]], ...]:
    """What the clues of a guess weigh, without and with what the whole text tells; and of a name.

    By how far the candidates in these posts, and what is read in them, are right.
    """
    recogniser = Recogniser(graph.view)
    weights = {"signs": Learned(SIGNS), "texts": Learned(TEXTS)}
    recorder = _Recorder(
        weights.__getitem__, recogniser._words, recogniser._places, recogniser._rules.lasting
    )
    recogniser._second = recorder
    alone: Judged = []
    heard: Judged = []
    named: Judged = []
    for post in posts:
        told = _present(post)
        kinds = set[str]().union(*map(graph.view.broader, told & graph.view.concepts.keys()))
        case = recogniser.recognise(post.text).named()
        there = [f for f in case.findings if f.status == "present"]
        sure = {b for f in there for b in graph.view.broader(f.id)}

        def right(name: str, told: set[str] = told, near: set[str] = kinds | told) -> bool:
            return not told.isdisjoint(graph.view.broader(name)) or name in near

        alone += [(o.clues, right(o.id)) for o in recorder.found if o.id not in sure]
        if whole := recorder.whole(recorder.reading):
            every = recorder.candidates(recorder.reading, whole)
            heard += [(o.clues, right(o.id)) for o in every if o.id not in sure]
            read = Hearing(recorder, weights.__getitem__).weighed(recorder.reading, there, whole)
            named += [(clues, right(f.id)) for f, clues in read]
    return {"guess": regression(alone)}, {"guess": regression(heard), "read": regression(named)}


def regression(judged: Judged) -> dict[str, float]:
    """How much each clue weighs in telling what is right, and "" for none at all."""
    names = list(judged[0][0])
    table = np.array([[float(clues[name]) for name in names] for clues, _ in judged])
    right = [hit for _, hit in judged]
    middle, spread = table.mean(0), table.std(0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=1000).fit((table - middle) / spread, right)
    found = model.coef_[0] / spread
    print(f"{len(right)} to be judged, {sum(right)} right")
    return {
        "": round(float(model.intercept_[0] - found @ middle), 4),
        **{name: round(float(w), 4) for name, w in zip(names, found, strict=True)},
    }


def main() -> None:
    """Learn from all sentences and write the weights."""
    told_as = HELD_ILL, LEAST_TEXTS, FEWEST, looked_at
    with kg.open() as graph:
        concepts = graph.view.concepts.values()
        persons = CueBook.build(graph.view).persons
        known = {c.id for c in concepts if not c.roles.isdisjoint({EFFECT, PATTERN, CAUSE})}
        posts = list(read_posts("open"))
        apart, rest = (
            [p for p in posts if p.number % APART == 0],
            [p for p in posts if p.number % APART],
        )
        recogniser, told = Recogniser(graph.view), [*posts, *stories()]
        # What is learned from is read first: with the weights of before.
        sure, ill = list(whole(told, recogniser)), list(explained(told, recogniser))
        texts = list(all_told(posts, known, recogniser))
        rows = list(written(known, persons))
        learn([*rows, *retold(rest, known, persons)], {})
        learn(list(all_told(rest, known, recogniser)), {}, TEXTS, *told_as)
        guessed, heard = believed(graph, apart)
    learn(sure, {}, ALARM, HELD_WHOLE, least=0.0)
    learn(ill, {}, ILLNESSES, HELD_ILL, LEAST_ILL, FEWEST_ILL, looked_at)
    learn(texts, heard, TEXTS, *told_as)
    learn([*rows, *retold(posts, known, persons)], guessed)


if __name__ == "__main__":
    main()
