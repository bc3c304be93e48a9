"""What is said of one finding and no other: the patterns that stand with it in its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.recognise.case import Finding
from kg.recognise.mentions import Mention
from kg.recognise.reading import HISTORY, Reading, Span

_MATTERS = ("illness", "event", "medicine")


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
    alone = len({m.id for m in effects}) == 1 and not _tells_of_else(reading, sentence, pattern)
    return near or (effects if alone else [])


def _tells_of_else(reading: Reading, sentence: Span, pattern: Mention) -> bool:
    """Whether the clause of a pattern has a matter of its own: "I always had asthma, and ..."."""
    clause = reading.segment[pattern.start]
    places = {i for i in range(*sentence) if reading.segment[i] == clause} - set(pattern.extent)
    matters = {
        i for layer in _MATTERS for h in reading.hits_inside(layer, sentence) for i in h.extent
    }
    findings = {id(reading.owner[i]) for i in places if _is_matter(reading, reading.owner[i])}
    old = HISTORY in reading.words.roles(pattern)
    named = {i for i in places if reading.is_content(i)}
    owned = any(reading.is_word(i - 1, "possessive") for i in named)
    return bool(findings or places & matters or owned) or (old and bool(named))


def _is_matter(reading: Reading, mention: Mention | None) -> bool:
    return (
        mention is not None and mention.kind == "finding" and not reading.words.is_pattern(mention)
    )


def _effects(reading: Reading, sentence: Span) -> list[Mention]:
    return [m for m in reading.inside(sentence) if reading.is_effect(m) and not m.dropped]
