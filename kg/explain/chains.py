"""The k best simple chains from a cause or a remedy to a finding, by A* with a perfect heuristic.

The cost to go from every concept to the finding comes from one backward run of Dijkstra's
algorithm (Dijkstra 1959), so that best-first search (A*, Hart, Nilsson and Raphael 1968) takes up
chains in the order of their true cost, as in the recursive enumeration of the k shortest paths.
The heuristic ignores only that a chain must not come back to a concept, so it never overestimates
and the chains come out in order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from math import inf
from typing import Final

from kg.explain.cite import Citations
from kg.explain.model import Chain
from kg.explain.signed import PLUS, UNKNOWN, Edge, SignedGraph, times

SIGNS: Final = ("+", "-", "?")
# A bound on the work for one pair of concepts: a dense graph without a simple chain of the wanted
# sign would otherwise be searched through. Far above what a readable chain needs.
_MOST_STEPS: Final = 5_000
# How many (start, finding, sign) answers are kept; they depend on the view alone.
_KEPT: Final = 20_000

_Partial = tuple[float, int, tuple[int, ...], int, int, float, tuple[Edge, ...]]
# Where a path goes in: not yet anywhere, or straight to a finding; else the number of a node.
_NOWHERE: Final = -1
_STRAIGHT: Final = -2


def simple_paths(
    graph: SignedGraph,
    start: int,
    target: int,
    sign: int,
    to_go: list[float],
    *,
    one_each: bool = False,
) -> Iterator[tuple[float, tuple[Edge, ...]]]:
    """The simple paths with the net sign, cheapest first, as (cost, links).

    With `one_each`, only the cheapest path through each entry is told: the first concept that the
    start acts on, or all findings together where it is said to act on a finding straight away.
    Ties are broken by length, then by the ids of the concepts on the way, so that the order is
    the same on every machine.
    """
    if start == target:
        return
    queue: list[_Partial] = [(0.0, 0, (start,), PLUS, _NOWHERE, 0.0, ())]
    told: set[int] = set()
    for _ in range(_MOST_STEPS):
        if not queue:
            return
        _, length, nodes, so_far, entry, cost, edges = heapq.heappop(queue)
        if one_each and entry in told:
            continue
        if nodes[-1] == target:
            told.add(entry)
            yield cost, edges
            continue
        for edge in graph.out[nodes[-1]]:
            node = edge.target
            # As long as a path names what its start is a kind of, it has not gone in yet.
            if not (edge.inner or entry == _NOWHERE) or node in nodes:
                continue
            net = times(so_far, edge.sign)
            into = entry
            if entry != _NOWHERE:
                rest = _rest(to_go, 3 * node, net, sign)
            elif edge.naming and node not in graph.hubs and node != target:
                rest = _rest(graph.from_start(node, to_go), 0, net, sign)
            else:
                into = node if edge.mechanism and node != target else _STRAIGHT
                rest = _rest(to_go, 3 * node, net, sign)
            if rest < inf:
                total = cost + edge.cost
                heapq.heappush(
                    queue,
                    (total + rest, length + 1, (*nodes, node), net, into, total, (*edges, edge)),
                )


def _rest(to_go: list[float], base: int, net: int, wanted: int) -> float:
    """The cost to go of what turns the sign so far into the wanted one."""
    if net == UNKNOWN:
        return min(to_go[base : base + 3]) if wanted == UNKNOWN else inf
    return to_go[base + times(net, wanted)]


class ChainFinder:
    """Finds and keeps the best chains of one view."""

    def __init__(self, graph: SignedGraph, citations: Citations) -> None:
        self.graph = graph
        self._citations = citations
        self._to_go: dict[int, list[float]] = {}
        self._kept: dict[tuple[int, int, int, int], tuple[Chain, ...]] = {}

    def chains(
        self,
        start: str,
        target: str,
        sign: int = PLUS,
        k: int = 3,
        avoid: frozenset[str] = frozenset(),
    ) -> tuple[Chain, ...]:
        """The best chain through each of the k best entries, then the best without a mechanism.

        An entry is the first concept that the start acts on: chains through different ones tell
        different mechanisms, while the next best chain mostly differs in a detail.

        `avoid` holds concepts that no chain may pass between its ends.
        """
        first, last = self.graph.number.get(start), self.graph.number.get(target)
        if first is None or last is None:
            return ()
        key = (first, last, sign, k)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[key] = self._search(first, last, sign, k, frozenset())
        if avoid and any(name in avoid for c in found for name in passes(c)[1:-1]):
            numbers = (self.graph.number.get(name) for name in avoid)
            banned = frozenset(n for n in numbers if n is not None and n not in (first, last))
            return self._search(first, last, sign, k, banned)
        return found

    def _cost_to_go(self, target: int) -> list[float]:
        found = self._to_go.get(target)
        if found is None:
            found = self._to_go[target] = self.graph.distances(target)
        return found

    def _search(
        self, start: int, target: int, sign: int, k: int, banned: frozenset[int]
    ) -> tuple[Chain, ...]:
        to_go = self.graph.distances(target, banned) if banned else self._cost_to_go(target)
        if self.graph.from_start(start, to_go)[sign] == inf:
            return ()
        through: list[Chain] = []
        direct: list[Chain] = []
        for _, edges in simple_paths(self.graph, start, target, sign, to_go, one_each=True):
            chain = self._chain(edges, sign)
            (direct if chain.direct else through).append(chain)
            if len(through) >= k and direct:
                break
        return (*through[:k], *direct)

    def _chain(self, edges: tuple[Edge, ...], sign: int) -> Chain:
        steps = tuple(self._citations.link(edge.claim, edge.backward) for edge in edges)
        product = 1.0
        for step in steps:
            product *= step.confidence
        direct = not any(edge.mechanism for edge in edges[:-1])
        return Chain(steps[0].subject, steps[-1].object, SIGNS[sign], product, direct, steps)


def passes(chain: Chain) -> tuple[str, ...]:
    """All concepts of a chain, from its start to its end."""
    return (chain.start, *(step.object for step in chain.steps))
