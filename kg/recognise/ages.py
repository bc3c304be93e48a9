"""Ages: how old the text says that somebody is ("62F", "my 12 yr old", "in her fifties")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.mentions import Number
from kg.recognise.reading import Reading

PATIENT = "patient"
_WEEK = 7.0
_BABY_WEEKS = 20  # weeks up to which a baby's age is told in weeks
_YEAR = 365.0
_OLDEST = 115
_HOUR = 0.04  # days, just under an hour: nobody's age is told in minutes
_LONE = 16  # years from which a number that stands alone may be an age
_AFTER_GREETING = frozenset(",-–—:")
_HEAD = 6  # words of the text within which it may stand
_JOINED = frozenset(("-", "/", "%", ":", "°", "x", "+"))


class Age(NamedTuple):
    """An age that is told: the words, years or band, sex, and whose it is."""

    start: int
    end: int
    years: float | None
    band: str | None = None
    sex: str | None = None
    kin: Hit | None = None  # the person who is named beside it
    own: bool = False  # said in the first person
    sure: bool = True  # False for what could be a length of time as well


def first_person(reading: Reading) -> frozenset[str]:
    """The words with which one writes of oneself alone."""
    return frozenset(w for w in reading.words.cues.words["pronoun-self"] if w.startswith("i"))


def find_ages(reading: Reading, kin: Sequence[Hit]) -> list[Age]:
    """The ages that a text tells, in order; `kin` are the persons that it names."""
    finder = _Finder(reading, kin)
    found = [age for n in reading.numbers.values() if (age := finder.age(n)) is not None]
    return sorted([*found, *finder.decades()], key=lambda a: a.start)


class _Finder:
    def __init__(self, reading: Reading, kin: Sequence[Hit]) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.kin_from = {h.start: h for h in kin}
        self.kin_to = {h.end: h for h in kin}
        self.words_to = {h.end: h for h in reading.hits["aged"]}
        self.words_from = {h.start: h for h in reading.hits["aged"]}
        self.own = first_person(reading) | {"am"}
        self.spans = {h.end for h in reading.told("span-lead")}
        self.events = reading.taken("event")
        self.named = reading.taken("person")
        self.others = reading.words.cues.words["pronoun-third"]
        self.firsts = {first for first, _ in reading.sentences}
        self.letters = {
            c.text: c.properties["ft:cue-gender"]
            for c in reading.words.cues.by_category.get("sex-letter", ())
        }

    def age(self, number: Number) -> Age | None:
        """The age that a number tells."""
        unit = self.reading.longest("time", number.end)
        if not 0 < number.value <= _OLDEST or (unit is not None and self._is_ago(unit.end)):
            return None  # "twenty years ago, my mother"
        if number.start in self.named:
            return None  # "my middle one, she's eight"
        found = self._lettered(number) or self._stroked(number)
        return found or self._counted(number) or self._bare(number)

    def decades(self) -> list[Age]:
        """What only tells the decade: "in her fifties"."""
        found = []
        for hit in self.reading.hits["decade"]:
            lead = self.words_to.get(hit.start)
            told = lead is not None and "decade-lead" in lead.categories
            start = lead.start if lead is not None and told else hit.start
            sex = self._letter(start - 2) if self.reading.norm(start - 1) == "," else None
            if told or sex is not None:
                band = band_of(self.reading, float(hit.get("value")))
                found.append(Age(hit.start, hit.end, None, band, sex, self._before(start)))
        return found

    def _letter(self, place: int) -> str | None:
        return self.letters.get(self.reading.norm(place))

    def _lettered(self, number: Number) -> Age | None:
        """A number beside a letter for the sex: "22f", "F 31", "(m, 33)"."""
        place, end = number.start, number.end
        token = self.tokens[place]
        if token.kind != "number":
            return None
        for other in (end, place - 1, place - 2):
            sex = self._letter(other)
            if sex is None or (
                other == place - 2 and self.reading.norm(place - 1) not in (",", "/")
            ):
                continue
            letter = self.tokens[other]
            joined = letter.start == token.end or letter.end == token.start
            before = self.reading.norm(other - 1)
            greeted = before in _AFTER_GREETING and other < _HEAD
            opens = other in self.firsts or before == "(" or greeted
            upper = self.reading.text[letter.start : letter.end].isupper()
            if joined or (upper and other != place - 2) or (opens and self.reading.is_mark(end)):
                first, last = min(other, place), max(other + 1, end)
                years = number.value * self._fraction(end) / _YEAR
                return Age(first, last, years, None, sex, self._before(first))
        return None

    def _stroked(self, number: Number) -> Age | None:
        """A number over the unit of a clinician beside a person: "6/12 boy", "baby, 3/52"."""
        days = self._fraction(number.end)
        if days == _YEAR:
            return None
        end = number.end + 2
        sex, behind, before = (
            self._sex(end),
            self._behind(end, near=True),
            self._before(number.start),
        )
        old = any(h.start == end and "age" in h.categories for h in self.reading.hits["time"])
        if (
            sex is None
            and behind is None
            and not old
            and (before is None or not self._is_closed(end))
        ):
            return None
        return Age(
            number.start, end, round(number.value * days / _YEAR, 4), None, sex, behind or before
        )

    def _fraction(self, place: int) -> float:
        """The days of the unit behind a stroke ("37/7"); a year where there is none."""
        unit = self.reading.longest("time", place + 1) if self.reading.norm(place) == "/" else None
        cue = None if unit is None else unit.cue("clinical-fraction")
        if cue is not None:
            return float(cue.properties["ft:cue-days"])
        return _YEAR

    def _counted(self, number: Number) -> Age | None:
        """A number with a unit: "9 days old", "11yo son", "our son, 6 months.", "20 months, …"."""
        end, days, old = number.end, _YEAR, False
        while not old:
            end += self.reading.norm(end) == "-"
            unit = self.reading.longest("time", end)
            length = None if unit is None else unit.cue("time-unit")
            old = unit is not None and "age" in unit.categories
            if unit is None or (length is None and not old):
                break
            if length is not None and not old:
                days = float(length.properties["ft:cue-days"])
            end = unit.end
        if end == number.end or (old and self._of_finding(number.start)):
            return None
        if not (old or self.events.isdisjoint(range(number.end, end + 1))):
            return None  # "she is five weeks postpartum"
        if days < (_HOUR if old else 1):
            return None  # "ten minutes and over"
        years = round(number.value * days / _YEAR, 4)
        behind, before = self._behind(end, near=not old), self._before(number.start)
        baby = behind is not None and behind.get("whose") == "child"
        if not (old or baby) and number.start in self.spans:
            return None  # "within two months mum went grey"
        child = before is not None and before.get("whose") == "child"
        lead = self.words_to.get(number.start)
        named = before is not None and before.end == number.start  # "the baby's eleven days."
        linked = lead is not None or named or self.reading.is_mark(number.start - 1)
        set_off = linked and self._is_closed(end)
        third = lead is not None and "age-being" in lead.categories and set_off
        head = number.start in self.firsts and number.start < _HEAD
        own = self._is_own(number.start)
        having = lead is not None and "age-having" in lead.categories and days == _YEAR
        sure = old or behind is not None or (child and set_off) or (third and not own)
        sure |= having and self._is_closed(end)
        # A baby so old is counted in months: the weeks are those of a pregnancy.
        expected = days == _WEEK and number.value > _BABY_WEEKS
        if not sure and (expected or not (head and self.reading.is_mark(end))):
            return None
        sex = self._sex(end)
        return Age(number.start, end, years, None, sex, behind or before, own, sure)

    def _is_ago(self, place: int) -> bool:
        """Whether a length of time is counted back from now."""
        told = self.reading.longest("time", place)
        return told is not None and "ago" in told.categories

    def _of_finding(self, place: int) -> bool:
        """Whether it is a finding that is so old: "the twitch is three weeks old"."""
        lead, reading = self.words_to.get(place), self.reading
        if lead is None or reading.norm(lead.start) in self.own:
            return False
        first = reading.sentence_of(place)[0]
        before = range(first, lead.start)
        people = any(i in self.kin_from or reading.norm(i) in self.others for i in before)
        return not people and any(m.start in before and reading.is_effect(m)
                                  for m in reading.mentions)  # fmt: skip

    def _bare(self, number: Number) -> Age | None:
        """A number alone: "I'm 31", "aged 40", "my dad, 77,", "43. Four days ago …"."""
        place, end, value = number.start, number.end, number.value
        if (
            value < 1
            or self.reading.norm(end) in _JOINED
            or self.reading.norm(place - 1) in _JOINED - {":"}
        ):
            return None
        lead = self._lead(place)
        own, kin = self._is_own(place), self._before(place)
        made = Age(place, end, value, None, self._sex(end), kin, own)
        if lead is not None and "age-lead" in lead.categories:
            return made
        if not self._is_closed(end):
            return None
        if lead is not None and "age-being" in lead.categories:
            return made
        if kin is not None:
            return made
        if value < _LONE:
            return None
        first = place in self.firsts
        if first and place < _HEAD:
            return made
        listed = self.reading.norm(place - 1) == "," and place < self.reading.sentences[0][1]
        if (listed and place <= _HEAD) or (first and self.reading.norm(end) == ","):
            return made if self.reading.is_mark(end) else None
        return None

    def _is_closed(self, end: int) -> bool:
        """Whether what stands behind a number lets it be an age."""
        follow = self.words_from.get(end)
        told = (
            self.reading.is_mark(end) or self._sex(end) is not None or self._behind(end) is not None
        )
        return told or (follow is not None and "age-after" in follow.categories)

    def _lead(self, place: int) -> Hit | None:
        """The words right before a number that make it an age: "I'm only"."""
        lead = self.words_to.get(place)
        if lead is not None and not lead.categories & {"age-lead", "age-being"}:
            return self.words_to.get(lead.start) if "age-link" in lead.categories else None
        return lead

    def _is_own(self, place: int) -> bool:
        first = self.reading.sentence_of(place)[0]
        return any(self.reading.norm(i) in self.own for i in range(max(first, place - 3), place))

    def _sex(self, place: int) -> str | None:
        """The sex that a word right behind an age tells."""
        letter = self._letter(place)
        if letter is not None:
            return letter
        for hit in self.reading.hits["sex"]:
            if place <= hit.start <= place + 1:
                return hit.get("gender")
        return None

    def _behind(self, place: int, near: bool = False) -> Hit | None:
        return self.kin_from.get(place) or (None if near else self.kin_from.get(place + 1))

    def _before(self, place: int) -> Hit | None:
        """The person who is named right before: "dad, 77", "our daughter (11)"."""
        for _ in range(3):
            if place in self.kin_to:
                return self.kin_to[place]
            lead = self.words_to.get(place)
            if lead is not None and lead.categories & {"age-link", "age-lead"}:
                place = lead.start
            elif self.reading.norm(place - 1) in (",", "(", "-"):
                place -= 1
            else:
                break
        return self.kin_to.get(place)


def band_of(reading: Reading, years: float) -> str | None:
    """The band that an age falls in."""
    bands = [
        (float(cue.properties["ft:cue-days"]), cue.properties["ft:cue-band"])
        for cue in reading.words.cues.by_category.get("age-band", ())
    ]
    return max((b for b in bands if b[0] <= years * _YEAR), default=(0.0, None))[1]


def in_range(place: int, hit: Hit) -> bool:
    """Whether a token is one of the words of a cue."""
    return hit.start <= place < hit.end
