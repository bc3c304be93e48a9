"""When to see a doctor: the few warning signs that would mean most here.

A sign is worth the probability, given the case, of what it would point to and of showing there,
times what waiting would cost. It counts less where its flag has nothing to do with the case or it
lies at another part of the body, and where a sign before it points to the same thing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from kg.explain.model import WatchFlag
from kg.explain.phrasing import Phrasing, capital
from kg.explain.summary import Told
from kg.explain.teller import Teller

__all__ = ["Signs"]

_MOST: Final = 5
_CARE: Final = 2
_COST: Final = 5.0  # each level of urgency makes waiting so much dearer
_RATE: Final = 0.3  # how often a condition shows a sign where no source says
_AGAIN: Final = 0.3  # what is left of the worth of a sign that points to the same as one before
_TOGETHER: Final = 0.3  # signs that have to come together
# What a sign counts whose flag is met in part or not, at the place of the case or not.
_NEAR: Final = {(True, True): 1.0, (False, True): 0.5, (True, False): 0.1, (False, False): 0.0}


class _Sign(NamedTuple):
    """A sign, or a flag that wants several, and what raises it."""

    worth: float
    name: str
    flag: WatchFlag


class Signs:
    """Chooses the warning signs of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._view = teller.view
        self._here: dict[str, bool] = {}

    def told(self) -> tuple[Told, ...]:
        """What care is called for now, then the signs by level, the most urgent first."""
        kept = self._chosen()
        levels = dict.fromkeys(s.flag.level for s in kept)
        highest = self._t.tools.highest
        urgent = () if highest in levels else self.urgent([s.name for s in kept])
        ordered = sorted(levels, key=lambda level: -self._t.rank(level))
        groups = ([s for s in kept if s.flag.level == level] for level in ordered)
        return (*self._care(), *urgent, *(
            self._level(g[0].flag.level, [s.name for s in g], [c for s in g for c in s.flag.claims])
            for g in groups
        ))  # fmt: skip

    def urgent(self, known: Collection[str] = ()) -> tuple[Told, ...]:
        """Signs of the highest level: at the parts that were spoken of, then the gravest ones."""
        highest = self._t.tools.highest
        asked = [sign for q in self._t.told.questions for sign in q.could_be]
        grave = self._grave(highest)
        kept: list[str] = []
        for sign in dict.fromkeys((*asked, *filter(self._is_here, grave), *grave)):
            kin = self._t.kin(sign)
            if sign in grave and self._open(sign) and not kin.intersection((*kept, *known)):
                kept.append(sign)
        kept = kept[: max(2, _MOST - len(known))]
        return (self._level(highest, kept, ()),) if kept else ()

    def _grave(self, level: str) -> list[str]:
        """The signs that raise a case to a level by themselves, those of most flags first."""
        flags = [f for f in self._t.told.urgency.watch_for if f.level == level]
        alone = {f.missing[0] for f in flags if len(f.missing) == 1}
        counted = {sign: sum(sign in f.missing for f in flags) for sign in alone}
        kinds = (n for sign in alone for n in self._t.tools.taxonomy.narrower(sign))
        ordered = sorted(counted, key=lambda s: (-counted[s], s))
        signs = self._t.tools.signs
        return [s for s in dict.fromkeys((*ordered, *sorted(kinds))) if s in signs]

    def _care(self) -> tuple[Told, ...]:
        """Whom to see and what to have tested, where a raised flag calls for it."""
        called = self._t.called_for("ft:names-doctor", "ft:names-test", raised=True)
        first = list(called)[:_CARE]
        claims = [c for name in first for c in called[name]]
        told = self._t.say(lambda v: f"{v.names(first)}.", claims, lead="Advised now:", about=first)
        return (told,) if first else ()

    def _level(self, level: str, signs: list[str], claims: Sequence[str]) -> Told:
        lead, most = f"{capital(self._t.level_word(level))} if you notice:", len(signs)

        def words(v: Phrasing) -> str:
            return f"{v.names(signs, 'or')}."

        return self._t.say(words, claims, lead=lead, about=signs, most=most)

    def _chosen(self) -> list[_Sign]:
        left = sorted(self._all(), key=self._place)
        kept: list[_Sign] = []
        while left and len(kept) < _MOST:
            sign = left.pop(0)
            if self._told_already(sign, kept):
                continue
            kept.append(sign)
            left = [
                s._replace(worth=s.worth * _AGAIN) if self._points(s) & self._points(sign) else s
                for s in left
            ]
            left.sort(key=self._place)
        return kept

    def _place(self, sign: _Sign) -> tuple[float, int, str]:
        return -sign.worth, len(self._view.label(sign.name)), sign.name

    def _all(self) -> list[_Sign]:
        """The best flag of each sign that is open; what wants several goes by the flag's name."""
        tools = self._t.tools
        ranks, now = tools.ranks, self._t.rank(self._t.level)
        best: dict[str, _Sign] = {}
        for flag in self._t.told.urgency.watch_for:
            if flag.asked or ranks.get(flag.level, 0) <= now:
                continue
            several = len(flag.missing) > 1
            name = flag.id if several else "".join(flag.missing)
            is_sign = tools.noticed.issuperset(flag.missing) if several else name in tools.signs
            if not is_sign or not self._open(name):
                continue
            worth = max(self._nearness(flag, sign) for sign in flag.missing)
            worth *= _TOGETHER if several else 1.0
            if worth:
                worth *= min(self._worth(flag, sign) for sign in flag.missing)
            # A sign is told at the highest level that it would raise.
            known = best.get(name, _Sign(0.0, name, flag))
            worse = max(known.flag, flag, key=lambda f: ranks.get(f.level, 0))
            best[name] = _Sign(max(worth, known.worth), name, worse)
        return [sign for sign in best.values() if sign.worth > 0.0]

    def _points(self, sign: _Sign) -> set[str]:
        return set(self._view.objects(sign.flag.id, "ft:indicates"))

    def _open(self, sign: str) -> bool:
        """Whether a sign, or all that a flag asks for, is neither there nor denied."""
        reading = self._t.reading
        criteria = self._view.objects(sign, "ft:has-criterion") or (sign,)
        known = sign in reading.met or sign in self._t.shown
        return not known and not any(map(reading.mostly_denied, criteria))

    def _told_already(self, sign: _Sign, before: list[_Sign]) -> bool:
        """Whether one of those before is the same in other words, or wants the same as well."""
        name, kin = self._t.plain.name, self._t.kin(sign.name)
        wanted = set(sign.flag.missing)
        return any(
            other.name in kin
            or name(other.name) == name(sign.name)
            or (other.flag.level == sign.flag.level and wanted & set(other.flag.missing))
            for other in before
        )

    def _worth(self, flag: WatchFlag, sign: str) -> float:
        model = self._t.tools.conditions
        rates = model.rates(sign)
        known = [
            (self._t.probability(p) or 0.0) * (rates[p].probability if p in rates else _RATE)
            for p in self._view.objects(flag.id, "ft:indicates")
        ]
        return float(max([*known, model.lowest_band**2]) * _COST ** self._t.rank(flag.level))

    def _nearness(self, flag: WatchFlag, sign: str) -> float:
        here = self._is_here(sign)
        criteria = self._view.objects(flag.id, "ft:has-criterion")
        return _NEAR[any(c in self._t.reading.met for c in criteria), here]

    def _is_here(self, sign: str) -> bool:
        """Whether a sign lies at a part of the body that the case is about."""
        if sign not in self._here:
            broader, within = self._t.tools.taxonomy.broader(sign), self._t.tools.unread.within
            places = {p for c in broader for p in self._view.objects(c, "ft:located-in")}
            self._here[sign] = any(self._near.intersection(within(p)) for p in places)
        return self._here[sign]

    @cached_property
    def _near(self) -> frozenset[str]:
        within = self._t.tools.unread.within
        return frozenset(w for place in self._places for w in within(place))

    @cached_property
    def _places(self) -> tuple[str, ...]:
        """The parts of the body that the case is about."""
        sites = [f.site for f in self._t.case.findings if f.status == "present" and f.site]
        own = [p for f in self._t.reading.met for p in self._view.objects(f, "ft:located-in")]
        return tuple(dict.fromkeys((*sites, *own)))
