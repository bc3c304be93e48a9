"""What is validated: the statements as authored, and the store with everything derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.claims import complete
from kg.convert import from_rdflib, to_ox, triple_to_ox
from kg.errors import BadInput
from kg.loading import load, parse_turtle, read_sources
from kg.prefixes import default_prefixes
from kg.resources import ontology_dir
from kg.store.oxigraph_store import OxigraphStore
from kg.store.protocol import Store

if TYPE_CHECKING:
    import rdflib

Given = str | Path | Sequence[str | Path]

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_EDGES = """
CONSTRUCT { ?subject ?predicate ?object } WHERE {
  ?claim a ft:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
}
"""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The same knowledge twice.

    Attributes:
        authored: what people wrote; the shapes look at it.
        derived: the same with evidence named and edges added; the quality queries ask it.
    """

    authored: OxigraphStore
    derived: Store


def read_knowledge(given: Given | rdflib.Graph | Store = ()) -> Knowledge:
    """Take up what shall be validated.

    Args:
        given: Turtle files, or folders of them, to look at together with the ontology; or a
            store, or an rdflib graph, to look at as it is. In a store the edges that its claims
            account for are taken as derived; in files every edge is taken as authored.

    Raises:
        MissingFile, BadTurtle, InvalidKnowledge: a file cannot be used.
        BadInput: it is nothing of that kind.
    """
    if isinstance(given, Store):
        triples = [triple_to_ox(triple) for triple in given.construct(_EVERYTHING)]
        quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
        return _split(quads, given)
    if isinstance(given, (str, Path)):
        given = (given,)
    if isinstance(given, Sequence):
        sources = read_sources(ontology_dir(), given)
        authored = ox.Store()
        for path, data in sources.files:
            if path.suffix != ".tsv":
                authored.extend(parse_turtle(path, data))
        return Knowledge(OxigraphStore(authored), OxigraphStore.from_quads(load(sources).quads))
    import rdflib

    if not isinstance(given, rdflib.Graph):
        raise BadInput(f"cannot validate a {type(given).__name__}: give files, a graph or a store")
    quads = []
    for triple in given.triples((None, None, None)):
        terms = [to_ox(from_rdflib(node)) for node in triple]
        quads.append(ox.Quad(*terms))  # type: ignore[arg-type]
    return _split(quads, None)


def _split(quads: list[ox.Quad], derived: Store | None) -> Knowledge:
    query = default_prefixes().sparql_header() + _EDGES
    with OxigraphStore.from_quads(quads) as everything:
        edges = {triple_to_ox(triple) for triple in everything.construct(query)}
    written = [quad for quad in quads if quad.triple not in edges]
    return Knowledge(
        OxigraphStore.from_quads(written),
        OxigraphStore.from_quads(complete(quads)) if derived is None else derived,
    )
