"""Which layer of a layered layout each node belongs to, once no circle is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def turned_links(
    nodes: Sequence[str], links: Sequence[tuple[str, str, str]], first: Sequence[str] = ()
) -> frozenset[str]:
    """The links to turn so that no circle is left: those that lead back in a depth-first walk.

    Args:
        nodes: their ids.
        links: id, source and target of each.
        first: where the walk begins.

    >>> sorted(turned_links(["a", "b"], [("there", "a", "b"), ("back", "b", "a")]))
    ['back']
    """
    out: dict[str, list[tuple[str, str]]] = {node: [] for node in nodes}
    into = {target for _, _, target in links}
    for link, source, target in links:
        out[source].append((link, target))
    starts = [*first, *(node for node in nodes if node not in into), *nodes]
    done: dict[str, bool] = {}  # False while the walk is still below the node
    back: set[str] = set()
    for start in starts:
        if start in done:
            continue
        done[start] = False
        stack = [(start, iter(out[start]))]
        while stack:
            node, following = stack[-1]
            for link, target in following:
                if target not in done:
                    done[target] = False
                    stack.append((target, iter(out[target])))
                    break
                if not done[target]:
                    back.add(link)
            else:
                done[node] = True
                stack.pop()
    return frozenset(back)


def layers_of(
    nodes: Sequence[str], ends: Sequence[tuple[str, str]], first: set[str], last: set[str]
) -> dict[str, int]:
    """The layer of each node: as far left as what leads to it allows, then closer to its ends.

    Args:
        nodes: their ids.
        ends: pairs of nodes, the first left of the second, without a circle.
        first: nodes that stay at the left.
        last: nodes that go to the right unless they lead on.

    >>> layers_of(["a", "b", "c"], [("a", "c"), ("b", "c")], set(), set())
    {'a': 0, 'b': 0, 'c': 1}
    """
    before: dict[str, list[str]] = {node: [] for node in nodes}
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in ends:
        before[target].append(source)
        after[source].append(target)
    order = _topological(nodes, before, after)
    rank = dict.fromkeys(nodes, 0)
    for node in order:
        rank[node] = max((rank[b] + 1 for b in before[node]), default=0)
    top = max(rank.values(), default=0)
    rank.update((node, top) for node in last if node in rank and not after[node])
    for _ in range(2):
        for node in reversed(order):
            loose = node not in first and after[node] and len(after[node]) >= len(before[node])
            if loose and (not before[node] or len(after[node]) > len(before[node])):
                rank[node] = min(rank[a] for a in after[node]) - 1
    lowest = min(rank.values(), default=0)
    used = {r: place for place, r in enumerate(sorted({r - lowest for r in rank.values()}))}
    return {node: used[r - lowest] for node, r in rank.items()}


def _topological(
    nodes: Sequence[str], before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> list[str]:
    missing = {node: len(before[node]) for node in nodes}
    ready = [node for node in nodes if not missing[node]]
    for node in ready:
        for following in after[node]:
            missing[following] -= 1
            if not missing[following]:
                ready.append(following)
    return ready
