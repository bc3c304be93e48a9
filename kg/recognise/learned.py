"""How likely a clause tells what: weights of words and letters, learned from sentences."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
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
_ABOVE: Final = 128  # what makes any weight a positive number
_ONE: Final = 1 << 46  # what stands for one in a lane: the weights of a clause add up to few
_ROWS, _PLACES = 2**11, 2**15  # what is kept of the features that were met, 8 MB


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
        belief: dict[str, dict[str, float]]
        shares: list[float]

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._header = Learned.Header(**json.loads(file.readline()))
            count, total = self._header.features, self._header.weights
            self._keys = numbers(file.read(4 * count), "I")
            self._rarity = numbers(file.read(4 * count), "f")
            self._starts = numbers(file.read(4 * (count + 1)), "I")
            self._classes = numbers(file.read(2 * total), "H")
            self._weights = numbers(file.read(total), "b")
        self._lanes = array("Q", [_ABOVE]) * len(self._header.classes)
        # Numbers of features that many clauses have, and nothing of what was told.
        self._place = lru_cache(_PLACES)(self._find)
        self._row = lru_cache(_ROWS)(self._laid)

    @property
    def classes(self) -> tuple[str, ...]:
        """The concepts that it tells apart, `NONE` and `DENIED`."""
        return tuple(self._header.classes)

    @property
    def belief(self) -> dict[str, dict[str, float]]:
        """How much each clue of what is guessed or read weighs, and "" for none at all."""
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
        """How likely each class is by itself; a group may say how much of each feature there is.

        The weights of a feature are the lanes of one whole number, so that all classes are added up
        at once; each lane is above zero by `_ABOVE`.
        """
        total = share = 0
        for group in groups:
            for place, value in self._weighed(group):
                whole = round(value * _ONE)
                total += whole * self._row(place)
                share += whole
        size = self._lanes.itemsize * len(self._lanes)
        lanes = numbers(total.to_bytes(size, "little"), "Q")
        scores = (
            bias + (lane - _ABOVE * share) / _ONE
            for bias, lane in zip(self._header.biases, lanes, strict=True)
        )
        chances = [1 / (1 + exp(-score)) for score in scores]
        return dict(zip(self._header.classes, chances, strict=True))

    def rising(self, sentences: Iterable[Sequence[Set[int]]], name: str) -> Iterator[float]:
        """How likely a class is of the first sentence, of the first two, and so on.

        A sentence is what `placed` makes of its words.
        """
        kind = self._header.classes.index(name)
        seen = set[int](), set[int]()
        sums, squares = [0.0, 0.0], [0.0, 0.0]
        for groups in sentences:
            for number, group in enumerate(groups):
                new = group - seen[number]
                seen[number].update(new)
                for place in new:
                    start, rarity = self._starts[place], self._rarity[place]
                    classes = self._classes[start : self._starts[place + 1]]
                    weight = self._weights[start + classes.index(kind)] if kind in classes else 0
                    sums[number] += rarity * weight * self._header.unit
                    squares[number] += rarity**2
            parts = (
                total / (sqrt(square) or 1.0) for total, square in zip(sums, squares, strict=True)
            )
            yield 1 / (1 + exp(-self._header.biases[kind] - sum(parts)))

    def placed(self, words: Sequence[str]) -> list[set[int]]:
        """Where the known features of a clause or sentence stand in the file, by their groups."""
        return [*map(self._places, features(words))]

    def _places(self, group: Iterable[str]) -> set[int]:
        """Where the known features of a group stand in the file."""
        keys = {crc32(feature.encode()) for feature in group}
        return {place for place in map(self._place, keys) if place is not None}

    def _find(self, key: int) -> int | None:
        place = bisect_left(self._keys, key)
        known = place < len(self._keys) and self._keys[place] == key
        return place if known else None

    def _laid(self, place: int) -> int:
        lanes = self._lanes[:]
        here = slice(self._starts[place], self._starts[place + 1])
        for kind, weight in zip(self._classes[here], self._weights[here], strict=True):
            lanes[kind] += weight
        if sys.byteorder == "big":
            lanes.byteswap()
        return int.from_bytes(lanes.tobytes(), "little")

    def _weighed(self, group: Iterable[str]) -> list[tuple[int, float]]:
        """The known features of a group, by their place in the file, with their values."""
        if isinstance(group, Mapping):
            amounts = {self._place(crc32(name.encode())): value for name, value in group.items()}
            found = [(place, value) for place, value in amounts.items() if place is not None]
        else:
            found = [(place, self._rarity[place]) for place in sorted(self._places(group))]
        length = sqrt(sum(value * value for _, value in found)) or 1.0
        return [(place, value * self._header.unit / length) for place, value in found]


def numbers(data: bytes, code: str) -> array[Any]:
    """The little-endian numbers of a file, of a kind that `array` knows."""
    found = array(code, data)
    if sys.byteorder == "big":
        found.byteswap()
    return found


@cache
def learned(name: str = "signs") -> Learned:
    """What was learned of signs, alarm or illnesses; the file is read when it is first asked."""
    return Learned(ontology_dir() / "learned" / f"{name}.bin")
