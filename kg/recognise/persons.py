"""Who the case is about: whose, how old, of which sex, expecting a child or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.recognise.ages import (
    PATIENT,
    Age,
    band_of,
    find_ages,
    first_person,
    letter_at,
    overlaps,
)
from kg.recognise.case import Person
from kg.recognise.cues import Hit
from kg.recognise.nearby import is_denied, is_written_so, sentence_of
from kg.recognise.people import SELF
from kg.recognise.reading import Reading
from kg.recognise.stems import stem
from kg.recognise.times import Number, TimeSpan

__all__ = ["find_person"]

_CHILD = "child"
_BACK = frozenset({"was", "when", "during", "last", "after", "since"})
_LOOK = 4  # words between a person and an age


def find_person(
    reading: Reading, numbers: Mapping[int, Number], spans: Sequence[TimeSpan], case: str
) -> Person:
    """What the text says of the person of the case."""
    relations = [h for h in reading.hits["relation"] if is_written_so(reading, h)]
    ages = find_ages(reading, numbers, relations)
    whose, relation = _whose(reading, relations, ages, case)
    age = _fitting(reading, ages, whose, relation)
    if age is not None:
        reading.covered.update(range(age.start, age.end))
    years = None if age is None else age.years
    band = _band(reading, whose, relation, age)
    sex = _sex(reading, whose, relation, age)
    expects = _expecting(reading, whose)
    if expects and whose in ("self", "partner", PATIENT) and sex is None:
        sex = "female"
    return Person(whose, years, sex, expects, band)


def _whose(
    reading: Reading, relations: list[Hit], ages: list[Age], case: str
) -> tuple[str, Hit | None]:
    words = reading.words.cues.words
    # "5 mg IM" names no writer.
    writer = first_person(reading)
    singular = any(
        t.norm in writer and reading.text[t.start : t.end] != "IM" for t in reading.tokens
    )
    plural = words["pronoun-self"] - writer
    own = singular or any(t.norm in plural for t in reading.tokens)
    if case != SELF:
        hits = [h for h in relations if overlaps(h, reading.hits["sex"])]
        if hits and reading.tokens[hits[0].end - 1].stem == case:
            return SELF, None  # "mum of two here"
        hits = [
            h
            for h in relations
            if any(case == t.stem or case == stem(t.norm) for t in reading.tokens[h.start : h.end])
        ]
        if hits:
            kin = hits[0].cues[0].properties["ft:cue-whose"]
            return kin, hits[0]
        return "other", None
    patients = [h for h in relations if h.cues[0].properties["ft:cue-whose"] == PATIENT]
    clinical = bool(patients) or _shorthand(reading)
    if clinical and not singular and (not own or (patients and patients[0].start < _LOOK)):
        return PATIENT, patients[0] if patients else None
    dependants = [h for h in relations if h.cues[0].properties["ft:cue-whose"] == _CHILD]
    told = [h for h in dependants if _opens(reading, h)]
    if told and _third(reading, told[0]):
        return _CHILD, told[0]
    others = [h for h in relations if h not in patients and _opens(reading, h)]
    if others and _third(reading, others[0]) and not _effects_of_self(reading):
        return others[0].cues[0].properties["ft:cue-whose"], others[0]
    family = [h for h in relations if h not in patients and _is_owned(reading, h)]
    if family and not singular and not _effects_of_self(reading):
        return family[0].cues[0].properties["ft:cue-whose"], family[0]
    first = next((a for a in ages if a.behind is None and not a.own and a.named), None)
    if first is not None and first.start - reading.sentences[0][0] < _LOOK:
        # "My 12 yr old keeps blinking", "A 6 week old whose chin …".
        if _owned(reading, first):
            return _CHILD, None
        if not own:
            return PATIENT, None
    return SELF, None


def _opens(reading: Reading, hit: Hit) -> bool:
    """Whether the text begins with the person: within its first sentence, with "my" or "our"."""
    first = sentence_of(reading, hit.start)[0]
    return (
        _is_owned(reading, hit) and hit.start - first <= _LOOK and first == reading.sentences[0][0]
    )


def _is_owned(reading: Reading, hit: Hit) -> bool:
    first = sentence_of(reading, hit.start)[0]
    own = reading.words.cues.words["pronoun-self"]
    return any(reading.tokens[i].norm in own for i in range(max(first, hit.start - 4), hit.end))


def _third(reading: Reading, hit: Hit) -> bool:
    """Whether the text goes on about a third person, and tells of no sign of the writer."""
    words = reading.words.cues.words
    after = [t.norm for t in reading.tokens[hit.end :]]
    third = sum(n in words["pronoun-third"] for n in after)
    first = sum(n in ("i", "me") or n.startswith("i'") for n in after)
    return third >= first


def _effects_of_self(reading: Reading) -> bool:
    return any(
        m.who == SELF and reading.words.is_effect(m) and not m.dropped for m in reading.mentions
    )


def _shorthand(reading: Reading) -> bool:
    """Whether a text begins as clinicians write: "62F", "41 F", "F62"."""
    return bool(reading.tokens) and any(letter_at(reading, i) is not None for i in range(_LOOK))


def _fitting(reading: Reading, ages: list[Age], whose: str, relation: Hit | None) -> Age | None:
    """The age that is the person's, not that of somebody else in the text."""
    if not ages:
        return None
    if whose in (SELF, PATIENT):
        free = [a for a in ages if a.behind is None and not _owned(reading, a)]
        own = [a for a in free if a.own]
        if whose == PATIENT:
            patient = [a for a in ages if a.behind is not None]
            return (free or patient or [None])[0]  # type: ignore[list-item]
        return (own or [a for a in free if not _of_third(reading, a)] or [None])[0]  # type: ignore[list-item]
    if relation is None:
        owned = [a for a in ages if a.behind is None and _owned(reading, a)]
        return (owned or [None])[0]  # type: ignore[list-item]
    name = reading.tokens[relation.end - 1].stem
    mine = [a for a in ages if a.behind is not None and a.behind == name]
    rest = [a for a in ages if not a.own and a.behind in (None, name)]
    return (mine or rest or [None])[0]  # type: ignore[list-item]


