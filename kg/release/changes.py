"""What changed between two graphs, claim by claim: for release notes and for reviewers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kg.loading import turtle_files
from kg.prefixes import default_prefixes
from kg.release.knowledge import plain
from kg.store import Store, open_store

Kind = Literal["added", "changed", "removed"]
_CONCEPTS: Final = """SELECT ?x ?p ?o WHERE { ?x a/rdfs:subClassOf* ft:Concept ; ?p ?o
  FILTER (?p IN (skos:prefLabel, skos:definition)) }"""
_CLAIMS: Final = """SELECT ?x ?p ?o WHERE {
  ?x a ft:Claim ; rdf:subject|rdf:object|rdf:predicate ?any .
  { ?x ?p ?o FILTER (?p IN (ft:hedge, ft:frequency, ft:extent, ft:probability)) }
  UNION { ?x ft:evidence ?e . { ?e ft:direction ?d . ?e ft:source|(ft:passage/ft:source) ?s
    BIND (ft:evidence AS ?p) BIND (CONCAT(STR(?d), " ", STR(?s)) AS ?o) } } }"""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        kind: `added`, `changed` or `removed`.
        id: compact IRI of the claim or the concept.
        details: for what changed, each value that is gone ("- hedge: possible") or new ("+ …").
    """

    kind: Kind
    id: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for the thing, and one for each value."""
        return "\n".join((self.id, *(f"    {detail}" for detail in self.details)))


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two graphs, sorted.

    Attributes:
        concepts: concepts that came, went, or have another label or definition.
        claims: claims that came, went, or have another hedge, frequency or other evidence.
    """

    concepts: tuple[Change, ...]
    claims: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.concepts or self.claims)

    def __str__(self) -> str:
        """The changes as Markdown: a heading for what was added, changed and removed of each."""
        parts = []
        for what, changes in (("Claims", self.claims), ("Concepts", self.concepts)):
            for kind in ("added", "changed", "removed"):
                some = [str(change) for change in changes if change.kind == kind]
                if some:
                    lines = "\n".join(f"- {each}" for each in some)
                    parts.append(f"## {what} {kind}: {len(some)}\n\n{lines}\n")
        return "\n".join(parts) or "Nothing changed.\n"

    def to_dict(self) -> dict[str, list[dict[str, object]]]:
        """The same for JSON."""
        return {
            what: [{"kind": c.kind, "id": c.id, "details": list(c.details)} for c in changes]
            for what, changes in (("claims", self.claims), ("concepts", self.concepts))
        }


def read_graph(path: Path) -> Store:
    """Open a graph that was written down: a Turtle file, a folder of them, or a release folder.

    Raises:
        MissingFile: there is none.
        BadTurtle, InvalidKnowledge: see `kg.loading`.
    """
    merged = path / "kg.ttl"
    if merged.is_file():
        path = merged
    # Of a folder all files are read; of a file, itself.
    return open_store(ontology=path, add=() if turtle_files(path) else (path,))


def compare(old: Store, new: Store) -> Changes:
    """Tell what was added, changed and removed between two graphs.

    >>> from kg.store.oxigraph_store import OxigraphStore
    >>> nothing = OxigraphStore.later(list)
    >>> bool(compare(nothing, nothing))
    False
    """
    return Changes(
        concepts=_differences(_facts(old, _CONCEPTS), _facts(new, _CONCEPTS)),
        claims=_differences(_facts(old, _CLAIMS), _facts(new, _CLAIMS)),
    )


def _facts(store: Store, query: str) -> dict[str, frozenset[str]]:
    prefixes = default_prefixes()
    found: dict[str, set[str]] = defaultdict(set)
    for thing, predicate, value in store.select(prefixes.sparql_header() + query):
        words = " ".join(map(prefixes.compact, plain(value).split(" "))) if value else ""
        name = prefixes.compact(str(predicate)).partition(":")[2]
        found[prefixes.compact(str(thing))].add(f"{name}: {words}")
    return {thing: frozenset(facts) for thing, facts in found.items()}


def _differences(
    old: dict[str, frozenset[str]], new: dict[str, frozenset[str]]
) -> tuple[Change, ...]:
    changes: list[Change] = []
    for thing in sorted(old.keys() | new.keys()):
        before, after = old.get(thing), new.get(thing)
        if before is None:
            changes.append(Change("added", thing))
        elif after is None:
            changes.append(Change("removed", thing))
        elif before != after:
            gone = tuple(f"- {fact}" for fact in sorted(before - after))
            changes.append(
                Change("changed", thing, gone + tuple(f"+ {f}" for f in sorted(after - before)))
            )
    return tuple(changes)
