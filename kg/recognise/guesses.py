"""Guesses: a corrected or doubtful word that would be a grave sign is asked about, not believed."""

from __future__ import annotations

from kg.recognise.case import GUESSED
from kg.recognise.mentions import HARMLESS, LIKELY, Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading, Words
from kg.recognise.senses import OTHER_SENSE
from kg.view import View

__all__ = ["Guesses"]

_DOUBTFUL = frozenset({OTHER_SENSE, GUESSED})


class Guesses:
    """Knows which signs of a view are too grave to be read from a doubtful word."""

    def __init__(self, words: Words, places: Places) -> None:
        self._words, self._places = words, places
        self.grave = _grave(words.view)

    def take_out(self, reading: Reading) -> list[Mention]:
        """Take out what a corrected or doubtful word makes a grave sign: it is asked about."""
        found = [
            m
            for m in reading.mentions
            if (m.fuzzy or (not m.marks.isdisjoint(_DOUBTFUL) and LIKELY not in m.marks))
            and m.kind == "finding"
            and self._is_grave(m)
        ]
        for mention in found:
            mention.dropped = True
            mention.marks.discard(HARMLESS)
            for place in mention.places if GUESSED in mention.marks else ():
                place.used = False  # a guess makes no place understood
        return [m for m in found if not (m.denied or m.asked)]

    def _is_grave(self, mention: Mention) -> bool:
        placed = (self._places.at(mention.id, p.id) for p in mention.places if p.kind == "site")
        ids = {mention.id, *(i for i in placed if i is not None)}
        return any(self._words.broader(i) & self.grave for i in ids)


def _grave(view: View) -> frozenset[str]:
    """The signs that alone, without any other, call for more than an ordinary visit."""
    found: set[str] = set()
    for flag in view.with_role("ft:red-flag-kind"):
        criteria = view.objects(flag.id, "ft:has-criterion")
        levels = (view.scales.get(u) for u in view.objects(flag.id, "ft:has-urgency"))
        if len(criteria) == 1 and any(s is not None and (s.rank or 0) > 1 for s in levels):
            found.update(criteria)
    return frozenset(found)
