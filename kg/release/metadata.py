"""What a release says of itself: VoID, DCAT and schema.org in one Turtle file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.prefixes import Prefixes, default_prefixes
from kg.release.knowledge import plain
from kg.store.protocol import Store
from kg.terms import IRI, RDF_TYPE, XSD_INTEGER, Literal, Triple

_DCAT: Final = "http://www.w3.org/ns/dcat#"
_VOID: Final = "http://rdfs.org/ns/void#"
_SCHEMA: Final = "https://schema.org/"
_SPDX: Final = "http://spdx.org/rdf/terms#"
PREFIXES: Final = Prefixes(
    {**default_prefixes(), "dcat": _DCAT, "void": _VOID, "schema": _SCHEMA, "spdx": _SPDX}
)
_MEDIA: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "owl": "application/rdf+xml",
    "json": "application/json",
    "tsv": "text/tab-separated-values",
    "md": "text/markdown",
}
_HEADER: Final = """SELECT ?p ?o WHERE { ft: ?p ?o
  FILTER (?p IN (dcterms:title, dcterms:description, dcterms:creator, dcterms:license,
    dcterms:created, dcterms:modified, owl:versionInfo)) } ORDER BY ?p ?o"""
_EXAMPLE: Final = "SELECT ?x WHERE { ?x skos:exactMatch ?y } ORDER BY ?x LIMIT 1"
# The same property in the words of another vocabulary.
_SAID_TWICE: Final = {
    "dcterms:title": "schema:name",
    "dcterms:description": "schema:description",
    "dcterms:license": "schema:license",
    "dcterms:creator": "schema:creator",
    "dcterms:modified": "schema:dateModified",
    "owl:versionInfo": "schema:version",
}


def described(
    store: Store, files: Mapping[str, str], triples: Sequence[Triple]
) -> tuple[Triple, ...]:
    """A dataset with its header, its size, and a distribution for each file with its checksum.

    Args:
        store: where the header of the ontology stands.
        files: the text of each file, by its name.
        triples: the statements that are released; they are counted.

    Source: VoID (W3C, 2011), DCAT 3 (W3C, 2024), schema.org Dataset.
    """
    return tuple(sorted(_told(store, files, triples), key=Triple.n3))


def _told(store: Store, files: Mapping[str, str], triples: Sequence[Triple]) -> Iterator[Triple]:
    name = PREFIXES.expand
    dataset = name("ft:dataset")
    for kind in ("void:Dataset", "dcat:Dataset", "schema:Dataset"):
        yield Triple(dataset, RDF_TYPE, name(kind))
    version = ""
    for predicate, value in store.select(PREFIXES.sparql_header() + _HEADER):
        if isinstance(predicate, IRI) and value is not None:
            short = PREFIXES.compact(predicate)
            version = plain(value) if short == "owl:versionInfo" else version
            for said in (short, _SAID_TWICE.get(short, short)):
                yield Triple(dataset, name(said), value)
    ours = PREFIXES["ft"]
    yield Triple(dataset, name("void:uriSpace"), Literal(ours))
    for (concept,) in store.select(PREFIXES.sparql_header() + _EXAMPLE):
        if isinstance(concept, IRI):
            yield Triple(dataset, name("void:exampleResource"), concept)
    sizes = {
        "void:triples": len(triples),
        "void:entities": len({t.subject for t in triples}),
        "void:properties": len({t.predicate for t in triples}),
        "void:classes": len({t.object for t in triples if t.predicate == RDF_TYPE}),
    }
    for said, count in sizes.items():
        yield Triple(dataset, name(said), Literal(str(count), XSD_INTEGER))
    for file, text in sorted(files.items()):
        yield from _distribution(dataset, IRI(f"{ours}releases/{version}/{file}"), file, text)


def _distribution(dataset: IRI, where: IRI, file: str, text: str) -> Iterator[Triple]:
    name = PREFIXES.expand
    content = text.encode("utf-8")
    checksum = IRI(f"{where}#sha256")
    yield Triple(dataset, name("dcat:distribution"), where)
    if file.startswith(("kg.", "knowledge.")):
        yield Triple(dataset, name("void:dataDump"), where)
    yield Triple(where, RDF_TYPE, name("dcat:Distribution"))
    yield Triple(where, name("dcat:downloadURL"), where)
    yield Triple(where, name("dcterms:title"), Literal(file))
    yield Triple(where, name("dcat:mediaType"), Literal(_MEDIA[file.rpartition(".")[2]]))
    yield Triple(where, name("dcat:byteSize"), Literal(str(len(content)), XSD_INTEGER))
    yield Triple(where, name("spdx:checksum"), checksum)
    yield Triple(checksum, RDF_TYPE, name("spdx:Checksum"))
    yield Triple(checksum, name("spdx:algorithm"), name("spdx:checksumAlgorithm_sha256"))
    yield Triple(checksum, name("spdx:checksumValue"), Literal(hashlib.sha256(content).hexdigest()))
