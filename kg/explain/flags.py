"""Red flags: which situations that must not wait hold, and which to watch for."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import NamedTuple

from kg.explain.cite import Citations, short
from kg.explain.model import Criterion, EvidenceItem, RaisedFlag, Urgency, WatchFlag
from kg.explain.reading import Reading, meet
from kg.recognise.case import Finding
from kg.view import ScaleItem, View

__all__ = ["RedFlags"]

# Reasons with which the recogniser sets a finding aside that is nevertheless about today.
_ABOUT_NOW = frozenset({"somebody else"})


class _Flag(NamedTuple):
    """A red flag as it stands in the graph."""

    id: str
    label: str
    level: ScaleItem
    criteria: tuple[str, ...]
    exclusions: tuple[str, ...]
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
        levels = [s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"]
        self._levels = sorted(levels, key=lambda s: (_rank(s), s.id))
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
            points_to=view.objects(flag, "ft:indicates"),
            advice=concept.advice,
            claims=claims,
            evidence=self._citations.evidence(claims),
        )

    def check(self, reading: Reading) -> Urgency:
        """The urgency of the case: the highest level of the flags that hold, and why."""
        raised: list[RaisedFlag] = []
        others = self._others(reading)
        told = (*reading.met, *reading.denials, *others)
        touched = {number for c in told for number in self._touched_by.get(c, ())}
        watch = [placed for n, placed in enumerate(self._idle) if n not in touched]
        for number in sorted(touched):
            flag = self._flags[number]
            if any(e in reading.met for e in flag.exclusions):
                continue
            if all(c in reading.met for c in flag.criteria):
                raised.append(self._raise(flag, reading.met))
            elif _rank(flag.level) == self._highest and all(c in others for c in flag.criteria):
                raised.append(self._raise(flag, others))
            else:
                watch.append(self._watch(flag, reading))
        # The flags are sorted by level, so the first one that holds has the highest.
        level = self._level(raised[0].level) if raised else self._base
        watch.sort(key=itemgetter(0))
        return Urgency(
            level=short(level.id),
            label=level.label,
            advice=level.advice or level.definition,
            because=tuple(raised),
            watch_for=tuple([placed.flag for placed in watch]),
        )

    def level(self, reading: Reading) -> str:
        """The highest level of the flags that hold for the person, without saying why."""
        held = (f.level for f in self._flags if _holds(f, reading.met))
        return short(max(held, key=_rank, default=self._base).id)

    def levers(self, reading: Reading) -> list[tuple[str, ...]]:
        """Groups of findings whose answers could change the level, each group by itself.

        To raise it, one flag above the level has to hold: what it still needs, and what rules it
        out. To lower it, none at the level may: what they hold by, and what would rule them out.
        """
        level = max((_rank(f.level) for f in self._flags if _holds(f, reading.met)), default=0)
        groups: dict[tuple[str, ...], None] = {}
        breaking: dict[str, None] = {}
        for flag in self._flags:
            if _rank(flag.level) > level:
                groups[self._wanting(flag, reading)] = None
            elif _rank(flag.level) == level and _holds(flag, reading.met):
                breaking.update(dict.fromkeys(f for c in flag.criteria for f in reading.met[c]))
                breaking.update(dict.fromkeys(flag.exclusions))
        return [*groups, tuple(breaking)]

    def _wanting(self, flag: _Flag, reading: Reading) -> tuple[str, ...]:
        """What a flag still needs, forms that meet several criteria at once, what rules it out."""
        missing = [c for c in flag.criteria if c not in reading.met]
        forms = [set(reading.taxonomy.narrower(c)) - {c} for c in missing]
        several = {
            f for n, one in enumerate(forms) for other in forms[n + 1 :] for f in one & other
        }
        ruling_out = [f for e in flag.exclusions for f in reading.met.get(e, ())]
        return tuple(dict.fromkeys((*missing, *sorted(several), *ruling_out)))

    def _others(self, reading: Reading) -> dict[str, tuple[str, ...]]:
        """What holds for another person of whom the text speaks, joined with nothing else."""
        about = tuple(dict.fromkeys(f.id for f in reading.case.others if _about_now(f)))
        return meet(reading.taxonomy, about) if about else {}

    def _raise(self, flag: _Flag, met: Mapping[str, tuple[str, ...]]) -> RaisedFlag:
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

    def _watch(self, flag: _Flag, reading: Reading) -> _Placed:
        missing = tuple([c for c in flag.criteria if c not in reading.met])
        # One denied criterion settles the flag for now, whatever the other ones are.
        return self._placed(flag, missing, asked=not reading.denials.isdisjoint(missing))

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


def _holds(flag: _Flag, met: Mapping[str, tuple[str, ...]]) -> bool:
    return all(c in met for c in flag.criteria) and not any(e in met for e in flag.exclusions)


def _about_now(finding: Finding) -> bool:
    return finding.status == "present" and finding.reason in _ABOUT_NOW


def _rank(level: ScaleItem) -> int:
    return level.rank if level.rank is not None else 0
