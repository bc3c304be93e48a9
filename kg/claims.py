"""From authored claims to what people query: citable evidence and the edges that it supports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.prefixes import default_prefixes

_PARTS: Final = ("rdf:subject", "rdf:predicate", "rdf:object")

_Content = list[tuple[ox.NamedNode, object]]
_Pairs = dict[object, _Content]
_Names = dict[object, dict[ox.NamedNode, ox.NamedNode]]


def complete(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Name every evidence item and add the edges that the claims support.

    An evidence item that was written as a blank node gets the IRI
    `<claim>/evidence/<what it cites>`; two items of one claim that cite the same thing in
    different words are told apart by a number, two equal ones become one. A claim with at least
    one supporting item, and exactly one subject, predicate and object, yields its edge. An edge
    of a causal relation is an `ft:affects` too, and an `ft:raises` or `ft:lowers` by the sign of
    the relation, so that queries need no list of the relations. Doing this twice changes nothing.

    Args:
        quads: the statements of all files.

    Returns:
        All statements, the edges last; no statement of the input that is not about evidence is
        left out or changed.
    """
    statements = list(quads)
    found = _Index(statements)
    names = _names(found.evidence_of, found.content)
    if names:
        _rename(statements, found, names)
    supported = (_node("ft:direction"), _node("ft:supports"))
    effects = _effects(statements)
    for claim, items in found.evidence_of.items():
        if any(supported in found.content[item] for item in items):
            subject, predicate, target = (set(found.parts[claim, part]) for part in _PARTS)
            if len(subject) == len(predicate) == len(target) == 1:
                edge = (subject.pop(), predicate.pop(), target.pop())
                if isinstance(edge[1], ox.NamedNode) and not isinstance(edge[0], ox.Literal):
                    for relation in (edge[1], *effects.get(edge[1], ())):
                        statements.append(ox.Quad(edge[0], relation, edge[2]))  # type: ignore[arg-type]
    return statements


def _effects(statements: Iterable[ox.Quad]) -> dict[object, tuple[ox.NamedNode, ...]]:
    """What the edges of each causal relation are besides."""
    causal, polarity = _node("ft:causal"), _node("ft:polarity")
    told: dict[object, dict[ox.NamedNode, str]] = defaultdict(dict)
    for quad in statements:
        if quad.predicate in (causal, polarity) and isinstance(quad.object, ox.Literal):
            told[quad.subject][quad.predicate] = quad.object.value
    affects = _node("ft:affects")
    signed = {"1": (affects, _node("ft:raises")), "-1": (affects, _node("ft:lowers"))}
    return {
        relation: signed.get(facts.get(polarity, ""), (affects,))
        for relation, facts in told.items()
        if facts.get(causal) == "true"
    }


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(default_prefixes().expand(name))


class _Index:
    """What the statements say of claims and their evidence, and where the latter stands.

    Attributes:
        evidence_of: the evidence items of each claim.
        content: what is said of each item, as (property, value).
        parts: the subjects, predicates and objects of each claim.
        telling: the places of the statements about an item.
        pointing: the places of the statements about a claim that has evidence.
    """

    def __init__(self, statements: Sequence[ox.Quad]) -> None:
        self.evidence_of: dict[ox.NamedNode, list[object]] = defaultdict(list)
        self.content: _Pairs = defaultdict(list)
        self.parts: dict[tuple[object, str], list[object]] = defaultdict(list)
        self.telling: list[int] = []
        self.pointing: list[int] = []
        evidence = "ft:evidence"
        roles = {_node(name): name for name in (evidence, *_PARTS)}
        # Each attribute that is read makes a new object, and most statements are about neither.
        for quad in statements:
            role = roles.get(quad.predicate)
            if role is None:
                continue
            subject = quad.subject
            if role != evidence:
                self.parts[subject, role].append(quad.object)
            elif isinstance(subject, ox.NamedNode):
                self.evidence_of[subject].append(quad.object)
        items = {item for found in self.evidence_of.values() for item in found}
        for place, quad in enumerate(statements):
            subject = quad.subject
            if subject in items:
                self.content[subject].append((quad.predicate, quad.object))
                self.telling.append(place)
            elif subject in self.evidence_of:
                self.pointing.append(place)


def _names(evidence_of: dict[ox.NamedNode, list[object]], content: _Pairs) -> _Names:
    """Choose an IRI for every blank evidence item, for each claim that has it."""
    cited = (_node("ft:passage"), _node("ft:source"))
    sources = default_prefixes()["source"]
    names: _Names = defaultdict(dict)
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


def _rename(statements: list[ox.Quad], found: _Index, names: _Names) -> None:
    """Put the names in the place of the blank nodes; a shared item is written once a claim."""
    for place in found.telling:
        quad = statements[place]
        subject = quad.subject
        if subject in names:
            predicate, value = quad.predicate, quad.object
            first, *others = (ox.Quad(name, predicate, value) for name in names[subject].values())
            statements[place] = first
            statements.extend(others)
    for place in found.pointing:
        quad = statements[place]
        claims = names.get(quad.object)
        if claims is not None and (name := claims.get(quad.subject)) is not None:  # type: ignore[arg-type]
            statements[place] = ox.Quad(quad.subject, quad.predicate, name)
