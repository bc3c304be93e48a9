"""What is to be exported: the whole graph, or what lies around one concept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.errors import BadInput, printable
from kg.store.protocol import Store
from kg.terms import Triple
from kg.view import Claim, Concept, View

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ABOUT = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {} }} ?s ?p ?o }}"
_AT_ONCE = 1_000  # subjects in a query: a server takes no query of any length

Triples = Callable[[Collection[str] | None], tuple[Triple, ...]]


@dataclass(frozen=True)
class Selection:
    """A part of a graph.

    Attributes:
        view: the whole graph, compiled.
        triples: returns the statements of the store about some IRIs, or all; called by the RDF
            formats alone.
        centre: id of the concept that the part lies around; None for the whole graph.
        ids: ids of the concepts and claims inside; None for the whole graph.
    """

    view: View
    triples: Triples
    centre: str | None = None
    ids: frozenset[str] | None = field(default=None)

    def __contains__(self, thing: str) -> bool:
        return self.ids is None or thing in self.ids

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts inside, sorted by id."""
        return tuple(c for c in self.view.concepts.values() if c.id in self)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims inside, sorted by id."""
        return tuple(c for c in self.view.claims.values() if c.id in self)


def select(view: View, store: Store, centre: str | None = None, depth: int = 1) -> Selection:
    """Select the whole graph, or what lies around a concept.

    Args:
        view: the graph.
        store: where its statements are.
        centre: id of a concept; the whole graph without it.
        depth: how many claims away from it, from 0.

    Raises:
        BadInput: the depth is below 0.
    """
    if depth < 0:
        raise BadInput("the depth is below 0: give 0 or more")
    ids = None if centre is None else around(view, centre, depth)
    return Selection(view, from_store(store), centre, ids)


def only(part: Selection, relations: Collection[str] | None, refuted: bool) -> Selection:
    """A part with its concepts, and of its claims those between concepts that are asked for.

    Args:
        part: what is narrowed.
        relations: ids of relations, with or without their prefix; all of them for None.
        refuted: whether to keep what no source supports.

    Raises:
        BadInput: there is no such relation.
    """
    view = part.view
    known = {name: key for key in view.relations for name in (key, key.partition(":")[2])}
    for name in relations or ():
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1) or sorted(part.view.relations)
            raise BadInput(f'no relation "{printable(name)}": use {", ".join(near)}')
    wanted = None if relations is None else {known[name] for name in relations}
    kept = (
        claim.id
        for claim in part.claims
        if (wanted is None or claim.predicate in wanted)
        and (refuted or claim.supported)
        and view.claims.keys().isdisjoint((claim.subject, claim.object))
    )
    ids = frozenset(kept).union(concept.id for concept in part.concepts)
    return replace(part, ids=ids)


def from_store(store: Store) -> Triples:
    """What returns the statements of a store about some IRIs, or all, when it is called."""

    def read(subjects: Collection[str] | None) -> tuple[Triple, ...]:
        if subjects is None:
            return store.construct(_EVERYTHING)
        iris = sorted(f"<{subject}>" for subject in subjects)
        parts = (iris[at : at + _AT_ONCE] for at in range(0, len(iris), _AT_ONCE))
        return tuple(
            triple for part in parts for triple in store.construct(_ABOUT.format(" ".join(part)))
        )

    return read


def around(view: View, centre: str, depth: int) -> frozenset[str]:
    """The ids of the concepts at most so many claims away from one, and of the claims among them.

    Claims are walked in both directions. A claim is inside when both of its ends are; a claim
    about a claim is too, when the claims that it speaks of are inside.

    Args:
        view: the graph.
        centre: id of a concept.
        depth: number of steps, from 0.
    """
    near: dict[str, set[str]] = {}
    for claim in view.claims.values():
        if not claim.literal_object:
            near.setdefault(claim.subject, set()).add(claim.object)
            near.setdefault(claim.object, set()).add(claim.subject)
    inside = frontier = {centre}
    for _ in range(depth):
        # What is no concept (a claim, a step of a scale) ends the walk: it would join everything.
        reached = {n for node in frontier for n in near.get(node, ()) if n in view.concepts}
        frontier = reached - inside
        if not frontier:
            break
        inside = inside | frontier
    return frozenset(inside | _claims_among(view, inside))


def _claims_among(view: View, concepts: Iterable[str]) -> set[str]:
    inside = set(concepts)
    found: set[str] = set()
    waiting = list(view.claims.values())
    while True:
        new = {c.id for c in waiting if c.subject in inside and _ends_in(c, inside, view)}
        if not new:
            return found
        found |= new
        inside |= new
        waiting = [c for c in waiting if c.id not in new]


def _ends_in(claim: Claim, inside: set[str], view: View) -> bool:
    # A literal, or a step of a scale, belongs to its subject.
    elsewhere = claim.object not in view.concepts and claim.object not in view.claims
    return claim.literal_object or elsewhere or claim.object in inside
