"""The explanation in RDF, in the terms of PROV-O: what was answered, and from which claims."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.explain.model import Chain, EvidenceItem, Explanation
from kg.explain.serialise import to_dict
from kg.prefixes import default_prefixes

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["to_rdf"]

# An answer is a resource of its own, apart from the knowledge that it was derived from.
_BASE = "answer/"


def to_rdf(explanation: Explanation) -> rdflib.Graph:
    """The answer and its parts as `prov:Entity`, each derived from claims, passages and sources.

    The IRI of the answer is made of a digest of its content, so that the same answer has the same
    IRI. The result can be loaded beside the graph and queried with it.
    """
    import rdflib

    return _Writer(rdflib.Graph(bind_namespaces="none")).write(explanation)


class _Writer:
    """Writes one explanation into one graph."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph
        self._prefixes = default_prefixes()
        for prefix in ("dcterms", "ft", "prov", "rdf", "rdfs", "xsd"):
            graph.bind(prefix, self._prefixes[prefix])

    def write(self, e: Explanation) -> rdflib.Graph:
        """Write the answer and all its parts."""
        content = json.dumps(to_dict(e), sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
        self._root = self._prefixes["ft"] + _BASE + digest
        self._entity("", "explanation", None)
        self._say("", "dcterms:conformsTo", self._text(e.schema))
        self._say("", "ft:graph-version", self._text(e.graph_version))
        self._say("", "dcterms:description", self._text(e.disclaimer))
        self._say("", "ft:has-urgency", self._iri(f"ft:{e.urgency.level}"))
        for finding in e.case.findings:
            relation = {"present": "ft:present", "absent": "ft:absent"}.get(finding.status)
            if relation is not None:
                self._say("", relation, self._iri(finding.id))
        for flag in e.urgency.because:
            part = self._part("red-flag", flag.id, flag.label)
            self._derive(part, flag.claims, flag.evidence)
        for place, cause in enumerate(e.causes, start=1):
            part = self._part("cause", cause.id, cause.label, place, cause.score)
            self._chains(part, cause.chains)
        for place, condition in enumerate(e.conditions, start=1):
            part = self._part("condition", condition.id, condition.label, place, condition.score)
            self._derive(part, condition.claims, condition.evidence)
            self._chains(part, condition.chains)
        for structure in e.location.structures:
            part = self._part("location", structure.id, structure.label)
            self._derive(part, structure.claims, ())
        for place, remedy in enumerate(e.remedies, start=1):
            part = self._part("remedy", remedy.id, remedy.label, place, remedy.score)
            self._derive(part, remedy.claims, remedy.evidence)
            self._chains(part, remedy.chains)
        for place, statement in enumerate(e.disagreements, start=1):
            part = f"/disagreement/{place}"
            self._entity(part, statement.text, None)
            self._derive(part, statement.claims, statement.evidence)
        return self._graph

    def _part(
        self, kind: str, name: str, label: str, rank: int | None = None, score: float | None = None
    ) -> str:
        part = f"/{kind}/{name.rpartition(':')[2].rpartition('/')[2]}"
        self._entity(part, label, name)
        if rank is not None:
            self._say(part, "ft:rank", self._number(rank))
        if score is not None:
            self._say(part, "ft:score", self._number(round(score, 6)))
        return part

    def _entity(self, part: str, label: str, about: str | None) -> None:
        self._say(part, "rdf:type", self._iri("prov:Entity"))
        self._say(part, "rdfs:label", self._text(label))
        if about is not None:
            self._say(part, "ft:about", self._iri(about))
        if part:
            self._say("", "dcterms:hasPart", self._node(part))

    def _chains(self, part: str, chains: Iterable[Chain]) -> None:
        for place, chain in enumerate(chains, start=1):
            link = f"{part}/chain-{place}"
            text = "; ".join(step.text for step in chain.steps)
            self._say(link, "rdf:type", self._iri("prov:Entity"))
            self._say(link, "rdfs:label", self._text(text))
            self._say(link, "ft:sign", self._text(chain.sign))
            self._say(part, "dcterms:hasPart", self._node(link))
            for step in chain.steps:
                self._derive(link, (step.claim,), step.evidence)

    def _derive(self, part: str, claims: Iterable[str], evidence: Iterable[EvidenceItem]) -> None:
        for claim in claims:
            self._say(part, "prov:wasDerivedFrom", self._iri(claim))
            self._say("", "prov:wasDerivedFrom", self._iri(claim))
        for item in evidence:
            self._say(part, "prov:hadPrimarySource", self._iri(item.passage or item.source))

    def _node(self, part: str) -> Node:
        from rdflib import URIRef

        return URIRef(self._root + part)

    def _iri(self, name: str) -> Node:
        from rdflib import URIRef

        return URIRef(self._prefixes.expand(name))

    def _text(self, text: str) -> Node:
        from rdflib import Literal

        return Literal(text)

    def _number(self, number: float) -> Node:
        from rdflib import Literal

        return Literal(number)

    def _say(self, part: str, relation: str, value: Node) -> None:
        self._graph.add((self._node(part), self._iri(relation), value))
