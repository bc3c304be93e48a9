"""The signed graph: every causal link of the view, its sign and its cost, and the ways through it.

Signs multiply along a chain, as in signed causal diagrams: a link of polarity -1 crosses over from
raised to lowered, one of unknown polarity makes the rest of the chain unknown. The cost of a link
is ``-ln(confidence)``, so that the cheapest chain is the one with the largest product of
confidences, and Dijkstra's algorithm (1959) over (concept, sign) finds it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from math import inf, log
from typing import Final, NamedTuple

from kg.view import Claim, Concept, Relation, View

PLUS: Final = 0
MINUS: Final = 1
UNKNOWN: Final = 2
_TIMES: Final = ((0, 1, 2), (1, 0, 2), (2, 2, 2))

# Concepts of these kinds may begin or end a chain, but never stand inside one: what they "do" is
# not a step of a mechanism. The last one marks a collective concept that says nothing about how.
_ENDS_ONLY: Final = frozenset({"ft:candidate-kind", "ft:remedy-kind", "ft:red-flag-kind"})
# A concept with this many kinds only gathers them: that it does something says nothing about how
# one of them does it. Such a hub may begin a chain, but no chain passes it.
_HUB: Final = 6


def times(first: int, second: int) -> int:
    """The sign of two chains one after the other.

    >>> times(MINUS, MINUS) == PLUS, times(MINUS, UNKNOWN) == UNKNOWN
    (True, True)
    """
    return _TIMES[first][second]


class Edge(NamedTuple):
    """One walkable link: nodes as numbers, sign, cost, and the claim it stands for.

    `inner` is True when the link may follow any other one; `naming` when it leads from a concept
    to the general kind of it; `backward` when the claim is read from its object to its subject;
    `causal` when it states an effect;
    `mechanism` when it names a step between a cause and a finding.
    """

    source: int
    target: int
    sign: int
    cost: float
    claim: str
    backward: bool
    inner: bool
    naming: bool
    causal: bool
    mechanism: bool


class SignedGraph:
    """The causal links of a view; nodes are numbered in the order of their ids."""

    def __init__(self, view: View) -> None:
        walkable = [
            (claim, relation)
            for claim in view.claims.values()
            if (relation := view.relations.get(claim.predicate)) is not None
            and relation.chain_direction in ("forward", "backward")
            and claim.supported
            and not claim.literal_object
        ]
        ends = {end for claim, _ in walkable for end in (claim.subject, claim.object)}
        self.names: tuple[str, ...] = tuple(sorted(ends))
        self.number = {name: index for index, name in enumerate(self.names)}
        self.hubs = frozenset(n for name, n in self.number.items() if is_hub(view, name))
        self._general: dict[int, list[tuple[int, float]]] = {}
        edges = _cheapest(self._edge(view, claim, relation) for claim, relation in walkable)
        self.out: list[list[Edge]] = [[] for _ in self.names]
        self.into: list[list[Edge]] = [[] for _ in self.names]
        for edge in edges:
            self.out[edge.source].append(edge)
            self.into[edge.target].append(edge)

    def _edge(self, view: View, claim: Claim, relation: Relation) -> Edge:
        backward = relation.chain_direction == "backward"
        first, second = claim.subject, claim.object
        if backward:
            first, second = second, first
        return Edge(
            source=self.number[first],
            target=self.number[second],
            sign={1: PLUS, -1: MINUS}.get(relation.polarity or 0, UNKNOWN),
            cost=-log(claim.confidence),
            claim=claim.id,
            backward=backward,
            inner=self.number[first] not in self.hubs
            and _may_pass(view.concepts.get(first), relation),
            naming=not (backward or relation.causal or relation.direct),
            causal=relation.causal or relation.direct,
            mechanism=relation.causal and not _only_effect(view.concepts.get(second)),
        )

    def distances(self, target: int, banned: frozenset[int] = frozenset()) -> list[float]:
        """The exact cost to go from inside a chain to the target, by node and sign.

        The list holds at ``3 * node + sign`` the cost of the cheapest way from the node, as an
        inner step of a chain, to the target with that net sign; infinity where there is none.
        """
        distance = [inf] * (3 * len(self.names))
        distance[3 * target + PLUS] = 0.0
        queue = [(0.0, 3 * target + PLUS)]
        while queue:
            cost, state = heapq.heappop(queue)
            if cost > distance[state]:
                continue
            node, sign = divmod(state, 3)
            for edge in self.into[node]:
                if not edge.inner or edge.source == target or edge.source in banned:
                    continue
                before = 3 * edge.source + _TIMES[edge.sign][sign]
                if cost + edge.cost < distance[before]:
                    distance[before] = cost + edge.cost
                    heapq.heappush(queue, (distance[before], before))
        return distance

    def general(self, node: int) -> list[tuple[int, float]]:
        """The node and all that it is a kind of, hubs left out, with the cost of getting there.

        What a concept is a kind of acts for it, also where it could not stand inside a chain.
        """
        found = self._general.get(node)
        if found is None:
            best = {node: 0.0}
            queue = [(0.0, node)]
            while queue:
                cost, here = heapq.heappop(queue)
                if cost > best[here]:
                    continue
                for edge in self.out[here]:
                    total = cost + edge.cost
                    if (
                        edge.naming
                        and edge.target not in self.hubs
                        and total < best.get(edge.target, inf)
                    ):
                        best[edge.target] = total
                        heapq.heappush(queue, (total, edge.target))
            found = self._general[node] = sorted(best.items())
        return found

    def from_start(self, start: int, to_go: list[float]) -> list[float]:
        """The exact cost to go for the three signs when `start` begins a chain."""
        best = [inf, inf, inf]
        for node, cost in self.general(start):
            for edge in self.out[node]:
                for sign in range(3):
                    total = cost + edge.cost + to_go[3 * edge.target + sign]
                    net = _TIMES[edge.sign][sign]
                    if total < best[net]:
                        best[net] = total
        return best

    def reach(self, start: int, banned: frozenset[int] = frozenset()) -> list[float]:
        """The cost of the cheapest way from the start to every node and sign.

        The list is laid out like that of `distances`; no way goes on from a banned node.
        """
        distance = [inf] * (3 * len(self.names))
        queue: list[tuple[float, int]] = []
        kinds = self.general(start)
        for node, cost in kinds:
            for edge in self.out[node]:
                state = 3 * edge.target + edge.sign
                if cost + edge.cost < distance[state]:
                    distance[state] = cost + edge.cost
                    heapq.heappush(queue, (distance[state], state))
        own = {node for node, _ in kinds}
        while queue:
            cost, state = heapq.heappop(queue)
            node, sign = divmod(state, 3)
            if cost > distance[state] or node in banned or node in own:
                continue
            for edge in self.out[node]:
                after = 3 * edge.target + _TIMES[sign][edge.sign]
                if edge.inner and cost + edge.cost < distance[after]:
                    distance[after] = cost + edge.cost
                    heapq.heappush(queue, (distance[after], after))
        return distance


def is_hub(view: View, concept: str) -> bool:
    """True for a concept that gathers so many kinds that it says nothing about any of them."""
    return len(view.by_object.get((concept, "ft:subtype-of"), ())) >= _HUB


def _only_effect(concept: Concept | None) -> bool:
    """True for a finding that is not a mechanism or an exposure at the same time."""
    if concept is None or "ft:effect-kind" not in concept.roles:
        return False
    return not concept.roles & {"ft:mechanism-kind", "ft:cause-kind"}


def _may_pass(concept: Concept | None, relation: Relation) -> bool:
    """True when a chain may come to the concept and go on over the relation."""
    if concept is None:
        return True
    if concept.roles & _ENDS_ONLY:
        return False
    # From a finding a chain goes on only to the finding's own forms.
    return not _only_effect(concept) or not (relation.causal or relation.direct)


def _cheapest(edges: Iterable[Edge]) -> list[Edge]:
    """The cheapest of the links that join the same nodes with the same sign, sorted."""
    best: dict[tuple[int, int, int], Edge] = {}
    for edge in edges:
        key = (edge.source, edge.target, edge.sign)
        kept = best.get(key)
        if edge.source != edge.target and (
            kept is None or (edge.cost, edge.claim) < (kept.cost, kept.claim)
        ):
            best[key] = edge
    return [best[key] for key in sorted(best)]
