"""The knowledge alone, as other vocabularies say it: SKOS, domains, ranges; no interface."""

from __future__ import annotations

from typing import Final

from kg.prefixes import default_prefixes
from kg.store.protocol import Store
from kg.terms import IRI, RDF_TYPE, Literal, Term, Triple

SCHEME: Final = "ft:concepts"

# What the schema says in our words, said in those of RDFS and SKOS: (what to add, where it holds).
_ALIGNED: Final = (
    ("?x rdfs:domain ?y", "?x ft:subject-kind ?y"),
    ("?x rdfs:range ?y", "?x ft:object-kind ?y"),
    ("?x skos:closeMatch ?y", "?x ft:aligned-with ?y"),
    (
        "?x a skos:Concept ; skos:inScheme ?y",
        "?x a/rdfs:subClassOf* ft:Concept BIND(ft:concepts AS ?y)",
    ),
    (
        "?x skos:broader ?y . ?y skos:narrower ?x",
        "?r ft:aligned-with biolink:subclass_of . ?x ?r ?y",
    ),
    (
        "?x skos:topConceptOf ?y . ?y skos:hasTopConcept ?x",
        "?x a/rdfs:subClassOf* ft:Concept BIND(ft:concepts AS ?y) FILTER NOT EXISTS "
        "{ ?r ft:aligned-with biolink:subclass_of . ?x ?r ?broader }",
    ),
    (
        "?y a skos:ConceptScheme ; dcterms:title ?title ; dcterms:license ?x",
        "ft: dcterms:title ?title ; dcterms:license ?x BIND(ft:concepts AS ?y)",
    ),
)

# What evidence is in the words of others; which term stands for what is told in the schema.
_EVIDENCE: Final = (
    ("?x a rdf:Statement, ?y", "?x a ft:Claim . ft:Claim ft:aligned-with ?y"),
    ("?x a ?y", "?c ft:evidence ?x . ft:Evidence ft:aligned-with ?y"),
    ("?x ?y ?e", "?x ft:evidence ?e . ?e ft:direction/ft:evidence-relation ?y"),
    ("?x a ?y", "?x ft:checked/ft:evidence-type ?y"),
    (
        "?x prov:wasDerivedFrom ?y",
        "?x ft:evidence ?e . ?e ft:direction ft:supports ; ft:source|ft:passage/ft:source ?y",
    ),
)


def released(store: Store) -> tuple[Triple, ...]:
    """The statements of a release: the knowledge, and what other vocabularies say of it.

    What the engine reads, draws and asks with (`ft:Interface` and `ft:interface` mark it) is left
    out. Every concept is a `skos:Concept` of the scheme `ft:concepts` besides its own kind, with
    broader and narrower ones; every relation has the domain and the range that its kinds tell.
    """
    ft = default_prefixes()
    everything = store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    left_out = _interface(store)
    kept = {t for t in everything if t.subject not in left_out and t.predicate not in left_out}
    kept = {t for t in kept if t.object not in left_out}
    for added, where in _ALIGNED:
        query = f"{ft.sparql_header()}CONSTRUCT {{ {added} }} WHERE {{ {where} }}"
        kept.update(store.construct(query))
    return tuple(sorted(kept - _unused(kept), key=Triple.n3))


def with_evidence_types(knowledge: tuple[Triple, ...], store: Store) -> tuple[Triple, ...]:
    """The knowledge with its evidence typed as SEPIO, ECO and PROV have it, beside ours."""
    ft = default_prefixes()
    typed = (
        triple
        for added, where in _EVIDENCE
        for triple in store.construct(
            f"{ft.sparql_header()}CONSTRUCT {{ {added} }} WHERE {{ {where} }}"
        )
    )
    return tuple(sorted({*knowledge, *typed}, key=Triple.n3))


def _interface(store: Store) -> set[Term]:
    """All that is there for the engine: classes, their members and properties."""
    query = """SELECT DISTINCT ?x WHERE {
      { ?x rdfs:subClassOf* ft:Interface } UNION { ?x a/rdfs:subClassOf* ft:Interface }
      UNION { ?x rdfs:subPropertyOf* ft:interface } }"""
    found = store.select(default_prefixes().sparql_header() + query)
    return {row[0] for row in found if row[0] is not None}


def _unused(triples: set[Triple]) -> set[Triple]:
    """The declarations of annotation properties of ours that nothing uses any longer."""
    ft = default_prefixes()
    annotation, ours = ft.expand("owl:AnnotationProperty"), ft["ft"]
    used: set[Term] = {t.predicate for t in triples} | {t.object for t in triples}
    idle = {
        t.subject
        for t in triples
        if t.predicate == RDF_TYPE
        and t.object == annotation
        and isinstance(t.subject, IRI)
        and t.subject.startswith(ours)
        and t.subject not in used
    }
    return {t for t in triples if t.subject in idle}


def plain(term: Term | None) -> str:
    """The text of a literal, or the IRI; empty where there is none."""
    return term.value if isinstance(term, Literal) else str(term or "")
