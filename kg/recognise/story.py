"""Whose story a text is: the writer's own, somebody's whom they know, or a patient's."""

from __future__ import annotations

from kg.recognise.ages import PATIENT, Age, find_ages, first_person
from kg.recognise.cues import Hit
from kg.recognise.nearby import is_written_so
from kg.recognise.reading import SELF, Reading
from kg.recognise.stems import stem

CHILD, _OTHER = "child", "other"
_GROWN = 16.0  # years from which nobody is somebody's child by age alone
LOOK = 4  # words between a person and what is said of them
_SHORTHAND = 2  # cues of a clinician's hand that outweigh a word of the first person


class Story:
    """The persons of a text: who is named where, and whose body the text tells of."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.norm = reading, reading.norm
        self.genders = reading.words.genders
        self.writer = first_person(reading)
        words = reading.words.cues.words
        self._owners = words["possessive"] & words["pronoun-self"]
        self.events = reading.taken("event")  # "she had a baby" goes on about her
        relations = [
            h
            for h in reading.hits["relation"]
            if h.start not in self.events and is_written_so(reading, h)
        ]
        self.ages = find_ages(reading, relations)
        self.kin = [h for h in relations if whose_of(h) != PATIENT]
        self.patients = [h for h in relations if whose_of(h) == PATIENT]

    def whose(self) -> tuple[str, Hit | None]:
        """Whose case it is, and the words that name the person, where there are any."""
        strong, own, third = self._bodies()
        writes = self._writes()
        first = next((a for a in self.ages if a.kin not in self.kin and not a.own), None)
        young = first is not None and first.years is not None and first.years < _GROWN
        if self._is_clinician(own > 0, writes or young):
            return PATIENT, next(iter(self.patients), None)
        if self.is_own():
            return SELF, None
        role = next((h for h in self.kin if self.is_writer(h)), None)
        subject = next((h for h in self.kin if h is not role and self._is_subject(h)), None)
        if self.reading.case != SELF:
            named = [
                h for h in self.kin if h is not role and self._is_case(h) and self._is_subject(h)
            ]
            subject = next(iter(named), subject)
            third = max(third, own + 1) if named or own == 0 else third
        elif subject is not None and strong == 0 and self._is_mine(subject):
            third += int(self._first_pronoun() < len(self.reading.tokens))  # it opens with them
        if subject is not None and third >= max(own, 1) and third > strong:
            return whose_of(subject), subject
        if role is not None and third >= own:
            return role.get("converse"), None
        head = first is not None and first.start < 2 * LOOK
        goes_on = own == 0 or self._first_pronoun() < len(self.reading.tokens)
        if first is not None and young and head and strong == 0 and goes_on:
            remote = self.norm(first.start - 1) in ("a", "an") and not self._writes(also_us=True)
            return (PATIENT if remote or self._hands() >= _SHORTHAND else CHILD), None
        if third > own and self._first_pronoun() < len(self.reading.tokens):
            return (CHILD if young or self._is_small() else _OTHER), None
        return SELF, None

    def is_own(self) -> bool:
        """Whether every sign is the writer's by the word right before it ("my lid twitches")."""
        reading = self.reading
        signs = [m for m in reading.mentions if reading.is_effect(m) and not m.dropped]
        return reading.case == SELF and bool(signs) and all(self._is_bound(m.start) for m in signs)

    def _is_bound(self, place: int) -> bool:
        reading, sides = self.reading, self.reading.taken("side")
        having = {h.end: h for h in reading.told("age-having")}
        for before in range(place, max(-1, place - LOOK - 1), -1):
            if before in having:
                return self.norm(having[before].start) in self.writer
            if self.norm(before) in self._owners:
                return True
            if before < place and not (reading.is_small(before) or before in sides):
                return False
        return False

    def _is_case(self, hit: Hit) -> bool:
        return self.reading.tokens[hit.end - 1].stem == stem(self.reading.case)

    def _writes(self, also_us: bool = False) -> bool:
        """Whether somebody writes of themselves at all ("5 mg IM" names no writer)."""
        text, selves = self.reading.text, self.reading.words.cues.words["pronoun-self"] - {"am"}
        words = selves if also_us else self.writer
        return any(t.norm in words and text[t.start : t.end] != "IM" for t in self.reading.tokens)

    def _is_mine(self, hit: Hit) -> bool:
        """Whether the text opens with "my son": with somebody who belongs to the writer."""
        return hit.start < 2 * LOOK and not self._owners.isdisjoint(
            self.norm(i) for i in (hit.start - 1, hit.start)
        )

    def _bodies(self) -> tuple[int, float, float]:
        """How often the text tells of the writer's own body, and of that of another.

        "My lip" (counted first, by itself) is surely the writer's; "I saw a twitch" counts half.
        """
        reading = self.reading
        selves = self.reading.words.cues.words["pronoun-self"]
        kin = {h.end - 1: h for h in self.kin}
        aged = {a.end - 1 for a in self.ages if not self.is_free(a)}
        strong = weak = third = 0
        for mention in reading.mentions:
            bodily = mention.kind in ("site", "body-part") or reading.is_effect(mention)
            if mention.dropped or not bodily:
                continue
            first = reading.sentence_of(mention.start)[0]
            for place in range(mention.start, first - 1, -1):
                norm = self.norm(place)
                if place in aged:
                    third += 1
                elif norm in selves and norm != "am" and self._owned(place, mention.start) is None:
                    strong += norm == "my"
                    weak += norm != "my"
                elif self.genders.get(norm) or (
                    place in kin and place < mention.start and not self._reports(kin[place])
                ):
                    third += 1
                else:
                    continue
                break
        return strong, strong + weak / 2, third

    def _owned(self, place: int, end: int) -> Hit | None:
        """The person whom a possessive belongs to ("my son's cheek")."""
        return next((h for h in self.kin if place <= h.start <= place + 3 and h.end <= end), None)

    def is_free(self, age: Age) -> bool:
        """Whether an age is said of nobody else: "my 18-month-old never sleeps" is."""
        if age.kin in self.kin or self._owners & {self.norm(age.start - i) for i in (1, 2)}:
            return False
        lead = range(self.reading.sentence_of(age.start)[0], age.start + 1)
        return not any(self.genders.get(self.norm(i)) for i in lead)

    def _reports(self, hit: Hit) -> bool:
        near = hit.end, hit.end + LOOK + 1
        return bool(self.reading.told("reporting-verb", within=near))

    def _first_pronoun(self) -> int:
        tokens = self.reading.tokens
        return next((i for i, t in enumerate(tokens) if self.genders.get(t.norm)), len(tokens))

    def _is_subject(self, hit: Hit) -> bool:
        """Whether the text sets out to tell of the person, who is no mere bystander."""
        before = self.norm(hit.start - 1)
        if self._reports(hit) or before in self.genders or hit.start > self._first_pronoun():
            return False
        beside = {h.end for h in self.reading.told("bystander")}
        return not beside & {hit.start, hit.start - 1}

    def is_writer(self, hit: Hit) -> bool:
        """Whether the writer is named by what they are to the other: "mum of a 7yo here"."""
        writes = hit.end in {h.start for h in self.reading.told("writer-mark")}
        return bool(hit.get("converse")) and hit.start <= LOOK and writes

    def _is_clinician(self, own: bool, writes: bool) -> bool:
        hands = self._hands()
        near = (a for a in self.ages if a.start < 2 * LOOK)
        lettered = any(a.sex is not None and a.kin is None for a in near)
        charge = any(
            self.norm(i) in self._owners for h in self.patients for i in (h.start, h.start - 1)
        )
        marked = bool(self.patients and self.patients[0].start < 2 * LOOK) or lettered
        if self._is_note() or (charge and not self._says_i()):
            return True
        if charge or (marked and hands >= _SHORTHAND):
            return not own or hands >= _SHORTHAND
        marked = marked or hands > _SHORTHAND
        return marked and not writes and not own and not any(self._is_case(h) for h in self.kin)

    def _is_note(self) -> bool:
        """Whether a text opens as notes do, and nobody in it says "I": "Man of 26, bitten by"."""
        if self._says_i() or any(map(self._is_mine, self.kin)):
            return False
        head = [a for a in self.ages if a.start < 2 * LOOK and not a.own]
        counted = {n.start - 1 for n in self.reading.numbers.values() if n.start <= LOOK}
        named = any(h.start <= 1 for h in self.patients) or any(
            self.reading.is_word(i, "bearer-noun") for i in range(3)
        )
        if named and (head or any(self.norm(i) == "of" for i in counted)):
            return True
        told = any(self.genders.get(self.norm(a.start - i)) for a in head for i in (1, 2))
        plain = not told and any(a.kin is None or a.kin in self.patients for a in head)
        third = self._first_pronoun() < len(self.reading.tokens)
        return plain and (third or self._hands() >= _SHORTHAND)

    def _says_i(self) -> bool:
        """Whether one person writes of oneself: "our ward" is nobody's body."""
        selves = self.reading.words.cues.words["pronoun-self"] - {"am"}
        words = {w for w in selves if not w.startswith(("we", "us", "our"))}
        text = self.reading.text
        return any(t.norm in words and text[t.start : t.end] != "IM" for t in self.reading.tokens)

    def _hands(self) -> int:
        """How many words are shorthand of those who treat patients."""
        return len(self.reading.told("clinician-word"))

    def _is_small(self) -> bool:
        return any(h.get("band") in ("newborn", "infant", "child")
                   for h in self.reading.hits["band"])  # fmt: skip


def whose_of(hit: Hit) -> str:
    """Who a word for a person is to the writer."""
    return hit.get("whose")


def gender_of(hit: Hit) -> str | None:
    """The sex that a word for a person tells."""
    return hit.get("gender") or None
