"""The concepts that a sentence names, with the types of slots that they fill in patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.recognise.patterns import Fill, Grammar, Scene
from kg.recognise.reading import Reading, Span

# Types of words that the code asks for: what counts for nothing, what a question may stand behind.
LOOSE, JOINING = "loose", "joining"
_REMEDY = frozenset({"remedy"})
_ILLNESS = "ft:candidate-kind"


class Named(NamedTuple):
    """A concept in the text, and the types of slots that it fills."""

    start: int
    end: int
    concept: str
    types: frozenset[str]


def scene_of(reading: Reading, grammar: Grammar) -> Scene:
    """A text as patterns see it: which words are loose, and what words fill which slots."""
    fills = {i: list(grammar.fills(reading.tokens, i)) for i in range(len(reading.tokens))}
    loose = [
        reading.is_mark(place)
        or reading.is_filler(place)
        or any(f.type == LOOSE for f in fills[place])
        for place in range(len(reading.tokens))
    ]
    return Scene(reading.tokens, loose, fills)


def with_named(scene: Scene, sentence: Span, named: Sequence[Named]) -> Scene:
    """A sentence of a scene, in which the concepts that it names fill slots as well."""
    fills = {place: [*scene.fills[place]] for place in range(*sentence)}
    for one in named:
        fills[one.start] += [Fill(one.end, name, one.concept) for name in sorted(one.types)]
    for here in fills.values():
        here.sort(key=lambda f: (-f.end, f.concept is None, f.type))
    return scene._replace(fills=fills)


def named_in(
    reading: Reading, grammar: Grammar, sentence: Span, *, remedies: bool = False
) -> list[Named]:
    """The concepts of a sentence, in order."""
    found: list[Named] = []
    taken: set[int] = set()
    for start, end, concept, names in _candidates(reading, sentence, remedies):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Named(start, end, concept, grammar.types_of(names)))
    return sorted(found)


def _candidates(
    reading: Reading, sentence: Span, remedies: bool
) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """What may be a concept, the likelier first: start, end, concept, classes and roles."""
    first, last = sentence
    cues = [
        (h.start, h.end, h.get("concept"), h.cues[0].category)
        for layer in ("medicine", "illness", "event")
        for h in reading.hits_inside(layer, sentence)
    ]
    for m in reading.inside(sentence):
        # "Is it ALS" may be a name of its own: what is asked for is the illness in it, as it is not
        # where the whole names one; and "the flu shot" is no flu.
        inner = _ILLNESS not in _classes(reading, m.id) and any(
            c == "ft:illness-name" and m.start < s and e <= m.end for s, e, _, c in cues
        )
        outer = any(s <= m.start and m.end < e for s, e, _, _ in cues)
        if m.kind == "finding" and not (m.nested or inner or outer):
            beside = [c for s, e, _, c in cues if s < m.end and m.start < e]
            yield m.start, m.end, m.id, (m.id, *_classes(reading, m.id), *beside)
    for start, end, concept, category in cues:
        yield start, end, concept, (concept, category, *_classes(reading, concept))
    for match in (
        reading.words.lexicon.find(reading.tokens, first, last, _REMEDY) if remedies else ()
    ):
        concept = match.senses[0].id
        yield match.start, match.end, concept, (concept, *_classes(reading, concept))


def _classes(reading: Reading, concept: str) -> tuple[str, ...]:
    known = reading.words.view.concepts.get(concept)
    return () if known is None else (*known.kinds, *sorted(known.roles))
