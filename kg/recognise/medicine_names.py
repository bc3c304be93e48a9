"""Where medicines are named: by a name, as a medicine only, or by a word in a medicine's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.recognise.mentions import Mention
from kg.recognise.numbers import Number
from kg.recognise.reading import Reading

__all__ = ["Place", "add_medicines", "medicine_places", "nearest_medicine"]

_ROLE = "ft:medicine-kind"
_REPORTABLE = "ft:reportable"
_SHORTEST = 4  # letters of a word that may be the name of a medicine
_FUZZY = 6  # letters from which a name may be misspelt
_LONG = 9  # letters from which it may be misspelt twice


class Place(NamedTuple):
    """Words that name a medicine, by its own name or (general) only as a medicine."""

    start: int
    end: int
    concept: str
    general: bool


def add_medicines(reading: Reading) -> None:
    """Add the medicines whose class can be reported as findings, where no name found them."""
    concepts = reading.words.view.concepts
    added = False
    for hit in reading.hits["medicine"]:
        concept = concepts.get(hit.cues[0].properties.get("ft:cue-concept", ""))
        inside = range(hit.start, hit.end)
        if concept is None or _REPORTABLE not in concept.roles:
            continue
        if any(reading.owner[place] is not None or place in reading.at for place in inside):
            continue
        mention = Mention(hit.start, hit.end, "finding", concept.id)
        reading.mentions.append(mention)
        reading.owner[hit.start : hit.end] = [mention] * (hit.end - hit.start)
        added = True
    if added:
        reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def medicine_places(reading: Reading, numbers: Mapping[int, Number]) -> list[Place]:
    """Where medicines are named, and words that stand where the name of one stands."""
    found = [
        Place(h.start, h.end, h.cues[0].properties["ft:cue-concept"], False)
        for h in reading.hits["medicine"]
    ]
    taken = {i for p in found for i in range(p.start, p.end)}
    for mention in reading.mentions:
        concept = reading.words.concept(mention)
        inside = range(mention.start, mention.end)
        if concept is not None and _ROLE in concept.roles and taken.isdisjoint(inside):
            found.append(Place(mention.start, mention.end, mention.id, True))
            taken.update(inside)
    found += [Place(*inside, "", True) for inside in _unknown(reading, numbers, taken)]
    return sorted(found)


def _unknown(
    reading: Reading, numbers: Mapping[int, Number], taken: set[int]
) -> Iterable[tuple[int, int]]:
    """Words that stand where the name of a medicine stands."""
    doses = {h.start: h for h in reading.hits["dose"]}
    found: set[int] = set()
    for number in numbers.values():
        dose = doses.get(number.end)
        if dose is None:
            continue
        after = dose.end
        while after < len(reading.tokens) and reading.tokens[after].norm in ("of", "a", "-"):
            after += 1
        before = number.start - 1
        around = {before, before - 1, after}
        if around & taken:
            continue
        for place in (after, before):
            if _may_be_name(reading, place) and place not in taken:
                found.add(place)
                break
    for hit in reading.hits["intake"]:
        if hit.end - hit.start < 2 and not reading.tokens[hit.start].norm.startswith("prescri"):
            continue
        place = hit.end
        while place < len(reading.tokens) and reading.is_filler(place):
            place += 1
        if place not in taken and _may_be_name(reading, place):
            found.add(place)
    return [(place, place + 1) for place in sorted(found)]


def _may_be_name(reading: Reading, place: int) -> bool:
    if not 0 <= place < len(reading.tokens) or not reading.is_content(place):
        return False
    token = reading.tokens[place]
    words = reading.words
    if token.kind != "word" or len(token.norm) < _SHORTEST or place in reading.covered:
        return False
    if token.norm in words.cues.known or token.stem in words.cues.known:
        return False
    return not words.lexicon.senses((token.stem,)) and not words.lexicon.is_ordinary(token.norm)


def nearest_medicine(reading: Reading, name: str) -> str | None:
    """The class of the medicine whose name is misspelt; None where none is near."""
    word = name.lower()
    if len(word) < _FUZZY:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = {
        cue.text.lower(): cue.properties["ft:cue-concept"]
        for cue in reading.words.cues.by_category.get("medicine-name", ())
        if len(cue.text) >= _FUZZY and cue.text[:1] == word[:1]
    }
    most = 1 if len(word) < _LONG else 2
    near = process.extractOne(word, sorted(names), scorer=OSA.distance, score_cutoff=most)
    return None if near is None else names[near[0]]
