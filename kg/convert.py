"""Where foreign RDF terms become ours and ours become foreign: pyoxigraph's and rdflib's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreUnusable
from kg.terms import IRI, RDF_LANG_STRING, XSD_STRING, BNode, Literal, Term, Triple

if TYPE_CHECKING:
    from rdflib.term import Node

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal

_NOT_RDF_11 = "holds a term that RDF 1.1 does not know: write claims with rdf:subject instead"


def from_ox(term: object) -> Term:
    """Turn a pyoxigraph term into ours.

    Raises:
        StoreUnusable: the term is a triple term of RDF 1.2.

    >>> from_ox(ox.Literal("x"))
    Literal(value='x', datatype=IRI('...#string'), lang=None)
    """
    if isinstance(term, ox.NamedNode):
        return IRI.unchecked(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, RDF_LANG_STRING, term.language)
        return Literal(term.value, IRI.unchecked(term.datatype.value))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise StoreUnusable("the store", _NOT_RDF_11)


def to_ox(term: Term) -> OxTerm:
    """Turn one of our terms into pyoxigraph's.

    >>> to_ox(IRI("ex:a"))
    <NamedNode value=ex:a>
    """
    if isinstance(term, IRI):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term.value)
    if term.lang is not None:
        return ox.Literal(term.value, language=term.lang)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def triple_from_ox(triple: ox.Triple | ox.Quad) -> Triple:
    """Turn a pyoxigraph triple, or a quad without its graph, into ours."""
    subject, predicate = from_ox(triple.subject), from_ox(triple.predicate)
    if isinstance(subject, Literal) or not isinstance(predicate, IRI):
        raise StoreUnusable("the store", _NOT_RDF_11)
    return Triple(subject, predicate, from_ox(triple.object))


def triple_to_ox(triple: Triple) -> ox.Triple:
    """Turn one of our triples into pyoxigraph's."""
    return ox.Triple(to_ox(triple.subject), to_ox(triple.predicate), to_ox(triple.object))  # type: ignore[arg-type]


def from_rdflib(node: Node) -> Term:
    """Turn an rdflib term into ours; a plain literal becomes an `xsd:string`.

    Raises:
        StoreUnusable: the term is a variable, a graph or another thing that is no RDF term.

    >>> import rdflib
    >>> from_rdflib(rdflib.Literal("x", lang="en"))
    Literal(value='x', datatype=IRI('...#langString'), lang='en')
    """
    from rdflib import term as rdflib_term

    if isinstance(node, rdflib_term.URIRef):
        return IRI.unchecked(str(node))
    if isinstance(node, rdflib_term.BNode):
        return BNode(str(node))
    if isinstance(node, rdflib_term.Literal):
        if node.language:
            return Literal(str(node), RDF_LANG_STRING, node.language)
        datatype = IRI.unchecked(str(node.datatype)) if node.datatype else XSD_STRING
        return Literal(str(node), datatype)
    raise StoreUnusable("the rdflib graph", _NOT_RDF_11)


def triple_from_rdflib(triple: tuple[Node, Node, Node]) -> Triple:
    """Turn an rdflib triple into ours."""
    subject, predicate, target = (from_rdflib(node) for node in triple)
    if isinstance(subject, Literal) or not isinstance(predicate, IRI):
        raise StoreUnusable("the rdflib graph", _NOT_RDF_11)
    return Triple(subject, predicate, target)


def to_rdflib(term: Term) -> Node:
    """Turn one of our terms into rdflib's; an `xsd:string` becomes a plain literal.

    rdflib holds a plain literal and an `xsd:string` for two terms and parses files to plain ones.

    >>> to_rdflib(Literal("x"))
    rdflib.term.Literal('x')
    """
    from rdflib import term as rdflib_term

    if isinstance(term, IRI):
        return rdflib_term.URIRef(term)
    if isinstance(term, BNode):
        return rdflib_term.BNode(term.value)
    if term.lang is not None:
        return rdflib_term.Literal(term.value, lang=term.lang)
    datatype = None if term.datatype == XSD_STRING else rdflib_term.URIRef(term.datatype)
    return rdflib_term.Literal(term.value, datatype=datatype, normalize=False)
