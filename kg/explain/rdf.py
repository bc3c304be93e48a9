"""The explanation in RDF, in the terms of PROV-O: what was answered, and from which claims.

Loaded beside the graph, an answer can be followed to who says so:

    SELECT ?part ?label ?claim ?source ?passage WHERE {
      ?answer dcterms:conformsTo ?version ; dcterms:hasPart+ ?part .
      ?part rdfs:label ?label ; prov:wasDerivedFrom ?claim .
      ?claim ft:evidence ?evidence .
      ?evidence ft:direction ?direction .
      OPTIONAL { ?evidence ft:passage/ft:source ?article }
      OPTIONAL { ?evidence ft:passage ?passage }
      OPTIONAL { ?evidence ft:source ?publication }
      BIND (COALESCE(?publication, ?article) AS ?source)
    }

The parts are the flags, conditions, causes, places, remedies and disagreements (`ft:answer-part`
says which); theirs are the weights and the chains, and those of the chains the steps.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from kg.explain.model import Explanation
from kg.explain.rows import Row, rows
from kg.explain.serialise import DIGITS, to_dict
from kg.prefixes import default_prefixes
from kg.terms import IRI, XSD_DECIMAL, XSD_INTEGER, Literal, Term, Triple

if TYPE_CHECKING:
    import rdflib

# An answer is a resource of its own, apart from the knowledge that it was derived from.
_BASE: Final = "answer/"
_REPORTED: Final = {"present": "ft:present-finding", "absent": "ft:absent-finding"}


def to_rdf(explanation: Explanation) -> rdflib.Graph:
    """The answer and its parts as `prov:Entity`, each derived from claims of the graph.

    The IRI of the answer is made of a digest of its content, so that the same answer has the same
    IRI. The result can be loaded beside the graph and queried with it.
    """
    import rdflib

    from kg.convert import to_rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    prefixes = default_prefixes()
    for prefix in ("dcterms", "ft", "prov", "rdf", "rdfs", "xsd"):
        graph.bind(prefix, prefixes[prefix])
    for triple in triples(explanation):
        graph.add((to_rdflib(triple[0]), to_rdflib(triple[1]), to_rdflib(triple[2])))
    return graph


def to_turtle(explanation: Explanation) -> str:
    """The same in Turtle, sorted."""
    from kg.serialise import serialise

    return serialise(triples(explanation), "turtle")


def triples(explanation: Explanation) -> tuple[Triple, ...]:
    """The statements about an answer, each once, in the order in which it is told."""
    return _Writer(explanation).write()


class _Writer:
    """Writes the statements about one explanation."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._prefixes = default_prefixes()
        content = json.dumps(to_dict(explanation), sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
        self._root = self._prefixes["ft"] + _BASE + digest
        self._told: dict[Triple, None] = {}

    def write(self) -> tuple[Triple, ...]:
        """All statements about the answer and its parts."""
        e = self._explanation
        self._entity("", "explanation", None)
        self._say("", "dcterms:conformsTo", Literal(e.schema))
        self._say("", "ft:graph-version", Literal(e.graph_version))
        self._say("", "dcterms:description", Literal(e.disclaimer))
        self._say("", "ft:has-urgency", self._iri(f"ft:{e.urgency.level}"))
        for finding in e.case.findings:
            if finding.status in _REPORTED:
                self._say("", _REPORTED[finding.status], self._iri(finding.id))
        for unread in e.case.unread:
            self._say("", "ft:not-understood", Literal(unread.text))
        for row in rows(e):
            self._row(row)
        return tuple(self._told)

    def _row(self, row: Row) -> None:
        node = self._entry(row)
        if row.chain is not None:
            node = self._step(node, row)
        elif row.finding is not None or row.decibans is not None:
            node = self._weight(node, row)
        if row.claim is not None:
            self._say(node, "prov:wasDerivedFrom", self._iri(row.claim))
            self._say("", "prov:wasDerivedFrom", self._iri(row.claim))

    def _entry(self, row: Row) -> str:
        name = _local(row.id) if row.id is not None else str(row.rank)
        node = f"/{row.part}/{name}"
        self._part("", node, row.part, row.label, row.rank)
        if row.id is not None:
            self._say(node, "ft:about", self._iri(row.id))
        if row.level is not None:
            self._say(node, "ft:has-urgency", self._iri(f"ft:{row.level}"))
        if row.score is not None:
            self._say(node, "ft:score", _number(row.score))
        return node

    def _weight(self, entry: str, row: Row) -> str:
        about = row.finding
        node = f"{entry}/weight/{_local(about)}" if about is not None else f"{entry}/prior"
        label = self._explanation.labels.get(about, about) if about is not None else "prior"
        self._part(entry, node, "weight" if about is not None else "prior", label, None)
        if about is not None:
            self._say(node, "ft:about", self._iri(about))
        if row.decibans is not None:
            self._say(node, "ft:decibans", _number(row.decibans))
        return node

    def _step(self, entry: str, row: Row) -> str:
        chain, claims = f"{entry}/chain-{row.chain}", self._explanation.claims
        self._part(entry, chain, "chain", f"chain {row.chain} of {row.label}", row.chain)
        self._say(chain, "ft:sign", Literal(row.sign or ""))
        node = f"{chain}/step-{row.step}"
        text = claims[row.claim].text if row.claim is not None and row.claim in claims else ""
        self._part(chain, node, "step", text, row.step)
        disputes = (("contested-by", row.contested_by), ("strengthened-by", row.strengthened_by))
        for relation, others in disputes:
            for other in others:
                self._say(node, f"ft:{relation}", self._iri(other))
        return node

    def _part(self, of: str, node: str, kind: str, label: str, place: int | None) -> None:
        self._entity(node, label, kind)
        self._say(of, "dcterms:hasPart", self._node(node))
        if place is not None:
            self._say(node, "ft:place", Literal(str(place), XSD_INTEGER))

    def _entity(self, node: str, label: str, kind: str | None) -> None:
        self._say(node, "rdf:type", self._iri("prov:Entity"))
        self._say(node, "rdfs:label", Literal(label))
        if kind is not None:
            self._say(node, "ft:answer-part", Literal(kind))

    def _node(self, node: str) -> IRI:
        return IRI(self._root + node)

    def _iri(self, name: str) -> IRI:
        return self._prefixes.expand(name)

    def _say(self, node: str, relation: str, value: Term) -> None:
        self._tell(self._node(node), relation, value)

    def _tell(self, subject: IRI, relation: str, value: Term) -> None:
        self._told[Triple(subject, self._iri(relation), value)] = None


def _local(name: str) -> str:
    return name.rpartition(":")[2].rpartition("/")[2]


def _number(number: float) -> Literal:
    return Literal(f"{round(number, DIGITS) + 0.0:.{DIGITS}f}", XSD_DECIMAL)
