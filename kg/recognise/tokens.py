"""Text into tokens that remember where they stand, after a check that the text can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.errors import BadInput
from kg.recognise.stems import stem

MAX_CHARACTERS = 20_000
"""The longest text that is read, in characters."""

# Marks that join to the letter before them, soft hyphens and zero-width characters stay inside a
# word, so that they neither split it nor shift an offset.
_JOINED = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f"
_WORD = rf"[^\W\d_][{_JOINED}]*"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*[½¼¾]?|[½¼¾]|(?:{_WORD})+(?:['’‘ʼ′`](?:{_WORD})+)*|\n|[^\w\s{_JOINED}]|_"
)
_PLAIN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*(?: +[A-Za-z]+(?:'[A-Za-z]+)*)*")
_INSIDE = re.compile(f"[{_JOINED}]")
_APOSTROPHES = str.maketrans("’‘ʼ′`", "'''''")
# Letters of other languages: Latin Extended-A.
_FOREIGN = frozenset(map(chr, range(0x100, 0x17F)))
# Control characters but tab, line feed and carriage return, and halves of surrogate pairs.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT = "not"
_WITH_NOT = {
    **{f"{verb}n't": verb for verb in (
        "are", "could", "did", "do", "does", "had", "has", "have", "is", "might", "must", "need",
        "should", "was", "were", "would",
    )},
    "can't": "can", "cannot": "can", "shan't": "shall", "won't": "will", "ain't": "is",
}  # fmt: skip
# People leave the apostrophe out; "wont" and "cant" mean nothing else to them.
_CONTRACTED = {**_WITH_NOT, **{form.replace("'", ""): verb for form, verb in _WITH_NOT.items()}}
_CONTRACTIONS = frozenset(_CONTRACTED)
_AND = "and"  # what an ampersand is read as
_DASHES = frozenset("–—―-")


class Token(NamedTuple):
    """A word, a number or a mark: `start` and `end` are offsets in the text as it was given."""

    start: int
    end: int
    norm: str
    stem: str
    kind: str


def check_text(text: str) -> None:
    r"""Refuse a text that cannot be read as a description.

    Raises:
        BadInput: no text, blank, longer than `MAX_CHARACTERS`, or with control characters.

    >>> check_text("My lip\x00 twitches")
    Traceback (most recent call last):
    kg.errors.BadInput: the text has the control character U+0000 at position 6: remove it
    """
    if not isinstance(text, str):
        raise BadInput(f"a text is needed, not {type(text).__name__}: give a sentence as a string")
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            f"the text has {len(text):,} characters: shorten it to at most {MAX_CHARACTERS:,}"
        )
    bad = _UNREADABLE.search(text)
    if bad:
        raise BadInput(
            f"the text has the control character U+{ord(bad[0]):04X} "
            f"at position {bad.start()}: remove it"
        )
    if not text.strip():
        raise BadInput("the text is empty: describe what you notice in a sentence")


def normalise(word: str) -> str:
    """Fold case, accents, apostrophes and invisible characters away.

    Letters that English borrows no words with stay what they are: no name is found in them.

    >>> normalise("DON’T"), normalise("Café"), normalise("sağ")
    ("don't", 'cafe', 'sağ')
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    whole = unicodedata.normalize("NFKC", _INSIDE.sub("", word)).translate(_APOSTROPHES)
    return "".join(c if c in _FOREIGN else _folded(c) for c in whole).casefold()


def _folded(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(c for c in parts if not unicodedata.combining(c))


def tokenise(text: str) -> list[Token]:
    """Split a text into words, numbers and marks.

    >>> [t.norm for t in tokenise("It’s 6/52, on-and-off")]
    ["it's", '6', '/', '52', ',', 'on', '-', 'and', '-', 'off']
    """
    return [
        Token(start, end, norm, stem(norm) if kind == "word" else norm, kind)
        for start, end, norm, kind in _pieces(text)
    ]


def _pieces(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Tokens without their stems."""
    for found in _TOKEN.finditer(text):
        word, (start, end) = found[0], found.span()
        if word[0].isdigit() or word[0] in "½¼¾":
            yield start, end, word, "number"
        elif word[0].isalpha():
            norm = normalise(word)
            whole = _CONTRACTED.get(norm)
            if whole is None:
                yield start, end, norm, "word"
                continue
            # "Can't", "cant" and "cannot" are two words each, the second one a denial.
            cut = max(start + 1, end - (2 if norm.endswith("nt") else 3))
            yield start, cut, whole, "word"
            yield cut, end, _NOT, "word"
        elif word == "&":
            yield start, end, _AND, "word"
        else:
            yield start, end, "-" if word in _DASHES else word, "mark"


def _expanded(word: str) -> tuple[str, ...]:
    whole = _CONTRACTED.get(word)
    return (word,) if whole is None else (whole, _NOT)


def is_plain(piece: str) -> bool:
    """Whether a piece of a phrase is one word, but for capitals, and no contraction."""
    return piece.isascii() and piece.isalpha() and piece.lower() not in _CONTRACTED


def words_of(phrase: str) -> list[str]:
    """The words and marks of a phrase, normalised: as `tokenise` does, but fast for plain ones.

    >>> words_of("Can't close"), words_of("on-and-off")
    (['can', 'not', 'close'], ['on', '-', 'and', '-', 'off'])
    """
    if (phrase.isascii() and phrase.replace(" ", "").isalpha()) or _PLAIN.fullmatch(phrase):
        words = phrase.lower().split()
        if _CONTRACTIONS.isdisjoint(words):
            return words
        return [w for word in words for w in _expanded(word)]
    return [norm for _, _, norm, _ in _pieces(phrase)]


def vocabulary(phrases: Iterable[str]) -> frozenset[str]:
    """All words of many phrases."""
    # No word has a space in it: what phrases share needs to be taken apart but once.
    pieces = {*" ".join(phrases).split()}
    plain = {piece for piece in pieces if piece.isascii() and piece.isalpha()}
    other = (word for piece in pieces - plain for word in words_of(piece))
    return frozenset((*words_of(" ".join(plain)), *other))
