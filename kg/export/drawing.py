"""What every drawing and every graph format shows: nodes and edges with all that is told of them.

A drawing is made from the whole graph or a neighbourhood, from an explanation, from the chains of
a path, or from the rows of a query. A format turns it into a file, and looks nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Final

from kg.errors import BadInput, KgError
from kg.explain.chains import ChainFinder
from kg.explain.cite import Citations, short
from kg.explain.model import Chain, EvidenceItem, Explanation, Link, SourceItem
from kg.explain.names import source_items
from kg.explain.signed import MINUS, PLUS, SignedGraph
from kg.export.selection import Selection
from kg.prefixes import default_prefixes
from kg.query_result import QueryResult
from kg.terms import IRI
from kg.view import Claim, Relation, View

__all__ = [
    "Drawing",
    "Edge",
    "Node",
    "draw_chains",
    "draw_explanation",
    "draw_rows",
    "draw_selection",
    "reported_part",
]

_CLAIM: Final = "ft:Claim"
# A row this wide is a table of something else than a few concepts and their relations.
_WIDEST_ROW: Final = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A concept, a step of a scale, or a claim that another claim speaks of.

    `id` is the compact IRI, `kind` that of the most specific class (``ft:Muscle``); `role` tells
    what it is in an explanation: cause, condition, remedy, finding or step, else None. `names` are
    the others by which it can be found.
    """

    id: str
    label: str
    kind: str
    kind_label: str
    role: str | None
    definition: str
    iri: str
    lay_label: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim, from its subject to its object as it is stated; `id` is that of the claim.

    `phrase` says the relation in words, as surely as the source does ("may trigger"); `text` is the
    whole claim as such a sentence, without a full stop, `plain` the same in plain words. `polarity`
    is +1, -1, 0 (the sources do not say which way) or None (not causal); `hedge` is the step of its
    scale ("possible"). `frequency` and `extent` are words, set where the source says how often, or
    of how many, it holds.
    `sources` are the ids of all that is cited for and against, sorted; `contested` is True where a
    source refutes the claim or another claim disagrees with it.
    """

    id: str
    source: str
    target: str
    relation: str
    phrase: str
    polarity: int | None
    hedge: str
    frequency: str | None
    confidence: float
    supported: bool
    sources: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    contested: bool
    extent: str | None = None
    text: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges, sorted by id; both ends of every edge are among the nodes.

    The citation number of a source is its place in `sources`, from 1; in the drawing of an
    explanation it is the number that the explanation gives it. `asked` are the claims in the rows
    of a query, without those that tie them to what it was asked about.
    """

    title: str
    version: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    sources: tuple[SourceItem, ...]
    centre: str | None = None
    explanation: Explanation | None = None
    asked: frozenset[str] = frozenset()

    def numbers(self) -> dict[str, int]:
        """The citation number of each source, by its id."""
        return {source.id: number for number, source in enumerate(self.sources, 1)}


def draw_selection(selection: Selection) -> Drawing:
    """Draw the whole graph, or what lies around a concept."""
    centre = selection.centre
    pen = _Pen(selection.view)
    title = "Knowledge graph" if centre is None else f"Around {pen.node(centre).label}"
    return pen.draw(
        title,
        nodes=[concept.id for concept in selection.concepts],
        claims=[claim.id for claim in selection.claims],
        centre=centre,
    )


def draw_chains(chains: Sequence[Chain], view: View) -> Drawing:
    """Draw chains, as `Graph.path` gives them.

    Raises:
        BadInput: there is no chain.
    """
    if not chains:
        raise BadInput("no causal chain leads there: try another end")
    pen = _Pen(view)
    ends = dict.fromkeys((pen.node(c.start).label, pen.node(c.end).label) for c in chains)
    return pen.draw(
        "; ".join(f"From {start} to {end}" for start, end in ends),
        nodes=[node for chain in chains for node in (chain.start, chain.end)],
        claims=[step.claim for chain in chains for step in chain.steps],
    )


