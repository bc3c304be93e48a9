"""How a warning sign is put: as one that comes suddenly where that matters, and of whose age."""

from __future__ import annotations

import re
from typing import Final

from kg.explain.phrasing import Phrasing
from kg.explain.teller import Teller

_ARTICLE: Final = re.compile(r"^(an? )(?=weak)")
_SUDDEN: Final = "ft:shown-by-recovery"  # the role of what came on suddenly
_INFANTS: Final = ("newborn", "infant")
_TWO_YEARS: Final = 2.0
_PAIR: Final = 2  # criteria of a flag that tells how old a sign is


class Noticed:
    """Words the warning signs of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        rows = teller.view.cues.get("circumstance-row", ())
        self._babies = {
            row.properties["ft:cue-concept"]
            for row in rows
            if not {*_INFANTS}.isdisjoint(row.properties.get("ft:row-state", "").split())
        }

    def named(self, v: Phrasing, sign: str) -> str:
        """A sign by its name, as one that comes suddenly where it presses less when it is old."""
        name = v.name(sign)
        return suddenly(name) if self._has_slow(sign) else name

    def is_of_age(self, sign: str) -> bool:
        """Whether a sign can be of this person: not what shows in babies alone, of others."""
        person, objects = self._t.case.person, self._t.view.objects
        if person.band is None or person.band in _INFANTS:
            return True
        if person.age_years is not None and person.age_years < _TWO_YEARS:
            return True
        shown = self._t.view.subjects("ft:has-finding", sign)
        return not shown or any(
            self._babies.isdisjoint(objects(c, "ft:has-setting")) for c in shown
        )

    def _has_slow(self, sign: str) -> bool:
        """Whether a flag calls a sudden one an emergency, and another an old one less."""
        subjects, objects = self._t.view.subjects, self._t.view.objects
        highest = f"ft:{self._t.tools.highest}"
        flags = {
            flag: highest in objects(flag, "ft:has-urgency")
            for flag in subjects("ft:has-criterion", sign)
            if len(objects(flag, "ft:has-criterion")) <= _PAIR
        }
        came = (c.id for c in self._t.view.with_role(_SUDDEN))
        sudden = {flag for c in came for flag in subjects("ft:has-criterion", c)}
        return any(flags[f] for f in sudden & flags.keys()) and not all(flags.values())


def suddenly(name: str) -> str:
    """The name of a weak part as of one that grows weak suddenly; any other as it is.

    >>> suddenly("a weak leg"), suddenly("a face that droops")
    ('a suddenly weak leg', 'a face that droops')
    """
    return _ARTICLE.sub(r"\1suddenly ", name)
