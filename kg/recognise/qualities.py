"""What is said of one finding and no other: the patterns that stand with it in its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.recognise.case import Finding
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["bind_qualities", "keep_present", "shared"]


def bind_qualities(reading: Reading) -> Mapping[int, tuple[str, ...]]:
    """The patterns of each finding, by the token at which the finding begins.

    A pattern belongs to the findings of its clause; where it stands apart, to the only finding of
    its sentence; and where that sentence has none but goes on about "it", to the only one before.
    """
    bound: dict[int, dict[str, None]] = {}
    for pattern in reading.mentions:
        if not reading.words.is_pattern(pattern) or not _holds(pattern):
            continue
        for finding in _owners(reading, pattern):
            bound.setdefault(finding.start, {})[pattern.id] = None
    return {start: tuple(names) for start, names in bound.items()}


def keep_present(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without the qualities that the case does not hold after all.

    A caller may deny a quality by its name, whatever the text says.
    """
    findings = tuple(findings)
    kept = {f.id for f in findings if f.status == "present"} | {f.id for f in others}
    return tuple(replace(f, qualities=tuple(q for q in f.qualities if q in kept)) for f in findings)


def shared(*several: tuple[str, ...]) -> tuple[str, ...]:
    """The qualities that each of several tellings of one finding has."""
    first, *rest = several
    return tuple(name for name in first if all(name in other for other in rest))


def _holds(mention: Mention) -> bool:
    return not (mention.dropped or mention.denied or mention.open or mention.asked)


def _owners(reading: Reading, pattern: Mention) -> list[Mention]:
    number = next(n for n, s in enumerate(reading.sentences) if s[0] <= pattern.start < s[1])
    effects = _effects(reading, number)
    clause = reading.segment[pattern.start]
    near = [m for m in effects if reading.segment[m.start] == clause]
    if pattern.end < len(reading.tokens) and reading.tokens[pattern.end].norm == ":" and not near:
        return effects  # "Progressive: slurred speech, trouble swallowing"
    if near or effects:
        return near or (effects if len({m.id for m in effects}) == 1 else [])
    if not _goes_on(reading, number):
        return []
    for earlier in range(number - 1, -1, -1):
        before = _effects(reading, earlier)
        if before:
            return before if len({m.id for m in before}) == 1 else []
    return []


def _effects(reading: Reading, sentence: int) -> list[Mention]:
    inside = reading.inside(reading.sentences[sentence])
    return [m for m in inside if reading.is_effect(m) and not m.dropped]


def _goes_on(reading: Reading, sentence: int) -> bool:
    """Whether a sentence is about what the one before told ("It came on slowly")."""
    first = reading.tokens[reading.sentences[sentence][0]].norm
    return first in reading.words.cues.words["pronoun-thing"]
