"""What was not understood of a text: shown, never silently dropped."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

_UNDERSTOOD = ("person", "side", "manner", "scope")


def left_over(reading: Reading, used: list[Mention]) -> tuple[str, ...]:
    """The phrases that nothing accounts for, in the order and the words of the text."""
    return tuple(reading.written(s.start, s.stop) for s in stretches(reading, used))


def stretches(reading: Reading, used: list[Mention]) -> list[range]:
    """The tokens of the phrases that nothing accounts for."""
    done = read_places(reading, used)
    for layer in _UNDERSTOOD:
        for hit in reading.hits[layer]:
            done.update(() if "non-person" in hit.categories else hit.extent)
    phrases: list[range] = []
    start: int | None = None
    for place in range(len(reading.tokens) + 1):
        if place not in done and not reading.is_mark(place) and counts(reading, place) and (
            not reading.is_word(place, "pronoun-self", "pronoun-third", "pronoun-thing")
        ):  # fmt: skip
            start = place if start is None else start
        elif start is not None:
            phrases.append(range(start, place))
            start = None
    return phrases


def read_places(reading: Reading, used: list[Mention]) -> set[int]:
    """The tokens of what became a finding, a place or a time of one, or a pattern."""
    done, ids = set(reading.covered), {id(m) for m in used}
    for mention in reading.mentions:
        pattern = mention.dropped and reading.words.is_pattern(mention)
        if id(mention) in ids or mention.used or pattern:
            done.update(mention.extent)
    return done


def counts(reading: Reading, place: int) -> bool:
    """Whether a word says something, or is part of a name."""
    owned = reading.owner[place] is not None
    return not reading.is_filler(place) if owned else reading.is_content(place)
