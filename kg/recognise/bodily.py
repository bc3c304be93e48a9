"""What is bodily among what was not understood of a text: it takes the reassurance away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.recognise.case import GUESSED, Unread
from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.leftover import counts, read_places, stretches
from kg.recognise.mentions import HARMLESS, Mention
from kg.recognise.reading import Reading, between

_ALARMS, _OF_PART = frozenset({"alarm-word"}), frozenset({"alarm-of-part"})
_JOINTS = frozenset({"alternative", "conjunction", "termination"})
_FEW, _REACH, _WITH = 6, 4, "with"  # words that matter by number; that tell of a part before


def find_unread(
    reading: Reading, used: list[Mention], guessed: Sequence[Mention] = (), *, calm: bool = False
) -> tuple[Unread, ...]:
    """The clauses that tell of the body what was not understood, in the order of the text.

    A clause counts when a word of alarm, of a sensation or of a movement in it belongs to nothing
    that was read, or when something is said of a part of the body that nothing accounts for. What
    the clause denies or supposes does not count, nor do figures of speech. A clause that is
    `guessed` or puzzles does, where nothing was read in it, unless it hardly tells of anything that
    could not wait and a sign is read, or is guessed to tell what is read elsewhere. In a text that
    is `calm` as a whole a clause that only may be grave counts where it names a part of the body.
    Of a sentence in another language the longest part counts.
    """
    found = _Bodily(reading, used).find()
    signs = [m for m in used if not m.denied and reading.is_effect(m)]
    told, doubts = {m.start for m in signs}, reading.doubts
    puzzles = [*reading.puzzles, *reading.trifles]
    if signs:
        puzzles, read = reading.puzzles, {m.id for m in signs if GUESSED not in m.marks}
        guessed = [m for m in guessed if HARMLESS not in m.marks and not _is_said(reading, m, read)]
    if signs and calm:
        doubts = [
            d for d in doubts if any(m.kind in PARTS for m in reading.inside((d.start, d.stop)))
        ]
    puzzles = [*puzzles, *doubts]
    unsure = [(m.extent, m.places) for m in guessed if GUESSED not in m.marks]
    guesses = [(reading.words_around(m.start), m.places) for m in guessed if GUESSED in m.marks]
    guesses += [(c, reading.inside((c.start, c.stop))) for c in puzzles]
    left = {place for s in stretches(reading, used) for place in s}
    guesses = [g for g in guesses if not _is_circumstance(reading, g[0], left)]
    for clause, near in unsure + [each for each in guesses if told.isdisjoint(each[0])]:
        first, last = reading.span(clause.start, clause.stop)
        if all(last <= u.span[0] or u.span[1] <= first for u in found):
            about = tuple(p.id for p in near if p.kind == "site")
            why = "body part" if calm and clause in doubts else "alarm"
            found.append(Unread((first, last), reading.text[first:last], why, about))
    for stretch in _foreign(reading, used) if not found else ():
        span = reading.span(stretch.start, stretch.stop)
        found.append(Unread(span, reading.text[slice(*span)], "another language"))
    return tuple(sorted(found, key=lambda u: u.span))


def _is_circumstance(reading: Reading, clause: range, left: set[int]) -> bool:
    """Whether a clause tells an age or the like, and nothing else: "and I am 30 now"."""
    return left.isdisjoint(clause) and any(
        place in clause and not reading.covered.isdisjoint(range(number.start, number.end))
        for place, number in reading.numbers.items()
    )


def _is_said(reading: Reading, guess: Mention, read: set[str]) -> bool:
    """Whether a guess only repeats what was read: "it's my eyelids, they have the twitches"."""
    own = reading.words.broader(guess.id)
    alike = any(name in own or guess.id in reading.words.broader(name) for name in read)
    return GUESSED in guess.marks and alike


def find_passed(
    reading: Reading, used: list[Mention], unread: Sequence[Unread]
) -> tuple[Unread, ...]:
    """The clauses with a bodily word that nothing accounts for, beside those that are unread.

    They are worth naming, and no more: nothing in them tells that something is wrong.
    """
    found = _Bodily(reading, used).pass_over()
    spans = [u.span for u in unread]
    return tuple(p for p in found if all(p.span[1] <= a or b <= p.span[0] for a, b in spans))


def _foreign(reading: Reading, used: list[Mention]) -> list[range]:
    """The sentences that seem to be in another language, as the stretch that they leave over.

    Hardly a small word of the language stands in them, and half of the other words were not read:
    what was read may be a chance likeness.
    """
    left_over, found = stretches(reading, used), []
    for first, last in reading.sentences:
        here = [s for s in left_over if first <= s.start and s.stop <= last]
        words = [p for p in range(first, last) if reading.tokens[p].kind == "word"]
        said = sum(reading.owner[p] is not None or reading.is_content(p) for p in words)
        left = sum(map(len, here))
        if left > _FEW and 2 * left > said and 10 * (len(words) - said) < len(words):
            found.append(max(here, key=len))
    return found


class _Bodily:
    """Looks through one text for what is bodily and was not read."""

    def __init__(self, reading: Reading, used: list[Mention]) -> None:
        self._reading = reading
        self._read = read_places(reading, used)
        self._aside = reading.taken("aside") - self._read
        self._used = used
        free = self._aside.isdisjoint
        self._parts = [m for m in reading.mentions if m.kind in PARTS and free(m.extent)]

    def find(self) -> list[Unread]:
        return self._each(self._why)

    def pass_over(self) -> list[Unread]:
        """The clauses of which nothing was read, with a bodily word and something said of it."""
        left = {place for s in stretches(self._reading, self._used) for place in s}
        return self._each(lambda first, last, parts: self._passed(left, first, last, parts))

    def _each(self, why: Callable[[int, int, list[Mention]], str | None]) -> list[Unread]:
        found: list[Unread] = []
        for first, last in self._clauses():
            unread = self._clause(first, last, why)
            if unread is not None and all(unread.span[0] >= u.span[1] for u in found):
                found.append(unread)
        return found

    def _passed(self, left: set[int], first: int, last: int, parts: list[Mention]) -> str | None:
        here = left.intersection(range(first, last))
        words: list[Hit | Mention] = [p for p in parts if self._is_meant(p, last)]
        words += self._reading.hits_inside("bodily", (first, last))
        bodily = [m for m in words if not here.isdisjoint(m.extent)]
        # "Botox for my forehead a week ago": the forehead is where that was done.
        told = {p for p in range(first, last) if self._reading.is_content(p)}
        told.difference_update(self._reading.covered, *(m.extent for m in bodily))
        understood = any(m.kind == "finding" for m in between(self._used, first, last))
        put_off = all(self._is_put_off(first, m) for m in bodily)
        if not (put_off or understood) and told:
            return "body part"
        return "unknown word" if any(self._is_own(here, place) for place in here) else None

    def _is_own(self, left: set[int], place: int) -> bool:
        """Whether a word that nobody knows is somebody's own, and something is said of it."""
        reading = self._reading
        unknown = place in left and not reading.words.lexicon.is_ordinary(reading.norm(place))
        links = (h.start == place + 1 for h in reading.hits_inside("link", (place, place + 2)))
        return unknown and reading.is_word(place - 1, "possessive") and any(links)

    def _clauses(self) -> list[tuple[int, int]]:
        clauses = []
        for first, last in self._reading.sentences:
            start = first
            for place in range(first + 1, last + 1):
                segment = self._reading.segment
                if place == last or segment[place] != segment[start]:
                    clauses.append((start, place))
                    start = place
        return clauses

    def _clause(
        self, first: int, last: int, judge: Callable[[int, int, list[Mention]], str | None]
    ) -> Unread | None:
        parts = between(self._parts, first, last)
        if (why := judge(first, last, parts)) is None:
            return None
        places = self._quoted(first, last)
        span = self._reading.span(places[0], places[-1] + 1)
        about = tuple(dict.fromkeys(m.id for m in parts if m.kind == "site"))
        return Unread(span, self._reading.text[span[0] : span[1]], why, about)

    def _why(self, first: int, last: int, parts: list[Mention]) -> str | None:
        """What makes the clause bodily and not understood; None when nothing does."""
        seen: set[str] = set()
        for hit in self._reading.hits_inside("bodily", (first, last)):
            known = not (self._read | self._aside).isdisjoint(hit.extent)
            if known or self._is_put_off(first, hit):
                continue
            if hit.categories & _ALARMS or (hit.categories & _OF_PART and parts):
                seen.add("alarm")
            elif "sensation-word" in hit.categories and (parts or self._stands_alone(hit, last)):
                seen.add("sensation")
            elif "movement-word" in hit.categories and parts:
                seen.add("movement")
        if seen:
            return min(seen)  # alarm before movement before sensation
        told = any(
            self._is_told_of(part, last) or self._is_left(part, first) or self._opens(part, last)
            for part in parts
        )
        return "body part" if told else None

    def _is_meant(self, part: Mention, last: int) -> bool:
        """Whether something may be told of a part: it is no everyday word, and no mere place.

        "Back to work" tells of no back, "I cover it with my hand" nothing of the hand.
        """
        reading, before = self._reading, part.start - 1
        words = (reading.norm(place) for place in part.extent)
        own = reading.is_word(before, "possessive")
        if all(map(reading.words.lexicon.is_ordinary, words)) and not own:
            return False
        sides = reading.taken("side")
        while reading.is_filler(before) or before in sides or reading.is_word(before, "possessive"):
            before -= 1
        led = reading.is_word(before, "place-preposition") or reading.norm(before) == _WITH
        alone = own and not any(m.kind == "finding" for m in self._used)
        return not led or alone or any(map(reading.is_content, range(part.end, last)))

    def _is_left(self, part: Mention, first: int) -> bool:
        """Whether a part that nothing was read of stands beside words that nothing read."""
        known = part.used or not self._read.isdisjoint(part.extent)
        if part.kind != "site" or known or self._is_put_off(first, part):
            return False
        beside = (part.start - 1, part.end)
        return any(
            0 <= place < len(self._reading.tokens)
            and place not in self._read | self._aside
            and self._reading.owner[place] is None
            and self._reading.is_content(place)
            for place in beside
        )

    def _opens(self, part: Mention, last: int) -> bool:
        """Whether somebody's own part begins what nothing read: "my leg has given up on me"."""
        reading, known = self._reading, self._read | self._aside
        before = part.start - 1
        while before in reading.taken("side"):
            before -= 1
        opens = before < 1 or reading.is_mark(before - 1) or reading.is_joint(before - 1)
        behind = range(part.end, min(last, part.end + _REACH))
        if part.used or not (opens and reading.is_word(before, "possessive")):
            return False
        if reading.told("negation", within=(part.end, last)) or not known.isdisjoint(part.extent):
            return False
        return known.isdisjoint(behind) and any(reading.tokens[i].kind == "word" for i in behind)

    def _stands_alone(self, hit: Hit, last: int) -> bool:
        """Whether the words are no mere attribute of some thing ("heavy workload")."""
        after = hit.end
        return after >= last or (
            self._reading.owner[after] is None and not self._reading.is_content(after)
        )

    def _is_put_off(self, first: int, hit: Hit | Mention) -> bool:
        """Whether a denial or a mere supposition stands before the words in their clause."""
        before = self._reading.told("negation", "hypothetical", within=(first, hit.start))
        return any(h.end <= hit.start for h in before)

    def _is_told_of(self, part: Mention, last: int) -> bool:
        """Whether a verb and words that nothing read follow a part that no finding has."""
        if part.used or not self._read.isdisjoint(part.extent):
            return False
        links = {h.start: h for h in self._reading.hits_inside("link", (part.end, last))}
        place = part.end
        while (
            place < last
            and place not in links
            and place not in self._read
            and not (counts(self._reading, place))
        ):
            place += 1
        link = links.get(place)
        if link is None:
            return False
        for after in range(link.end, min(last, link.end + _REACH)):
            if after in self._read or after in self._aside:
                return False
            if self._reading.is_content(after) and self._reading.tokens[after].kind == "word":
                return True
        return False

    def _quoted(self, first: int, last: int) -> range:
        """The words of the clause, without the marks and joints at its ends."""
        tokens, at = self._reading.tokens, self._reading.at
        while first < last - 1 and (
            tokens[first].kind == "mark"
            or (first in at and at[first].categories <= _JOINTS and at[first].start == first)
        ):
            first += 1
        while last > first + 1 and tokens[last - 1].kind == "mark":
            last -= 1
        return range(first, last)
