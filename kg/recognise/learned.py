"""How likely a clause tells what: weights of words and letters, learned from sentences."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from kg.recognise.tokens import Token
from kg.resources import ontology_dir

NONE: Final = "none"
"""The class of a clause that tells nothing."""

DENIED: Final = "denied"
"""The class of a clause that denies what it names, beside the class of that."""

_LETTERS: Final = (3, 4, 5)
_PERSON: Final = "*"


def words_of(tokens: Iterable[Token], persons: Set[str]) -> list[str]:
    """The words of a clause as the weights know them: without endings, all persons as one.

    So it is the same sign that shows "when I eat" and "when he eats".

    >>> from kg.recognise.tokens import tokenise
    >>> words_of(tokenise("his eye waters when he eats"), {"he", "his"})
    ['*', 'eye', 'water', 'when', '*', 'eat']
    """
    return [_PERSON if t.norm in persons else t.stem for t in tokens if t.kind != "mark"]


def features(words: Sequence[str]) -> Iterator[frozenset[str]]:
    """What the weights look at: words and pairs of them, and runs of three to five letters.

    >>> [sorted(group) for group in features(["my", "eye"])]
    [['eye', 'my', 'my eye'], [' ey', ' eye', ' eye ', ' my', ' my ', 'eye', 'eye ', 'my ', 'ye ']]
    """
    yield frozenset([*words, *map(" ".join, pairwise(words))])
    framed = [f" {word} " for word in words]
    yield frozenset(w[i : i + n] for w in framed for n in _LETTERS for i in range(len(w) - n + 1))


def features_of(sentences: Iterable[Sequence[str]]) -> list[frozenset[str]]:
    """The same of several sentences: a pair of words stands in one of them."""
    each = [tuple(features(words)) for words in sentences]
    return [frozenset[str]().union(*group) for group in zip(*each, strict=True)]


class Learned:
    """A linear model over the features of a clause, one weight for each feature and class.

    The file holds a line of JSON (classes, their biases, the unit of the weights, the number of
    features and of weights, what the clues of a guess weigh, the share of the texts that tell each
    class), then little-endian arrays: the features as sorted CRC-32 (u4), how rare each is (f4),
    where its weights begin (u4), their classes (u2) and the weights (i1).
    `tools/learn_signs.py` writes it: a logistic regression for each class, in a clause or not, over
    features that are weighed by their rarity, each group of them of length one.
    """

    class Header(NamedTuple):
        """What the first line of the file tells."""

        classes: list[str]
        biases: list[float]
        unit: float
        features: int
        weights: int
        belief: dict[str, float]
        shares: list[float]

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._header = Learned.Header(**json.loads(file.readline()))
            count, total = self._header.features, self._header.weights
            self._keys = _read(file.read(4 * count), "I")
            self._rarity = _read(file.read(4 * count), "f")
            self._starts = _read(file.read(4 * (count + 1)), "I")
            self._classes = _read(file.read(2 * total), "H")
            self._weights = _read(file.read(total), "b")

    @property
    def classes(self) -> tuple[str, ...]:
        """The concepts that it tells apart, `NONE` and `DENIED`."""
        return tuple(self._header.classes)

    @property
    def belief(self) -> dict[str, float]:
        """How much each clue of a candidate weighs, and "" for none at all."""
        return self._header.belief

    @property
    def shares(self) -> dict[str, float]:
        """Which share of the texts that it was learned from told each class."""
        return dict(zip(self._header.classes, self._header.shares, strict=True))

    def chances(self, words: Sequence[str]) -> dict[str, float]:
        """How likely each class is, all but `DENIED` as shares of one; that one by itself."""
        found = self.likely(features(words))
        total = sum(found.values()) - found.get(DENIED, 0.0)
        return {name: c if name == DENIED else c / total for name, c in found.items()}

    def likely(self, groups: Iterable[Iterable[str]]) -> dict[str, float]:
        """How likely each class is by itself."""
        scores = list(self._header.biases)
        for group in groups:
            for place, value in self._weighed(group):
                here = slice(self._starts[place], self._starts[place + 1])
                for name, weight in zip(self._classes[here], self._weights[here], strict=True):
                    scores[name] += value * weight
        chances = (1 / (1 + exp(-score)) for score in scores)
        return dict(zip(self._header.classes, chances, strict=True))

    def rising(self, sentences: Iterable[Sequence[str]], name: str) -> Iterator[float]:
        """How likely a class is of the first sentence, of the first two, and so on."""
        kind = self._header.classes.index(name)
        seen = set[int](), set[int]()
        sums, squares = [0.0, 0.0], [0.0, 0.0]
        for words in sentences:
            for number, group in enumerate(features(words)):
                for place in self._places(group) - seen[number]:
                    seen[number].add(place)
                    here = range(self._starts[place], self._starts[place + 1])
                    weight = next((self._weights[i] for i in here if self._classes[i] == kind), 0)
                    sums[number] += self._rarity[place] * weight * self._header.unit
                    squares[number] += self._rarity[place] ** 2
            parts = (
                total / (sqrt(square) or 1.0) for total, square in zip(sums, squares, strict=True)
            )
            yield 1 / (1 + exp(-self._header.biases[kind] - sum(parts)))

    def _places(self, group: Iterable[str]) -> set[int]:
        """Where the known features of a group stand in the file."""
        found = set()
        for key in {crc32(feature.encode()) for feature in group}:
            place = bisect_left(self._keys, key)
            if place < len(self._keys) and self._keys[place] == key:
                found.add(place)
        return found

    def _weighed(self, group: Iterable[str]) -> list[tuple[int, float]]:
        """The known features of a group, by their place in the file, with their values."""
        found = [(place, self._rarity[place]) for place in sorted(self._places(group))]
        length = sqrt(sum(value * value for _, value in found)) or 1.0
        return [(place, value * self._header.unit / length) for place, value in found]


def _read(data: bytes, code: str) -> array[Any]:
    numbers = array(code, data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def learned(name: str = "signs") -> Learned:
    """What was learned of signs, alarm or illnesses; the file is read when it is first asked."""
    return Learned(ontology_dir() / "learned" / f"{name}.bin")
