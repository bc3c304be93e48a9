"""Where medicines are named: by a name, as a medicine only, or by a word in a medicine's place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.recognise.reading import Reading

__all__ = ["Place", "medicine_places", "nearest_medicine"]

_ROLE = "ft:medicine-kind"
_SHORTEST = 4  # letters of a word that may be the name of a medicine
_FUZZY = 6  # letters from which a name may be misspelt
_LONG = 9  # letters from which it may be misspelt twice


class Place(NamedTuple):
    """Words that name a medicine, by its own name or (general) only as a medicine."""

    start: int
    end: int
    concept: str
    general: bool


def medicine_places(reading: Reading) -> list[Place]:
    """Where medicines are named, and words that stand where the name of one stands."""
    found = [Place(h.start, h.end, h.get("concept"), False) for h in reading.hits["medicine"]]
    taken = reading.taken("medicine")
    for mention in reading.mentions:
        if _ROLE in reading.words.roles(mention) and taken.isdisjoint(mention.extent):
            found.append(Place(mention.start, mention.end, mention.id, True))
            taken.update(mention.extent)
    unknown = {place for place in _unknown(reading, taken) if place not in taken}
    return sorted([*found, *(Place(place, place + 1, "", True) for place in unknown)])


def _unknown(reading: Reading, taken: set[int]) -> Iterator[int]:
    """Words that stand where the name of a medicine stands."""
    doses = {h.start: h for h in reading.hits["dose"]}
    for number in reading.numbers.values():
        dose = doses.get(number.end)
        if dose is None:
            continue
        after, before = dose.end, number.start - 1
        while reading.norm(after) in ("of", "a", "-"):
            after += 1
        if taken.isdisjoint((before, before - 1, after)):
            yield from [i for i in (after, before) if _may_be_name(reading, i)][:1]
    for hit in reading.hits["intake"]:
        place = hit.end
        while reading.is_filler(place):
            place += 1
        told = len(hit.extent) > 1 or reading.norm(hit.start).startswith("prescri")
        if told and _may_be_name(reading, place):
            yield place


def _may_be_name(reading: Reading, place: int) -> bool:
    if not reading.is_content(place):
        return False
    token, words = reading.tokens[place], reading.words
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
