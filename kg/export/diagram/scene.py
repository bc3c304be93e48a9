"""What a diagram shows, before anything has a place: items, arrows, a banner, notes, sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.explain.model import SourceItem
from kg.export.diagram.appearance import Look
from kg.export.diagram.measure import clean
from kg.export.drawing import Edge, Node

_CITED: Final = 3  # numbers of sources on one arrow; the rest are counted


@dataclass(frozen=True, slots=True)
class Tag:
    """A remedy beside what it acts on; `line` is drawn to it."""

    id: str
    label: str
    cited: str
    look: Look
    line: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """A node with the remedies that act on it; `open` where nobody told that it holds.

    `names` stand below its label, inside the shape.
    """

    id: str
    label: str
    look: Look
    title: str
    open: bool = False
    strong: bool = False
    tags: tuple[Tag, ...] = ()
    more: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """An effect or a relation, drawn as `Appearance.line` says; `words` label it."""

    id: str
    source: str
    target: str
    line: str
    words: tuple[str, ...]
    title: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """How soon care is needed: a level with its look, the advice and the reasons."""

    look: Look
    label: str
    advice: str
    reasons: tuple[str, ...]
    severe: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a diagram shows; `headings` stand above the columns.

    `shared` are remedies that act on many items, with the names of these; items that are not
    `named` are drawn without their words.
    """

    title: str
    description: str
    items: tuple[Item, ...]
    arrows: tuple[Arrow, ...]
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    headings: tuple[str, str, str] | None = None
    banner: Banner | None = None
    shared: tuple[tuple[Tag, str], ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[tuple[int, SourceItem], ...] = field(default=())
    named: bool = True


def citation(sources: tuple[str, ...], against: frozenset[str], numbers: dict[str, int]) -> str:
    """The numbers of sources in brackets, those against named as such; empty without any."""
    for_ = sorted(numbers[s] for s in sources if s in numbers and s not in against)
    told = ", ".join(map(str, for_[:_CITED]))
    told += f" +{len(for_) - _CITED}" if len(for_) > _CITED else ""
    opposed = sorted(numbers[s] for s in against if s in numbers)
    refuted = f"≠ {', '.join(map(str, opposed))}" if opposed else ""
    told = "; ".join(filter(None, (told, refuted)))
    return f"[{told}]" if told else ""


def against(edge: Edge) -> frozenset[str]:
    """The sources that refute a claim."""
    return frozenset(item.source for item in edge.evidence if item.direction == "refutes")


def node_title(node: Node) -> str:
    """What a node tells to whoever points at it."""
    lay = f" – {node.lay_label}" if node.lay_label and node.lay_label != node.label else ""
    told = f": {node.definition}" if node.definition else ""
    return clean(f"{node.label}{lay} ({node.kind_label}){told}", limit=400)
