"""Who the case is about: whose, how old, of which sex, expecting a child or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.recognise.ages import PATIENT, Age, band_of, first_person, in_range
from kg.recognise.case import Person
from kg.recognise.cues import Hit
from kg.recognise.mentions import TimeSpan
from kg.recognise.nearby import is_denied
from kg.recognise.reading import SELF, Reading
from kg.recognise.story import CHILD, LOOK, Story, gender_of, whose_of

_GROWN_UP = ("adult", "older")
_PARTNER = "partner"
_WRITES = 5.0  # years from which somebody may write of themselves
_WEEK, _WEEKS_ALONG = 7.0, range(5, 43)
_INTO = frozenset({"of", "in", "into"})
_NOW = frozenset({"now", "today"})


def find_person(reading: Reading) -> Person:
    """What the text says of the person of the case."""
    return _Told(reading).person()


def told_age(reading: Reading) -> set[int]:
    """The words that tell the age of the person, or of a pregnancy; they tell no time."""
    story = _Told(reading)
    age = story._age(*story.whose())
    places = {place for weeks in story.weeks_along() for place in weeks}
    places |= {time.start for time in reading.times if _tells_how_far(reading, time)}
    return places if age is None or age.own else places.union(range(age.start, age.end))


def _tells_how_far(reading: Reading, time: TimeSpan) -> bool:
    """Whether a time only tells how far a woman is: "in the fourth month of it"."""
    place = time.end + 1
    while reading.is_filler(place) or reading.is_word(place, "possessive", "determiner"):
        place += 1
    led = reading.norm(time.end) in _INTO and time.kind not in ("ago", "bout")
    return led and any(h.start == place for h in reading.hits["expecting"])


def drop_ages_of_others(reading: Reading, ages: Collection[str]) -> None:
    """Take out what the writer has, and is not: "I have a newborn"."""
    told = [m for m in reading.mentions if m.id in ages and reading.case == SELF]
    bound = bool(told) and Story(reading).is_own()
    for mention in told:
        own, being = _writes_before(reading, mention.start, mention.start)
        mention.dropped |= bound or (own and not being)


def drop_outgrown(
    reading: Reading,
    young: Collection[str],
    senses: Mapping[str, tuple[str, Collection[str]]],
    person: Person,
) -> None:
    """Take out what is of children where nobody is one: "our son, 19", "a tic in my eye".

    `senses` tells what a concept says of who is grown, and of which parts.
    """
    writes = person.whose == SELF and person.band is None
    grown = person.band in _GROWN_UP
    for mention in reading.mentions:
        mention.dropped |= grown and mention.id in young
        meant, parts = senses.get(mention.id, ("", ())) if grown or writes else ("", ())
        if any(place.id in parts for place in mention.places):
            mention.id = meant


def _writes_before(reading: Reading, place: int, most: int) -> tuple[bool, bool]:
    """Whether the writer is named before a place of a sentence, and whether as being something."""
    words = first_person(reading) | {"am"}
    first = max(reading.sentence_of(place)[0], place - most)
    told = [i for i in range(first, place) if reading.tokens[i].norm in words]
    # "I'm worn out with the newborn" tells of no writer that is one.
    led = [h.end for h in reading.told("person-preposition", within=(first, place))]
    near = (max(led, default=first), place)
    being = {i for hit in reading.told("age-being", within=near) for i in hit.extent}
    return bool(told), not being.isdisjoint(told)


def _is_young(age: Age) -> bool:
    """Whether somebody of an age cannot be who writes."""
    return age.years is not None and age.years < _WRITES


class _Told(Story):
    """What a text tells of the one whose story it is."""

    def person(self) -> Person:
        """The person of the case."""
        whose, kin = self.whose()
        age = self._age(whose, kin)
        if age is not None:
            self.reading.covered.update(range(age.start, age.end))
        expects = self._expecting(whose)
        sex = self._sex(whose, kin, age)
        if expects and sex is None:
            sex = "female"
        band = self._band(whose, kin, age)
        return Person(whose, None if age is None else age.years, sex, expects, band)

    def _age(self, whose: str, kin: Hit | None) -> Age | None:
        """The age that is the person's, not that of somebody else in the text."""
        if whose == SELF:
            ages = [a for a in self.ages if not (_is_young(a) and self._writes_of_self(a))]
            own = [a for a in ages if a.own and a.kin not in self.kin]
            free = [a for a in ages if self.is_free(a) and a.sure]
            return next(iter(own or free), None)
        if kin is None or whose == PATIENT:
            loose = [a for a in self.ages if a.kin not in self.kin or whose == CHILD]
            return next((a for a in loose if not a.own or _is_young(a)), None)
        name = self.reading.tokens[kin.end - 1].stem
        mine = [a for a in self.ages if a.kin and self.reading.tokens[a.kin.end - 1].stem == name]
        rest = [a for a in self.ages if not a.own and a.kin not in self.kin and a.sure]
        return next(iter(mine or rest), None)

    def _writes_of_self(self, age: Age) -> bool:
        """Whether all signs behind an age are the writer's: "a 3-week-old, and my lid twitches"."""
        reading = self.reading
        signs = [m for m in reading.mentions if reading.is_effect(m) and m.start >= age.end]
        return bool(signs) and all(self._is_mine_by_pronoun(age.end, m.start) for m in signs)

    def _is_mine_by_pronoun(self, start: int, end: int) -> bool:
        kinds = "pronoun-self", "pronoun-third"
        place = next((i for i in reversed(range(start, end)) if self.reading.is_word(i, *kinds)), 0)
        mine = place and self.reading.is_word(place, "pronoun-self")
        return bool(mine) and self._owned(place, end) is None

    def _band(self, whose: str, kin: Hit | None, age: Age | None) -> str | None:
        if age is not None:
            return age.band or (None if age.years is None else band_of(self.reading, age.years))
        for hit in self.reading.hits["band"]:
            if hit.start in self.events:
                continue
            first = self.reading.sentence_of(hit.start)[0]
            near = whose != SELF and kin is not None and abs(hit.start - kin.start) <= LOOK
            own = whose == SELF and _writes_before(self.reading, hit.start, LOOK)[1]
            named = whose == CHILD or hit.start - first <= LOOK
            if near or own or (whose != SELF and kin is None and named):
                return hit.get("band")
        return None

    def _sex(self, whose: str, kin: Hit | None, age: Age | None) -> str | None:
        for told in (None if age is None else age.sex, kin and gender_of(kin)):
            if told is not None:
                return told
        if age is not None and age.kin is not None and gender_of(age.kin) is not None:
            return gender_of(age.kin)
        if whose != SELF:
            near = [h for h in self.patients if h.start < 2 * LOOK and gender_of(h)]
            return (gender_of(near[0]) if near and whose in (PATIENT, CHILD) else None) or (
                self._by_pronoun()
            )
        return self._own_sex(age)

    def _own_sex(self, age: Age | None) -> str | None:
        """The sex of the writer, from what they say of themselves."""
        for hit in self.reading.hits["sex"]:
            before = {self.norm(i) for i in range(max(0, hit.start - LOOK), hit.start)}
            if is_denied(self.reading, hit.start, hit.end) or self._after_other(hit.start):
                continue
            own = "sex-fact" in hit.categories or (self.writer | {"am"}) & before
            near = age is not None and (
                0 <= hit.start - age.end <= 2 or 0 <= age.start - hit.end <= 1
            )
            here = hit.end in {h.start for h in self.reading.told("writer-mark")}
            if own or near or (here and hit.start <= LOOK):
                return hit.get("gender")
        for kin in self.kin:
            if self.is_writer(kin) and kin.get("converse") == CHILD and gender_of(kin):
                return gender_of(kin)
        partners = {
            gender_of(h)
            for h in self.kin
            if whose_of(h) == _PARTNER and self.norm(h.start - 1) not in self.genders
        } - {None}
        opposite = {"male": "female", "female": "male"}
        return opposite[partners.pop() or ""] if len(partners) == 1 else None

    def _after_other(self, place: int) -> bool:
        first = self.reading.sentence_of(place)[0]
        return any(first <= h.start < place and not in_range(place, h) for h in self.kin) or any(
            self.genders.get(self.norm(i)) for i in range(first, place)
        )

    def _by_pronoun(self) -> str | None:
        """The sex that the pronouns tell; None where they tell of two persons alike."""
        told = [g for t in self.reading.tokens if (g := self.genders.get(t.norm))]
        female = told.count("female")
        if 2 * female == len(told):
            return None
        return "female" if 2 * female > len(told) else "male"

    def _expecting(self, whose: str) -> bool | None:
        reading = self.reading
        for hit in reading.hits["expecting"]:
            sentence = reading.sentence_of(hit.start)
            before = sentence[0], hit.start
            others = {
                whose_of(h) for h in self.kin if sentence[0] <= h.start and h.end <= hit.start
            }
            if others and whose not in others:
                continue
            if is_denied(reading, hit.start, hit.end):
                return False
            over = reading.told("past", "resolution", within=before)
            lead = max(sentence[0], hit.start - 3), hit.start
            back = reading.told("past-lead", within=lead) or self.norm(hit.start - 1) == "my"
            if not back and not any(h.end <= hit.start for h in over):
                return True
        return True if any(self.weeks_along()) else None

    def weeks_along(self) -> Iterator[range]:
        """How far a woman is, as a bare count of weeks: "I'm 28wks", "expecting (34 weeks)"."""
        reading = self.reading
        for number in reading.numbers.values():
            unit = reading.longest("time", number.end)
            length = None if unit is None else unit.cue("time-unit")
            if (
                unit is not None
                and length is not None
                and float(length.properties["ft:cue-days"]) == _WEEK
                and number.value in _WEEKS_ALONG
                and self._opens(unit.end)
                and (self._is_woman(number.start) or self._is_of_expecting(number.start))
            ):
                yield range(number.start, unit.end)

    def _opens(self, place: int) -> bool:
        """Whether nothing goes on that tells what the weeks are of: "34 weeks, ..." or "and"."""
        reading = self.reading
        place += reading.is_small(place) or reading.norm(place) in _NOW
        return reading.is_mark(place) or bool(
            reading.told("conjunction", within=(place, place + 1))
        )

    def _is_of_expecting(self, place: int) -> bool:
        """Whether only marks and small words stand between words of expecting and a place."""
        while place and (self.reading.is_mark(place - 1) or self.reading.is_small(place - 1)):
            place -= 1
        return any(h.end == place for h in self.reading.hits["expecting"])

    def _is_woman(self, place: int) -> bool:
        """Whether the subject right before a place is the writer, or a woman."""
        reading = self.reading
        while reading.is_small(place - 1) or self.norm(place - 1) in ("am", "is"):
            place -= 1
        kin = next((h for h in self.kin if h.end == place), None)
        if kin is not None:
            return gender_of(kin) == "female" and whose_of(kin) != CHILD
        return self.norm(place - 1) in self.writer | {"am"}
