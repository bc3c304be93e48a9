"""How wide a text is, and where its lines break.

The widths are those of Arial, Helvetica and Liberation Sans, which are the same; a text in another
font is squeezed to the width that was measured, so it fits whatever font is there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kg.errors import printable

# Thousandths of the font size, for the characters from space to tilde.
_REGULAR: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 "
    "556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 "
    "260 334 584"
)
_BOLD: Final = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 "
    "556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 "
    "280 389 584"
)
_WIDTHS: Final = tuple(
    {chr(32 + place): int(width) / 1000 for place, width in enumerate(table.split())}
    for table in (_REGULAR, _BOLD)
)
_NO_XML: Final = re.compile("[\ufffe\uffff]")  # what is left that XML does not allow
_OTHER: Final = 0.72  # a letter of another alphabet
_WIDE: Final = 1.0
_SMALL: Final = frozenset("–‘’“”·…°")
_WIDTH_OF_WIDE: Final = frozenset("WF")


def clean(text: str, limit: int = 90) -> str:
    r"""Put foreign text on one line, shortened, with every control and format character escaped.

    >>> clean("one\n two \x1b")
    'one two \\x1b'
    >>> clean("abcdef", limit=3)
    'abc…'
    """
    return _NO_XML.sub("\ufffd", printable(" ".join(text[: 4 * limit].split()), limit=limit))


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line in the units of `size`, the size of the font.

    >>> text_width("ab", 10)
    11.12
    """
    widths = _WIDTHS[bold]
    ems = sum(widths[c] if c in widths else _width_of(c) for c in text)
    return round(ems * size, 2)


def _width_of(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in _WIDTH_OF_WIDE or ord(char) > 0xFFFF:
        return _WIDE
    if char in _SMALL:
        return 1.0 if char == "…" else 0.56
    base = unicodedata.normalize("NFD", char)[0]
    return _WIDTHS[1].get(base, _OTHER) if base != char else _OTHER


def wrap(text: str, size: float, limit: float, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than the limit; a word that is wider is broken as well.

    >>> wrap("one two three", 10, 45)
    ('one two', 'three')
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, limit, bold):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, size, bold) > limit:
                lines.append(line)
                longer = piece
            line = longer
    return (*lines, line) if line or not lines else tuple(lines)


def _pieces(word: str, size: float, limit: float, bold: bool) -> list[str]:
    if text_width(word, size, bold) <= limit:
        return [word]
    pieces, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and text_width(word[start:end], size, bold) > limit:
            pieces.append(word[start : end - 1])
            start = end - 1
    return [*pieces, word[start:]]
