"""Ages: how old the text says that somebody is ("62F", "my 12 yr old", "in her fifties")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.reading import Reading
from kg.recognise.times import Number

__all__ = [
    "PATIENT",
    "YEAR",
    "Age",
    "band_of",
    "find_ages",
    "first_person",
    "letter_at",
    "overlaps",
]

PATIENT = "patient"
YEAR = 365.0
_OLDEST = 120
_LETTERS = {"f": "female", "m": "male"}
_ADULT = 16
_LOOK = 4  # words between a person and an age
_CLOSED = frozenset(
    (",", ".", "", ";", ")", "and", "but", "\n", "-", "with", "so", "now", "/", "!", "years")
)


class Age(NamedTuple):
    """An age that is told: the words, years or band, and whose it is."""

    start: int
    end: int
    years: float | None
    band: str | None
    sex: str | None = None
    behind: str | None = None  # the stem of the relation that stands behind ("12 yr old son")
    own: bool = False  # said in the first person
    named: bool = False  # said with a unit ("a 6 week old")


def first_person(reading: Reading) -> frozenset[str]:
    """The pronouns of one who writes of themselves."""
    return frozenset(w for w in reading.words.cues.words["pronoun-self"] if w.startswith("i"))


def letter_at(reading: Reading, place: int) -> str | None:
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


def find_ages(reading: Reading, numbers: Mapping[int, Number], relations: list[Hit]) -> list[Age]:
    """The ages that a text tells, in order."""
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
        found.append(Age(hit.start, hit.end, None, band_of(reading, years)))
    return sorted(found)


def _age_at(reading: Reading, number: Number, relations: list[Hit]) -> Age | None:
    tokens, cues = reading.tokens, reading.words.cues
    place, end = number.start, number.end
    if not 0 < number.value <= _OLDEST:
        return None
    time = cues.layers["time"]
    letter = letter_at(reading, place)
    behind = end + 1 if end < len(tokens) and tokens[end].norm == "-" else end
    if letter is not None and tokens[place].kind == "number":
        first = place - 1 if place and tokens[place - 1].norm in _LETTERS else place
        return Age(first, max(end, end + (first == place)), number.value, None, letter)
    unit = time.longest(tokens, behind) if behind < len(tokens) else None
    days, after, aged = YEAR, behind, False
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
        return Age(
            place, after, round(number.value * days / YEAR, 4), None, sex,
            None if kin is None else reading.tokens[kin.end - 1].stem,
            _first(reading, place), True,
        )  # fmt: skip
    if unit is not None or number.value < 1:
        return None
    return _bare_age(reading, number, relations)


def _bare_age(reading: Reading, number: Number, relations: list[Hit]) -> Age | None:
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
        return Age(place - 1, end, number.value, None, sex, own=_first(reading, place))
    if last == "turned" or before[-2:] == ["just", "turned"]:
        return Age(place, end, number.value, None, sex, own=True)
    own = {"i'm", "im", "i’m", "am"}
    third = {"he's", "she's", "hes", "shes", "is", "who's", "was"}
    skipped = [w for w in before if w not in ("only", "just", "a", "nearly", "almost", "still")]
    lead = skipped[-1] if skipped else ""
    if lead in own and closed:
        return Age(place, end, number.value, None, sex, own=True)
    if lead in third and closed and number.value >= 1 and tokens[place].kind == "number":
        person = len(skipped) > 1 and _is_person(reading, place - 1, relations)
        if lead in ("he's", "she's", "hes", "shes") or person:
            return Age(place, end, number.value, None, sex)
    if place > 1 and tokens[place - 2].norm in _LETTERS and following == ")":
        # "My partner (m, 33)".
        return Age(place, end, number.value, None, _LETTERS[tokens[place - 2].norm])
    commas = place > 0 and tokens[place - 1].norm == "," and following in (",", ")", ".")
    if commas:
        kin_before = next((h for h in relations if h.end == place - 1), None)
        if kin_before is not None and not overlaps(kin_before, reading.hits["sex"]):
            return Age(place, end, number.value, None, sex, tokens[kin_before.end - 1].stem)
        if place < reading.sentences[0][1] and number.value >= _ADULT and place <= 2 * _LOOK:
            return Age(place, end, number.value, None, sex, own=True)
    starts = any(place == first for first, _ in reading.sentences)
    if starts and place == 0 and closed and number.value >= 12:
        return Age(place, end, number.value, None, sex, own=True)
    if last == "(" and following == ")":
        kin = next((h for h in relations if h.end == place - 1), None)
        if kin is not None:
            return Age(place, end, number.value, None, sex, tokens[kin.end - 1].stem)
    return None


def _is_person(reading: Reading, place: int, relations: list[Hit]) -> bool:
    third = reading.words.cues.words["pronoun-third"]
    for i in range(max(0, place - 3), place):
        if reading.tokens[i].norm in third or any(h.start <= i < h.end for h in relations):
            return True
    return False


def _relation_at(relations: list[Hit], place: int) -> Hit | None:
    kin = next((h for h in relations if place <= h.start <= place + 1), None)
    if kin is not None and kin.cues[0].properties["ft:cue-whose"] == PATIENT:
        return None  # "a 28 year old male" names nobody else
    return kin


def _first(reading: Reading, place: int) -> bool:
    own = first_person(reading) | {"am"}
    return any(reading.tokens[i].norm in own for i in range(max(0, place - 3), place))


def band_of(reading: Reading, years: float) -> str | None:
    """The band that an age falls in."""
    best: tuple[float, str] | None = None
    for cue in reading.words.cues.by_category.get("age-band", ()):
        least = float(cue.properties["ft:cue-days"])
        if years * YEAR >= least and (best is None or least > best[0]):
            best = least, cue.properties["ft:cue-band"]
    return None if best is None else best[1]


def overlaps(hit: Hit, others: list[Hit]) -> bool:
    """Whether a cue shares words with any of the others."""
    return any(o.start <= hit.start and hit.end < o.end for o in others)
