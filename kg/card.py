"""The concept card: all that the graph says about one concept, or about one claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from kg.catalogue import Catalogue
from kg.explain.cite import Citations, short
from kg.explain.model import EvidenceItem
from kg.prefixes import default_prefixes
from kg.store.protocol import Store
from kg.view import NOT_CHECKED, Claim, View


@dataclass(frozen=True, slots=True)
class Mapping:
    """A term of another vocabulary: how it matches (``exact``), its compact IRI, its label."""

    match: str
    id: str
    label: str | None


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A claim as a card shows it: a sentence, its three parts, how sure, and who says so.

    `check` is the most that looking up its sources came to ("not checked" where nobody did),
    `checks` what it came to for each piece of evidence, in their order.
    """

    id: str
    text: str
    subject: str
    relation: str
    object: str
    hedge: str
    frequency: str | None
    confidence: float
    evidence: tuple[EvidenceItem, ...]
    check: str
    checks: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """What the graph says about a concept.

    Attributes:
        id, iri, label, definition: of the concept; of a claim, its sentence is the label.
        lay_label: the plain words for it, where there are some.
        kinds: labels of its classes, the most specific first.
        synonyms: other names, misspellings left out.
        mappings: terms of other vocabularies.
        claims: with the concept as their subject, sorted by relation and object.
        claims_about: with the concept as their object, sorted by relation and subject.
        sources: titles of all that is cited, by id.
    """

    id: str
    iri: str
    label: str
    lay_label: str | None
    definition: str
    kinds: tuple[str, ...]
    synonyms: tuple[str, ...]
    mappings: tuple[Mapping, ...]
    claims: tuple[CardClaim, ...]
    claims_about: tuple[CardClaim, ...]
    sources: dict[str, str]

    def __repr__(self) -> str:
        return f"<ConceptCard {self.id}: {self.label}>"

    def to_dict(self) -> dict[str, Any]:
        """The card as JSON-ready data, keys as the attributes are called."""
        return asdict(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown and HTML; no scripts, everything escaped."""
        # The renderings know this object, so it may not know them: looked up when called.
        page = import_module("kg.render.card").compose(self)
        bundle: dict[str, str] = import_module("kg.render.notebook").of_page(page)
        return bundle


def read_mappings(store: Store, catalogue: Catalogue, thing: str) -> tuple[Mapping, ...]:
    """Read the terms of other vocabularies that a concept is mapped to, each once."""
    compact = default_prefixes().compact
    found = {}
    for match, target, label in store.select(
        catalogue.get("engine/mappings").bind({"thing": thing})
    ):
        kind = str(match).rpartition("#")[2].removesuffix("Match")
        found[kind, str(target)] = Mapping(
            kind, compact(str(target)), str(label) if label is not None else None
        )
    return tuple(found.values())


def make_card(
    view: View, citations: Citations, thing: str, mappings: Iterable[Mapping]
) -> ConceptCard:
    """Put together the card of a concept or of a claim.

    Args:
        view: the graph.
        citations: of the same view.
        thing: id of a concept or a claim of the view.
        mappings: what is known of it in other vocabularies.
    """
    claim = view.claims.get(thing)
    own = [c for c in view.claims.values() if c.subject == thing]
    about = [c for c in view.claims.values() if c.object == thing and not c.literal_object]
    if claim is not None:
        own.insert(0, claim)
    forward = [_told(view, citations, c, backward=False) for c in own]
    backward = [_told(view, citations, c, backward=True) for c in about]
    cited = {item.source for each in (*forward, *backward) for item in each.evidence}
    concept = view.concepts.get(thing)
    kinds = concept.kinds if concept is not None else ("ft:Claim",)
    names = view.class_labels or {}
    return ConceptCard(
        id=thing,
        iri=concept.iri if concept is not None else view.claims[thing].iri,
        label=concept.label if concept is not None else citations.text(thing),
        lay_label=concept.lay_label if concept is not None else None,
        definition=concept.definition if concept is not None else "",
        kinds=tuple(names.get(kind, kind) for kind in kinds),
        synonyms=concept.alt_labels if concept is not None else (),
        mappings=tuple(sorted(mappings, key=lambda m: (m.match, m.id))),
        claims=tuple(forward),
        claims_about=tuple(backward),
        sources={source: view.label(source) for source in sorted(cited)},
    )


def _told(view: View, citations: Citations, claim: Claim, *, backward: bool) -> CardClaim:
    checks = [view.scales.get(item.check or "") for item in claim.evidence]
    done = [check for check in checks if check is not None]
    return CardClaim(
        id=claim.id,
        text=citations.wording.claim(claim, backward=backward),
        subject=claim.subject,
        relation=claim.predicate,
        object=claim.object,
        hedge=view.label(claim.hedge),
        frequency=view.label(claim.frequency) if claim.frequency is not None else None,
        confidence=round(claim.confidence, 4),
        evidence=tuple(
            EvidenceItem(item.source, item.locator, short(item.direction), item.passage)
            for item in claim.evidence
        ),
        check=max(done, key=lambda c: c.weight or 0.0).label if done else NOT_CHECKED,
        checks=tuple(check.definition if check is not None else None for check in checks),
    )
