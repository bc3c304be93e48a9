"""The named queries as data: one `sh:SPARQLExecutable` each, as endpoints and editors list them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.named_query import Query
from kg.prefixes import default_prefixes
from kg.sparql import QueryKind
from kg.terms import IRI, RDF_TYPE, Literal, Triple

_KINDS: Final[dict[QueryKind, tuple[str, str]]] = {
    "select": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ask": ("sh:SPARQLAskExecutable", "sh:ask"),
    "construct": ("sh:SPARQLConstructExecutable", "sh:construct"),
}


def executables(queries: Iterable[Query]) -> tuple[Triple, ...]:
    r"""What each query is called, what it answers and its text; it runs as it stands.

    Source: SHACL Advanced Features, section 5, and the examples of the SIB SPARQL endpoints.

    >>> from kg.named_query import parse_query
    >>> found = executables([parse_query("t", "# title: T\nASK { }")])
    >>> [t.object.value for t in found if t.predicate.endswith("#ask")]
    ['# title: T\nASK { }']
    """
    return tuple(sorted((t for q in queries for t in _one(q)), key=Triple.n3))


def _one(query: Query) -> Iterator[Triple]:
    if query.kind not in _KINDS:
        return
    prefixes = default_prefixes()
    kind, text = _KINDS[query.kind]
    node = IRI(f"{prefixes['ft']}query/{query.name}")
    yield Triple(node, RDF_TYPE, prefixes.expand("sh:SPARQLExecutable"))
    yield Triple(node, RDF_TYPE, prefixes.expand(kind))
    yield Triple(node, prefixes.expand("rdfs:label"), Literal(query.title, lang="en"))
    if query.description:
        yield Triple(node, prefixes.expand("rdfs:comment"), Literal(query.description, lang="en"))
    yield Triple(node, prefixes.expand(text), Literal(query.text))
