"""Other senses: what is said of a thing is no sign of a person, and a lid has no fit of its own."""

from __future__ import annotations

from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, HISTORY, PATTERN, Reading

OTHER_SENSE = "other sense"

_ENDING = ("turn", "awaking", "termination")  # what turns from a film or a dream to what is there
_NAME = 5  # words: what is told at greater length is no figure of speech
_WATCHED = 2  # words behind "in a film" that tell who saw it
_TAKEN = frozenset({CAUSE})
_VERBAL = ("s", "ed", "ing")  # how a verb that is a sign itself ends: "the picture hangs"
_MODIFIERS = 2  # words of an unknown noun: "the garden gate"
_TOLD = ("side", "time", "bodily-thing", "scope", "illness", "number", "bodily")
_SHORT = 4  # words of a name of a sign that a thing may have too: "stiff as a board"
_BETWEEN = 3  # small words between a thing and what is said of it: "the soup is still burning"


def drop_other_senses(reading: Reading) -> None:
    """Take out, and mark, names of signs that an everyday thing is the subject of.

    "The flowers droop", "a protein shake" and "a choking hazard" name no sign: the thing stands
    next before the word, or next behind it. Where the clause names a part of the body, the sign
    stays: "when the film begins my lid is weak".
    """
    things = reading.taken("thing")
    bodily = {reading.segment[m.start] for m in reading.mentions if m.kind in ("site", "body-part")}
    bodily |= {reading.segment[m.start] for m in reading.functions}
    for mention in reading.mentions:
        # A name of several words, such as "lip twitching", leaves no doubt about what it means.
        said = [i for i in mention.extent if not reading.is_word(i, "determiner")]
        doubtful = mention.kind == "finding" and reading.segment[mention.start] not in bodily
        if not doubtful or not things.isdisjoint(mention.extent):
            continue
        known = len(said) <= 1 and _of_a_thing(reading, mention, things)
        if known or _is_of_noun(reading, mention, things):
            mention.dropped = True
            mention.marks.add(OTHER_SENSE)
            # What is said of an unknown noun is no sign, but nothing is understood by it either.
            reading.covered.update(mention.extent if known else ())
    _drop_single_acts(reading)


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


def _drop_single_acts(reading: Reading) -> None:
    """Take out what anybody does once: "I nodded", "blink and you miss it"; not "keeps nodding"."""
    for mention in reading.mentions:
        if mention.kind == "finding" and len(mention.extent) == 1 and not mention.framed and (
            reading.is_word(mention.start, "single-act")
            and not reading.hits_inside("repetition", reading.sentence_of(mention.start))
        ):  # fmt: skip
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


def _is_of_noun(reading: Reading, mention: Mention, things: set[int]) -> bool:
    """Whether a noun that is nobody and no part of a body is the subject of a sign.

    "The leeks are weak", "her toast was stiff", "the picture hangs": the noun has an article or a
    possessive before it, and nothing but a verb and small words between it and the sign.
    """
    place = mention.start - 1
    while _is_verb(reading, place) and mention.start - place <= _BETWEEN:
        place -= 1
    verbs = {i for h in reading.hits["link"] for i in h.extent}
    linked = not verbs.isdisjoint(range(place + 1, mention.start + 1))
    if not linked:  # "the shelf sags"; "the leaflet lists seizures" has a verb of its own
        bare = len(mention.extent) == 1 and reading.norm(mention.start).endswith(_VERBAL)
        if not bare or place < mention.start - 1:
            return False
    personal = any(reading.is_word(i, "bearer-noun") for i in mention.extent)  # "is confused"
    if personal or len(mention.extent) > _SHORT or (linked and _names_part(reading, mention)):
        return False
    first = place
    while place - first < (_MODIFIERS if linked else 1) and _is_thing(reading, first, things):
        first -= 1
    led = reading.is_word(first, "determiner", "possessive") or reading.norm(first)[-2:] == "'s"
    inside = reading.segment[max(first, 0)] == reading.segment[mention.start]
    part = reading.is_word(first - 1, "place-preposition")
    return led and inside and first < place and not part


def _is_verb(reading: Reading, place: int) -> bool:
    """Whether a word may stand between a subject and what is said of it: "is still"."""
    if reading.is_mark(place) or _is_joint(reading, place) or _is_person(reading, place):
        return False
    linked = any(place in h.extent for h in reading.hits["link"])
    return linked or (_is_small(reading, place) and not reading.is_word(place, "determiner"))


def _names_part(reading: Reading, mention: Mention) -> bool:
    """Whether a part of the body stands in the name of a sign."""
    parts = reading.words.lexicon.find(reading.tokens, mention.start, mention.end, PARTS)
    return any(True for _ in parts)


def _is_thing(reading: Reading, place: int, things: set[int]) -> bool:
    """Whether a word is a noun that names no person, part, side or time, as far as is known."""
    if reading.is_mark(place) or _is_person(reading, place):
        return False
    if place in things:
        return True
    owner = reading.owner[place]
    if owner is not None:  # "the tea is weak": what one takes or does has no sign of its own
        roles = reading.words.roles(owner)
        return bool(roles & _TAKEN) and not roles & {CANDIDATE, EFFECT, PATTERN, HISTORY}
    if not reading.is_content(place):
        return False
    token = reading.tokens[place]
    # A capital makes a name, where not all letters are capitals.
    named = reading.text[token.start].isupper() and not reading.text.isupper()
    named |= token.kind != "word"
    told = reading.is_word(place, "bearer-noun") or any(
        h.start <= place < h.end for layer in _TOLD for h in reading.hits[layer]
    )
    return not (named or told)


def _is_person(reading: Reading, place: int) -> bool:
    if reading.is_word(place, "pronoun-self", "pronoun-third", "pronoun-thing"):
        return True
    return any(h.start <= place < h.end for h in reading.told("person", "patient", "informant"))


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
