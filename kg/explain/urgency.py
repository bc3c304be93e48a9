"""How soon care is needed, and why: the part of an answer that comes before all others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Where a claim stands: source id, place in the source, supports or refutes."""

    source: str
    locator: str | None
    direction: str
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of a red flag, whether it is met, and by which findings of the case."""

    id: str
    label: str
    met: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag whose criteria all hold, with the findings that met them and who says so."""

    id: str
    label: str
    level: str
    findings: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    advice: str | None
    points_to: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class WatchFlag:
    """A red flag that does not hold, but would if its missing criteria were met."""

    id: str
    label: str
    level: str
    missing: tuple[str, ...]
    asked: bool
    evidence: tuple[EvidenceItem, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon care is needed: the highest level of the raised flags.

    `clear` is False where no level could be given: nothing that must not wait was seen, but what
    was told is out of scope, or something bodily in it was not understood.
    """

    level: str
    label: str
    advice: str
    because: tuple[RaisedFlag, ...]
    watch_for: tuple[WatchFlag, ...]
    clear: bool = True

    @property
    def caution(self) -> str | None:
        """The level and its advice, where something calls for care or no level can be given."""
        told = f"{self.label[:1].upper()}{self.label[1:]}: {self.advice}"
        return told if self.because or not self.clear else None
