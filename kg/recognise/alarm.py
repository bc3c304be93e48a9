"""Whether a whole text is told in the way of what could not wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.recognise.learned import Learned, features_of, words_of
from kg.recognise.reading import Reading

SERIOUS: Final = "serious"
"""The class of a text of somebody who should be seen today or at once."""


def find_alarm(reading: Reading, learned: Callable[[str], Learned]) -> float:
    """How likely a text is of somebody who should not wait, by its words alone.

    The weights are learned from what real people wrote (`tools/learn_signs.py`). They know no
    sign and can only add to what the signs say: see `kg/explain/flags.py`.
    """
    persons = reading.words.cues.persons
    said = [words_of(reading.tokens[first:last], persons) for first, last in reading.sentences]
    told = [words for words in said if words]
    return learned("alarm").likely(features_of(told))[SERIOUS] if told else 0.0