def _owned(reading: Reading, age: Age) -> bool:
    """Whether "my 18-month-old" or "an 18-month-old" names another person."""
    before = [reading.tokens[i].norm for i in range(max(0, age.start - 2), age.start)]
    return "my" in before or "our" in before


def _of_third(reading: Reading, age: Age) -> bool:
    sentence = sentence_of(reading, age.start)
    lead = [reading.tokens[i].norm for i in range(sentence[0], age.start)]
    words = reading.words.cues.words
    third = any(n in words["pronoun-third"] for n in lead)
    return third or (age.years is not None and age.years < 8)


def _band(reading: Reading, whose: str, relation: Hit | None, age: Age | None) -> str | None:
    if age is not None:
        return age.band or (None if age.years is None else band_of(reading, age.years))
    for hit in reading.hits["band"]:
        near = relation is not None and abs(hit.start - relation.start) <= _LOOK
        first = sentence_of(reading, hit.start)[0]
        own = whose == SELF and any(
            reading.tokens[i].norm in (first_person(reading) | {"am"})
            for i in range(max(first, hit.start - 4), hit.start)
        )
        if near or own or (whose == PATIENT and hit.start - first <= _LOOK):
            return hit.cues[0].properties["ft:cue-band"]
    return None


def _sex(reading: Reading, whose: str, relation: Hit | None, age: Age | None) -> str | None:
    if age is not None and age.sex is not None:
        return age.sex
    if relation is not None:
        known = relation.cues[0].properties.get("ft:cue-gender")
        if known is not None:
            return known
    if whose != SELF:
        return _by_pronoun(reading)
    for hit in reading.hits["sex"]:
        before = [reading.tokens[i].norm for i in range(max(0, hit.start - 4), hit.start)]
        own = hit.end - hit.start > 1 or bool({"i'm", "im", "am", "i"} & set(before))
        near = age is not None and abs(hit.start - age.end) <= 2
        first = hit.start <= 3 and reading.text[reading.tokens[hit.start].end :][:1] in (
            ",",
            ".",
            " ",
        )
        led = hit.start == 0 or reading.tokens[hit.start - 1].kind in ("number", "mark")
        if (own and not is_denied(reading, hit.start, hit.end)) or near or (first and led):
            return hit.cues[0].properties["ft:cue-gender"]
    return None


def _by_pronoun(reading: Reading) -> str | None:
    counted: dict[str, int] = {}
    genders = {
        cue.text: cue.properties["ft:cue-gender"]
        for cue in reading.words.cues.by_category.get("pronoun-third", ())
        if "ft:cue-gender" in cue.properties
    }
    for token in reading.tokens:
        gender = genders.get(token.norm)
        if gender is not None:
            counted[gender] = counted.get(gender, 0) + 1
    if not counted:
        return None
    most = max(counted.items(), key=lambda item: (item[1], item[0]))
    return most[0] if sum(counted.values()) == most[1] or most[1] > 1 else None


def _expecting(reading: Reading, whose: str) -> bool | None:
    for hit in reading.hits["expecting"]:
        sentence = sentence_of(reading, hit.start)
        lead = [reading.tokens[i].norm for i in range(sentence[0], hit.start)]
        others = [h for h in reading.hits_inside("relation", sentence) if h.end <= hit.start]
        kin = {h.cues[0].properties["ft:cue-whose"] for h in others if is_written_so(reading, h)}
        if kin and whose not in kin:
            continue
        if is_denied(reading, hit.start, hit.end):
            return False
        past = any(
            "past" in h.categories or "resolution" in h.categories
            for h in reading.hits_inside("scope", sentence)
            if h.end <= hit.start
        )
        if past or lead[-1:] == ["my"] or _BACK & set(lead[-3:]):
            continue
        return True
    return None
