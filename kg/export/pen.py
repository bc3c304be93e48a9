"""The nodes and the edges of a drawing, with all that a view, or an answer alone, tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.errors import KgError
from kg.explain.cite import Citations, short
from kg.explain.model import Explanation, Link, SourceItem
from kg.explain.names import source_items
from kg.export.drawing import Drawing, Edge, Node
from kg.prefixes import default_prefixes
from kg.view import Claim, Relation, View

_CLAIM: Final = "ft:Claim"


class Pen:
    """Draws the things of one view, or of an explanation alone where there is no view."""

    def __init__(self, view: View | None, explanation: Explanation | None = None) -> None:
        self._view = view
        self._told = explanation
        self._citations = None if view is None else Citations(view)

    def draw(
        self,
        title: str,
        *,
        nodes: Iterable[str],
        claims: Iterable[str],
        roles: Mapping[str, str] | None = None,
        links: Mapping[str, Link] | None = None,
        centre: str | None = None,
    ) -> Drawing:
        """Put nodes and claims together, sorted, with the ends of the claims and their sources."""
        given, other = (roles, "step") if roles is not None else ({}, None)
        drawn = [self.edge(claim, (links or {}).get(claim)) for claim in sorted(set(claims))]
        edges = tuple(edge for edge in drawn if edge is not None)
        ends = {end for edge in edges for end in (edge.source, edge.target)}
        return Drawing(
            title=title,
            version=self._version(),
            nodes=tuple(self.node(n, given.get(n, other)) for n in sorted(ends | set(nodes))),
            edges=edges,
            sources=self._sources({source for edge in edges for source in edge.sources}),
            centre=centre,
            explanation=self._told,
        )

    def _version(self) -> str:
        if self._view is not None:
            return self._view.version
        return self._told.graph_version if self._told is not None else ""

    def label(self, name: str) -> str:
        """What a thing is called."""
        return self.node(name).label

    def is_causal(self, claim_id: str) -> bool:
        """True for a claim of the view that states an effect."""
        claim = self._view.claims.get(claim_id) if self._view is not None else None
        relation = self._relation(claim)
        return relation is not None and relation.causal

    def node(self, name: str, role: str | None = None) -> Node:
        """The node of a concept, of a step of a scale, or of a claim."""
        view, told = self._view, self._told
        if view is None:
            kind = told.kinds.get(name, "ft:Concept") if told else "ft:Concept"
            label = told.labels.get(name, name) if told else name
            lay = told.lay_labels.get(name) if told else None
            return Node(name, label, kind, _words(kind), role, "", _iri(name), lay)
        names = view.class_labels or {}
        concept, item = view.concepts.get(name), view.scales.get(name)
        iri = ""
        if concept is not None:
            kind, definition, iri = concept.kind, concept.definition, concept.iri
        elif item is not None:
            kind, definition = item.kind, item.definition
        else:
            kind, definition = _CLAIM, ""
            iri = view.claims[name].iri if name in view.claims else ""
        label = self._text(name) if name in view.claims else view.label(name)
        iri = iri or _iri(name)
        lay = concept.lay_label if concept is not None else None
        kind_label = names.get(kind, _words(kind))
        also = (*concept.alt_labels, *concept.hidden_labels) if concept is not None else ()
        return Node(name, label, kind, kind_label, role, definition, iri, lay, also)

    def edge(self, claim_id: str, link: Link | None = None) -> Edge | None:
        """The edge of a claim; None where its object is a text."""
        claim = self._view.claims.get(claim_id) if self._view is not None else None
        if claim is None:
            return self._edge_of(link) if link is not None else None
        if claim.literal_object:
            return None
        assert self._citations is not None
        made = self._citations.link(claim_id, backward=False)
        relation = self._relation(claim)
        return Edge(
            id=claim.id,
            source=claim.subject,
            target=claim.object,
            relation=claim.predicate,
            phrase=self._citations.wording.verb(claim),
            # What sources refute has no effect.
            polarity=relation.polarity
            if relation is not None and relation.causal and claim.supported
            else None,
            hedge=made.hedge,
            frequency=self._band(claim.frequency),
            confidence=round(claim.confidence, 6),
            supported=claim.supported,
            sources=_cited(made),
            evidence=made.evidence,
            contested=_contested(made),
            extent=self._band(claim.extent),
            text=made.text,
            plain=made.plain,
        )

    def _edge_of(self, link: Link) -> Edge:
        """The edge of a link that is known from an explanation alone."""
        told = self._told.claims.get(link.claim) if self._told is not None else None
        ends = (link.subject, link.object)
        read = (f"{self.label(link.subject)} ", f" {self.label(link.object)}")
        phrase = link.text.removeprefix(read[0]).removesuffix(read[1])
        # A chain may read a claim from its object; the id says which end is the subject.
        if link.claim.endswith("-".join(map(short, (link.object, link.relation, link.subject)))):
            ends = (link.object, link.subject)
            phrase = f"{_words(link.relation)} ({link.hedge})"
        return Edge(
            id=link.claim,
            source=ends[0],
            target=ends[1],
            relation=link.relation,
            phrase=phrase,
            polarity=link.polarity,
            hedge=link.hedge,
            frequency=told.frequency if told is not None else None,
            confidence=round(link.confidence, 6),
            supported=any(item.direction == "supports" for item in link.evidence),
            sources=_cited(link),
            evidence=link.evidence,
            contested=_contested(link),
            text=link.text,
        )

    def _band(self, name: str | None) -> str | None:
        return self._view.label(name) if self._view is not None and name is not None else None

    def _relation(self, claim: Claim | None) -> Relation | None:
        if claim is None or self._view is None:
            return None
        return self._view.relations.get(claim.predicate)

    def _text(self, claim_id: str) -> str:
        return self._citations.text(claim_id) if self._citations is not None else claim_id

    def _sources(self, cited: set[str]) -> tuple[SourceItem, ...]:
        # The numbers of an explanation stay; what it does not cite itself comes after.
        first = self._told.sources if self._told is not None else ()
        more = sorted(cited - {source.id for source in first})
        return (*first, *(source_items(self._view, more) if self._view is not None else ()))


def _cited(link: Link) -> tuple[str, ...]:
    return tuple(sorted({item.source for item in link.evidence}))


def _contested(link: Link) -> bool:
    return bool(link.contested_by) or any(e.direction == "refutes" for e in link.evidence)


def _iri(name: str) -> str:
    try:
        return str(default_prefixes().expand(name))
    except KgError:
        return name


def _words(name: str) -> str:
    """The local part of a compact IRI as words.

    >>> _words("ft:NerveBranch"), _words("ft:contributes-to")
    ('nerve branch', 'contributes to')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", short(name)).replace("-", " ").lower()
