"""Formats the authored Turtle one way: sorted, one value a line, comments at the top kept.

rdflib's own `longturtle` is not used: it orders the blank nodes of a claim's evidence differently
from run to run and separates a claim's subject, predicate and object.

Usage: python tools/format_ontology.py [--check] [FILE…]   (default: every file of ontology/)
Exit 1 with --check when a file is not formatted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

ROOT = Path(__file__).resolve().parent.parent
UNFORMATTED = {"prefixes.ttl"}
FIRST = ["rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:subClassOf"]
FIRST += ["skos:prefLabel", "rdfs:label", "skos:definition", "skos:altLabel", "skos:hiddenLabel"]
RANK = {name: place for place, name in enumerate(FIRST)}
BARE = {str(kind) for kind in (XSD.integer, XSD.decimal, XSD.boolean)}

Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal
Facts = dict[Node, list[tuple[str, Value]]]


class Writer:
    """Writes the statements of one file with the project's prefixes."""

    def __init__(self, facts: Facts, prefixes: dict[str, str]) -> None:
        """Takes what is said of each thing, and prefix → namespace."""
        self.facts = facts
        self.prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()
        self.names: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        """The IRI as a prefixed name, in full where no prefix fits."""
        known = self.names.get(iri)
        if known is None:
            known = self.names[iri] = self.named(iri)
        return known

    def named(self, iri: str) -> str:
        """The same, looked for."""
        for prefix, namespace in self.prefixes:
            local = iri.removeprefix(namespace)
            if local != iri and local and all(c.isalnum() or c in "-_" for c in local):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return f"<{iri}>"

    def term(self, node: Value) -> str:
        """A term as Turtle; a blank node with all that hangs on it."""
        if isinstance(node, ox.NamedNode):
            return self.iri(node.value)
        if isinstance(node, ox.Literal):
            return self.literal(node)
        if any(predicate == str(RDF.first) for predicate, _ in self.facts.get(node, ())):
            return f"( {' '.join(self.items(node))} )"
        return "[ " + " ; ".join(" ".join(pair) for pair in self.pairs(node)) + " ]"

    def literal(self, node: ox.Literal) -> str:
        """A text, or a value that stands for itself."""
        if node.language:
            return Literal(node.value, lang=node.language).n3()
        kind = node.datatype.value
        if kind == str(XSD.string):
            return Literal(node.value).n3()
        value = Literal(node.value, datatype=URIRef(kind))
        return str(value) if kind in BARE else f"{value.n3().rpartition('^^')[0]}^^{self.iri(kind)}"

    def items(self, node: Value) -> Iterator[str]:
        """The members of a list."""
        while isinstance(node, ox.BlankNode):
            held = dict(self.facts[node])
            yield self.term(held[str(RDF.first)])
            node = held[str(RDF.rest)]

    def pairs(self, subject: Node) -> list[tuple[str, str]]:
        """The predicates and objects of a subject in the order in which they are written."""
        pairs = []
        for predicate, value in self.facts.get(subject, ()):
            name = "rdf:type" if predicate == str(RDF.type) else self.iri(predicate)
            pairs.append((name, self.term(value)))
        pairs.sort(key=lambda p: (RANK.get(p[0], len(FIRST)), p[0], p[1].casefold(), p[1]))
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
    facts: Facts = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        said = facts.setdefault(quad.subject, [])
        if (fact := (quad.predicate.value, quad.object)) not in said:
            said.append(fact)
    writer = Writer(facts, prefixes)
    subjects = sorted(
        (s for s in facts if isinstance(s, ox.NamedNode)), key=lambda subject: subject.value
    )
    blocks = [writer.block(subject) for subject in subjects]
    lines = [f"@prefix {p}: <{prefixes[p]}> ." for p in sorted(writer.used, key=str.casefold)]
    return "\n".join([*head, *lines, "", *blocks])


def main() -> int:
    """Formats the files, or checks them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    listing = ox.parse((ROOT / "ontology/prefixes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    list(listing)  # the prefixes are known once all is read
    prefixes = dict(listing.prefixes)
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
