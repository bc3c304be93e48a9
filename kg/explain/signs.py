"""When to see a doctor: the few warning signs that would mean most here.

A sign is worth the probability, given the case, of what it would point to and of showing there,
times what waiting would cost, and times how far the case makes likelier what it would point to.
It counts most where its flag is about this case: about who the person is, what is taken or what
happened. It counts less where its flag has nothing to do with the case or it lies at another part
of the body, and where a sign before it points to the same thing. What shows at the same part in
the same way is told once: a face that droops need not be a face that does not move as well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from kg.explain.model import WatchFlag
from kg.explain.noticed import Noticed
from kg.explain.phrasing import Phrasing, capital
from kg.explain.summary import Told
from kg.explain.teller import Teller
from kg.explain.wording import listed

_MOST: Final = 4
_FEW: Final = 2
_FAINT: Final = 0.01  # what is worth so little beside the first is told only where there are few
_URGENT: Final = 5  # where nothing was understood well enough to choose
_CARE: Final = 2
_STEPS: Final = 2
_COST: Final = 5.0  # each level of urgency makes waiting so much dearer
_RATE: Final = 0.3  # how often a condition shows a sign where no source says
_AGAIN: Final = 0.3  # what is left of the worth of a sign that points to the same as one before
_MOSTLY: Final = 0.85
_SOME: Final = 0.1
_TOGETHER: Final = 0.1  # signs that have to come together
# What a sign counts whose flag is met in part or not, at the place of the case or not.
_NEAR: Final = {(True, True): 1.0, (False, True): 0.5, (True, False): 0.3, (False, False): 0.0}
_OWN: Final = 3.0  # where the flag is about this person
_LIFT: Final = 10.0  # the most that counts of how far a case raises a probability


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
        self._noticed = Noticed(teller)

    def told(self) -> tuple[Told, ...]:
        """What care is called for, what to do until then, the signs, the most urgent first."""
        kept = self._chosen()
        levels = dict.fromkeys(s.flag.level for s in kept)
        highest = self._t.tools.highest
        urgent = () if highest in levels else self.urgent([s.name for s in kept], _MOST)
        ordered = sorted(levels, key=lambda level: -self._t.rank(level))
        groups = ([s for s in kept if s.flag.level == level] for level in ordered)
        return (*self._care(), *self._meanwhile(), *urgent, *(
            self._level(g[0].flag.level, [s.name for s in g], [c for s in g for c in s.flag.claims])
            for g in groups
        ))  # fmt: skip

    def urgent(self, known: Collection[str] = (), most: int = _URGENT) -> tuple[Told, ...]:
        """Signs of the highest level: at the parts that were spoken of, then the gravest ones."""
        highest = self._t.tools.highest
        asked = [sign for q in self._t.told.questions for sign in q.could_be]
        grave = self._grave(highest)
        kept: list[str] = []
        for sign in dict.fromkeys((*asked, *filter(self._is_here, grave), *grave)):
            kin = self._t.kin(sign)
            same = kin.intersection((*kept, *known)) or any(self._alike(sign, k) for k in kept)
            if sign in grave and self._open(sign) and not same:
                kept.append(sign)
        kept = kept[: max(1, most - len(known))]
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

    def _meanwhile(self) -> tuple[Told, ...]:
        """What to do until the doctor has seen it, where it is for a doctor."""
        called = self._t.precautions if self._t.rank(self._t.level) else {}
        steps = list(called)[:_STEPS]
        claims = [c for step in steps for c in called[step]]

        def words(v: Phrasing) -> str:
            return f"{v.names(steps)}."

        told = self._t.say(words, claims, lead="Until then:", about=steps, most=_STEPS)
        return (told,) if steps else ()

    def _level(self, level: str, signs: list[str], claims: Sequence[str]) -> Told:
        lead, most = f"{capital(self._t.level_word(level))} if you notice:", len(signs)

        highest = level == self._t.tools.highest
        named = self._noticed.named if highest else Phrasing.name

        def words(v: Phrasing) -> str:
            return f"{listed(list(dict.fromkeys(named(v, s) for s in signs)), 'or')}."

        return self._t.say(words, claims, lead=lead, about=signs, most=most)

    def _chosen(self) -> list[_Sign]:
        left = sorted(self._all(), key=self._place)
        kept: list[_Sign] = []
        grave = self._t.tools.highest
        # One place is left for what must not wait.
        while left and len(kept) < _MOST - all(s.flag.level != grave for s in kept):
            sign = left.pop(0)
            if len(kept) >= _FEW and sign.worth < _FAINT * kept[0].worth:
                break
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
        now = self._t.rank(self._t.level)
        signs, noticed = self._t.tools.signs, self._t.tools.noticed
        watched = self._t.told.urgency.watch_for
        met = {f for c in self._t.around for f in self._view.subjects("ft:has-criterion", c)}
        wanted = {f.missing for f in watched if f.id in met}
        best: dict[str, _Sign] = {}
        for flag in watched:
            several = len(flag.missing) > 1
            # Most flags have nothing to do with the case, nor do their signs lie where it is.
            here = self._is_here("".join(flag.missing)) or self._is_more(flag.missing)
            if flag.missing not in wanted and (several or not here):
                continue
            if flag.asked or self._t.rank(flag.level) <= now:
                continue
            name = flag.id if several else "".join(flag.missing)
            is_sign = noticed.issuperset(flag.missing) if several else name in signs
            if not is_sign or not self._open(name):
                continue
            near = max(self._nearness(flag, sign) for sign in flag.missing)
            # What has to come together is told only where it is about this person.
            if several and near != _OWN:
                continue
            worth = near * (_TOGETHER if several else 1.0)
            if worth:
                worth *= min(self._worth(flag, sign, near) for sign in flag.missing)
            # A sign is told at the highest level that it would raise.
            known = best.get(name, _Sign(0.0, name, flag))
            worse = max(known.flag, flag, key=lambda f: self._t.rank(f.level))
            best[name] = _Sign(max(worth, known.worth), name, worse)
        return [sign for sign in best.values() if sign.worth > 0.0]

    def _points(self, sign: _Sign) -> set[str]:
        return set(self._view.objects(sign.flag.id, "ft:indicates"))

    def _alike(self, sign: str, other: str) -> bool:
        """Whether two signs are the same act of the same part."""
        return bool(self._shows(sign) & self._shows(other))

    def _open(self, sign: str) -> bool:
        """Whether a sign, or all that a flag asks for, is neither there nor denied."""
        reading = self._t.reading
        criteria = self._view.objects(sign, "ft:has-criterion") or (sign,)
        known = sign in reading.met or sign in self._mostly
        return (
            not known
            and all(map(self._noticed.is_of_age, criteria))
            and not any(map(reading.mostly_denied, criteria))
        )

    @cached_property
    def _mostly(self) -> set[str]:
        """What most of those show who have an illness that is known.

        It need not be most of them where nearly all show the like at the same place: a face that
        droops, or that does not move, in a palsy of the face.
        """
        found: set[str] = set()
        for own in map(self._t.tools.conditions.annotated, self._t.known):
            sure = {f for f, n in own.items() if n.probability >= _MOSTLY}
            some = {f for f, n in own.items() if n.probability >= _SOME}
            shown = {act for f in sure for act in self._shows(f)}
            found |= sure | {f for f in some if self._shows(f) & shown}
        return found

    def _told_already(self, sign: _Sign, before: list[_Sign]) -> bool:
        """Whether one of those before is the same in other words, or wants the same as well."""
        name, kin = self._t.plain.name, self._t.kin(sign.name)
        wanted = set(sign.flag.missing)
        shows = self._shows(sign.name)
        return any(
            other.name in kin
            or name(other.name) == name(sign.name)
            or (other.flag.level == sign.flag.level and wanted & set(other.flag.missing))
            or (shows and shows & self._shows(other.name))
            for other in before
        )

    def _shows(self, sign: str) -> set[tuple[str, str]]:
        """How muscles act in a sign, and where."""
        within = self._t.tools.unread.within
        misfits = self._t.tools.conditions.misfits
        return {
            (act, around)
            for name in self._view.objects(sign, "ft:has-criterion") or (sign,)
            for act in misfits.acts(name)
            for place in self._view.objects(name, "ft:located-in")
            for around in within(place)
        }

    def _worth(self, flag: WatchFlag, sign: str, near: float) -> float:
        model = self._t.tools.conditions
        rates = model.rates(sign)
        known = [
            (self._t.probability(p) or 0.0)
            * (rates[p].probability if p in rates else _RATE)
            * self._lift(p)
            for p in self._view.objects(flag.id, "ft:indicates")
        ]
        # What a flag about this person points to may not be weighed at all.
        least = model.lowest_band * (_RATE if near == _OWN else model.lowest_band)
        least *= near == _OWN or self._is_here(sign)
        return float(max([*known, least]) * _COST ** self._t.rank(flag.level))

    def _lift(self, condition: str) -> float:
        """How many times likelier a case makes a condition, and its kinds together."""
        priors = self._t.tools.conditions.priors
        before = sum(priors.get(n, 0.0) for n in self._t.tools.taxonomy.narrower(condition))
        return min((self._t.probability(condition) or 0.0) / before, _LIFT) if before else 1.0

    def _nearness(self, flag: WatchFlag, sign: str) -> float:
        here = self._is_here(sign)
        criteria = self._view.objects(flag.id, "ft:has-criterion")
        met = [c for c in criteria if c in self._t.around]
        own = any(not self._t.is_a(c, "ft:effect-kind") for c in met)
        return _OWN if own or self._is_more((sign,)) else _NEAR[bool(met), here]

    def _is_more(self, signs: Sequence[str]) -> bool:
        """Whether a sign is more of what made it as urgent as it is: another fit after a fit."""
        held = {f for flag in self._t.raised for f in flag.findings} - {*signs}
        broader = self._t.tools.taxonomy.broader
        return len(signs) == 1 and not held.isdisjoint(broader(signs[0]))

    def _is_here(self, sign: str) -> bool:
        """Whether a sign lies at a part of the body that the case is about."""
        return not self._near.isdisjoint(self._t.tools.seats(sign))

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
