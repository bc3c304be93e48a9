"""From authored claims to what people query: citable evidence and the edges that it supports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.prefixes import default_prefixes

_PARTS: Final = ("rdf:subject", "rdf:predicate", "rdf:object")

_Row = tuple[object, ox.NamedNode, object]
_Content = list[tuple[ox.NamedNode, object]]
_Pairs = dict[object, _Content]


def complete(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Name every evidence item and add the edges that the claims support.

    An evidence item that was written as a blank node gets the IRI
    `<claim>/evidence/<what it cites>`; two items of one claim that cite the same thing in
    different words are told apart by a number, two equal ones become one. A claim with at least
    one supporting item, and exactly one subject, predicate and object, yields its edge.
    Doing this twice changes nothing.

    Args:
        quads: the statements of all files.

    Returns:
        All statements, the edges last; no statement of the input that is not about evidence is
        left out or changed.
    """
    statements = list(quads)
    # Reading an attribute of a quad makes a new object, so each is read once.
    rows = [(quad.subject, quad.predicate, quad.object) for quad in statements]
    evidence_of, content, parts = _index(rows)
    names = _names(evidence_of, content)
    if names:
        statements = _renamed(statements, rows, names)
    supported = (_node("ft:direction"), _node("ft:supports"))
    for claim, items in evidence_of.items():
        if any(supported in content[item] for item in items):
            subject, predicate, target = (set(parts[claim, part]) for part in _PARTS)
            if len(subject) == len(predicate) == len(target) == 1:
                edge = (subject.pop(), predicate.pop(), target.pop())
                if isinstance(edge[1], ox.NamedNode) and not isinstance(edge[0], ox.Literal):
                    statements.append(ox.Quad(*edge))  # type: ignore[arg-type]
    return statements


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(default_prefixes().expand(name))


def _index(
    rows: Sequence[_Row],
) -> tuple[dict[ox.NamedNode, list[object]], _Pairs, dict[tuple[object, str], list[object]]]:
    """Collect the evidence of each claim, what each item says, and what each claim says."""
    evidence = _node("ft:evidence")
    roles = {_node(part): part for part in _PARTS}
    evidence_of: dict[ox.NamedNode, list[object]] = defaultdict(list)
    parts: dict[tuple[object, str], list[object]] = defaultdict(list)
    for subject, predicate, value in rows:
        if predicate == evidence:
            if isinstance(subject, ox.NamedNode):
                evidence_of[subject].append(value)
        elif predicate in roles:
            parts[subject, roles[predicate]].append(value)
    items = {item for found in evidence_of.values() for item in found}
    content: _Pairs = defaultdict(list)
    for subject, predicate, value in rows:
        if subject in items:
            content[subject].append((predicate, value))
    return evidence_of, content, parts


def _names(
    evidence_of: dict[ox.NamedNode, list[object]], content: _Pairs
) -> dict[object, dict[ox.NamedNode, ox.NamedNode]]:
    """Choose an IRI for every blank evidence item, for each claim that has it."""
    cited = (_node("ft:passage"), _node("ft:source"))
    sources = default_prefixes()["source"]
    names: dict[object, dict[ox.NamedNode, ox.NamedNode]] = defaultdict(dict)
    for claim, items in evidence_of.items():
        named = [item for item in items if isinstance(item, ox.NamedNode)]
        by_stem: dict[str, list[object]] = defaultdict(list)
        for item in items:
            if isinstance(item, ox.BlankNode):
                stem = f"{claim.value}/evidence/{_slug(content[item], cited, sources)}"
                by_stem[stem].append(item)
        for stem, blank in by_stem.items():
            if len(blank) == 1 and not named:
                names[blank[0]][claim] = ox.NamedNode(stem)
            else:
                for item, name in _apart(stem, blank, named, content):
                    names[item][claim] = ox.NamedNode(name)
    return names


def _apart(
    stem: str, blank: list[object], named: list[ox.NamedNode], content: _Pairs
) -> Iterator[tuple[object, str]]:
    """Number the items that cite the same thing, unless they are equal."""
    taken = {item.value: _key(content[item]) for item in named}
    keyed = sorted(((_key(content[item]), item) for item in blank), key=lambda pair: pair[0])
    for key, item in keyed:
        name, number = stem, 1
        while taken.get(name, key) != key:
            number += 1
            name = f"{stem}-{number}"
        taken[name] = key
        yield item, name


def _key(pairs: _Content) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(str(predicate), str(value)) for predicate, value in pairs}))


def _slug(pairs: _Content, cited: Iterable[ox.NamedNode], sources: str) -> str:
    """Name an item by the passage that it cites, else by the source."""
    for wanted in cited:
        iris = sorted(
            value.value
            for predicate, value in pairs
            if predicate == wanted and isinstance(value, ox.NamedNode)
        )
        if iris:
            iri = iris[0]
            if iri.startswith(sources):
                return iri[len(sources) :].strip("/").replace("/", "-").replace("#", "-")
            return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
    return "item"


def _renamed(
    statements: list[ox.Quad],
    rows: Sequence[_Row],
    names: dict[object, dict[ox.NamedNode, ox.NamedNode]],
) -> list[ox.Quad]:
    """Put the names in the place of the blank nodes; a shared item is written once a claim."""
    result: list[ox.Quad] = []
    for quad, (subject, predicate, value) in zip(statements, rows, strict=True):
        if subject in names:
            result.extend(ox.Quad(name, predicate, quad.object) for name in names[subject].values())
        elif value in names and subject in names[value]:
            result.append(ox.Quad(quad.subject, predicate, names[value][subject]))  # type: ignore[index]
        else:
            result.append(quad)
    return result
