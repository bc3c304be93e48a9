"""The chains of an explanation as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.explain.model import Explanation

if TYPE_CHECKING:
    import networkx


def to_networkx(explanation: Explanation) -> networkx.MultiDiGraph:
    """The chains of causes, conditions and remedies as a graph.

    Returns:
        A `networkx.MultiDiGraph`: nodes are compact IRIs with `label`, `kind` and `role` (cause,
        condition, remedy, finding or step), edges have the claim as key and carry `relation`,
        `text`, `sign` and `weight`.
    """
    import networkx

    graph = networkx.MultiDiGraph(
        schema=explanation.schema,
        graph_version=explanation.graph_version,
        urgency=explanation.urgency.level,
    )
    roles = dict.fromkeys(explanation.case.present(), "finding")
    roles.update((r.id, "remedy") for r in explanation.remedies)
    roles.update((c.id, "condition") for c in explanation.conditions)
    roles.update((c.id, "cause") for c in explanation.causes)
    chains = [chain for cause in explanation.causes for chain in cause.chains]
    chains += [chain for condition in explanation.conditions for chain in condition.chains]
    chains += [chain for remedy in explanation.remedies for chain in remedy.chains]
    for chain in chains:
        for step in chain.steps:
            for node in (step.subject, step.object):
                if node not in graph:
                    graph.add_node(
                        node,
                        label=explanation.labels.get(node, node),
                        kind=explanation.kinds.get(node, ""),
                        role=roles.get(node, "step"),
                    )
            graph.add_edge(
                step.subject,
                step.object,
                key=step.claim,
                relation=step.relation,
                text=step.text,
                sign=step.polarity,
                weight=step.confidence,
            )
    return graph
