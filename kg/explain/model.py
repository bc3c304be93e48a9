"""The explanation: one frozen object from which every rendering is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.explain.later import Later
from kg.explain.urgency import Criterion, EvidenceItem, RaisedFlag, Urgency, WatchFlag
from kg.recognise.case import Case

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.query_result import QueryResult, Value
    from kg.view import View

__all__ = [
    "Cause",
    "Chain",
    "ClaimItem",
    "Criterion",
    "EvidenceItem",
    "Explanation",
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


@dataclass(frozen=True, slots=True)
class RankedCondition:
    """A condition with its four lists; `score` is the total in decibans, prior included.

    `for_` and `against` hold the findings that it is annotated with: ten times the decimal
    logarithm of `prior` and their decibans make the `score`. `coverage` is the share of the
    case's findings that count for any condition and that this one is annotated with,
    `annotations` the number of findings that claims give it; `described` is False for the
    candidate that stands for all that the graph does not describe.
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


@dataclass(frozen=True, slots=True)
class Explanation(Later):
    """The answer: what must not wait, what may explain it, by which chain, where, what helps.

    `labels` and `kinds` name every concept that the answer speaks of, `lay_labels` those that have
    plain words besides. `covering_sets` are the
    smallest sets of reported causes and conditions that explain all findings but the
    `unexplained` ones; `remedy_sets` the smallest sets of remedies that together cut all chains
    of the reported causes. The number of a source is its place in `sources`, from 1. `claims`
    holds every claim that something in the answer rests on, by id. `view` is the graph that the
    answer came from, which `export` reads definitions from; it is no part of the answer, and stays
    behind when the answer is pickled. The other fields may be worked out when they are looked at.
    """

    schema: str
    graph_version: str
    disclaimer: str
    case: Case
    in_scope: bool
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
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
    remedy_sets: tuple[tuple[str, ...], ...] = ()
    lay_labels: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, ClaimItem] = field(default_factory=dict)
    view: View | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> list[Any]:
        return [None if f.name == "view" else getattr(self, f.name) for f in fields(self)]

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data for JSON, described by `explanation.schema.json`."""
        from kg.explain.serialise import to_dict

        return to_dict(self)

    def to_markdown(self, level: str = "plain") -> str:
        """The answer as Markdown, at the level ``plain`` or ``clinical``.

        Raises:
            BadInput: there is no such level.
        """
        # The renderings know this object, so it may not know them: looked up when called.
        render = import_module("kg.render.markdown").render
        return str(render(self, level))

    def to_rdf(self) -> rdflib.Graph:
        """The answer in the terms of PROV-O, linked to the claims that it was derived from."""
        from kg.explain.rdf import to_rdf

        return to_rdf(self)

    def to_turtle(self) -> str:
        """The same as `to_rdf` in Turtle; the same bytes always."""
        from kg.explain.rdf import to_turtle

        return to_turtle(self)

    def to_table(self) -> QueryResult:
        """The answer as a table, see `kg.explain.table`: who says what, for each statement."""
        from kg.explain.table import to_table

        return to_table(self)

    def to_records(self) -> list[dict[str, Value]]:
        """The rows of `to_table`, each as a dictionary from column to value."""
        return self.to_table().to_dicts()

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The chains of the answer as a graph of concepts, one edge for each claim."""
        from kg.explain.network import to_networkx

        return to_networkx(self)

    def export(self, name: str, **options: Any) -> str | bytes:
        """The answer in a file format: its chains as nodes and edges, or the answer in RDF.

        Args:
            name: of the format, see `kg.export.registry.format_names`.
            options: of the format, such as `theme="dark"` of a picture.

        Raises:
            BadInput: there is no such format, or it has no such option.
        """
        export = import_module("kg.export.answer").export_answer
        content: str | bytes = export(self, name, **options)
        return content

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown, and HTML with the picture; no scripts."""
        bundle: dict[str, str] = import_module("kg.render.notebook").of_explanation(self)
        return bundle