def draw_rows(result: QueryResult, view: View) -> Drawing:
    """Draw the concepts and the claims in the rows of a query.

    A claim is in a row when its id is, or when its subject, its relation and its object are. What
    the query was asked about is drawn as well, with the way that leads there from each row.

    Raises:
        BadInput: no row holds a concept or a claim.
    """
    stated = {(c.subject, c.predicate, c.object): c.id for c in view.claims.values()}
    nodes: dict[str, None] = {}
    claims: dict[str, None] = {}
    for row in _names(result):
        nodes.update((name, None) for name in row if name in view.concepts)
        claims.update((name, None) for name in row if name in view.claims)
        relations = [name for name in row if name in view.relations]
        others = [name for name in row if name not in view.relations]
        for relation in relations if len(row) <= _WIDEST_ROW else ():
            for first, second in permutations(others, 2):
                found = stated.get((first, relation, second))
                if found is not None:
                    claims[found] = None
    if not nodes and not claims:
        raise BadInput("the query's rows hold no concept and no claim: select ?claim as well")
    centre = next((name for name in result.about if name in view.concepts), None)
    title = result.title or "Answer to a query"
    if centre is not None:
        title = f"{title}: {view.label(centre)}"
        nodes[centre] = None
    ways = () if centre is None else _ways(nodes, claims, centre, view)
    drawn = _Pen(view).draw(title, nodes=nodes, claims=[*claims, *ways], centre=centre)
    return replace(drawn, asked=frozenset(claims))


def _ways(nodes: Iterable[str], claims: Iterable[str], centre: str, view: View) -> Iterator[str]:
    """The claims of the best chain to the centre from each node where a row ends."""
    finder = ChainFinder(SignedGraph(view), Citations(view))
    begun = {view.claims[claim].subject for claim in claims}
    for name in nodes:
        if name not in begun and name != centre:
            ways = (finder.chains(name, centre, sign, 1) for sign in (PLUS, MINUS))
            yield from (
                step.claim for chain in next(filter(None, ways), ()) for step in chain.steps
            )


def draw_explanation(explanation: Explanation, view: View | None = None) -> Drawing:
    """Draw the chains of an explanation, and its findings.

    Args:
        explanation: what was answered.
        view: the graph that it came from. Without it the explanation's own words are used:
            definitions, and what remedies act on beside the chains, are left out.
    """
    pen = _Pen(view, explanation)
    roles = dict.fromkeys(explanation.case.present(), "finding")
    roles.update((remedy.id, "remedy") for remedy in explanation.remedies)
    roles.update((condition.id, "condition") for condition in explanation.conditions)
    roles.update((cause.id, "cause") for cause in explanation.causes)
    links = {s.claim: s for chain in _chains(explanation) for s in chain.steps}
    acting = [c for r in explanation.remedies for c in r.claims if pen.is_causal(c)]
    ends = {node for link in links.values() for node in (link.subject, link.object)}
    told = [pen.label(name) for name in explanation.case.present()]
    return pen.draw(
        f"Explanation of {', '.join(told)}" if told else "Explanation",
        nodes=[*ends, *explanation.case.present(), *(c.id for c in explanation.causes)],
        claims=[*links, *acting],
        roles=roles,
        links=links,
    )


def reported_part(drawing: Drawing) -> Drawing:
    """The part of the drawing of an explanation that tells of what was reported.

    These are the chains of the causes that were reported, or of the first cause where none was. A
    drawing of something else comes back as it is.
    """
    if drawing.explanation is None:
        return drawing
    causes = drawing.explanation.causes
    told = [cause for cause in causes if cause.reported] or list(causes[:1])
    kept = {step.claim for cause in told for chain in cause.chains for step in chain.steps}
    edges = tuple(edge for edge in drawing.edges if edge.id in kept)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in drawing.nodes if node.id in ends or node.role == "finding")
    return replace(drawing, nodes=nodes, edges=edges)


def _chains(explanation: Explanation) -> Iterator[Chain]:
    for group in (explanation.causes, explanation.conditions, explanation.remedies):
        for item in group:
            yield from item.chains


def _names(result: QueryResult) -> Iterator[list[str]]:
    """The compact IRIs of each row, each once; texts that look like one are left out."""
    for index, row in enumerate(result.rows):
        terms = result.terms[index] if result.terms else row
        yield list(
            dict.fromkeys(
                str(value)
                for value, term in zip(row, terms, strict=True)
                if isinstance(term, IRI) or (not result.terms and isinstance(term, str))
            )
        )


class _Pen:
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
