"""What the script of the page knows: the drawing as JSON that is safe inside HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from kg.explain.model import Chain, Explanation
from kg.export.drawing import Drawing, Edge, Node
from kg.export.shapes import look_of
from kg.export.web.looks import look_name, looks_of
from kg.export.web.words import sureness
from kg.render.page import safe

__all__ = ["as_json", "page_data", "shortly"]

# Inside a script element only these could end it, or open a comment in it; all else is escaped
# by JSON itself, which is kept to ASCII.
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def as_json(data: object) -> str:
    r"""Write data as JSON that ends no script element and holds ASCII alone.

    >>> as_json(["</script>", "\u2028"])
    '["\\u003c/script\\u003e","\\u2028"]'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    for sign, escaped in _ESCAPES.items():
        text = text.replace(sign, escaped)
    return text


def page_data(drawing: Drawing) -> dict[str, Any]:
    """The drawing as the script reads it: nodes and edges by place, sources by number."""
    places = {node.id: place for place, node in enumerate(drawing.nodes)}
    numbers = drawing.numbers()
    told = shortly(drawing.explanation)
    turned = _turned(drawing)
    looks = {look.id: number for number, look in enumerate(looks_of(drawing))}
    near = {end for e in drawing.edges if e.id in told for end in (e.source, e.target)}
    if drawing.explanation is not None:
        near |= set(drawing.explanation.case.present())
    return {
        "centre": places.get(drawing.centre) if drawing.centre is not None else None,
        "looks": [{"name": look_name(k), "shape": k.shape} for k in looks_of(drawing)],
        "nodes": [
            _node(node) | {"near": node.id in near, "look": looks[look_of(node.kind).id]}
            for node in drawing.nodes
        ],
        "edges": [
            _edge(edge, places, numbers) | {"near": edge.id in told, "turned": edge.id in turned}
            for edge in drawing.edges
        ],
        "sources": [
            {"title": safe(s.title), "type": s.type.replace("-", " "), "url": s.url}
            for s in drawing.sources
        ],
    }


def shortly(explanation: Explanation | None) -> frozenset[str]:
    """The claims of the picture in short: the best chain of what was reported, and what cuts it."""
    if explanation is None:
        return frozenset()
    reported = [c for c in explanation.causes if c.reported] or list(explanation.causes)
    first = [chain for cause in reported for chain in cause.chains[:1]]
    links = _claims(first)
    concepts = {end for chain in first for s in chain.steps for end in (s.subject, s.object)}
    # What helps is drawn with its own first step onto a concept of these chains.
    for remedy in explanation.remedies:
        if links & set(remedy.interrupts):
            links |= {
                step.claim
                for chain in remedy.chains
                for step in chain.steps[:1]
                if step.object in concepts
            }
    return frozenset(links)


def _claims(chains: Iterable[Chain]) -> set[str]:
    return {step.claim for chain in chains for step in chain.steps}


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": safe(node.label) or node.id,
        "lay": safe(node.lay_label) if node.lay_label is not None else None,
        "kind": node.kind_label,
        "role": node.role,
        "definition": safe(node.definition),
        "iri": node.iri,
    }


def _turned(drawing: Drawing) -> frozenset[str]:
    """The claims that the chains of an explanation read from their object to their subject."""
    told = drawing.explanation
    if told is None:
        return frozenset()
    chains = [chain for cause in told.causes for chain in cause.chains]
    chains += [chain for condition in told.conditions for chain in condition.chains]
    read = {(step.claim, step.subject) for chain in chains for step in chain.steps}
    return frozenset(
        e.id for e in drawing.edges if (e.id, e.target) in read and (e.id, e.source) not in read
    )


def _edge(edge: Edge, places: dict[str, int], numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "id": edge.id,
        "from": places[edge.source],
        "to": places[edge.target],
        "phrase": edge.phrase,
        "text": safe(edge.text),
        "sign": edge.polarity,
        "sure": sureness(edge),
        "hedge": edge.hedge,
        "confidence": edge.confidence,
        "supported": edge.supported,
        "contested": edge.contested,
        "evidence": [
            [numbers[item.source], item.locator, item.direction] for item in edge.evidence
        ],
    }
