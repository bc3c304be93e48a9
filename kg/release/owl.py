"""The graph as an OWL 2 DL ontology: claims become annotations of the edges that they state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from kg.errors import InvalidKnowledge
from kg.prefixes import default_prefixes
from kg.terms import IRI, RDF_TYPE, RDFS_LABEL, XSD_STRING, BNode, Literal, Term, Triple

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_BUILT_IN: Final = (_OWL, _RDF, _RDFS, _XSD)
_CLASS = IRI(_OWL + "Class")
_INDIVIDUAL = IRI(_OWL + "NamedIndividual")
_ONTOLOGY = IRI(_OWL + "Ontology")
_ANNOTATION_PROPERTY = IRI(_OWL + "AnnotationProperty")
_OBJECT_PROPERTY = IRI(_OWL + "ObjectProperty")
_DATATYPE_PROPERTY = IRI(_OWL + "DatatypeProperty")
_PROPERTIES: Final = (_OBJECT_PROPERTY, _DATATYPE_PROPERTY, _ANNOTATION_PROPERTY)
_REIFICATION: Final = tuple(IRI(_RDF + part) for part in ("subject", "predicate", "object"))
# OWL 2, section 4: the datatypes that a reasoner has to know. Others, durations among them, make
# a reasoner refuse the file, so their values are written as strings.
_DATATYPES: Final = frozenset(
    _XSD + name
    for name in (
        *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
        *("negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
        *("unsignedShort", "unsignedByte", "double", "float", "string", "normalizedString"),
        *("token", "language", "Name", "NCName", "NMTOKEN", "boolean", "hexBinary"),
        *("base64Binary", "anyURI", "dateTime", "dateTimeStamp"),
    )
) | {_RDF + "langString", _RDF + "XMLLiteral", _RDF + "PlainLiteral"}


def to_owl(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Return the same knowledge as an OWL 2 DL ontology.

    Every edge that claims state stays an edge, with one `owl:Axiom` for each of its claims: the
    hedge, the evidence and all else that the claim says are annotations of it, and `ft:claim`
    leads back to the claim. Every class, property and individual is declared. A claim that is
    spoken about, or that no evidence supports, is an individual; the reification with
    `rdf:subject` is left out, and so are types that would make a property an individual.

    Raises:
        InvalidKnowledge: an object property has a literal for a value, or a datatype property
            has a thing.

    >>> to_owl([])[0].predicate == RDF_TYPE
    True
    """
    given = set(triples)
    ft = default_prefixes()
    claim_class = ft.expand("ft:Claim")
    types: dict[Term, set[Term]] = defaultdict(set)
    for triple in given:
        if triple.predicate == RDF_TYPE:
            types[triple.subject].add(triple.object)
    claims = {subject for subject, kinds in types.items() if claim_class in kinds}
    edges = {claim: _edge(found) for claim, found in _reified(given, claims).items()}
    stated = {claim: edge for claim, edge in edges.items() if edge is not None and edge in given}
    spoken_of = {term for edge in stated.values() for term in (edge.subject, edge.object)}
    # A claim about a claim is an edge between the two, and no annotation of the first.
    between_claims = {edge for edge in stated.values() if edge.subject in claims}

    result: set[Triple] = set()
    about: dict[Term, list[Triple]] = defaultdict(list)
    for triple in given:
        if triple in between_claims:
            result.add(_in_owl(triple))
        elif triple.subject in claims and triple.predicate != RDF_TYPE:
            about[triple.subject].append(triple)
        elif not _puns(triple, types) and (
            triple.subject not in stated or triple.subject in spoken_of
        ):
            result.add(_in_owl(triple))
    for claim in claims:
        annotations = [each for each in about[claim] if each.predicate not in _REIFICATION]
        if claim in stated and isinstance(claim, IRI):
            result.update(_axiom(claim, stated[claim], annotations))
        else:
            result.update(_in_owl(each) for each in annotations)
        if claim not in stated or claim in spoken_of:
            result.update(_label(claim, edges.get(claim)))
    result.add(Triple(ft.expand("ft:claim"), RDF_TYPE, _ANNOTATION_PROPERTY))
    result.add(Triple(IRI(ft["ft"]), RDF_TYPE, _ONTOLOGY))
    _check_values(result)
    return tuple(sorted(result | set(_declarations(result)), key=Triple.n3))


