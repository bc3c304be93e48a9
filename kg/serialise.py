"""Writing triples as text, the same bytes every time: Turtle, N-Triples and RDF/XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

import pyoxigraph as ox

from kg.convert import triple_to_ox
from kg.prefixes import Prefixes, default_prefixes
from kg.terms import RDF_TYPE, Triple

RdfSyntax = Literal["turtle", "ntriples", "rdfxml", "jsonld"]

_SYNTAXES: Final[dict[RdfSyntax, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def serialise(
    triples: Iterable[Triple], syntax: RdfSyntax = "turtle", prefixes: Prefixes | None = None
) -> str:
    """Write triples, each once, sorted, blank nodes named by what they say.

    Args:
        triples: in any order.
        syntax: `turtle`, `ntriples`, `rdfxml` or `jsonld`.
        prefixes: those of the ontology by default; only the ones that are used get written.

    Returns:
        The text, with a line end at its end.

    >>> from kg.terms import IRI, Literal
    >>> some = Prefixes({"ex": "https://example.org/"})
    >>> text = Literal("x")
    >>> print(serialise([Triple(IRI("https://example.org/a"), RDF_TYPE, text)], prefixes=some))
    @prefix ex: <https://example.org/> .
    ex:a a "x" .
    """
    dataset = ox.Dataset(_quad(triple) for triple in triples)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad[0], quad[2])):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(
        (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in dataset), key=_order
    )
    text = ox.serialize(
        ordered, format=_SYNTAXES[syntax], prefixes=_used(ordered, prefixes or default_prefixes())
    )
    return _sorted_prefixes((text or b"").decode("utf-8")).rstrip("\n") + "\n"


def _sorted_prefixes(text: str) -> str:
    # pyoxigraph declares the prefixes in another order each time.
    lines = list(re.finditer(r"(?:@prefix [^\n]*\n)+", text[:10_000]))
    if lines and lines[0].start() == 0:
        prefixes = "".join(sorted(lines[0].group().splitlines(keepends=True)))
        return prefixes + text[lines[0].end() :]
    root = re.search(r"<rdf:RDF((?: xmlns:[^ >]*)+)>", text[:10_000])
    if root:
        names = " ".join(sorted(root[1].split()))
        return f"{text[: root.start()]}<rdf:RDF {names}>{text[root.end() :]}"
    return text


def _quad(triple: Triple) -> ox.Quad:
    foreign = triple_to_ox(triple)
    return ox.Quad(foreign.subject, foreign.predicate, foreign.object)


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    # The type of a thing goes first, as people write it.
    predicate = triple.predicate
    return str(triple.subject), predicate.value != RDF_TYPE, predicate.value, str(triple.object)


def _used(triples: Iterable[ox.Triple], prefixes: Prefixes) -> dict[str, str]:
    terms = {
        term.datatype if isinstance(term, ox.Literal) else term
        for triple in triples
        for term in triple
    }
    iris = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    compacted = {prefixes.compact(iri).partition(":")[0] for iri in iris}
    return {name: iri for name, iri in prefixes.items() if name in compacted}
