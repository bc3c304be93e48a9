"""What the script of the page knows: the drawing as JSON that is safe inside HTML."""

from __future__ import annotations

import json
from typing import Any, Final

from kg.explain.model import Explanation
from kg.export.diagram.appearance import appearance
from kg.export.diagram.frame import LINES
from kg.export.drawing import Drawing, Edge, Node
from kg.export.shapes import look_of
from kg.export.web.looks import look_name, looks_of
from kg.export.web.words import sureness
from kg.render.page import safe

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
    ranks = _ranks(drawing.explanation)
    looks = {look.id: number for number, look in enumerate(looks_of(drawing))}
    near: dict[str, int] = {}
    for edge in sorted(drawing.edges, key=lambda edge: ranks.get(edge.id, 0), reverse=True):
        if edge.id in ranks:
            near |= dict.fromkeys((edge.source, edge.target), ranks[edge.id])
    if drawing.explanation is not None and not near:
        near = dict.fromkeys(drawing.explanation.case.present(), 1)
    return {
        "centre": places.get(drawing.centre) if drawing.centre is not None else None,
        "looks": [{"name": look_name(k), "shape": k.shape} for k in looks_of(drawing)],
        "nodes": [
            _node(node) | {"near": near.get(node.id, 0), "look": looks[look_of(node.kind).id]}
            for node in drawing.nodes
        ],
        "edges": [
            _edge(edge, places, numbers) | {"near": ranks.get(edge.id, 0)} for edge in drawing.edges
        ],
        "lines": LINES,
        "sources": [
            {"title": safe(s.title), "type": s.type.replace("-", " "), "url": s.url}
            for s in drawing.sources
        ],
    }


def _ranks(explanation: Explanation | None) -> dict[str, int]:
    """The claims that tell shortly of what was reported, with the rank of the cause, from 1.

    They are those of the best chain of each reported cause, or of every cause where none was; what
    helps comes with its own first step onto a concept of these chains.
    """
    if explanation is None:
        return {}
    reported = [c for c in explanation.causes if c.reported] or list(explanation.causes)
    found: dict[str, int] = {}
    for rank, cause in enumerate(reported, 1):
        steps = [step for chain in cause.chains[:1] for step in chain.steps]
        links = {step.claim for step in steps}
        concepts = {end for step in steps for end in (step.subject, step.object)}
        for remedy in explanation.remedies:
            if links & set(remedy.interrupts):
                first = [step for chain in remedy.chains for step in chain.steps[:1]]
                links |= {step.claim for step in first if step.object in concepts}
        found = dict.fromkeys(sorted(links), rank) | found
    return found


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": safe(node.label) or node.id,
        "lay": safe(node.lay_label) if node.lay_label is not None else None,
        "kind": node.kind_label,
        "role": node.role,
        "definition": safe(node.definition),
        "names": safe(" | ".join(node.names)),
        "iri": node.iri,
    }


def _edge(edge: Edge, places: dict[str, int], numbers: dict[str, int]) -> dict[str, Any]:
    looks = appearance()
    back = looks.backward.get(edge.relation)
    return {
        "id": edge.id,
        "from": places[edge.source],
        "to": places[edge.target],
        "phrase": edge.phrase if back is None else back,
        "turned": back is not None,
        "line": looks.line(edge.relation, edge.polarity, edge.supported),
        "text": safe(edge.text),
        "sure": sureness(edge),
        "hedge": edge.hedge,
        "confidence": edge.confidence,
        "supported": edge.supported,
        "contested": edge.contested,
        "evidence": [
            [numbers[item.source], item.locator, item.direction] for item in edge.evidence
        ],
    }
