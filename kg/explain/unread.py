"""What to ask first: what the words about the body meant that nothing understood."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import Final

from kg.explain.cite import short
from kg.explain.model import NextQuestion
from kg.explain.wording import listed
from kg.recognise.case import Case, Unread
from kg.view import View

_WANTS: Final = "ft:has-criterion"
MOST: Final = 3  # clauses that are named
_NAMED: Final = 4  # signs named in one question
# What is alarming is asked first.
_ORDER: Final = ("alarm", "movement", "body part", "sensation")
_LONG: Final = 60  # characters of a clause that are quoted


class UnreadQuestions:
    """Asks what unread words meant, and names the signs of the highest level that they could be.

    Those are the ones at the part of the body that the words name; where there are none, the ones
    that are dangerous alone.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        levels = [s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"]
        highest = max(levels, key=lambda s: (s.rank or 0, s.id), default=None)
        self._level = highest
        self._flags = [
            flag.id
            for flag in view.with_role("ft:red-flag-kind")
            if highest is not None and highest.id in view.objects(flag.id, "ft:has-urgency")
        ]
        self._alone = [f for f in self._flags if len(view.objects(f, _WANTS)) == 1]
        self._held_by = Counter(c for f in self._flags for c in view.objects(f, _WANTS))

    def left(self, case: Case) -> list[Unread]:
        """The clauses about the body that were not understood, the most alarming first."""
        return [*sorted(case.unread, key=lambda u: (_rank(u), u.span)), *case.passed]

    def ask(self, case: Case) -> tuple[NextQuestion, ...]:
        """The questions about a case, the most alarming words first, at most three.

        Where nothing else can be said, what was passed over is asked about too.
        """
        ranked = [u for u in self.left(case) if u in case.unread or not case.in_scope]
        return tuple(self._question(unread, self._guess(case, unread)) for unread in ranked[:MOST])

    def _guess(self, case: Case, unread: Unread) -> str | None:
        """What the second reader takes the words for."""
        first, last = unread.span
        return next(
            (f.id for f in case.findings if f.is_guess and f.span and first <= f.span[0] < last),
            None,
        )

    def _question(self, unread: Unread, guess: str | None) -> NextQuestion:
        here = [f for f in self._flags if self._is_at(f, unread.about)]
        flags = here or self._alone
        signs = self.signs(unread.about)
        why = "these words were not understood"
        if signs and self._level is not None:
            names = listed([self._view.lay(s) or self._view.label(s) for s in signs], "or")
            why += f"; if they mean {names}, the level is: {self._level.label}"
        asked = f"What did you mean by “{quoted(unread)}”?"
        if guess is not None:
            name = self._view.lay(guess) or self._view.label(guess)
            asked = f"By “{quoted(unread)}”, do you mean this: {name}?"
        return NextQuestion(
            id=f"unread:{unread.span[0]}-{unread.span[1]}",
            text=asked,
            why=why,
            separates=tuple(
                dict.fromkeys(c for f in flags for c in self._view.objects(f, "ft:indicates"))
            ),
            gain=0.0,
            raises=short(self._level.id) if signs and self._level is not None else None,
            quote=unread.text,
            could_be=tuple(signs),
        )

    def signs(self, about: tuple[str, ...]) -> list[str]:
        """The signs of the highest level at the places; else those that are dangerous alone.

        Those by which most flags hold come first.
        """
        flags = [f for f in self._flags if self._is_at(f, about)]
        about = about if flags else ()
        flags = flags or self._alone
        held = {f: max(self._held_by[c] for c in self._view.objects(f, _WANTS)) for f in flags}
        ordered = sorted(flags, key=lambda f: (f not in self._alone, -held[f], f))
        criteria = dict.fromkeys(
            c
            for f in ordered
            for c in self._view.objects(f, _WANTS)
            if not about or self._lies(c, about)
        )
        return list(criteria)[:_NAMED]

    def _is_at(self, flag: str, about: tuple[str, ...]) -> bool:
        return any(self._lies(c, about) for c in self._view.objects(flag, _WANTS))

    def _lies(self, criterion: str, about: tuple[str, ...]) -> bool:
        """Whether a sign is at one of the places, at a part of it, or at what it is a part of."""
        own = self._view.objects(criterion, "ft:located-in")
        return any(
            place in self.within(site) or site in self.within(place)
            for site in about
            for place in own
        )

    def within(self, place: str) -> list[str]:
        """The place and all that it is a part of."""
        order = [place]
        for item in order:
            order += [o for o in self._view.objects(item, "ft:part-of") if o not in order]
        return order


def quoted(unread: Unread) -> str:
    """The words of a clause; of a long one as many as tell which it is."""
    return shorten(unread.text, _LONG, placeholder="…")


def _rank(unread: Unread) -> int:
    return _ORDER.index(unread.why) if unread.why in _ORDER else len(_ORDER)
