"""Numbers in digits and in words, fractions and ranges."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.cues import CueBook
from kg.recognise.mentions import Number
from kg.recognise.tokens import Token

_POINT = "point"
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def find_numbers(tokens: Sequence[Token], cues: CueBook) -> dict[int, Number]:
    """The numbers of a text by the place where they start."""
    found: dict[int, Number] = {}
    place = 0
    while place < len(tokens):
        one = _number_at(tokens, place, cues)
        if one is None:
            place += 1
            continue
        end, value = one
        if value % 10 == 0 and 20 <= value < 100 and tokens[place].kind == "word":
            # "Seventy-six" and "seventy six" are one number.
            behind = end + (end < len(tokens) and tokens[end].norm == "-")
            ones = _number_at(tokens, behind, cues) if behind < len(tokens) else None
            if ones is not None and 1 <= ones[1] < 10 and tokens[behind].kind == "word":
                end, value = ones[0], value + ones[1]
        if end + 1 < len(tokens) and tokens[end].norm == _POINT:
            # "Seven point two": a decimal that is written out.
            tenth = _number_at(tokens, end + 1, cues)
            if tenth is not None and tenth[1] in range(10):
                end, value = tenth[0], value + tenth[1] / 10
        if end + 1 < len(tokens) and tokens[end].norm in ("-", "to", "or"):
            other = _number_at(tokens, end + 1, cues)
            if other is not None and other[1] > value:
                end, value = other
        found[place] = Number(place, end, value)
        place = end
    return found


def _number_at(tokens: Sequence[Token], place: int, cues: CueBook) -> tuple[int, float] | None:
    token = tokens[place]
    if token.kind == "number":
        text = token.norm
        if text.count(",") == 1 and text.count(".") == 0 and len(text.split(",")[1]) == 3:
            text = text.replace(",", "")
        part = _PARTS.get(text[-1], 0.0)
        try:
            whole = float(text.rstrip("½¼¾").replace(",", ".") or 0)
        except ValueError:
            return None
        return place + 1, whole + part
    word = cues.layers["number"].longest(tokens, place)
    return (word.end, float(word.get("value"))) if word is not None and word.get("value") else None
