"""How things look: shapes and colours of kinds and of urgency, lines of relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.loading import parse_turtle
from kg.prefixes import default_prefixes
from kg.resources import ontology_dir

_FILES: Final = ("schema.ttl", "scales.ttl", "appearance.ttl")
_TOP: Final = "ft:Concept"
_COLOURS: Final = ("ft:fill", "ft:outline", "ft:fill-dark", "ft:outline-dark")
_SIGNS: Final = {1: "up", -1: "down", 0: "open", None: "plain"}
_PLAIN: Final = ("#eceff2", "#66707d", "#252b33", "#98a3b0")


@dataclass(frozen=True, slots=True)
class Look:
    """A shape and its colours; `label` names the kind that they stand for."""

    id: str
    label: str
    shape: str
    fill: str
    outline: str
    fill_dark: str
    outline_dark: str


@dataclass(frozen=True)
class Appearance:
    """The looks by the kind or the level that they are given to, and what a picture words itself.

    `backward` holds the phrase for relations that chains read from the object to the subject,
    `hedges` the word for what a source does not state without reserve, `lines` how relations are
    drawn that are told apart from effects.
    """

    looks: Mapping[str, Look]
    parents: Mapping[str, str]
    backward: Mapping[str, str]
    hedges: Mapping[str, str]
    lines: Mapping[str, str]

    def line(self, relation: str, sign: int | None, supported: bool = True) -> str:
        """How a relation is drawn: refuted, as the ontology says, or by the sign of its effect."""
        if not supported:
            return "refuted"
        return self.lines.get(relation) or _SIGNS[sign]

    def is_concept(self, kind: str) -> bool:
        """Whether things of a kind are concepts, rather than claims or steps of a scale."""
        return kind == _TOP or (kind in self.parents and self.is_concept(self.parents[kind]))

    def look(self, kind: str) -> Look:
        """The look of a kind, or of the nearest kind above it that has one."""
        for _ in range(len(self.parents) + 1):
            if kind in self.looks:
                return self.looks[kind]
            kind = self.parents.get(kind, _TOP)
        return Look(_TOP, "concept", "slant", *_PLAIN)


@cache
def appearance(folder: Path | None = None) -> Appearance:
    """Read the looks from the files of the ontology, or of another folder of that structure.

    >>> appearance().look("ft:SelfCare").id
    'ft:Remedy'
    """
    facts = _facts(folder or ontology_dir())
    looks = {
        name: Look(
            name,
            given.get("rdfs:label") or given.get("skos:prefLabel") or name,
            given["ft:shape"],
            *(given.get(c, plain) for c, plain in zip(_COLOURS, _PLAIN, strict=True)),
        )
        for name, given in facts.items()
        if "ft:shape" in given
    }
    hedges = {n: g for n, g in facts.items() if g.get("rdf:type") == "ft:Hedge"}
    surest = max((float(g.get("ft:weight", 0)) for g in hedges.values()), default=0.0)
    return Appearance(
        looks=looks,
        parents={n: g["rdfs:subClassOf"] for n, g in facts.items() if "rdfs:subClassOf" in g},
        backward={
            name: given.get("ft:inverse-phrase", "")
            for name, given in facts.items()
            if given.get("ft:chain-direction") == "backward"
        },
        # What the source states without reserve needs no word.
        hedges={
            name.rpartition(":")[2]: given["skos:prefLabel"]
            for name, given in hedges.items()
            if float(given.get("ft:weight", 0)) < surest
        },
        lines={name: given["ft:line"] for name, given in facts.items() if "ft:line" in given},
    )


def _facts(folder: Path) -> dict[str, dict[str, str]]:
    """What the files say of each thing; of several values the one that sorts first."""
    compact = default_prefixes().compact
    facts: dict[str, dict[str, str]] = {}
    for path in (folder / name for name in _FILES):
        if not path.is_file():
            continue
        for quad in parse_turtle(path, path.read_bytes()):
            subject = getattr(quad.subject, "value", "")
            value = getattr(quad.object, "value", "")
            named = type(quad.object).__name__ == "NamedNode"
            told = compact(value) if named else value
            given = facts.setdefault(compact(subject), {})
            predicate = compact(quad.predicate.value)
            given[predicate] = min(told, given.get(predicate, told))
    return facts
