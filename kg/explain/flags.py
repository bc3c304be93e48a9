"""Red flags: which situations that must not wait hold, and which to watch for.

Flags only add up: whatever else is found, denied, doubtful or not understood, none that holds
stops holding. An exclusion ("it came on slowly") belongs to the finding that it is said of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from kg.explain.circumstances import Circumstances
from kg.explain.cite import Citations, short
from kg.explain.flag import (
    OVER,
    Flag,
    Met,
    about_now,
    excluded,
    in_time,
    is_acute,
    is_recent,
    rank,
    read_flag,
)
from kg.explain.heard import HEARD, calm_level, heard_level
from kg.explain.model import Criterion, RaisedFlag, Urgency, WatchFlag
from kg.explain.named import NamedConditions
from kg.explain.reading import Reading, meet
from kg.recognise.case import Finding
from kg.view import ScaleItem, View

_SHOWN_BY_RECOVERY = "ft:shown-by-recovery"  # the pattern of what came and went within days
_SETTING = "ft:bare-kind"  # what is only read, but may say how help is reached
_LEVEL, _UNCLEAR = "ft:UrgencyLevel", "ft:UnclearUrgency"
_UNTOLD = ScaleItem(
    "ft:unclear", _UNCLEAR, "unclear", "No level can be given.", None, None, None, None
)
_LEAST = ScaleItem("ft:self-care", _LEVEL, "self-care", "", 0, None, None, "")


class _Placed(NamedTuple):
    """A flag to watch for, and what it is sorted by: level, unasked first, what is missing."""

    place: tuple[int, bool, int, str, str]
    flag: WatchFlag


class RedFlags:
    """The red flags of one view, checked before and apart from any ranking."""

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._citations = citations
        levels = [s for s in view.scales.values() if s.kind == _LEVEL]
        self._levels = sorted(levels, key=lambda s: (rank(s), s.id))
        self._unclear = next((s for s in view.scales.values() if s.kind == _UNCLEAR), _UNTOLD)
        self._quick = tuple(c.id for c in view.with_role(_SHOWN_BY_RECOVERY))
        self._opposites: dict[str, set[str]] = {}
        for one, other in view.opposites:
            self._opposites.setdefault(one, set()).add(other)
            self._opposites.setdefault(other, set()).add(one)
        self._watched: dict[tuple[str, tuple[str, ...], bool], _Placed] = {}
        flags = (read_flag(view, citations, c.id) for c in view.with_role("ft:red-flag-kind"))
        self._flags = sorted(
            (f for f in flags if f is not None), key=lambda f: (-rank(f.level), f.label, f.id)
        )
        self._touched_by: dict[str, list[int]] = {}
        for number, flag in enumerate(self._flags):
            for concept in (*flag.criteria, *flag.exclusions):
                self._touched_by.setdefault(concept, []).append(number)
        self._named = NamedConditions(view, citations)
        self._circumstances = Circumstances(view)
        self._idle = [self._placed(f, f.criteria, asked=False) for f in self._flags]

    def check(self, reading: Reading) -> Urgency:
        """The urgency of the case: the highest level of the flags that hold, and why."""
        reading = reading.named
        raised = [self._raise(flag, met) for flag, met in self._held(reading)]
        raised += self._named.raised(reading.case, is_recent)
        raised.sort(key=lambda flag: -rank(self._level(flag.level)))
        # What is only never harmless by itself is a reason where nothing says more.
        top = [flag.level for flag in raised[:1]]
        raised = [f for f in raised if f.id not in self._named.signs or f.level in top]
        held = {flag.id for flag in raised}
        met = self._met(reading)
        # What cannot be so of the person settles a flag as what is denied does.
        denials = reading.denials | self._circumstances.excluded(reading.case.person)
        touched = self._touched((*met, *denials))
        watch = [placed for n, placed in enumerate(self._idle) if n not in touched]
        watch += [self._watch(self._flags[n], met, denials) for n in sorted(touched)]
        watch = [placed for placed in watch if placed.flag.id not in held]
        watch.sort(key=itemgetter(0))
        highest = self._level(raised[0].level) if raised else self._base
        level = self._settled(reading, highest, raised)
        return Urgency(
            level=short(level.id),
            label=level.label,
            advice=self._advice(level, reading, HEARD if rank(level) > rank(highest) else ""),
            because=tuple(raised),
            watch_for=tuple([placed.flag for placed in watch]),
            clear=level is not self._unclear,
        )

    def _advice(self, level: ScaleItem, reading: Reading, heard: str) -> str:
        """What to do, as it is done where the person is now and by whoever writes."""
        told = sorted(self._met(reading), key=reading.met.__contains__)  # who writes comes first
        known = (c for name in told if (c := self._view.concepts.get(name)) is not None)
        own = next((c.advice for c in known if c.advice and _SETTING in c.roles), None)
        if own is None or heard or level is self._unclear or rank(level) == 0:
            return " ".join(filter(None, (heard, level.advice or level.definition)))
        return own if rank(level) == self._highest else level.definition

    def level(self, reading: Reading) -> str:
        """The level of the case, without saying why."""
        reading = reading.named
        held = [flag for flag, _ in self._held(reading)]
        named = self._named.raised(reading.case, is_recent)
        return short(self._settled(reading, self._highest_of(held, named), [*named, *held]).id)

    def levers(self, reading: Reading) -> list[tuple[str, ...]]:
        """Groups of findings whose answers could change the level, each group by itself.

        To raise it, one flag above the level has to hold: what it still needs, and what rules it
        out. To lower it, none at the level may: what they hold by.
        """
        reading = reading.named
        holding = [flag for flag, _ in self._held(reading)]
        named = self._named.raised(reading.case, is_recent)
        level = rank(self._highest_of(holding, named))
        groups: dict[tuple[str, ...], None] = {}
        breaking: dict[str, None] = {}
        met = self._met(reading)
        for flag in self._flags:
            if rank(flag.level) > level:
                groups[self._wanting(flag, met, reading)] = None
            elif rank(flag.level) == level and flag in holding:
                breaking.update(dict.fromkeys(f for c in flag.criteria for f in met.get(c, ())))
        for entry in named:
            if rank(self._level(entry.level)) == level:
                breaking.update(dict.fromkeys(entry.findings))
        return [*groups, tuple(breaking)]

    def _held(self, reading: Reading) -> Iterator[tuple[Flag, Met]]:
        """The flags that hold, each with what meets its criteria.

        What is over since a few days, and what holds for somebody else, counts for the highest
        level alone.
        """
        now = self._met(reading)
        recent, others = self._recent(reading), self._others(reading)
        groups: list[tuple[Met, tuple[Finding, ...], int]] = [(now, reading.case.findings, 0)]
        if recent:
            recent = {**now, **recent}
            every = (*reading.case.findings, *reading.case.others)
            groups.append((recent, every, self._highest))
        if others:
            groups.append((others, reading.case.others, self._highest))
        for number in sorted(self._touched((*now, *recent, *others))):
            flag = self._flags[number]
            for met, findings, least in groups:
                if rank(flag.level) < least or not all(c in met for c in flag.criteria):
                    continue
                if not in_time(flag, met, findings):
                    continue
                if not any(self._rules_out(e, flag, met, findings) for e in flag.exclusions):
                    yield flag, met
                    break

    def _met(self, reading: Reading) -> Met:
        """What holds of the findings and of the circumstances of a case."""
        return self._circumstances.beside(reading.met, reading.case)

    def _rules_out(
        self, exclusion: str, flag: Flag, met: Met, findings: tuple[Finding, ...]
    ) -> bool:
        """Whether all that meets a flag is said to be excluded, and nothing opposes that."""
        if any(o in met for o in self._opposites.get(exclusion, ())):
            return False
        broader = self._view.broader
        own = excluded(exclusion, flag, met, broader) or flag.signs or flag.criteria
        meeting = {f for c in own for f in met[c]}
        meant = [finding for finding in findings if finding.id in meeting]
        if self._opposites.get(exclusion) and any(is_acute(f) for f in meant):
            return False  # what began within a day came on quickly, whatever is said of it
        return bool(meant) and all(
            any(exclusion in broader(q) for q in (finding.id, *finding.qualities))
            for finding in meant
        )

    def _highest_of(self, held: Iterable[Flag], named: Iterable[RaisedFlag]) -> ScaleItem:
        levels = [*(flag.level for flag in held), *(self._level(n.level) for n in named)]
        return max(levels, key=rank, default=self._base)

    def _settled(
        self, reading: Reading, level: ScaleItem, raised: Iterable[RaisedFlag | Flag]
    ) -> ScaleItem:
        """The level; none where nothing is raised and not all is understood or sure."""
        heard = heard_level(self._levels, reading.case.alarm)
        if heard is not None and rank(heard) > rank(level):
            return heard
        # A sign that is only never harmless says the least: what was not understood may be more.
        least = all(flag.id in self._named.signs for flag in raised)
        if rank(level) > rank(self._base) + least:
            return level
        if not reading.case.in_scope or self._may_hold(reading):
            return self._unclear
        calm = calm_level(self._levels, reading.case, level, read=reading.tells_a_sign)
        return calm or self._unclear

    def _may_hold(self, reading: Reading) -> bool:
        """Whether something could not wait if the signs that are not sure were there."""
        if not reading.doubted:
            return not reading.tells_a_sign and self._named.is_feared(reading.case)
        doubted = meet(reading.taxonomy, reading.doubted)
        met = self._circumstances.beside({**doubted, **reading.met}, reading.case)
        touched = (self._flags[n] for n in self._touched(tuple(doubted)))
        return any(
            rank(flag.level) > self._routine and all(c in met for c in flag.criteria)
            for flag in touched
        )

    def _touched(self, concepts: tuple[str, ...]) -> set[int]:
        return {number for c in concepts for number in self._touched_by.get(c, ())}

    def _wanting(self, flag: Flag, met: Met, reading: Reading) -> tuple[str, ...]:
        """What a flag still needs, forms that meet several criteria at once, what rules it out."""
        missing = [c for c in flag.criteria if c not in met]
        forms = [set(reading.taxonomy.narrower(c)) - {c} for c in missing]
        several = {
            f for n, one in enumerate(forms) for other in forms[n + 1 :] for f in one & other
        }
        ruling_out = [f for e in flag.exclusions for f in met.get(e, ())]
        return tuple(dict.fromkeys((*missing, *sorted(several), *ruling_out)))

    def _recent(self, reading: Reading) -> Met:
        """What holds when that which is over since a few days counts as well; empty without it."""
        over = [f for f in reading.case.others if is_recent(f)]
        if not over:
            return {}
        ids = (*reading.present, *(f.id for f in over))
        if any(f.reason == OVER and f.duration_days is not None for f in over):
            ids = (*ids, *self._quick)
        return meet(reading.taxonomy, tuple(dict.fromkeys(ids)))

    def _others(self, reading: Reading) -> Met:
        """What holds for another person of whom the text speaks, joined with nothing else."""
        about = tuple(dict.fromkeys(f.id for f in reading.case.others if about_now(f)))
        return meet(reading.taxonomy, about) if about else {}

    def _raise(self, flag: Flag, met: Met) -> RaisedFlag:
        criteria = tuple(
            Criterion(c, self._view.label(c), True, tuple(dict.fromkeys(met[c])))
            for c in flag.criteria
        )
        return RaisedFlag(
            id=flag.id,
            label=flag.label,
            level=short(flag.level.id),
            findings=tuple(dict.fromkeys(f for c in criteria for f in c.findings)),
            criteria=criteria,
            advice=flag.advice or flag.level.advice,
            points_to=flag.points_to,
            claims=flag.claims,
            evidence=flag.evidence,
        )

    def _watch(self, flag: Flag, met: Met, denials: frozenset[str]) -> _Placed:
        missing = tuple([c for c in flag.criteria if c not in met])
        # One denied criterion settles the flag for now, whatever the other ones are.
        return self._placed(flag, missing, asked=not denials.isdisjoint(missing))

    def _placed(self, flag: Flag, missing: tuple[str, ...], *, asked: bool) -> _Placed:
        key = (flag.id, missing, asked)
        known = self._watched.get(key)
        if known is None:
            level = short(flag.level.id)
            place = (-rank(flag.level), asked, len(missing), flag.label, flag.id)
            watched = WatchFlag(
                flag.id, flag.label, level, missing, asked, flag.evidence, flag.claims
            )
            known = self._watched[key] = _Placed(place, watched)
        return known

    @property
    def _highest(self) -> int:
        return rank(self._levels[-1]) if self._levels else 0

    @property
    def _routine(self) -> int:
        """The rank of the first level above the lowest: it can wait for an appointment."""
        return min((rank(s) for s in self._levels if rank(s) > rank(self._base)), default=0)

    @property
    def _base(self) -> ScaleItem:
        return self._levels[0] if self._levels else _LEAST

    def _level(self, name: str) -> ScaleItem:
        return next((s for s in self._levels if short(s.id) == name), self._base)
