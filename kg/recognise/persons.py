"""Who the case is about: whose, how old, of which sex, expecting a child or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.case import Person
from kg.recognise.cues import Hit
from kg.recognise.nearby import is_denied, is_written_so, sentence_of
from kg.recognise.people import SELF
from kg.recognise.reading import Reading
from kg.recognise.stems import stem
from kg.recognise.times import Number, TimeSpan

__all__ = ["find_person"]

_PATIENT = "patient"
_CHILD = "child"
_YEAR = 365.0
_OLDEST = 120
_LETTERS = {"f": "female", "m": "male"}
_CLOSED = frozenset(
    (",", ".", "", ";", ")", "and", "but", "\n", "-", "with", "so", "now", "/", "!", "years")
)
_BACK = frozenset({"was", "when", "during", "last", "after", "since"})
_ADULT = 16
_LOOK = 4  # words between a person and an age


class _Age(NamedTuple):
    start: int
    end: int
    years: float | None
    band: str | None
    sex: str | None = None
    behind: str | None = None  # the stem of the relation that stands behind ("12 yr old son")
    own: bool = False  # said in the first person
    named: bool = False  # said with a unit ("a 6 week old")


def find_person(
    reading: Reading, numbers: Mapping[int, Number], spans: Sequence[TimeSpan], case: str
) -> Person:
    """What the text says of the person of the case."""
    relations = [h for h in reading.hits["relation"] if is_written_so(reading, h)]
    ages = _ages(reading, numbers, relations)
    whose, relation = _whose(reading, relations, ages, case)
    age = _fitting(reading, ages, whose, relation)
    if age is not None:
        reading.covered.update(range(age.start, age.end))
    years = None if age is None else age.years
    band = _band(reading, whose, relation, age)
    sex = _sex(reading, whose, relation, age)
    expects = _expecting(reading, whose)
    if expects and whose in ("self", "partner", _PATIENT) and sex is None:
        sex = "female"
    return Person(whose, years, sex, expects, band)


def _whose(
    reading: Reading, relations: list[Hit], ages: list[_Age], case: str
) -> tuple[str, Hit | None]:
    words = reading.words.cues.words
    # "5 mg IM" names no writer.
    first_person = _first_person(reading)
    singular = any(
        t.norm in first_person and reading.text[t.start : t.end] != "IM" for t in reading.tokens
    )
    plural = words["pronoun-self"] - first_person
    own = singular or any(t.norm in plural for t in reading.tokens)
    if case != SELF:
        hits = [h for h in relations if _overlaps(h, reading.hits["sex"])]
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
    patients = [h for h in relations if h.cues[0].properties["ft:cue-whose"] == _PATIENT]
    clinical = bool(patients) or _shorthand(reading)
    if clinical and not singular and (not own or (patients and patients[0].start < _LOOK)):
        return _PATIENT, patients[0] if patients else None
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
            return _PATIENT, None
    return SELF, None


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(o.start <= hit.start and hit.end < o.end for o in others)


def _first_person(reading: Reading) -> frozenset[str]:
    return frozenset(w for w in reading.words.cues.words["pronoun-self"] if w.startswith("i"))


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
    return bool(reading.tokens) and any(_letter_at(reading, i) is not None for i in range(_LOOK))


def _letter_at(reading: Reading, place: int) -> str | None:
    """The sex that a letter beside a number tells."""
    tokens = reading.tokens
    if place >= len(tokens) or tokens[place].kind != "number":
        return None
    for other in (place + 1, place - 1):
        if 0 <= other < len(tokens) and tokens[other].norm in _LETTERS:
            letter = tokens[other]
            joined = letter.start == tokens[place].end or letter.end == tokens[place].start
            upper = reading.text[letter.start : letter.end].isupper()
            if joined or upper:
                return _LETTERS[letter.norm]
    return None


def _ages(reading: Reading, numbers: Mapping[int, Number], relations: list[Hit]) -> list[_Age]:
    found = []
    for number in numbers.values():
        age = _age_at(reading, number, relations)
        if age is not None:
            found.append(age)
    for hit in reading.hits["decade"]:
        before = hit.start - 1
        low = max(0, hit.start - 3)
        lead = [reading.tokens[i].norm for i in range(low, hit.start)]
        if before < 0 or not {"in", "mid", "early", "late"} & set(lead):
            continue
        years = float(hit.cues[0].properties["ft:cue-value"])
        if "in" in lead and "the" in lead:
            continue  # "in the eighties"
        found.append(_Age(hit.start, hit.end, None, _band_of(reading, years)))
    return sorted(found)


def _age_at(reading: Reading, number: Number, relations: list[Hit]) -> _Age | None:
    tokens, cues = reading.tokens, reading.words.cues
    place, end = number.start, number.end
    if not 0 < number.value <= _OLDEST:
        return None
    time = cues.layers["time"]
    letter = _letter_at(reading, place)
    behind = end + 1 if end < len(tokens) and tokens[end].norm == "-" else end
    if letter is not None and tokens[place].kind == "number":
        first = place - 1 if place and tokens[place - 1].norm in _LETTERS else place
        return _Age(first, max(end, end + (first == place)), number.value, None, letter)
    unit = time.longest(tokens, behind) if behind < len(tokens) else None
    days, after, aged = _YEAR, behind, False
    if unit is not None:
        age = next((c for c in unit[1] if c.category == "ft:age"), None)
        length = next((c for c in unit[1] if c.category == "ft:time-unit"), None)
        if age is not None:
            after, aged = unit[0], True
        elif length is not None:
            days, after = float(length.properties["ft:cue-days"]), unit[0]
            if after < len(tokens) and tokens[after].norm == "-":
                after += 1
            more = time.longest(tokens, after) if after < len(tokens) else None
            if more is not None and any(c.category == "ft:age" for c in more[1]):
                after, aged = more[0], True
    if not aged and _relation_at(relations, after) is not None and unit is not None:
        aged = True  # "my 3 year daughter"
    if aged:
        kin = _relation_at(relations, after)
        sex = None
        follow = [h for h in reading.hits["sex"] if after <= h.start <= after + 1]
        if follow:
            sex = follow[0].cues[0].properties["ft:cue-gender"]
        return _Age(
            place, after, round(number.value * days / _YEAR, 4), None, sex,
            None if kin is None else reading.tokens[kin.end - 1].stem,
            _first(reading, place), True,
        )  # fmt: skip
    if unit is not None or number.value < 1:
        return None
    return _bare_age(reading, number, relations)


def _bare_age(reading: Reading, number: Number, relations: list[Hit]) -> _Age | None:
    """An age without a unit: "I'm 31", "aged 40", "25 and I …", "35, started …"."""
    tokens = reading.tokens
    place, end = number.start, number.end
    before = [t.norm for t in tokens[max(0, place - 3) : place]]
    last = before[-1] if before else ""
    following = tokens[end].norm if end < len(tokens) else ""
    follow = [h for h in reading.hits["sex"] if end <= h.start <= end + 1]
    sex = follow[0].cues[0].properties["ft:cue-gender"] if follow else None
    if sex is None and following in _LETTERS:
        sex = _LETTERS[following]
    closed = following in _CLOSED or sex is not None
    if last in ("aged", "age") or (last in (":", "of") and "age" in before):
        return _Age(place - 1, end, number.value, None, sex, own=_first(reading, place))
    if last == "turned" or before[-2:] == ["just", "turned"]:
        return _Age(place, end, number.value, None, sex, own=True)
    own = {"i'm", "im", "i’m", "am"}
    third = {"he's", "she's", "hes", "shes", "is", "who's", "was"}
    skipped = [w for w in before if w not in ("only", "just", "a", "nearly", "almost", "still")]
    lead = skipped[-1] if skipped else ""
    if lead in own and closed:
        return _Age(place, end, number.value, None, sex, own=True)
    if lead in third and closed and number.value >= 1 and tokens[place].kind == "number":
        person = len(skipped) > 1 and _is_person(reading, place - 1, relations)
        if lead in ("he's", "she's", "hes", "shes") or person:
            return _Age(place, end, number.value, None, sex)
    if place > 1 and tokens[place - 2].norm in _LETTERS and following == ")":
        # "My partner (m, 33)".
        return _Age(place, end, number.value, None, _LETTERS[tokens[place - 2].norm])
    commas = place > 0 and tokens[place - 1].norm == "," and following in (",", ")", ".")
    if commas:
        kin_before = next((h for h in relations if h.end == place - 1), None)
        if kin_before is not None and not _overlaps(kin_before, reading.hits["sex"]):
            return _Age(place, end, number.value, None, sex, tokens[kin_before.end - 1].stem)
        if place < reading.sentences[0][1] and number.value >= _ADULT and place <= 2 * _LOOK:
            return _Age(place, end, number.value, None, sex, own=True)
    starts = any(place == first for first, _ in reading.sentences)
    if starts and place == 0 and closed and number.value >= 12:
        return _Age(place, end, number.value, None, sex, own=True)
    if last == "(" and following == ")":
        kin = next((h for h in relations if h.end == place - 1), None)
        if kin is not None:
            return _Age(place, end, number.value, None, sex, tokens[kin.end - 1].stem)
    return None


def _is_person(reading: Reading, place: int, relations: list[Hit]) -> bool:
    third = reading.words.cues.words["pronoun-third"]
    for i in range(max(0, place - 3), place):
        if reading.tokens[i].norm in third or any(h.start <= i < h.end for h in relations):
            return True
    return False


def _relation_at(relations: list[Hit], place: int) -> Hit | None:
    kin = next((h for h in relations if place <= h.start <= place + 1), None)
    if kin is not None and kin.cues[0].properties["ft:cue-whose"] == _PATIENT:
        return None  # "a 28 year old male" names nobody else
    return kin


def _first(reading: Reading, place: int) -> bool:
    own = _first_person(reading) | {"am"}
    return any(reading.tokens[i].norm in own for i in range(max(0, place - 3), place))


def _fitting(reading: Reading, ages: list[_Age], whose: str, relation: Hit | None) -> _Age | None:
    """The age that is the person's, not that of somebody else in the text."""
    if not ages:
        return None
    if whose in (SELF, _PATIENT):
        free = [a for a in ages if a.behind is None and not _owned(reading, a)]
        own = [a for a in free if a.own]
        if whose == _PATIENT:
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


