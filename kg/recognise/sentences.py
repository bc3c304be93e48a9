"""Sentences, and the segments of a sentence between commas and conjunctions."""

from __future__ import annotations

from collections.abc import Container

from kg.recognise.cues import Hit
from kg.recognise.tokens import Token

_LONG_LINE = 20  # characters from which a line may be wrapped
_ANSWERS = frozenset(":=")
_HEADING = 4  # words of a line before the colon of a form
_LONGEST = 240  # tokens of a sentence that is read as one
_SHORTEST = 120  # tokens of what is cut off a longer one, where it can be cut at a joint
_SENTENCE_ENDS = frozenset(".!?;…")
JOINTS = frozenset({"conjunction", "termination"})
BREAKS = frozenset({",", ";", ":", "(", ")", "[", "]", "\n", '"', "“", "”"})


def unwrapped(tokens: list[Token], light: frozenset[str]) -> list[Token]:
    """The tokens without the line breaks that only wrap a line.

    A line that ends in a small word (`light`) goes on, and so does a long line. A blank line, a
    bullet, a number, the end of a sentence or a line of a form ("Droop: no") ends what it ends.
    """
    kept: list[Token] = []
    first = 0
    for place, token in enumerate(tokens):
        if token.norm != "\n":
            kept.append(token)
            continue
        line = tokens[first:place]
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        first = place + 1
        ends = not line or (line[-1].kind == "mark" and line[-1].norm != ",")
        if ends or after is None or after.kind != "word":
            kept.append(token)
            continue
        form = any(t.norm == ":" for t in (*line, *tokens[place + 1 : place + 1 + _HEADING]))
        long = line[-1].end - line[0].start >= _LONG_LINE
        answer = len(line) > 1 and line[-2].norm in _ANSWERS
        goes_on = bool(line) and (line[-1].norm in light or line[-1].norm == ",")
        if answer or (not goes_on and (form or not long)):
            kept.append(token)
    return kept


def split_sentences(
    text: str, tokens: list[Token], joints: Container[int]
) -> list[tuple[int, int]]:
    """The sentences of a text as ranges of tokens, end exclusive.

    One that never ends is cut before a joint or behind a comma, so that reading takes no longer
    for a word of it than for a word of others.
    """
    found = []
    first = cut = 0
    for place, token in enumerate(tokens):
        end = 0
        if _ends_sentence(text, tokens, place, token):
            end = place + 1
        elif place - first >= _LONGEST:
            end = cut if cut > first else place
        elif place - first >= _SHORTEST and (place in joints or token.norm == ","):
            cut = place + (token.norm == ",")
        if end:
            found.append((first, end))
            first = end
    if first < len(tokens):
        found.append((first, len(tokens)))
    return found


def _ends_sentence(text: str, tokens: list[Token], place: int, token: Token) -> bool:
    if token.norm == "\n":
        return True  # what is left of line breaks when `unwrapped` has taken the others out
    if token.norm not in _SENTENCE_ENDS:
        return False
    if token.norm == "…" or text[token.start : token.start + 2] == "..":
        return False
    if token.norm == "." and place and text[token.start - 1] == ".":
        return False
    if token.norm == "!" and place + 1 < len(tokens) and tokens[place + 1].norm == "or":
        return False  # "they may die! or have a stroke!" goes on
    if token.norm == "?" and place + 1 < len(tokens) and tokens[place + 1].start == token.end:
        return tokens[place + 1].kind == "mark"  # "?stroke" is shorthand for a suspicion
    return token.norm != "." or token.end >= len(text) or not text[token.end].isalnum()


def split_segments(
    tokens: list[Token],
    sentences: list[tuple[int, int]],
    scope: list[Hit],
    owned: list[bool],
) -> list[int]:
    """The number of the segment for each token; `owned` tells the tokens of mentions."""
    starts = {h.start for h in scope if h.categories & JOINTS}
    opens = {first for first, _ in sentences}
    segment = []
    number = 0
    for place, token in enumerate(tokens):
        spaced_dash = (
            token.norm == "-"
            and place > 0
            and place + 1 < len(tokens)
            and tokens[place - 1].end < token.start
            and token.end < tokens[place + 1].start
        )
        breaks = place in starts or token.norm in BREAKS or spaced_dash
        if place in opens or (breaks and not owned[place]):
            number += 1
        segment.append(number)
    return segment
