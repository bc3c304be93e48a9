"""Other senses: what is said of a thing is no sign of a person, and a lid has no fit of its own."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

OTHER_SENSE = "other sense"

_ENDING = ("turn", "awaking", "termination")  # what turns from a film or a dream to what is there
_NAME = 5  # words: what is told at greater length is no figure of speech
_WATCHED = 2  # words behind "in a film" that tell who saw it
_BETWEEN = 3  # small words between a thing and what is said of it: "the soup is still burning"


def drop_other_senses(reading: Reading) -> None:
    """Take out, and mark, names of signs that an everyday thing is the subject of.

    "The flowers droop", "a protein shake" and "a choking hazard" name no sign: the thing stands
    next before the word, or next behind it. Where the clause names a part of the body, the sign
    stays: "when the film begins my lid is weak".
    """
    things = reading.taken("thing")
    if not things:
        return
    bodily = {reading.segment[m.start] for m in reading.mentions if m.kind in ("site", "body-part")}
    bodily |= {reading.segment[m.start] for m in reading.functions}
    for mention in reading.mentions:
        # A name of several words, such as "lip twitching", leaves no doubt about what it means.
        said = [i for i in mention.extent if not reading.is_word(i, "determiner")]
        doubtful = mention.kind == "finding" and len(said) <= 1
        doubtful = doubtful and reading.segment[mention.start] not in bodily
        if doubtful and things.isdisjoint(mention.extent) and _of_a_thing(reading, mention, things):
            mention.dropped = True
            mention.marks.add(OTHER_SENSE)
            reading.covered.update(mention.extent)


def drop_fiction(reading: Reading) -> None:
    """Take out what a film, a leaflet or a dream tells of, as far as its sentence tells of it.

    "In a film a man's face droops" tells of nobody's face; where "mine does the same", of one. It
    ends with "my face", unless that was dreamt, and where the sentence turns to what came after.
    """
    for hit in reading.hits["fiction"] if not reading.told("likeness") else ():
        _, last = reading.sentence_of(hit.start)
        ends = [h.start for name in _ENDING for h in reading.told(name, within=(hit.end, last))]
        if "fiction" in hit.categories:
            own = range(hit.end + _WATCHED, last)
            ends += [i for i in own if reading.is_word(i, "pronoun-self")]
        for mention in reading.inside((hit.end, min(ends, default=last))):
            if mention.kind == "finding":
                mention.dropped = True
                reading.covered.update(mention.extent)


def read_figures(reading: Reading) -> None:
    """Read grave words that a small part of the body is the subject of as what they mean there.

    "My eyelid is having a fit" tells of a twitch; "a fit, and my eyelid twitched" does not.
    """
    for cue in reading.words.cues.by_category.get("figure-of-speech", ()):
        parts = frozenset(cue.properties.get("ft:frame-part", "").split())
        subjects = {m.end: m for m in reading.mentions if m.id in parts}
        next_to = cue.properties.get("ft:cue-span") == "next"
        said_of = {m.start for m in subjects.values() if next_to}
        for mention in reading.mentions:
            if mention.id != cue.properties["ft:cue-concept"] or len(mention.extent) > _NAME:
                continue
            start = _first_of_pair(reading, mention.start)
            while start > 0 and start not in subjects and _is_light(reading, start - 1):
                start -= 1
            subject = subjects.get(start)
            meant = subject is not None and not _is_listed(reading, subject)
            if meant or mention.end in said_of:
                mention.id = cue.properties["ft:implies"]


def _is_listed(reading: Reading, part: Mention) -> bool:
    """Whether a part is one of several ("my mouth and eyelid droop")."""
    sides = reading.taken("side")
    place = part.start - 1
    while place in sides or reading.is_filler(place):
        place -= 1
    joint = place > 0 and (_is_joint(reading, place) or reading.norm(place) == ",")
    return joint and reading.owner[place - 1] is not None


def _of_a_thing(reading: Reading, mention: Mention, things: set[int]) -> bool:
    segment = reading.segment
    if mention.end in things and segment[mention.end] == segment[mention.start]:
        return True
    people = ("pronoun-self", "pronoun-third", "pronoun-thing", "determiner")
    for place in range(mention.start - 1, max(mention.start - 2 - _BETWEEN, -1), -1):
        if segment[place] != segment[mention.start]:
            return False
        if place in things:
            return True
        if reading.is_word(place, *people) or not _is_small(reading, place):
            return False
    return False


def _is_light(reading: Reading, place: int) -> bool:
    owner = reading.owner[place]
    light = _is_small(reading, place) if owner is None else reading.words.is_pattern(owner)
    # "Rolled his eyes and had a fit": what a joint leads to has another subject.
    return reading.tokens[place].kind == "word" and light and not _is_joint(reading, place)


def _first_of_pair(reading: Reading, start: int) -> int:
    """Where a pair of findings begins whose second one begins at `start`: "heavy and droopy"."""
    joined = start > 1 and _is_joint(reading, start - 1)
    first = reading.owner[start - 2] if joined else None
    return first.start if first is not None and first.kind == "finding" else start


def _is_joint(reading: Reading, place: int) -> bool:
    return reading.is_cue(place, "conjunction", "alternative", "termination")


def _is_small(reading: Reading, place: int) -> bool:
    return reading.is_filler(place) or reading.is_word(place, "stop-word", "degree")
