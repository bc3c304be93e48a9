"""The shapes: SHACL rules that every statement that people wrote has to keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InvalidKnowledge, KgError, MissingFile
from kg.prefixes import default_prefixes
from kg.resources import ontology_dir
from kg.sparql import elsewhere
from kg.store.oxigraph_store import OxigraphStore
from kg.validate.report import Violation

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"


def check_shapes(
    authored: OxigraphStore, shapes: Path | None = None
) -> tuple[tuple[Violation, ...], int]:
    """Check statements against the shapes.

    Args:
        authored: the statements, before edges are derived.
        shapes: a file of shapes; the one of the ontology by default.

    Returns:
        What breaks the rules, sorted, and the number of rules.

    Raises:
        MissingFile: the file of shapes is not there.
        InvalidKnowledge: the shapes themselves are wrong.
    """
    import re

    import pyshacl
    import rdflib
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError

    path = shapes or ontology_dir() / "shapes.ttl"
    if not path.is_file():
        raise MissingFile(str(path))
    rules = rdflib.Graph().parse(path, format="turtle")
    # Seen through Oxigraph the queries of the shapes are answered thirty times faster than by
    # rdflib, which parses each of them anew for every thing that it looks at.
    data = _still(authored.rdflib_view())
    number = _count(rules)
    _drop_idle(rules, authored)
    try:
        _, found, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True)
    except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, re.error) as error:
        raise InvalidKnowledge(str(path), str(error)) from None
    if not isinstance(found, rdflib.Graph):
        raise InvalidKnowledge(str(path), f"the shapes cannot be run: {found!r}")
    return _violations(found, data), number


def _drop_idle(rules: rdflib.Graph, authored: OxigraphStore) -> None:
    """Leave out the queries of the shapes that find nothing in the whole graph.

    pyshacl asks each of them anew for every thing of its class. What finds nothing when it is asked
    once about everything that a shape is for finds nothing about one thing either.
    """
    from rdflib import URIRef

    header = default_prefixes().sparql_header()
    for shape, query in list(rules.subject_objects(URIRef(_SH + "sparql"))):
        text = rules.value(query, URIRef(_SH + "select"))
        if text is None or any(elsewhere(str(text))):
            continue  # pyshacl refuses what leaves the machine
        try:
            idle = not authored.select(f"{header}{text} LIMIT 1").rows
            if not idle and (own := _looked_at(rules, shape)):
                found = authored.select(f"{header}SELECT DISTINCT $this WHERE {{ {{ {text} }} }}")
                members = authored.select(f"{header}SELECT DISTINCT $this WHERE {{ {own} }}")
                idle = {*found.rows}.isdisjoint(members.rows)
        except KgError:
            continue  # pyshacl says what is wrong with it
        if idle:
            rules.remove((shape, URIRef(_SH + "sparql"), query))


def _looked_at(rules: rdflib.Graph, shape: Node) -> str:
    """A pattern of what a shape is for; empty where it may be for more than a class."""
    from rdflib import RDF, RDFS, URIRef

    own = URIRef(_SH + "targetClass")
    classes = " ".join(c.n3() for c in rules.objects(shape, own) if isinstance(c, URIRef))
    more = any(str(p).startswith(own[:-5]) and p != own for p in rules.predicates(shape))
    beside = any(rules.triples((None, None, shape))) or (shape, RDF.type, RDFS.Class) in rules
    known = classes and not more and not beside
    return f"VALUES ?class {{ {classes} }} $this a/rdfs:subClassOf* ?class ." if known else ""


def _still(graph: rdflib.Graph) -> rdflib.Graph:
    """The same graph, counted once: pyshacl asks for its size at every value that it looks at."""
    import rdflib

    size = len(graph)

    class Still(rdflib.Graph):
        def __len__(self) -> int:
            return size

    return Still(store=graph.store, identifier=graph.identifier, bind_namespaces="none")


def _violations(found: rdflib.Graph, data: rdflib.Graph) -> tuple[Violation, ...]:
    from rdflib import RDF, URIRef

    violations = set()
    for result in found.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        focus = found.value(result, URIRef(_SH + "focusNode"))
        value = found.value(result, URIRef(_SH + "value"))
        shape = found.value(result, URIRef(_SH + "sourceShape"))
        said = sorted(str(text) for text in found.objects(result, URIRef(_SH + "resultMessage")))
        violations.add(
            Violation(
                shape=_short(shape),
                focus=_short(_owner(focus, data)),
                value=None if value is None or value == focus else _short(value),
                message=" ".join(said),
            )
        )
    return tuple(sorted(violations, key=_order))


def _order(violation: Violation) -> tuple[str, str, str, str]:
    return (violation.shape, violation.focus, violation.value or "", violation.message)


def _owner(node: Node | None, data: rdflib.Graph) -> Node | None:
    """Go from a blank node up to what has a name, so that people find the place."""
    from rdflib import BNode

    seen = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        owners = sorted(set(data.subjects(None, node)), key=str)
        node = owners[0] if owners else node
    return node


def _short(node: Node | None) -> str:
    from rdflib import BNode, Literal

    if node is None:
        return ""
    if isinstance(node, BNode):
        return "a blank node"
    if isinstance(node, Literal):
        return str(node)
    return default_prefixes().compact(str(node))


def _count(rules: rdflib.Graph) -> int:
    from rdflib import RDF, BNode, URIRef

    kinds = (URIRef(_SH + "NodeShape"), URIRef(_SH + "PropertyShape"))
    return len(
        {
            shape
            for kind in kinds
            for shape in rules.subjects(RDF.type, kind)
            if not isinstance(shape, BNode)
        }
    )
