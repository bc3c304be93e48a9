"""Properties that hold for any text."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from kg.recognise.case import Case
from kg.recognise.recogniser import Recogniser
from kg.recognise.stems import stem
from kg.recognise.tokens import tokenise

PIECES = (
    "my", "lip", "twitches", "no", "numbness", "and", "or", ",", ".", "?", "but", "I", "don't",
    "drink", "coffee", "for", "three", "weeks", "ago", "dad's", "face", "dropped", "could", "it",
    "be", "a", "stroke", "left", "R", "6/52", "since", "Tuesday", "4", "hours", "night", "gave up",
    "used to", "her", "his", "speech", "is", "fine", "can't", "close", "eye", "started", "new",
    "tablets", "went away", "brief twitches", "on and off", "-", "(", ")", "\n", ":", "none",
    "smoke", "20", "day", "calves", "both", "spread to", "cheek", "if", "worried", "so is", "'",
)  # fmt: skip
sentences = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=120
)


def _slices_hold(case: Case) -> bool:
    return all(
        f.span is None or 0 <= f.span[0] < f.span[1] <= len(case.text)
        for f in (*case.findings, *case.others)
    )


@given(texts.filter(str.strip))
def test_any_printable_text_is_read(recogniser: Recogniser, text: str) -> None:
    case = recogniser.recognise(text)
    assert _slices_hold(case)
    assert all(phrase in text for phrase in case.unrecognised)


@given(sentences.filter(str.strip))
def test_any_heap_of_words_is_read(recogniser: Recogniser, text: str) -> None:
    assert _slices_hold(recogniser.recognise(text))


@given(sentences.filter(str.strip))
def test_reading_is_the_same_every_time(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text) == recogniser.recognise(text)


@given(sentences.filter(str.strip))
def test_capitals_change_nothing(recogniser: Recogniser, text: str) -> None:
    loud, quiet = recogniser.recognise(text.upper()), recogniser.recognise(text.lower())
    assert _without_words(loud) == _without_words(quiet)


def _without_words(case: Case) -> list[object]:
    return [
        dataclasses.replace(
            f,
            reason=f.reason.lower() if f.reason else None,
            amount=dataclasses.replace(f.amount, text="") if f.amount else None,
        )
        for f in (*case.findings, *case.others)
    ]


@given(st.sampled_from([
    "My lip twitches, no numbness.",
    "I gave up coffee and my eyelid flickers.",
    "Her mouth has dropped and her speech is slurred.",
    "Nostril jumping for three weeks, slept badly.",
]), st.sampled_from([
    "The train was late.",
    "Thanks for reading this.",
    "We live near the harbour.",
    "Kind regards.",
]))  # fmt: skip
def test_an_unrelated_sentence_changes_nothing(
    recogniser: Recogniser, text: str, more: str
) -> None:
    alone, longer = recogniser.recognise(text), recogniser.recognise(f"{text} {more}")
    assert longer.findings == alone.findings
    assert longer.others == alone.others


@given(texts)
def test_tokens_stand_in_order_and_cover_their_letters(text: str) -> None:
    tokens = tokenise(text)
    ends = [0, *(t.end for t in tokens)]
    assert all(end <= t.start < t.end for end, t in zip(ends, tokens, strict=False))


@given(st.text(st.characters(categories=["Ll"]), max_size=20))
def test_stemming_never_makes_a_word_longer(word: str) -> None:
    assert len(stem(word)) <= len(word)
