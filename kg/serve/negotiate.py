"""Which of several media types a client wants, by its `Accept` header (RFC 9110)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_LONGEST: Final = 4096  # characters of a header that are read; the rest is not looked at


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that is wanted most; the first of equals; None where none is wanted.

    >>> choose("text/html;q=0.5, text/*;q=0.8", ["application/json", "text/html", "text/turtle"])
    'text/turtle'
    >>> choose(None, ["a/b"]), choose("*/*;q=0", ["a/b"])
    ('a/b', None)
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = list(_ranges(accept[:_LONGEST]))
    weights = [_weight(each, ranges) for each in offered]
    best = max(weights)
    return offered[weights.index(best)] if best > 0 else None


def _weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a type is wanted: the most specific range that names it decides."""
    kind = media.partition("/")[0]
    for named in (media, f"{kind}/*", "*/*"):
        for wanted, weight in ranges:
            if wanted == named:
                return weight
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                weight = _number(value)
        yield media, weight


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
