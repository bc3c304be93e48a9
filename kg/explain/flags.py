"""Red flags: which situations that must not wait hold, and which to watch for.

Flags only add up: whatever else is found, denied or not understood, none that holds stops holding.
An exclusion ("it came on slowly") belongs to the finding that it is said of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from operator import itemgetter
from typing import NamedTuple

from kg.explain.circumstances import Circumstances
from kg.explain.cite import Citations, short
from kg.explain.model import Criterion, EvidenceItem, RaisedFlag, Urgency, WatchFlag
from kg.explain.named import NamedConditions
from kg.explain.reading import Reading, meet
from kg.recognise.case import Case, Finding
from kg.view import ScaleItem, View

__all__ = ["RedFlags"]

# Reasons with which the recogniser sets a finding aside that is nevertheless about today.
_ABOUT_NOW = frozenset({"somebody else"})
# Reasons for what is over; what is over for no longer than this counts where it is dangerous.
_OVER, _PAST = "resolved", "in the past"
_RECENT_DAYS = 30.0
_ACUTE_DAYS = 1.0
# The pattern of what came and went within days.
_SHOWN_BY_RECOVERY = "ft:shown-by-recovery"
# What is only read, but may say how help is reached.
_SETTING = "ft:bare-kind"
_LEVEL, _UNCLEAR = "ft:UrgencyLevel", "ft:UnclearUrgency"
# What is said where a graph has no words of its own for it.
_UNTOLD = ScaleItem(
    "ft:unclear", _UNCLEAR, "unclear", "No level can be given.", None, None, None, None
)

_Met = Mapping[str, tuple[str, ...]]


class _Flag(NamedTuple):
    """A red flag as it stands in the graph."""

    id: str
    label: str
    level: ScaleItem
    criteria: tuple[str, ...]
    exclusions: tuple[str, ...]
    days: tuple[float, float]
    signs: tuple[str, ...]
    points_to: tuple[str, ...]
    advice: str | None
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]


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
        self._levels = sorted(levels, key=lambda s: (_rank(s), s.id))
        self._unclear = next((s for s in view.scales.values() if s.kind == _UNCLEAR), _UNTOLD)
        self._quick = tuple(c.id for c in view.with_role(_SHOWN_BY_RECOVERY))
        self._opposites: dict[str, set[str]] = {}
        for one, other in view.opposites:
            self._opposites.setdefault(one, set()).add(other)
            self._opposites.setdefault(other, set()).add(one)
        self._watched: dict[tuple[str, tuple[str, ...], bool], _Placed] = {}
        flags = (self._read(c.id) for c in view.with_role("ft:red-flag-kind"))
        self._flags = sorted(
            (f for f in flags if f is not None), key=lambda f: (-_rank(f.level), f.label, f.id)
        )
        # Most flags have nothing to do with a case, so those that have are looked up.
        self._touched_by: dict[str, list[int]] = {}
        for number, flag in enumerate(self._flags):
            for concept in (*flag.criteria, *flag.exclusions):
                self._touched_by.setdefault(concept, []).append(number)
        self._named = NamedConditions(view, citations)
        self._circumstances = Circumstances(view)
        self._idle = [self._placed(f, f.criteria, asked=False) for f in self._flags]

    def _read(self, flag: str) -> _Flag | None:
        view = self._view
        criteria = view.objects(flag, "ft:has-criterion")
        named = [view.scales[o] for o in view.objects(flag, "ft:has-urgency") if o in view.scales]
        # A flag without criteria would always hold; one without a level says nothing about care.
        if not criteria or not named:
            return None
        relations = ("ft:has-criterion", "ft:has-urgency", "ft:has-exclusion", "ft:indicates")
        claims = tuple(c.id for r in relations for c in view.by_subject.get((flag, r), ()))
        concept = view.concepts[flag]
        return _Flag(
            id=flag,
            label=concept.label,
            level=max(named, key=_rank),
            criteria=criteria,
            exclusions=view.objects(flag, "ft:has-exclusion"),
            days=self._days(flag),
            signs=tuple(c for c in criteria if not self._is_pattern(c)),
            points_to=view.objects(flag, "ft:indicates"),
            advice=concept.advice,
            claims=claims,
            evidence=self._citations.evidence(claims),
        )

    def _days(self, flag: str) -> tuple[float, float]:
        """How long the signs of a flag last, at least and at most."""
        named = self._view.objects(flag, "ft:counts-for")
        stretches = [q for n in named if (q := self._view.quantities.get(n)) is not None]
        least = max((q.min_days for q in stretches if q.min_days is not None), default=0.0)
        return least, min((q.max_days for q in stretches if q.max_days is not None), default=inf)

    def _is_pattern(self, criterion: str) -> bool:
        known = self._view.concepts.get(criterion)
        return known is not None and "ft:pattern-kind" in known.roles

    def check(self, reading: Reading) -> Urgency:
        """The urgency of the case: the highest level of the flags that hold, and why."""
        raised = [self._raise(flag, met) for flag, met in self._held(reading)]
        raised += self._named.raised(reading.case, _is_recent)
        raised.sort(key=lambda flag: -_rank(self._level(flag.level)))
        held = {flag.id for flag in raised}
        met = self._met(reading)
        touched = self._touched((*met, *reading.denials))
        watch = [placed for n, placed in enumerate(self._idle) if n not in touched]
        watch += [self._watch(self._flags[n], met, reading.denials) for n in sorted(touched)]
        watch = [placed for placed in watch if placed.flag.id not in held]
        watch.sort(key=itemgetter(0))
        highest = self._level(raised[0].level) if raised else self._base
        level = self._settled(reading.case, highest)
        return Urgency(
            level=short(level.id),
            label=level.label,
            advice=self._advice(level, reading),
            because=tuple(raised),
            watch_for=tuple([placed.flag for placed in watch]),
            clear=level is not self._unclear,
        )

    def _advice(self, level: ScaleItem, reading: Reading) -> str:
        """What to do, as it is done where the person is now and by whoever writes."""
        # Who writes comes before where the person is.
        told = sorted(self._met(reading), key=reading.met.__contains__)
        known = (c for name in told if (c := self._view.concepts.get(name)) is not None)
        own = next((c.advice for c in known if c.advice and _SETTING in c.roles), None)
        if own is None or level is self._unclear or _rank(level) == 0:
            return level.advice or level.definition
        return own if _rank(level) == self._highest else level.definition

    def level(self, reading: Reading) -> str:
        """The level of the case, without saying why."""
        return short(self._settled(reading.case, self._highest_held(reading)).id)

    def levers(self, reading: Reading) -> list[tuple[str, ...]]:
        """Groups of findings whose answers could change the level, each group by itself.

        To raise it, one flag above the level has to hold: what it still needs, and what rules it
        out. To lower it, none at the level may: what they hold by.
        """
        level = _rank(self._highest_held(reading))
        groups: dict[tuple[str, ...], None] = {}
        breaking: dict[str, None] = {}
        held = {flag.id for flag, _ in self._held(reading)}
        met = self._met(reading)
        for flag in self._flags:
            if _rank(flag.level) > level:
                groups[self._wanting(flag, met, reading)] = None
            elif _rank(flag.level) == level and flag.id in held:
                breaking.update(dict.fromkeys(f for c in flag.criteria for f in met.get(c, ())))
        for entry in self._named.raised(reading.case, _is_recent):
            if _rank(self._level(entry.level)) == level:
                breaking.update(dict.fromkeys(entry.findings))
        return [*groups, tuple(breaking)]

    def _held(self, reading: Reading) -> Iterator[tuple[_Flag, _Met]]:
        """The flags that hold, each with what meets its criteria.

        What is over since a few days, and what holds for somebody else, counts for the highest
        level alone.
        """
        now = self._met(reading)
        recent, others = self._recent(reading), self._others(reading)
        groups: list[tuple[_Met, tuple[Finding, ...], int]] = [(now, reading.case.findings, 0)]
        if recent:
            recent = {**now, **recent}
            every = (*reading.case.findings, *reading.case.others)
            groups.append((recent, every, self._highest))
        if others:
            groups.append((others, reading.case.others, self._highest))
        for number in sorted(self._touched((*now, *recent, *others))):
            flag = self._flags[number]
            for met, findings, least in groups:
                if _rank(flag.level) < least or not all(c in met for c in flag.criteria):
                    continue
                if not _in_time(flag, met, findings):
                    continue
                if not any(self._rules_out(e, flag, met, findings) for e in flag.exclusions):
                    yield flag, met
                    break

    def _met(self, reading: Reading) -> _Met:
        """What holds of the findings and of the circumstances of a case."""
        return self._circumstances.beside(reading.met, reading.case)

    def _rules_out(
        self, exclusion: str, flag: _Flag, met: _Met, findings: tuple[Finding, ...]
    ) -> bool:
        """Whether all that meets a flag is said to be excluded, and nothing opposes that.

        What is itself a kind of one criterion excludes that one: the others may hold of the rest.
        """
        if any(o in met for o in self._opposites.get(exclusion, ())):
            return False
        own = [c for c in flag.criteria if c in self._view.broader(exclusion)]
        meeting = {f for c in own or flag.signs or flag.criteria for f in met[c]}
        meant = [finding for finding in findings if finding.id in meeting]
        if self._opposites.get(exclusion) and any(_is_acute(f) for f in meant):
            return False  # what began within a day came on quickly, whatever is said of it
        return bool(meant) and all(
            any(exclusion in self._view.broader(q) for q in (finding.id, *finding.qualities))
            for finding in meant
        )

    def _highest_held(self, reading: Reading) -> ScaleItem:
        levels = [flag.level for flag, _ in self._held(reading)]
        named = self._named.raised(reading.case, _is_recent)
        return max(levels + [self._level(n.level) for n in named], key=_rank, default=self._base)

    def _settled(self, case: Case, level: ScaleItem) -> ScaleItem:
        """The level, unless nothing is raised above the lowest and not all was understood."""
        unclear = not case.in_scope or bool(case.unread)
        if unclear and _rank(level) <= _rank(self._base):
            return self._unclear
        return level

    def _touched(self, concepts: tuple[str, ...]) -> set[int]:
        return {number for c in concepts for number in self._touched_by.get(c, ())}

    def _wanting(self, flag: _Flag, met: _Met, reading: Reading) -> tuple[str, ...]:
        """What a flag still needs, forms that meet several criteria at once, what rules it out."""
        missing = [c for c in flag.criteria if c not in met]
        forms = [set(reading.taxonomy.narrower(c)) - {c} for c in missing]
        several = {
            f for n, one in enumerate(forms) for other in forms[n + 1 :] for f in one & other
        }
        ruling_out = [f for e in flag.exclusions for f in met.get(e, ())]
        return tuple(dict.fromkeys((*missing, *sorted(several), *ruling_out)))

    def _recent(self, reading: Reading) -> _Met:
        """What holds when that which is over since a few days counts as well; empty without it."""
        over = [f for f in reading.case.others if _is_recent(f)]
        if not over:
            return {}
        ids = (*reading.present, *(f.id for f in over))
        # What is known to have come and gone within days came on quickly.
        if any(f.reason == _OVER and f.duration_days is not None for f in over):
            ids = (*ids, *self._quick)
        return meet(reading.taxonomy, tuple(dict.fromkeys(ids)))

    def _others(self, reading: Reading) -> _Met:
        """What holds for another person of whom the text speaks, joined with nothing else."""
        about = tuple(dict.fromkeys(f.id for f in reading.case.others if _about_now(f)))
        return meet(reading.taxonomy, about) if about else {}

    def _raise(self, flag: _Flag, met: _Met) -> RaisedFlag:
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

    def _watch(self, flag: _Flag, met: _Met, denials: frozenset[str]) -> _Placed:
        missing = tuple([c for c in flag.criteria if c not in met])
        # One denied criterion settles the flag for now, whatever the other ones are.
        return self._placed(flag, missing, asked=not denials.isdisjoint(missing))

    def _placed(self, flag: _Flag, missing: tuple[str, ...], *, asked: bool) -> _Placed:
        key = (flag.id, missing, asked)
        known = self._watched.get(key)
        if known is None:
            level = short(flag.level.id)
            place = (-_rank(flag.level), asked, len(missing), flag.label, flag.id)
            watched = WatchFlag(
                flag.id, flag.label, level, missing, asked, flag.evidence, flag.claims
            )
            known = self._watched[key] = _Placed(place, watched)
        return known

    @property
    def _highest(self) -> int:
        return _rank(self._levels[-1]) if self._levels else 0

    @property
    def _base(self) -> ScaleItem:
        if self._levels:
            return self._levels[0]
        return ScaleItem("ft:self-care", "ft:UrgencyLevel", "self-care", "", 0, None, None, "")

    def _level(self, name: str) -> ScaleItem:
        return next((s for s in self._levels if short(s.id) == name), self._base)


def _in_time(flag: _Flag, met: _Met, findings: tuple[Finding, ...]) -> bool:
    """Whether each sign of a flag may have been there as long as the flag says.

    One of which nobody says how long, or that gets worse, may be as new as any.
    """
    least, most = flag.days
    if least == 0.0 and most == inf:
        return True
    for sign in flag.signs:
        meant = [f for f in findings if f.id in met[sign]]
        lengths = [
            None if f.course == "worse" else f.duration_days or f.at_least_days for f in meant
        ]
        new = least == 0.0 and (not lengths or None in lengths)
        if not new and not any(d is not None and least <= d <= most for d in lengths):
            return False
    return True


def _is_acute(finding: Finding) -> bool:
    return finding.duration_days is not None and finding.duration_days <= _ACUTE_DAYS


def _is_recent(finding: Finding) -> bool:
    """Whether a finding that was set aside is over, and not for longer than some weeks."""
    days = finding.duration_days or finding.at_least_days
    if finding.reason == _OVER:
        return days is None or days <= _RECENT_DAYS
    return finding.reason == _PAST and days is not None and days <= _RECENT_DAYS


def _about_now(finding: Finding) -> bool:
    recent = (finding.duration_days or 0.0) <= _RECENT_DAYS
    return finding.status == "present" and finding.reason in _ABOUT_NOW and recent


def _rank(level: ScaleItem) -> int:
    return level.rank if level.rank is not None else 0
