"""Checking text that comes from outside before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kg.errors import BadInput

__all__ = ["LONGEST", "checked_text"]

LONGEST: Final = 20_000  # characters; some ten pages
_ALLOWED: Final = frozenset("\t\n\r\f\v\x85")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def checked_text(text: str) -> str:
    r"""Return the text as it is, if it is text that a person may have written.

    Raises:
        BadInput: it is longer than `LONGEST`, or holds NUL, another control character or half a
            surrogate pair.

    >>> checked_text("one\ttwo\n")
    'one\ttwo\n'
    >>> checked_text("one\x00two")
    Traceback (most recent call last):
    kg.errors.BadInput: the text holds a control character (U+0000) at character 4: remove it
    """
    if len(text) > LONGEST:
        raise BadInput(
            f"the text has {len(text)} characters: give at most {LONGEST}, the words that matter"
        )
    for match in _CONTROL.finditer(text):
        if match[0] not in _ALLOWED:
            what = (
                "bytes that are not UTF-8"
                if unicodedata.category(match[0]) == "Cs"
                else f"a control character (U+{ord(match[0]):04X})"
            )
            raise BadInput(f"the text holds {what} at character {match.start() + 1}: remove it")
    return text