def _owned(reading: Reading, age: _Age) -> bool:
    """Whether "my 18-month-old" or "an 18-month-old" names another person."""
    before = [reading.tokens[i].norm for i in range(max(0, age.start - 2), age.start)]
    return "my" in before or "our" in before


def _of_third(reading: Reading, age: _Age) -> bool:
    sentence = sentence_of(reading, age.start)
    lead = [reading.tokens[i].norm for i in range(sentence[0], age.start)]
    words = reading.words.cues.words
    third = any(n in words["pronoun-third"] for n in lead)
    return third or (age.years is not None and age.years < 8)


def _band(reading: Reading, whose: str, relation: Hit | None, age: _Age | None) -> str | None:
    if age is not None:
        return age.band or (None if age.years is None else _band_of(reading, age.years))
    for hit in reading.hits["band"]:
        near = relation is not None and abs(hit.start - relation.start) <= _LOOK
        first = sentence_of(reading, hit.start)[0]
        own = whose == SELF and any(
            reading.tokens[i].norm in (_first_person(reading) | {"am"})
            for i in range(max(first, hit.start - 4), hit.start)
        )
        if near or own or (whose == _PATIENT and hit.start - first <= _LOOK):
            return hit.cues[0].properties["ft:cue-band"]
    return None


def _band_of(reading: Reading, years: float) -> str | None:
    """The band that an age falls in."""
    best: tuple[float, str] | None = None
    for cue in reading.words.cues.by_category.get("age-band", ()):
        least = float(cue.properties["ft:cue-days"])
        if years * _YEAR >= least and (best is None or least > best[0]):
            best = least, cue.properties["ft:cue-band"]
    return None if best is None else best[1]


def _sex(reading: Reading, whose: str, relation: Hit | None, age: _Age | None) -> str | None:
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
