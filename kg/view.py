"""The compiled view: an immutable picture of the graph that every step of the engine reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Concept(NamedTuple):
    """A concept with its names; `id` is the compact IRI (``ft:caffeine``).

    `kinds` holds the compact IRIs of its classes, the most specific first, ancestors included;
    `roles` the engine roles of those classes (``ft:reportable``).
    """

    id: str
    iri: str
    label: str
    definition: str
    kinds: tuple[str, ...]
    roles: frozenset[str]
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    lay_label: str | None = None
    lay_clause: str | None = None
    question: str | None = None
    advice: str | None = None
    scope_anchor: bool = False
    urgency_when_named: str | None = None

    @property
    def kind(self) -> str:
        """The most specific class, as a compact IRI."""
        return self.kinds[0] if self.kinds else "ft:Concept"

    def ranked_names(self) -> Iterator[tuple[int, str]]:
        """All names with a rank: 0 the preferred one, 1 others that are shown, 2 hidden ones."""
        yield 0, self.label
        for label in self.alt_labels:
            yield 1, label
        if self.lay_label:
            yield 1, self.lay_label
        for label in self.hidden_labels:
            yield 2, label


class Relation(NamedTuple):
    """A property that claims state; polarity is +1, -1, 0 (unknown sign) or None (not causal)."""

    id: str
    iri: str
    label: str
    definition: str
    phrase: str
    inverse_phrase: str
    plain_phrase: str | None
    polarity: int | None
    chain_direction: str | None
    causal: bool
    direct: bool


class Source(NamedTuple):
    """A document that claims cite."""

    id: str
    iri: str
    title: str
    type: str
    url: str | None
    independent: str


class Passage(NamedTuple):
    """One sentence of an article: where it stands and its digest, never its words."""

    id: str
    source: str
    paragraph: int
    sentence: int
    start: int
    end: int
    sha256: str

    @property
    def locator(self) -> str:
        """Where the passage stands, in words."""
        return f"paragraph {self.paragraph}, sentence {self.sentence}"


NOT_CHECKED = "not checked"
"""What is said of evidence that nobody has looked up."""


class Evidence(NamedTuple):
    """A piece of evidence: the source, the place in it, and whether it supports or refutes.

    `check` is what came of looking it up (a step of the scale ``ft:Check``), None where nobody did.
    """

    id: str
    source: str
    passage: str | None
    locator: str | None
    direction: str
    check: str | None = None


class Claim(NamedTuple):
    """A statement with its evidence; `object` is a compact IRI, or the text of a literal.

    `extent` is set where the source limits it to a part of the subject (``ft:some``).
    """

    id: str
    iri: str
    subject: str
    predicate: str
    object: str
    literal_object: bool
    hedge: str
    frequency: str | None
    evidence: tuple[Evidence, ...]
    confidence: float
    extent: str | None = None

    @property
    def supported(self) -> bool:
        """True when at least one piece of evidence supports the claim."""
        return any(e.direction == "ft:supports" for e in self.evidence)


class ScaleItem(NamedTuple):
    """A step of a scale (hedge, urgency level, frequency band, source type …) with its numbers.

    `min_days` is the shortest time after which the step holds, for the steps that need one.
    """

    id: str
    kind: str
    label: str
    definition: str
    rank: int | None
    weight: float | None
    probability: float | None
    advice: str | None
    min_days: float | None = None


class Quantity(NamedTuple):
    """An amount (value, UCUM unit, comparator) or a stretch of time (bounds in days)."""

    id: str
    label: str
    value: float | None
    unit: str | None
    comparator: str | None
    min_days: float | None
    max_days: float | None
    serving_of: str | None
    below_implies: str | None = None
    above_implies: str | None = None


class Cue(NamedTuple):
    """A language cue: the words, what they do and in which direction they reach.

    A cue resource with several ``ft:cue-text`` values makes one `Cue` for each of them, all with
    the same id. `category` is a compact IRI (``ft:negation``), `reach` the plain string.
    `properties` holds every other property of the resource by its compact IRI, IRIs compact and
    literals as plain strings (``{"ft:cue-value": "3", "ft:cue-concept": "ft:x"}``); several
    values of one property are joined by a space, sorted.
    """

    id: str
    text: str
    category: str
    reach: str | None
    properties: Mapping[str, str]


class Match(NamedTuple):
    """A concept that a term of another vocabulary stands for.

    `kind` is the relation from the concept to the term, by SKOS: exact, close, narrow or broad;
    `preferred` is true where the vocabulary is the one for things of this kind.
    """

    concept: str
    kind: str
    preferred: bool


@dataclass(frozen=True)
class View:
    """Everything the engine reads, indexed by compact IRI and sorted; built once, never changed.

    `cues` holds them by category, as ``negation`` for ``ft:negation``;
    `terms` tells what the terms of other vocabularies (``HP:0000643``) stand for, best first.
    """

    version: str
    concepts: Mapping[str, Concept]
    relations: Mapping[str, Relation]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    scales: Mapping[str, ScaleItem]
    quantities: Mapping[str, Quantity]
    cues: Mapping[str, Sequence[Cue]]
    implications: tuple[tuple[str, str], ...] = ()
    opposites: tuple[tuple[str, str], ...] = ()
    class_labels: Mapping[str, str] | None = None
    terms: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)

    @cached_property
    def _supported(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims.values() if claim.supported)

    @cached_property
    def by_subject(self) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
        """Supported claims by (subject, predicate)."""
        index: dict[tuple[str, str], list[Claim]] = {}
        for claim in self._supported:
            index.setdefault((claim.subject, claim.predicate), []).append(claim)
        return {key: tuple(claims) for key, claims in index.items()}

    @cached_property
    def by_object(self) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
        """Supported claims by (object, predicate)."""
        index: dict[tuple[str, str], list[Claim]] = {}
        for claim in self._supported:
            if not claim.literal_object:
                index.setdefault((claim.object, claim.predicate), []).append(claim)
        return {key: tuple(claims) for key, claims in index.items()}

    @cached_property
    def _objects(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return {key: tuple(c.object for c in found) for key, found in self.by_subject.items()}

    @cached_property
    def _subjects(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return {key: tuple(c.subject for c in found) for key, found in self.by_object.items()}

    def objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The objects of the supported claims with this subject and predicate."""
        return self._objects.get((subject, predicate), ())

    def subjects(self, predicate: str, obj: str) -> tuple[str, ...]:
        """The subjects of the supported claims with this predicate and object."""
        return self._subjects.get((obj, predicate), ())

    @cached_property
    def _broader(self) -> dict[str, tuple[str, ...]]:
        return {}

    def broader(self, concept: str) -> tuple[str, ...]:
        """The concept itself, then all it is a kind or a form of, nearest first."""
        known = self._broader.get(concept)
        return known or self._reach(concept, self._broader, "ft:form-of", "ft:subtype-of")

    def _reach(
        self, concept: str, known: dict[str, tuple[str, ...]], *predicates: str
    ) -> tuple[str, ...]:
        order = [concept]
        for item in order:
            for predicate in predicates:
                order += [o for o in self.objects(item, predicate) if o not in order]
        if concept in self.concepts:  # what anybody may write is not kept
            known[concept] = tuple(order)
        return tuple(order)

    @cached_property
    def _around(self) -> dict[str, tuple[str, ...]]:
        return {}

    def around(self, place: str) -> tuple[str, ...]:
        """The place itself, then all it is a part of, nearest first."""
        return self._around.get(place) or self._reach(place, self._around, "ft:part-of")

    def with_role(self, role: str) -> tuple[Concept, ...]:
        """The concepts whose kind has the engine role (``ft:remedy-kind``)."""
        return tuple(c for c in self.concepts.values() if role in c.roles)

    def lay(self, concept: str) -> str | None:
        """The plain words for a concept, where it has some."""
        known = self.concepts.get(concept)
        return known.lay_label if known is not None else None

    def label(self, concept: str) -> str:
        """The preferred label of any concept, claim, scale item, quantity, relation or source."""
        for index in (self.concepts, self.scales, self.quantities, self.relations):
            item = index.get(concept)
            if item is not None:
                return str(item.label)
        source = self.sources.get(concept)
        return source.title if source is not None else concept
