"""Where a text asks: the clauses of its sentences that may be questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.recognise.named import JOINING
from kg.recognise.patterns import (
    INDIRECT,
    INVERSION,
    MARKED,
    OPENING,
    SURE,
    Found,
    Grammar,
    Scene,
)
from kg.recognise.reading import Reading, Span

_BREAKS = frozenset({",", ";", ":", "-", "\n", "(", ".", "…", "!", "?"})
_QUOTES = frozenset({'"', "“", "«", "„"})
_TELLER = 6  # words before a quotation that tell who said it
_STRONG = frozenset({";", ":", "\n", ".", "…", "!", "—", "–"})
SURE_WEIGHT = 3  # weight from which a pattern asks by itself, without a question mark


class Clause(NamedTuple):
    """Where a question may stand: from where it is quoted, from where it asks, how it begins."""

    start: int
    begin: int
    end: int
    lead: Found | None


def is_marked(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence ends with a question mark ("?stroke" is a suspicion)."""
    tokens = reading.tokens
    place = sentence[1] - 1
    while place > sentence[0] and tokens[place].kind == "mark" and tokens[place].norm != "?":
        place -= 1
    return tokens[place].norm == "?" and not _is_shorthand(reading, place)


def _is_shorthand(reading: Reading, place: int) -> bool:
    """Whether a question mark stands before its word ("?stroke")."""
    end = reading.tokens[place].end
    return reading.tokens[place].norm == "?" and reading.text[end : end + 1].isalnum()


def find_clauses(
    reading: Reading,
    grammar: Grammar,
    scene: Scene,
    sentence: Span,
    found: Sequence[Found],
    marked: bool,
) -> list[Clause]:
    """The stretches of a sentence that may ask something, each up to the next one."""
    first, last = sentence
    while last > first and reading.tokens[last - 1].kind == "mark":
        last -= 1
    kept: list[Clause] = [
        Clause(i, i + 1, last, None) for i in range(first, last) if _is_shorthand(reading, i)
    ]
    reach = first
    order = (INDIRECT, SURE, OPENING, MARKED, INVERSION)
    ranked = [f for f in found if f.pattern.kind in order]
    for lead in sorted(ranked, key=lambda f: (f.parts[0].start, order.index(f.pattern.kind))):
        start, end, kind = lead.parts[0].start, lead.parts[-1].end, lead.pattern.kind
        begins = _begins(reading, scene, start, first) and not _goes_on(reading, start, end)
        holds = {
            INDIRECT: _is_own(reading, start, first),
            OPENING: begins,
            SURE: begins,
            MARKED: begins and marked,
            INVERSION: begins or not (kept or _goes_on(reading, start, end)),
        }.get(kind, False)
        hollow = all(scene.loose[end:last]) and not any(
            f.weight >= SURE_WEIGHT for f in grammar.found(scene, start, end)
        )
        if start >= reach and holds and (kind == INDIRECT or not hollow):
            begin = lead.parts[0].end if kind == INDIRECT else start
            kept.append(Clause(start, begin, last, lead))
            reach = end + (kind == INDIRECT)
    if not kept and marked and last > first:
        kept = [Clause(start := _after_break(reading, first, last), start, last, None)]
    kept.sort(key=lambda c: c.start)
    ends = [*(c.start for c in kept[1:]), last]
    kept = [c._replace(end=end) for c, end in zip(kept, ends, strict=False)]
    return [c for c in kept if c.lead is None or not all(scene.loose[c.begin : c.end])]


def _after_break(reading: Reading, first: int, last: int) -> int:
    """Where the question of a sentence begins that tells something before: "Lip jumps: a tic?"."""
    breaks = (i + 1 for i in range(last - 2, first, -1) if reading.norm(i) in _STRONG)
    return next(breaks, first)


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Whether what looks like a question adds to what is told: "and so does my mouth"."""
    before = [reading.norm(i) for i in range(max(0, start - 2), start)]
    return before == ["and", "so"] and not reading.is_word(end - 1, "pronoun-thing")


def _begins(reading: Reading, scene: Scene, place: int, first: int) -> bool:
    """Whether a clause begins at a place: after a mark or a joining word, or with the sentence."""
    while place > first:
        before = reading.tokens[place - 1]
        if before.norm in _BREAKS or any(f.type == JOINING for f in scene.fills.get(place - 1, ())):
            return True
        if not scene.loose[place - 1]:
            return False
        place -= 1
    return True


def _is_own(reading: Reading, place: int, first: int) -> bool:
    """Whether the writer asks, and does not tell of having asked somebody else."""
    lead = range(max(first, place - 2), place + 1)
    return len(lead) == 1 or any(
        reading.is_word(i, "pronoun-self") or reading.norm(i) in _BREAKS for i in lead
    )


def is_quoted(reading: Reading, clause: Clause, first: int) -> bool:
    """Whether a question stands in quotation marks, as what somebody else said."""
    place = clause.start
    before = range(max(first, place - _TELLER), place - 1)
    told = reading.norm(place - 1) in _QUOTES and len(before) > 0
    return told and not any(
        reading.is_word(i, "pronoun-self") and not reading.is_word(i, "possessive") for i in before
    )
