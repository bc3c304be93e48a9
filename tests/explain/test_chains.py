"""Causal chains: signs, costs, and the k best against brute force on random graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explain.chains import ChainFinder, simple_paths
from kg.explain.cite import Citations
from kg.explain.signed import MINUS, PLUS, UNKNOWN, Edge, SignedGraph, times
from kg.view import View

NODES = 6
SIGNS = (PLUS, MINUS, UNKNOWN)
RELATION = {PLUS: "causes", MINUS: "decreases", UNKNOWN: "alters"}

edges = st.lists(
    st.tuples(
        st.integers(0, NODES - 1),
        st.integers(0, NODES - 1),
        st.sampled_from(("causes", "decreases", "alters", "subtype-of")),
        st.sampled_from(("asserted", "usual", "possible")),
    ),
    max_size=16,
)
kinds = st.lists(
    st.sampled_from(("Process", "Process", "Exposure", "Symptom", "Condition")),
    min_size=NODES,
    max_size=NODES,
)


def finder_of(view: View) -> ChainFinder:
    return ChainFinder(SignedGraph(view), Citations(view))


def build(view_of: Callable[..., View], node_kinds: list[str], links: list) -> ChainFinder:
    names = {f"n{i}": kind for i, kind in enumerate(node_kinds)}
    statements = [(f"n{a}", r, f"n{b}", {"hedge": h}) for a, b, r, h in links]
    return finder_of(view_of(names, statements))


def all_simple_paths(graph: SignedGraph, start: int, target: int) -> Iterator[tuple[Edge, ...]]:
    """Every simple path that the rules allow, by plain recursion."""

    def walk(nodes: tuple[int, ...], path: tuple[Edge, ...]) -> Iterator[tuple[Edge, ...]]:
        if nodes[-1] == target:
            yield path
            return
        naming_so_far = all(e.naming and e.target not in graph.hubs for e in path)
        for edge in graph.out[nodes[-1]]:
            if edge.target not in nodes and (edge.inner or naming_so_far):
                yield from walk((*nodes, edge.target), (*path, edge))

    yield from walk((start,), ())


def sign_of(path: tuple[Edge, ...]) -> int:
    sign = PLUS
    for edge in path:
        sign = times(sign, edge.sign)
    return sign


@given(kinds, edges)
def test_simple_paths_come_in_order_and_complete(view_of, node_kinds, links) -> None:
    graph = build(view_of, node_kinds, links).graph
    for target in range(len(graph.names)):
        to_go = graph.distances(target)
        for start in range(len(graph.names)):
            if start == target:
                continue
            expected = list(all_simple_paths(graph, start, target))
            for sign in SIGNS:
                wanted = sorted(sum(e.cost for e in p) for p in expected if sign_of(p) == sign)
                found = list(simple_paths(graph, start, target, sign, to_go))
                assert [cost for cost, _ in found] == pytest.approx(wanted)
                assert {p for _, p in found} == {p for p in expected if sign_of(p) == sign}


@given(kinds, edges)
def test_distances_are_those_of_the_cheapest_walk(view_of, node_kinds, links) -> None:
    graph = build(view_of, node_kinds, links).graph
    size = len(graph.names)
    for target in range(size):
        # Bellman and Ford's way: relax everything as often as there are states.
        best = [inf] * (3 * size)
        best[3 * target] = 0.0
        for _ in range(3 * size):
            for node in range(size):
                for edge in graph.out[node]:
                    if not edge.inner or node == target:
                        continue
                    for sign in SIGNS:
                        state = 3 * node + times(edge.sign, sign)
                        best[state] = min(best[state], edge.cost + best[3 * edge.target + sign])
        assert graph.distances(target) == pytest.approx(best)


@given(kinds, edges)
def test_a_chain_is_the_best_through_its_entry(view_of, node_kinds, links) -> None:
    finder = build(view_of, node_kinds, links)
    graph = finder.graph
    for first, start in enumerate(graph.names):
        for last, target in enumerate(graph.names):
            if first == last:
                continue
            expected: dict[object, float] = {}
            for path in all_simple_paths(graph, first, last):
                if sign_of(path) == PLUS:
                    entry = next((e for e in path if not e.naming), None)
                    straight = entry is None or not entry.mechanism or entry.target == last
                    key = None if straight else entry.target
                    confidence = prod(
                        finder._citations.link(e.claim, e.backward).confidence for e in path
                    )
                    expected[key] = max(expected.get(key, 0.0), confidence)
            chains = finder.chains(start, target, PLUS, k=99)
            assert sorted(c.confidence for c in chains) == pytest.approx(sorted(expected.values()))
            for chain in chains:
                assert (chain.start, chain.end, chain.sign) == (start, target, "+")
                assert prod(s.polarity for s in chain.steps) == 1
                assert chain.confidence == pytest.approx(prod(s.confidence for s in chain.steps))
                visited = [chain.start, *(s.object for s in chain.steps)]
                assert len(set(visited)) == len(visited)
                joined = zip(chain.steps, chain.steps[1:], strict=False)
                assert all(a.object == b.subject for a, b in joined)


def texts(view: View, start: str, end: str, sign: int = PLUS) -> list[list[str]]:
    chains = finder_of(view).chains(f"tap:{start}", f"tap:{end}", sign)
    return [[step.text for step in chain.steps] for chain in chains]


def test_a_chain_is_told_from_cause_to_the_form_of_the_finding(tap: View) -> None:
    assert texts(tap, "worn-washer", "kitchen-drip") == [
        [
            "worn washer causes poor seal",
            "poor seal causes water flow",
            "water flow causes dripping",
            "dripping can show as kitchen drip",
        ],
        [
            "worn washer is a kind of rubber fault",
            "rubber fault may cause dripping",
            "dripping can show as kitchen drip",
        ],
    ]


def test_two_lowerings_raise(tap: View) -> None:
    (chain,) = finder_of(tap).chains("tap:limescale", "tap:dripping")
    assert [s.polarity for s in chain.steps] == [-1, -1, 1]
    assert chain.sign == "+"


def test_a_remedy_lowers_through_what_it_acts_on(tap: View) -> None:
    assert texts(tap, "descaling", "dripping", MINUS)[0][0] == "descaling lowers limescale"
    assert texts(tap, "descaling", "dripping", PLUS) == []


def test_a_kind_of_remedy_does_what_its_general_kind_does(tap: View) -> None:
    (chain,) = texts(tap, "new-rubber", "dripping", MINUS)[:1]
    assert chain[:2] == ["new rubber is a kind of new washer", "new washer lowers worn washer"]


def test_an_unknown_sign_stays_unknown(tap: View) -> None:
    finder = finder_of(tap)
    assert finder.chains("tap:high-pressure", "tap:dripping", PLUS) == ()
    (chain,) = finder.chains("tap:high-pressure", "tap:dripping", UNKNOWN)
    assert chain.sign == "?"


def test_direct_statements_come_after_mechanisms(tap: View) -> None:
    chains = finder_of(tap).chains("tap:worn-washer", "tap:kitchen-drip")
    assert [c.direct for c in chains] == [False, True]


def test_no_chain_passes_a_condition(view_of: Callable[..., View]) -> None:
    view = view_of(
        {"rain": "Exposure", "flood": "Condition", "mould": "Symptom"},
        [("rain", "causes", "flood"), ("flood", "has-finding", "mould")],
    )
    assert finder_of(view).chains("tap:rain", "tap:mould") == ()
    assert len(finder_of(view).chains("tap:flood", "tap:mould")) == 1


def test_no_chain_passes_a_concept_that_only_gathers_others(view_of: Callable[..., View]) -> None:
    kinds = {f"habit-{i}": "Exposure" for i in range(6)}
    statements = [(name, "subtype-of", "habits") for name in kinds]
    statements += [("habits", "causes", "drip"), ("habit-0", "causes", "wear")]
    statements += [("wear", "causes", "drip")]
    view = view_of(
        {**kinds, "habits": "Exposure", "wear": "Process", "drip": "Symptom"}, statements
    )
    assert texts(view, "habit-1", "drip") == []
    assert texts(view, "habit-0", "drip") == [["habit 0 causes wear", "wear causes drip"]]
    assert texts(view, "habits", "drip") == [["habits causes drip"]]


def test_what_is_to_be_avoided_is_passed_by_no_chain(tap: View) -> None:
    finder = finder_of(tap)
    assert finder.chains("tap:hard-water", "tap:dripping")
    assert finder.chains("tap:hard-water", "tap:dripping", avoid=frozenset({"tap:limescale"})) == ()


def test_an_unknown_concept_has_no_chains(tap: View) -> None:
    assert finder_of(tap).chains("tap:nothing", "tap:dripping") == ()


def test_a_refuted_claim_alone_is_no_link(view_of: Callable[..., View]) -> None:
    view = view_of(
        {"moon": "Exposure", "drip": "Symptom"},
        [("moon", "causes", "drip", {"sources": [], "refutes": ["book"]})],
    )
    assert finder_of(view).chains("tap:moon", "tap:drip") == ()
