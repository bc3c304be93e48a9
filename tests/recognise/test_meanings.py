"""What words mean, in numbers."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.recognise.learned import words_of
from kg.recognise.meanings import meanings
from kg.recognise.tokens import tokenise

WORDS = st.lists(
    st.lists(st.sampled_from(["eyelid", "twitch", "stroke", "coffee", "qzx"]), max_size=6)
)


def meaning(word: str) -> dict[str, float]:
    """What a word means."""
    return meanings().of([words_of(tokenise(word), set())])


def near(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two meanings."""
    return sum(value * other.get(name, 0.0) for name, value in one.items())


@given(WORDS)
def test_a_meaning_has_length_one_and_no_order(said: list[list[str]]) -> None:
    meant = meanings().of(said)
    assert not meant or isclose(sum(v * v for v in meant.values()), 1.0)
    assert meant == meanings().of([words[::-1] for words in said[::-1]])


def test_unknown_words_mean_nothing() -> None:
    assert meanings().of([["qzx", "xqz"]]) == {}
    assert meanings().of([["coffee", "qzx"]]) == meanings().of([["coffee"]])


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("seizure", "epilepsy", "kitchen"),
        ("lorry", "truck", "eyelid"),
        ("grandmother", "nan", "needle"),
        ("physician", "doctor", "window"),
    ],
)
def test_words_that_mean_alike_are_near(word: str, like: str, unlike: str) -> None:
    meant = meaning(word)
    assert near(meant, meaning(like)) > near(meant, meaning(unlike)) + 0.1
