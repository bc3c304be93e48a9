"""Errors carry their data, fit on one line and let nothing harmful through."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import errors
from kg.errors import KgError

HOSTILE = "a\x1b[31m\nb\x00\u202e\u2028\ud800"

EXAMPLES: list[KgError] = [
    errors.UnknownConcept(HOSTILE, [HOSTILE]),
    errors.UnknownConcept("x"),
    errors.AmbiguousConcept(HOSTILE, [HOSTILE, "ft:b"]),
    errors.BadInput(HOSTILE),
    errors.UnknownQuery(HOSTILE, [HOSTILE]),
    errors.BadParameter(HOSTILE, HOSTILE, HOSTILE),
    errors.BadQuery(2, 3, HOSTILE),
    errors.BadQuery(None, None, HOSTILE),
    errors.BadTurtle(HOSTILE, 2, None, HOSTILE),
    errors.MissingFile(HOSTILE),
    errors.InvalidKnowledge(HOSTILE, HOSTILE),
    errors.StoreUnusable(HOSTILE, HOSTILE),
    errors.EndpointUnavailable(HOSTILE, HOSTILE),
]


def is_printable_line(text: str) -> bool:
    return not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in text)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_message_is_one_printable_line(error: KgError) -> None:
    assert is_printable_line(str(error))
    assert str(error).encode("utf-8")


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_error_survives_pickling_with_its_data(error: KgError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_data_stays_complete_in_the_attributes() -> None:
    error = errors.UnknownConcept("x" * 5000, ["a", "b"])
    assert error.name == "x" * 5000
    assert error.nearest == ("a", "b")
    assert len(str(error)) < 300


def test_a_whole_megabyte_makes_a_short_message() -> None:
    assert len(str(errors.BadInput("\n" * 1_000_000))) < 5000


def test_every_error_of_the_module_belongs_to_the_tree_in_its_docstring() -> None:
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    named = [each for each in classes if issubclass(each, Exception)]
    assert all(issubclass(each, KgError) for each in named)
    assert all(each.__name__ in (errors.__doc__ or "") for each in named)


@given(st.text(st.characters()))
def test_any_text_becomes_printable(text: str) -> None:
    assert is_printable_line(errors.printable(text, limit=10_000))
