"""What words mean, in numbers: words that mean alike have like numbers."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

from kg.recognise.learned import numbers
from kg.resources import ontology_dir


class Meanings:
    """A vector for each of some 20,000 words, and the meaning of a text as the sum of its words.

    They were made (`tools/learn_meanings.py`) so that this sum comes near to what a sentence
    model, all-MiniLM-L6-v2, makes of the whole text: so words that no labelled text held weigh
    like those that mean the same, and no model is needed to read with.

    The file holds a line of JSON (the number of words and of dimensions), then little-endian
    arrays: the words as sorted CRC-32 (u4) and their vectors (i1).
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            header = json.loads(file.readline())
            self._size: int = header["dimensions"]
            self._keys = numbers(file.read(4 * header["words"]), "I")
            self._vectors = numbers(file.read(self._size * header["words"]), "b")

    def of(self, sentences: Iterable[Sequence[str]]) -> dict[str, float]:
        """The direction of what a text means, one feature for each dimension and way along it.

        Args:
            sentences: the words of each, as `kg.recognise.learned.words_of` gives them.

        Returns:
            positive numbers, their squares adding up to one; empty, if no word is known.
        """
        total = [0] * self._size
        for vector in (self._vector(word) for words in sentences for word in words):
            if vector:
                total = [a + b for a, b in zip(total, vector, strict=True)]
        length = sqrt(sum(value * value for value in total))
        return {
            f"{'+' if value > 0 else '-'}{i}": abs(value) / length
            for i, value in enumerate(total)
            if value
        }

    def _vector(self, word: str) -> array[Any]:
        key = crc32(word.encode())
        place = bisect_left(self._keys, key)
        known = place < len(self._keys) and self._keys[place] == key
        return self._vectors[place * self._size : (place + 1) * self._size] if known else array("b")


@cache
def meanings() -> Meanings:
    """The meanings that come with the ontology; the file is read when it is first asked."""
    return Meanings(ontology_dir() / "learned" / "meanings.bin")
