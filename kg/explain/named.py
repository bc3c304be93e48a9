"""What carries an urgency of its own: named conditions, and signs that are never harmless.

A condition that must not wait is urgent once it is named of the person; a sign that no harmless
twitch explains is for a doctor whatever else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.explain.cite import Citations, short
from kg.explain.model import Criterion, EvidenceItem, RaisedFlag
from kg.recognise.case import Case, Finding
from kg.view import ScaleItem, View

_LEVEL = "ft:UrgencyLevel"
_SIGN = "ft:effect-kind"
# Ways in which a condition can be known for a person; what is only past or feared is none.
_SAID_OF_PERSON = frozenset({"named", "suspected"})
_SUPPOSED = ("uncertain", "asked")
_RECENT_DAYS = 31.0  # what was dangerous longer ago is no news
_LASTING = 1  # rank of the level of illnesses that last, and are followed for years


class _Named(NamedTuple):
    """What the graph knows of a condition that must not wait."""

    level: ScaleItem
    advice: str | None
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]


class NamedConditions:
    """The conditions and signs of a view that have an urgency when named, with who says so.

    The evidence is that of the red flags that indicate the condition at this level; for a sign,
    that it is one of illnesses, or a part of warnings, which call for this level.
    """

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._known: dict[str, _Named] = {}
        self.signs: set[str] = set()  # whose level is the least that can be said
        for concept in view.concepts.values():
            level = view.scales.get(concept.urgency_when_named or "")
            if level is None or level.kind != _LEVEL:
                continue
            flags = [
                flag
                for flag in view.subjects("ft:indicates", concept.id)
                if level.id in view.objects(flag, "ft:has-urgency")
            ]
            claims = tuple(
                claim.id
                for flag in flags
                for relation in ("ft:has-urgency", "ft:indicates")
                for claim in view.by_subject.get((flag, relation), ())
                if claim.object in (level.id, concept.id)
            ) or tuple(c.id for c in view.by_subject.get((concept.id, "ft:has-urgency"), ()))
            claims = claims or tuple(self._shown_by(concept.id, level))
            if _SIGN in concept.roles:
                self.signs.add(concept.id)
            self._known[concept.id] = _Named(
                level, concept.advice or level.advice, claims, citations.evidence(claims)
            )

    def _shown_by(self, finding: str, level: ScaleItem) -> Iterator[str]:
        """The claims that illnesses, or warnings, which call for such a level show a finding."""
        view = self._view
        for relation in ("ft:has-finding", "ft:has-criterion"):
            for claim in view.by_object.get((finding, relation), ()):
                levels = view.objects(claim.subject, "ft:has-urgency")
                graver = any((view.scales[o].rank or 0) >= (level.rank or 0) for o in levels)
                if claim.supported and graver:
                    yield claim.id

    def raised(self, case: Case, recent: Callable[[Finding], bool]) -> list[RaisedFlag]:
        """What the case names of them.

        Args:
            case: whose findings and known conditions are looked at; nobody else's.
            recent: whether what was set aside as over still counts.
        """
        old = {k.id for k in case.known if k.days_ago is not None and k.days_ago > _RECENT_DAYS}
        found: dict[str, list[str]] = {}
        for name in self._said(case, recent):
            for general in self._view.broader(name):
                known = self._known.get(general)
                if known and (name not in old or (known.level.rank or 0) <= _LASTING):
                    found.setdefault(general, []).append(name)
        return [self._raise(condition, names) for condition, names in sorted(found.items())]

    def is_feared(self, case: Case) -> bool:
        """Whether a text that asks nothing supposes or fears a condition that must not wait."""
        return (
            any(
                (self._known[f.id].level.rank or 0) > _LASTING
                for f in case.findings
                if f.status == "unknown" and f.id in self._known and f.reason in _SUPPOSED
            )
            and not case.asked
        )

    def _said(self, case: Case, recent: Callable[[Finding], bool]) -> Iterator[str]:
        names = [f.id for f in case.findings if f.status == "present"]
        names += [k.id for k in case.known if k.status in _SAID_OF_PERSON]
        names += [f.id for f in case.others if recent(f)]
        yield from dict.fromkeys(names)

    def _raise(self, condition: str, names: list[str]) -> RaisedFlag:
        named, label = self._known[condition], self._view.label(condition)
        return RaisedFlag(
            id=condition,
            label=label,
            level=short(named.level.id),
            findings=tuple(names),
            criteria=(Criterion(condition, label, True, tuple(names)),),
            advice=named.advice,
            points_to=(),
            claims=named.claims,
            evidence=named.evidence,
        )
