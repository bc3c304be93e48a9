"""Formats the authored Turtle one way: sorted, one value a line, comments at the top kept.

rdflib's own `longturtle` is not used: it orders the blank nodes of a claim's evidence differently
from run to run and separates a claim's subject, predicate and object.

Usage: python tools/format_ontology.py [--check] [FILE…]   (default: every file of ontology/)
Exit 1 with --check when a file is not formatted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
UNFORMATTED = {"prefixes.ttl"}
FIRST = ["rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:subClassOf"]
FIRST += ["skos:prefLabel", "rdfs:label", "skos:definition", "skos:altLabel", "skos:hiddenLabel"]
BARE = {XSD.integer, XSD.decimal, XSD.boolean}


class Writer:
    """Writes one graph with the project's prefixes."""

    def __init__(self, graph: Graph, prefixes: dict[str, str]) -> None:
        """Takes the graph and prefix → namespace."""
        self.graph = graph
        self.prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()

    def iri(self, iri: str) -> str:
        """The IRI as a prefixed name, in full where no prefix fits."""
        for prefix, namespace in self.prefixes:
            local = iri.removeprefix(namespace)
            if local != iri and local and all(c.isalnum() or c in "-_" for c in local):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return f"<{iri}>"

    def term(self, node: Node) -> str:
        """A term as Turtle; a blank node with all that hangs on it."""
        if isinstance(node, URIRef):
            return self.iri(str(node))
        if isinstance(node, Literal):
            if node.datatype in BARE:
                return str(node)
            if not node.datatype:
                return node.n3()
            return f"{node.n3().rpartition('^^')[0]}^^{self.iri(str(node.datatype))}"
        if (node, RDF.first, None) in self.graph:
            items = (self.term(item) for item in self.graph.items(node))
            return f"( {' '.join(items)} )"
        return "[ " + " ; ".join(" ".join(pair) for pair in self.pairs(node)) + " ]"

    def pairs(self, subject: Node) -> list[tuple[str, str]]:
        """The predicates and objects of a subject in the order in which they are written."""
        pairs = []
        for predicate, obj in self.graph.predicate_objects(subject):
            name = "rdf:type" if predicate == RDF.type else self.iri(str(predicate))
            pairs.append((name, self.term(obj)))
        rank = {name: place for place, name in enumerate(FIRST)}
        pairs.sort(key=lambda p: (rank.get(p[0], len(FIRST)), p[0], p[1].casefold(), p[1]))
        return [("a" if name == "rdf:type" else name, value) for name, value in pairs]

    def block(self, subject: Node) -> str:
        """All statements about a subject."""
        values: dict[str, list[str]] = {}
        for name, value in self.pairs(subject):
            values.setdefault(name, []).append(value)
        lines = []
        for name, items in values.items():
            if name == "a":
                lines.append(f"a {', '.join(items)}")
            elif len(items) == 1:
                lines.append(f"{name} {items[0]}")
            else:
                lines.append(f"{name}\n        " + " ,\n        ".join(items))
        return f"{self.term(subject)} " + " ;\n    ".join(lines) + " .\n"


def comments(text: str) -> list[str]:
    """The comment lines at the top of the file."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line)
    return lines


def formatted(text: str, prefixes: dict[str, str]) -> str:
    """The same triples, formatted.

    Raises:
        ValueError: a comment stands below the top of the file, where it would be lost.
    """
    head = comments(text)
    if any(line.lstrip().startswith("#") for line in text.splitlines()[len(head) :]):
        raise ValueError("a comment below the first lines would be lost: move it to the top")
    graph = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    writer = Writer(graph, prefixes)
    subjects = sorted(s for s in set(graph.subjects()) if not isinstance(s, BNode))
    blocks = [writer.block(subject) for subject in subjects]
    lines = [f"@prefix {p}: <{prefixes[p]}> ." for p in sorted(writer.used, key=str.casefold)]
    return "\n".join([*head, *lines, "", *blocks])


def main() -> int:
    """Formats the files, or checks them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    listing = Graph(bind_namespaces="none").parse(ROOT / "ontology/prefixes.ttl", format="turtle")
    prefixes = {prefix: str(namespace) for prefix, namespace in listing.namespaces()}
    wrong = 0
    for path in options.files or sorted((ROOT / "ontology").rglob("*.ttl")):
        if path.name in UNFORMATTED:
            continue
        text = path.read_text(encoding="utf-8")
        try:
            new = formatted(text, prefixes)
        except ValueError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        if new != text:
            wrong += 1
            print(f"{'not formatted' if options.check else 'formatted'}: {path}")
            if not options.check:
                path.write_text(new, encoding="utf-8")
    return 1 if options.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
