"""What was not understood of a text: shown, never silently dropped."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["left_over"]

_UNDERSTOOD = ("person", "side", "manner", "scope")


def left_over(reading: Reading, used: list[Mention]) -> tuple[str, ...]:
    """The phrases that nothing accounts for, in the order and the words of the text."""
    known = reading.words
    done: set[int] = set(reading.covered)
    for mention in reading.mentions:
        pattern = mention.dropped and known.is_pattern(mention)
        if any(mention is u for u in used) or mention.used or pattern:
            done.update(range(mention.start, mention.end))
    for layer in _UNDERSTOOD:
        for hit in reading.hits[layer]:
            if hit.categories & {"non-person"}:
                continue
            done.update(range(hit.start, hit.end))
    words = known.cues.words
    small = words["pronoun-self"] | words["pronoun-third"] | words["pronoun-thing"]
    phrases: list[str] = []
    start: int | None = None
    for place in range(len(reading.tokens) + 1):
        left = place < len(reading.tokens) and place not in done
        left = left and reading.tokens[place].kind != "mark"
        if left and reading.tokens[place].norm not in small and _counts(reading, place):
            start = place if start is None else start
            continue
        if start is not None:
            first, last = reading.span(start, place)
            phrases.append(reading.text[first:last])
            start = None
    return tuple(phrases)


def _counts(reading: Reading, place: int) -> bool:
    owner = reading.owner[place]
    if owner is not None:
        return not reading.is_filler(place)
    return reading.is_content(place)
