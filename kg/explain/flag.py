"""A red flag as it stands in the graph, and which findings may raise it by when they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from kg.explain.cite import Citations
from kg.explain.model import EvidenceItem
from kg.recognise.case import Finding
from kg.view import ScaleItem, View

# Reasons with which the recogniser sets a finding aside that is nevertheless about today.
_ABOUT_NOW = frozenset({"somebody else"})
# Reasons for what is over; what is over for no longer than this counts where it is dangerous.
OVER, _PAST = "resolved", "in the past"
_RECENT_DAYS = 30.0
_ACUTE_DAYS = 1.0

Met = Mapping[str, tuple[str, ...]]


class Flag(NamedTuple):
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


def read_flag(view: View, citations: Citations, flag: str) -> Flag | None:
    """A red flag of the view; None where it has no criteria or no level."""
    criteria = view.objects(flag, "ft:has-criterion")
    named = [view.scales[o] for o in view.objects(flag, "ft:has-urgency") if o in view.scales]
    # A flag without criteria would always hold; one without a level says nothing about care.
    if not criteria or not named:
        return None
    relations = ("ft:has-criterion", "ft:has-urgency", "ft:has-exclusion", "ft:indicates")
    claims = tuple(c.id for r in relations for c in view.by_subject.get((flag, r), ()))
    concept = view.concepts[flag]
    return Flag(
        id=flag,
        label=concept.label,
        level=max(named, key=rank),
        criteria=criteria,
        exclusions=view.objects(flag, "ft:has-exclusion"),
        days=_days(view, flag),
        signs=tuple(c for c in criteria if not _is_pattern(view, c)),
        points_to=view.objects(flag, "ft:indicates"),
        advice=concept.advice,
        claims=claims,
        evidence=citations.evidence(claims),
    )


def _days(view: View, flag: str) -> tuple[float, float]:
    """How long the signs of a flag last, at least and at most."""
    named = view.objects(flag, "ft:counts-for")
    stretches = [q for n in named if (q := view.quantities.get(n)) is not None]
    least = max((q.min_days for q in stretches if q.min_days is not None), default=0.0)
    return least, min((q.max_days for q in stretches if q.max_days is not None), default=inf)


def _is_pattern(view: View, criterion: str) -> bool:
    known = view.concepts.get(criterion)
    return known is not None and "ft:pattern-kind" in known.roles


def excluded(
    exclusion: str, flag: Flag, met: Met, broader: Callable[[str], Sequence[str]]
) -> list[str]:
    """The criteria that an exclusion is said of: it is a kind of them, else its kinds meet them.

    The others may hold of the rest.
    """
    kinds = broader(exclusion)
    return [c for c in flag.criteria if c in kinds] or [
        c for c in flag.criteria if any(exclusion in broader(finding) for finding in met[c])
    ]


def in_time(flag: Flag, met: Met, findings: tuple[Finding, ...]) -> bool:
    """Whether each sign of a flag may have been there as long as the flag says.

    One of which nobody says how long, or that gets worse, may be as new as any.
    """
    least, most = flag.days
    if least == 0.0 and most == inf:
        return True
    patterns = {name for c in flag.criteria if c not in flag.signs for name in met[c]}
    if least == 0.0 and any(f.id in patterns and is_acute(f) for f in findings):
        return True  # "my balance has been off for years, today I suddenly fell"
    if least == 0.0 and any(
        f.id in patterns.intersection(flag.criteria) and is_untold(f) for f in findings
    ):
        return True  # "she has kept falling for a year; just now she went over"
    for sign in flag.signs or flag.criteria:
        meant = [f for f in findings if f.id in met[sign]]
        lengths = [
            None if f.course == "worse" else f.duration_days or f.at_least_days for f in meant
        ]
        new = least == 0.0 and (not lengths or None in lengths)
        if not new and not any(d is not None and least <= d <= most for d in lengths):
            return False
    return True


def is_acute(finding: Finding) -> bool:
    """Whether a finding began within a day."""
    return finding.duration_days is not None and finding.duration_days <= _ACUTE_DAYS


def is_untold(finding: Finding) -> bool:
    """Whether a finding is told in words, and no time of it."""
    told = finding.reason is None and finding.span is not None
    return told and finding.duration_days is None and finding.at_least_days is None


def is_recent(finding: Finding) -> bool:
    """Whether a finding that was set aside is over, and not for longer than some weeks."""
    if finding.reason == OVER:
        days = finding.duration_days or finding.at_least_days
        return days is None or days <= _RECENT_DAYS
    # "In 2015, for a week": how long it was is not how long ago.
    told = [d for d in (finding.duration_days, finding.at_least_days) if d]
    return finding.reason == _PAST and bool(told) and max(told) <= _RECENT_DAYS


def about_now(finding: Finding) -> bool:
    """Whether a finding that was set aside is nevertheless there today."""
    recent = (finding.duration_days or 0.0) <= _RECENT_DAYS
    return finding.status == "present" and finding.reason in _ABOUT_NOW and recent


def rank(level: ScaleItem) -> int:
    """How urgent a level is; 0 for the lowest."""
    return level.rank if level.rank is not None else 0
