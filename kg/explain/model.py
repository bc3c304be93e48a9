"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explain.explanation import Explanation
from kg.explain.urgency import Criterion, EvidenceItem, RaisedFlag, Urgency, WatchFlag

__all__ = [
    "Cause",
    "Chain",
    "ClaimItem",
    "Criterion",
    "EvidenceItem",
    "Explanation",
    "Heading",
    "Link",
    "Location",
    "NextQuestion",
    "PathStep",
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
class Link:
    """One step of a chain, in the order in which it is read; `polarity` is +1, -1 or 0.

    `text` says it in the terms of the field, `plain` what it says of its subject in plain words.
    """

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
    plain: str = ""


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
class WeightedFinding:
    """A finding and its weight for a condition, in decibans (10 log10 of the likelihood ratio)."""

    id: str
    label: str
    decibans: float
    likelihood_ratio: float
    claim: str | None

    def counting(self, share: float) -> WeightedFinding:
        """The same finding, where only a share of it counts."""
        ratio = self.likelihood_ratio**share
        return WeightedFinding(self.id, self.label, self.decibans * share, ratio, self.claim)


@dataclass(frozen=True, slots=True)
class Heading:
    """What conditions are kinds of, with the sum of their probabilities."""

    id: str
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class RankedCondition:
    """A condition with its four lists; `score` is the total in decibans, prior included.

    `for_` and `against` hold the findings that it is annotated with: ten times the decimal
    logarithm of `prior` and their decibans make the `score`. `coverage` is the share of the
    case's findings that count for any condition and that this one is annotated with,
    `annotations` the number of findings that claims give it; `described` is False for the
    candidate that stands for all that the graph does not describe. `under` holds what it is a kind
    of, the nearest first: kinds are ranked, and never against what they are kinds of.
    """

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
    claims: tuple[str, ...] = ()
    coverage: float = 0.0
    annotations: int = 0
    described: bool = True
    under: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its chains to the findings; `reported` is False when nobody asked.

    `outcome` tells what became of the findings when the cause was given up or cut down:
    ``helped``, ``did not help``, or None where nothing of the sort was told.
    """

    id: str
    label: str
    kind: str
    reported: bool
    score: float
    chains: tuple[Chain, ...]
    notes: tuple[str, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure that may be the seat of the trouble: what it covers and spares, and why.

    `processes` are those that may go on there, `change` what the findings show of it ("lesion",
    "irritation"), `fit` how well the structure accounts for the case, 1.0 for the best one.
    """

    id: str
    label: str
    kind: str
    covers: tuple[str, ...]
    spares: tuple[str, ...]
    why: str
    claims: tuple[str, ...]
    processes: tuple[str, ...] = ()
    change: str | None = None
    fit: float = 1.0


@dataclass(frozen=True, slots=True)
class PathStep:
    """A structure on the course that the answer lies on; `after` is the one that leads to it.

    `fit` is how well the structure accounts for the case (0 to 1), `told` True where it is one of
    the structures of the answer.
    """

    id: str
    label: str
    after: str | None
    fit: float
    told: bool


@dataclass(frozen=True, slots=True)
class Location:
    """Where the trouble may sit, the likeliest first, and the ordered course that it lies on."""

    structures: tuple[Structure, ...]
    evidence: tuple[EvidenceItem, ...]
    path: tuple[PathStep, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedRemedy:
    """A remedy, the links it cuts in this person's chains, its limits and cautions.

    `interrupts` holds the claims of the links, `acts_on` the concepts that the remedy lowers there
    (or acts on in general, where it cuts no link), `claims` what the entry rests on; `outcome`
    tells what became of it where it was tried: ``helped`` or ``did not help``.
    """

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
    acts_on: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What to ask next, why, and which candidates the answer separates.

    The text is worded so that "yes" means that the concept is present. `gain` is the expected
    information about the conditions in bits; `raises` the level of urgency that a yes may lead
    to, and `rise` by how many levels it is expected to: the levels times the chance of a yes, as
    far as this case makes it likelier than a finding that nothing speaks for. `quote` holds the
    words that were not understood where the question is what they meant; no "yes" answers it.
    `could_be` are the signs that they could mean.
    """

    id: str
    text: str
    why: str
    separates: tuple[str, ...]
    gain: float
    raises: str | None = None
    rise: float = 0.0
    quote: str | None = None
    could_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A cited source; its place in the list is its citation number."""

    id: str
    title: str
    type: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A claim that the explanation rests on, in words, with how sure it is and who says so.

    `text` says it in the terms of the field, `plain` in plain words; `frequency` is the band that
    the source gives, None where it gives none.
    """

    id: str
    text: str
    hedge: str
    confidence: float
    evidence: tuple[EvidenceItem, ...]
    frequency: str | None = None
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the explanation with the claims it rests on."""

    text: str
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...] = ()
