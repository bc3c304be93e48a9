"""The scene of a neighbourhood, a path or a query; what is too much becomes a map of its kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.explain.wording import base_form
from kg.export.diagram.appearance import Appearance
from kg.export.diagram.kinds import by_kind
from kg.export.diagram.measure import clean, wrap
from kg.export.diagram.scene import Arrow, Item, Scene, against, citation, node_title
from kg.export.drawing import Drawing, Edge

_NODES: Final = 28
_ARROWS: Final = 1.6  # for each concept
_WHOLE: Final = 120  # nodes; what is larger and lies around nothing is drawn by its kinds
_MODALS: Final = frozenset({"can", "could", "may", "might"})
_CLAIM: Final = "ft:Claim"
_ORDERS: Final = ("kind", "part")  # what holds of a part of a part holds of a part


def selected(drawing: Drawing, looks: Appearance, limit: int | None = None) -> Scene:
    """Choose what the diagram of a drawing shows, and say what it leaves out.

    `limit` is how many concepts it shows at most; a whole graph is a map of kinds without one.
    """
    if limit is None and drawing.centre is None and len(drawing.nodes) > _WHOLE:
        return by_kind(drawing, looks)
    most = limit or _NODES
    edges = _edges(drawing, looks, most)
    near = {end for edge in edges for end in (edge.source, edge.target)}
    if drawing.centre is not None:
        near.add(drawing.centre)
    else:
        lonely = [n.id for n in drawing.nodes if n.id not in near and n.kind != _CLAIM]
        near.update(lonely[: max(0, most - len(near))])
    used = {source for edge in edges for source in edge.sources}
    sources = tuple(enumerate((s for s in drawing.sources if s.id in used), 1))
    numbers = {source.id: number for number, source in sources}
    arrows = tuple(_arrow(edge, looks, numbers) for edge in edges)
    ends = {a.source for a in arrows} ^ {a.target for a in arrows}
    strong = ends if drawing.centre is None else {drawing.centre}
    items = tuple(
        Item(
            node.id,
            clean(node.label, 70),
            looks.look(node.kind),
            node_title(node),
            strong=node.id in strong,
        )
        for node in drawing.nodes
        if node.id in near
    )
    return Scene(
        title=clean(drawing.title, 160),
        description=clean(". ".join(arrow.title for arrow in arrows), 4000),
        items=items,
        arrows=arrows,
        notes=_left_out(drawing, len(items), len(arrows)),
        sources=sources,
    )


def _edges(drawing: Drawing, looks: Appearance, most: int) -> list[Edge]:
    """The edges that are drawn: those nearest to the centre first, then the best supported."""
    claims = {node.id for node in drawing.nodes if node.kind == _CLAIM}
    plain = [e for e in drawing.edges if not {e.source, e.target} & claims and e.source != e.target]
    plain = _shortest(plain, looks)
    distance = _distances(drawing, plain)
    far = len(drawing.nodes)

    def place(edge: Edge) -> tuple[int, float, str]:
        ends = sorted(distance.get(end, far) for end in (edge.source, edge.target))
        return (sum(ends), -edge.confidence, edge.id)

    kept: dict[str, Edge] = {}
    nodes: set[str] = {drawing.centre} if drawing.centre is not None else set()
    for edge in sorted(plain, key=place):
        # What a query answers is drawn with its way to what was asked about.
        told = [edge, *_way(edge, plain, distance)] if edge.id in drawing.asked else [edge]
        new = {end for e in told for end in (e.source, e.target)} - nodes
        asked = not drawing.asked or edge.id in drawing.asked
        if asked and len(kept) + len(told) <= _ARROWS * most and len(nodes) + len(new) <= most:
            kept.update((e.id, e) for e in told)
            nodes |= new
    return sorted(kept.values(), key=lambda edge: edge.id)


def _way(edge: Edge, edges: list[Edge], distance: dict[str, int]) -> Iterator[Edge]:
    """The edges that lead from the nearer end of an edge to the centre, the best supported ones."""
    at = min((edge.source, edge.target), key=lambda end: distance.get(end, len(edges)))
    while distance.get(at):
        ends = (
            (e, e.target if e.source == at else e.source)
            for e in edges
            if at in (e.source, e.target)
        )
        nearer = [(e, end) for e, end in ends if distance.get(end, len(edges)) < distance[at]]
        found, at = max(nearer, key=lambda told: (told[0].confidence, told[0].id))
        yield found


def _shortest(edges: list[Edge], looks: Appearance) -> list[Edge]:
    """The edges without those that say of a whole what others say by way of a part of it."""
    whole: dict[str, set[str]] = {}
    for edge in edges:
        if looks.lines.get(edge.relation) in _ORDERS and edge.supported:
            whole.setdefault(edge.source, set()).add(edge.target)

    def above(name: str, seen: frozenset[str]) -> frozenset[str]:
        for other in sorted(whole.get(name, set()) - seen):
            seen = above(other, seen | {other})
        return seen

    far = {name: {w for near in over for w in above(near, frozenset((near,))) - {near}}
           for name, over in whole.items()}  # fmt: skip
    return [
        e for e in edges
        if looks.lines.get(e.relation) not in _ORDERS or e.target not in far.get(e.source, ())
    ]  # fmt: skip


def _distances(drawing: Drawing, edges: Iterable[Edge]) -> dict[str, int]:
    """How many edges each node is away from the centre; from nothing without a centre."""
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    found = {drawing.centre: 0} if drawing.centre is not None else {}
    frontier = list(found)
    for node in frontier:
        for other in sorted(near.get(node, ())):
            if other not in found:
                found[other] = found[node] + 1
                frontier.append(other)
    return found


def _arrow(edge: Edge, looks: Appearance, numbers: dict[str, int]) -> Arrow:
    """The arrow of an edge, read as chains read it."""
    source, target, phrase = edge.source, edge.target, edge.phrase
    if edge.relation in looks.backward:
        source, target, phrase = target, source, looks.backward[edge.relation]
        hedge = looks.hedges.get(edge.hedge, "")
        if hedge and phrase.partition(" ")[0] not in _MODALS:
            phrase = f"{hedge} {base_form(phrase) if hedge in _MODALS else phrase}"
    disputed = edge.contested and edge.supported
    cited = citation(edge.sources, against(edge), numbers)
    lines = wrap(clean(phrase, 40), 10.5, 78)
    return Arrow(
        edge.id,
        source,
        target,
        looks.line(edge.relation, edge.polarity, edge.supported),
        (*lines, *([cited] if cited else [])),
        clean(f"{edge.text or edge.phrase}{' (sources disagree)' if disputed else ''}", 300),
        disputed,
    )


def _left_out(drawing: Drawing, items: int, arrows: int) -> tuple[str, ...]:
    nodes = sum(1 for node in drawing.nodes if node.kind != _CLAIM)
    if items >= nodes and arrows >= len(drawing.edges):
        return ()
    drawn = f"{items} of {nodes} concepts and {arrows} of {len(drawing.edges)} claims are drawn"
    return (f"{drawn}; what follows from others is left out, then what is farthest off.",)
