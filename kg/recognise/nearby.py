"""What the words around a place say of it: denied, asked, planned, or somebody else's."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.people import SELF
from kg.recognise.reading import Reading

__all__ = [
    "cover",
    "is_asked",
    "is_denied",
    "is_floated",
    "is_only_planned",
    "is_other",
    "is_written_so",
    "sentence_of",
]

_FAR = 8  # words over which a denial reaches what is no item of its list
_AFTER = 3  # words between a thing and a denial behind it
_PLANNED = 2  # words between "offered" and what was offered


def sentence_of(reading: Reading, place: int) -> tuple[int, int]:
    """The sentence in which a token stands."""
    return reading.sentence_of(place)


def is_written_so(reading: Reading, hit: Hit) -> bool:
    """False for an abbreviation that is a common word unless it is written in capitals."""
    capitals = hit.cues[0].properties.get("ft:cue-capitals")
    if capitals is None:
        return True
    first, last = reading.span(hit.start, hit.end)
    written = reading.text[first:last]
    return written.isupper() if capitals == "all" else written != written.lower()


def cover(reading: Reading, hit: Hit) -> None:
    """Count the words of a cue as read, unless they are a sign that has to be read by itself."""
    if hit.cues[0].properties.get("ft:cue-open") is None:
        reading.covered.update(range(hit.start, hit.end))


def is_denied(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` is denied."""
    sentence = sentence_of(reading, start)
    for hit in reading.hits_inside("scope", sentence):
        categories = hit.categories
        if "pseudo-negation" in categories:
            continue
        if (
            "negation" in categories
            and hit.end <= start
            and _reaches(reading, hit, start, sentence)
        ):
            return True
        if "negation-after" in categories and 0 <= hit.start - end <= _AFTER:
            between = range(end, hit.start)
            if not any(reading.is_content(i) or _mark(reading, i) for i in between):
                return True
    return False


def is_asked(reading: Reading, start: int) -> bool:
    """Whether what stands at `start` is asked about, feared or only imagined."""
    sentence = sentence_of(reading, start)
    for hit in reading.hits_inside("scope", sentence):
        if hit.end <= start and hit.categories & {"question", "hypothetical"}:
            between = range(hit.end, start)
            if not any(_ends(reading, place) for place in between):
                return True
    return False


def is_floated(reading: Reading, start: int, end: int) -> bool:
    """Whether a question of no person brings up what stands there: "Botox?", "Give steroids?"."""
    first, last = sentence_of(reading, start)
    if not reading.ends_with((first, last), "?"):
        return False
    words = reading.words.cues.words
    persons = words["pronoun-self"] | words["pronoun-third"]
    before = (reading.tokens[i].norm for i in range(first, start))
    after = (reading.tokens[i].norm for i in range(end, last))
    return persons.isdisjoint(before) and not {",", ":", ";", "-"} & set(after)


def is_only_planned(reading: Reading, start: int) -> bool:
    """Whether what stands at `start` was only offered, planned or wished for."""
    for hit in reading.hits_inside("not-yet", sentence_of(reading, start)):
        between, reach = range(hit.end, start), _PLANNED
        if hit.cues[0].properties.get("ft:cue-span") == "behind":
            between, reach = range(start + 1, hit.start), _FAR - 2  # "the op is booked"
        near = between.start <= between.stop and len(between) <= reach
        if near and not any(reading.tokens[i].norm in ",.:;" for i in between):
            return True
    return False


def is_other(reading: Reading, start: int, case: str) -> bool:
    """Whether what stands at `start` is said of somebody who is not the person of the case."""
    sentence = sentence_of(reading, start)
    words = reading.words.cues.words
    people = {h.end - 1: h for h in reading.hits["person"] if "person" in h.categories}
    if any(
        "family" in h.categories and h.end <= start for h in reading.hits_inside("scope", sentence)
    ):
        return True
    third = False
    for place in range(start - 1, sentence[0] - 1, -1):
        hit = people.get(place)
        if hit is not None and reading.owner[place] is None:
            if _agent(reading, hit, start):
                return False
            return reading.tokens[place].stem != case
        norm = reading.tokens[place].norm
        if norm in words["pronoun-self"] and not third:
            return case != SELF and norm == "i"
        third = third or norm in words["pronoun-third"]
    # "He takes …": the one who was named last.
    if third and case == SELF:
        return any(h.start < sentence[0] for h in people.values())
    return False


def _agent(reading: Reading, hit: Hit, start: int) -> bool:
    # "My husband says I …" is caught by the pronoun; "Dad gave me …" tells of the writer.
    own = reading.words.cues.words["pronoun-self"]
    return any(reading.tokens[i].norm in own for i in range(hit.end, start))


def _mark(reading: Reading, place: int) -> bool:
    return reading.tokens[place].norm in ".;!?\n"


def _ends(reading: Reading, place: int) -> bool:
    hit = reading.at.get(place)
    return hit is not None and "termination" in hit.categories


def _reaches(reading: Reading, hit: Hit, start: int, sentence: tuple[int, int]) -> bool:
    words = reading.words.cues.words
    clauses = {h.start for h in reading.hits["clause"]}
    intakes = {h.start for h in reading.hits["intake"]}
    listed = any(
        "alternative" in h.categories and h.start >= hit.end
        for h in reading.hits_inside("scope", sentence)
    )
    far = 0
    comma = False
    for place in range(hit.end, start):
        other = reading.at.get(place)
        norm = reading.tokens[place].norm
        if other is not None and other.categories & {"termination", "negation-termination"}:
            return False
        if (norm in words["pronoun-self"] and norm != "my") or place in clauses:
            return False
        if norm in words["pronoun-third"] or norm in ":;(":
            return False
        if norm == ",":
            if not listed:
                return False
            comma = True
        if comma and place in intakes:
            return False
        far += reading.is_content(place) and not comma
    return far <= _FAR
