"""What every drawing and every graph format shows: nodes and edges with all that is told of them.

A drawing is made by `kg.export.drawn`. A format turns it into a file, and looks nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.explain.model import EvidenceItem, Explanation, SourceItem


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
