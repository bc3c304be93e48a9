"""The concepts as an OBO Graph document (geneontology/obographs): what pronto and OAK read."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Final

from kg.prefixes import default_prefixes
from kg.release.knowledge import plain
from kg.store.protocol import Store

_CONCEPTS: Final = """SELECT DISTINCT ?x ?label ?definition WHERE {
  ?x a/rdfs:subClassOf* ft:Concept ; skos:prefLabel ?label
  OPTIONAL { ?x skos:definition ?definition } } ORDER BY ?x"""
_NAMES: Final = "SELECT ?x ?name WHERE { ?x skos:altLabel ?name } ORDER BY ?x ?name"
_MATCHES: Final = "SELECT ?x ?other WHERE { ?x skos:exactMatch ?other } ORDER BY ?x ?other"
_RELATIONS: Final = "SELECT ?r ?label WHERE { ?r a ft:Relation ; rdfs:label ?label } ORDER BY ?r"
_EDGES: Final = """SELECT DISTINCT ?x ?r ?y WHERE {
  ?r a ft:Relation . ?x ?r ?y FILTER isIRI(?y)
  ?x a/rdfs:subClassOf* ft:Concept . ?y a/rdfs:subClassOf* ft:Concept } ORDER BY ?x ?r ?y"""
_KIND_OF: Final = "SELECT ?r WHERE { ?r ft:aligned-with biolink:subclass_of }"


def obograph(store: Store) -> str:
    """All concepts with names and definitions, and the relations that claims support, as JSON.

    A concept is a node of the type CLASS, so that a browser lists and searches it; a kind is
    joined to what it is a kind of by `is_a`, all else by the IRI of the relation. Exact matches
    are cross-references.

    Source: the OBO Graphs JSON schema, https://github.com/geneontology/obographs.
    """
    prefixes = default_prefixes()

    def rows(query: str) -> list[tuple[str, ...]]:
        found = store.select(prefixes.sparql_header() + query)
        return [tuple(plain(term) for term in row) for row in found]

    names, matches = defaultdict(list), defaultdict(list)
    for concept, name in rows(_NAMES):
        names[concept].append({"pred": "hasExactSynonym", "val": name})
    for concept, other in rows(_MATCHES):
        matches[concept].append({"val": prefixes.compact(other)})
    nodes = [
        {
            "id": concept,
            "lbl": label,
            "type": "CLASS",
            "meta": _full(
                definition={"val": definition} if definition else None,
                synonyms=names[concept],
                xrefs=matches[concept],
            ),
        }
        for concept, label, definition in rows(_CONCEPTS)
    ]
    kind_of = {relation for (relation,) in rows(_KIND_OF)}
    nodes += [
        {"id": relation, "lbl": label, "type": "PROPERTY"} for relation, label in rows(_RELATIONS)
    ]
    edges = [
        {"sub": one, "pred": "is_a" if relation in kind_of else relation, "obj": other}
        for one, relation, other in rows(_EDGES)
    ]
    graph = {"id": prefixes["ft"], "nodes": nodes, "edges": edges}
    return json.dumps({"graphs": [graph]}, ensure_ascii=False, indent=1) + "\n"


def _full(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}
