"""What is said of one finding and no other: the patterns that stand with it in its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.recognise.case import Finding
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading, Span

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
    sentence = reading.sentence_of(pattern.start)
    effects = _effects(reading, sentence)
    near = [m for m in effects if reading.segment[m.start] == reading.segment[pattern.start]]
    if reading.norm(pattern.end) == ":" and not near:
        return effects  # "Progressive: slurred speech, trouble swallowing"
    said = range(sentence[0], pattern.end)
    if not effects and any(reading.is_word(i, "pronoun-thing") for i in said):
        # "I think it came on slowly" is about what a sentence before told.
        earlier = (_effects(reading, s) for s in reversed(reading.sentences) if s < sentence)
        effects = next(filter(None, earlier), [])
    return near or (effects if len({m.id for m in effects}) == 1 else [])


def _effects(reading: Reading, sentence: Span) -> list[Mention]:
    return [m for m in reading.inside(sentence) if reading.is_effect(m) and not m.dropped]
