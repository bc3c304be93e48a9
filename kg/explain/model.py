"""The explanation: one frozen object from which every rendering is made."""

from __future__ import annotations

from dataclasses import dataclass

from kg.recognise.case import Case

__all__ = [
    "Cause",
    "Chain",
    "Criterion",
    "EvidenceItem",
    "Explanation",
    "Link",
    "Location",
    "NextQuestion",
    "RankedCondition",
    "RankedRemedy",
    "RaisedFlag",
    "SourceItem",
    "Statement",
    "Structure",
    "Urgency",
    "WatchFlag",
    "WeightedFinding",
]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Where a claim stands: source id, place in the source, supports or refutes."""

    source: str
    locator: str | None
    direction: str
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain, in the order in which it is read; `polarity` is +1, -1 or 0."""

    subject: str
    relation: str
    object: str
    text: str
    claim: str
    polarity: int
    hedge: str
    confidence: float
    evidence: tuple[EvidenceItem, ...]
    contested_by: tuple[str, ...] = ()
    strengthened_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of links from a cause or a remedy to a finding; sign ``+``, ``-`` or ``?``.

    `confidence` is the product of the links' confidences; `direct` is True when the chain names
    no mechanism between its ends.
    """

    start: str
    end: str
    sign: str
    confidence: float
    direct: bool
    steps: tuple[Link, ...]


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


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon care is needed: the highest level of the raised flags."""

    level: str
    label: str
    advice: str
    because: tuple[RaisedFlag, ...]
    watch_for: tuple[WatchFlag, ...]


@dataclass(frozen=True, slots=True)
class WeightedFinding:
    """A finding and its weight for a condition, in decibans (10 log10 of the likelihood ratio)."""

    id: str
    label: str
    decibans: float
    likelihood_ratio: float
    claim: str | None


@dataclass(frozen=True, slots=True)
class RankedCondition:
    """A condition with its four lists; `score` is the total in decibans, prior included."""

    id: str
    label: str
    score: float
    probability: float
    prior: float
    for_: tuple[WeightedFinding, ...]
    against: tuple[WeightedFinding, ...]
    not_asked: tuple[str, ...]
    not_annotated: tuple[str, ...]
    chains: tuple[Chain, ...]
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its chains to the findings; `reported` is False when nobody asked."""

    id: str
    label: str
    kind: str
    reported: bool
    score: float
    chains: tuple[Chain, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure that may be the seat of the trouble: what it covers and spares, and why."""

    id: str
    label: str
    kind: str
    covers: tuple[str, ...]
    spares: tuple[str, ...]
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the motor pathway the trouble may sit, most specific first."""

    structures: tuple[Structure, ...]
    evidence: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class RankedRemedy:
    """A remedy, the links it cuts in this person's chains, its limits and cautions."""

    id: str
    label: str
    kind: str
    self_care: bool
    score: float
    interrupts: tuple[str, ...]
    chains: tuple[Chain, ...]
    limit: str | None
    time_to_effect: str | None
    cautions: tuple[str, ...]
    why: str
    evidence: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What to ask next, why, and which candidates the answer separates."""

    id: str
    text: str
    why: str
    separates: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A cited source; its place in the list is its citation number."""

    id: str
    title: str
    type: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the explanation with the claims it rests on."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: what must not wait, what may explain it, by which chain, where, what helps."""

    schema: str
    graph_version: str
    disclaimer: str
    case: Case
    in_scope: bool
    labels: dict[str, str]
    kinds: dict[str, str]
    urgency: Urgency
    conditions: tuple[RankedCondition, ...]
    causes: tuple[Cause, ...]
    covering_sets: tuple[tuple[str, ...], ...]
    unexplained: tuple[str, ...]
    location: Location
    remedies: tuple[RankedRemedy, ...]
    questions: tuple[NextQuestion, ...]
    disagreements: tuple[Statement, ...]
    sources: tuple[SourceItem, ...]
