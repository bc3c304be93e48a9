"""Whether a whole text is told in the way of what could not wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from itertools import accumulate
from typing import Final

from kg.recognise.learned import Learned, words_of
from kg.recognise.reading import Reading

_CALM: Final = 0.06
_FEWEST: Final = 25  # words of a text that has a way of telling
SERIOUS: Final = "serious"
"""The class of a text of somebody who should be seen today or at once."""


def find_alarm(told: list[list[str]], learned: Callable[[str], Learned]) -> float:
    """How likely a text is of somebody who should not wait, by its words alone.

    The weights are learned from what real people wrote (`tools/learn_signs.py`). They know no
    sign and can only add to what the signs say: see `kg/explain/heard.py`. The most alarming
    beginning or end of a text counts: what is told before it or after it lowers nothing.
    """
    if not enough(told):
        return 0.0
    weights = learned("alarm")
    placed = [(weights.placed(words), len(words)) for words in told]
    return max(_highest(placed, weights), _highest(placed[::-1], weights))


def _highest(placed: Sequence[tuple[Sequence[Set[int]], int]], weights: Learned) -> float:
    sentences, lengths = zip(*placed, strict=True)
    chances = zip(weights.rising(sentences, SERIOUS), accumulate(lengths), strict=True)
    return max(chance for chance, length in chances if length >= _FEWEST)


def is_calm(alarm: float) -> bool:
    """Whether a text is long enough to have a way of telling, and is told like what can wait.

    Of 696 open posts that could not wait, weights that had seen none of them hold 35 so calm, and 5
    of these are answered calmly.
    """
    return 0 < alarm < _CALM


def enough(told: list[list[str]]) -> bool:
    """Whether a text is long enough to have a way of telling."""
    return sum(map(len, told)) >= _FEWEST


def words_told(reading: Reading, *, every: bool = False) -> list[list[str]]:
    """The words of each sentence, without the clauses that deny what they name, or `every` one."""
    persons = reading.words.cues.persons
    denying = (m for m in reading.mentions if m.denied and not (m.dropped or every))
    denied = {reading.segment[m.start] for m in denying}
    told = []
    for sentence in reading.sentences:
        here = [i for i in range(*sentence) if reading.segment[i] not in denied]
        told.append(words_of([reading.tokens[i] for i in here], persons))
    return [words for words in told if words]
