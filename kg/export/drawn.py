"""Drawings of a graph or a part of it, of an explanation, of chains, of the rows of a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Final

from kg.errors import BadInput
from kg.explain.chains import ChainFinder
from kg.explain.cite import Citations
from kg.explain.model import Chain, Explanation
from kg.explain.signed import MINUS, PLUS, SignedGraph
from kg.export.drawing import Drawing
from kg.export.pen import Pen
from kg.export.selection import Selection
from kg.query_result import QueryResult
from kg.terms import IRI
from kg.view import View

# A row this wide is a table of something else than a few concepts and their relations.
_WIDEST_ROW: Final = 40


def draw_selection(selection: Selection) -> Drawing:
    """Draw the whole graph, or what lies around a concept."""
    centre = selection.centre
    pen = Pen(selection.view)
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
    pen = Pen(view)
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
    drawn = Pen(view).draw(title, nodes=nodes, claims=[*claims, *ways], centre=centre)
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
    pen = Pen(view, explanation)
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