def _reified(given: set[Triple], claims: set[Term]) -> dict[Term, dict[IRI, set[Term]]]:
    parts: dict[Term, dict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for triple in given:
        if triple.subject in claims and triple.predicate in _REIFICATION:
            parts[triple.subject][triple.predicate].add(triple.object)
    return parts


def _edge(parts: dict[IRI, set[Term]]) -> Triple | None:
    subject, predicate, target = (parts[part] for part in _REIFICATION)
    if not len(subject) == len(predicate) == len(target) == 1:
        return None
    first, second, third = subject.pop(), predicate.pop(), target.pop()
    if isinstance(first, Literal) or not isinstance(second, IRI):
        return None
    return Triple(first, second, third)


def _puns(triple: Triple, types: dict[Term, set[Term]]) -> bool:
    """Tell whether a triple makes an individual of a property or of a class."""
    if triple.predicate != RDF_TYPE or _is_built_in(triple.object):
        return False
    return any(_is_built_in(kind) and kind != _INDIVIDUAL for kind in types[triple.subject])


def _is_built_in(term: Term) -> bool:
    return isinstance(term, IRI) and term.startswith(_BUILT_IN)


def _in_owl(triple: Triple) -> Triple:
    """Write what OWL 2 has no datatype for as a string."""
    target = triple.object
    if isinstance(target, Literal) and target.datatype not in _DATATYPES:
        return triple._replace(object=Literal(target.value))
    if isinstance(target, IRI) and target.startswith(_XSD) and target not in _DATATYPES:
        return triple._replace(object=XSD_STRING)
    return triple


def _axiom(claim: IRI, edge: Triple, annotations: Iterable[Triple]) -> Iterator[Triple]:
    node = BNode("axiom-" + claim.local_name)
    written = _in_owl(edge)
    yield Triple(node, RDF_TYPE, IRI(_OWL + "Axiom"))
    yield Triple(node, IRI(_OWL + "annotatedSource"), written.subject)
    yield Triple(node, IRI(_OWL + "annotatedProperty"), written.predicate)
    yield Triple(node, IRI(_OWL + "annotatedTarget"), written.object)
    yield Triple(node, default_prefixes().expand("ft:claim"), claim)
    for annotation in annotations:
        yield _in_owl(Triple(node, annotation.predicate, annotation.object))


def _label(claim: Term, edge: Triple | None) -> Iterator[Triple]:
    """Say in a label what the claim states, since its reification is left out."""
    if edge is not None and isinstance(claim, IRI):
        short = default_prefixes().compact
        words = " ".join(short(str(term)) for term in edge)
        yield Triple(claim, RDFS_LABEL, Literal(words))


def _check_values(triples: Iterable[Triple]) -> None:
    kinds = {each.subject: each.object for each in triples if each.object in _PROPERTIES}
    for triple in sorted(triples, key=Triple.n3):
        kind, literal = kinds.get(triple.predicate), isinstance(triple.object, Literal)
        if (kind == _OBJECT_PROPERTY and literal) or (kind == _DATATYPE_PROPERTY and not literal):
            expected = "a thing" if literal else "a literal"
            detail = f"{triple.predicate} needs {expected}, not {triple.object}: mend the claim"
            raise InvalidKnowledge(str(triple.subject), detail)


def _declarations(triples: set[Triple]) -> Iterator[Triple]:
    """Declare what is used and not declared yet: classes, annotation properties, individuals."""
    types: dict[Term, set[Term]] = defaultdict(set)
    object_properties = set()
    for triple in triples:
        if triple.predicate == RDF_TYPE:
            types[triple.subject].add(triple.object)
            if triple.object == _OBJECT_PROPERTY:
                object_properties.add(triple.subject)
    schema = {term for term, kinds in types.items() if any(map(_is_built_in, kinds))}
    ours = default_prefixes()["ft"]
    for triple in triples:
        subject, predicate, target = triple
        if predicate == RDF_TYPE:
            if isinstance(target, IRI) and not _is_built_in(target):
                yield Triple(target, RDF_TYPE, _CLASS)
        elif not _is_built_in(predicate) and predicate not in schema:
            yield Triple(predicate, RDF_TYPE, _ANNOTATION_PROPERTY)
        things = [subject, target] if predicate in object_properties else [subject]
        for thing in things:
            if isinstance(thing, IRI) and thing not in schema and thing.startswith(ours):
                yield Triple(thing, RDF_TYPE, _INDIVIDUAL)
