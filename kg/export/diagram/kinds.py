"""The map of a graph that is too large to draw: its kinds, the chief of each, what leads where."""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.export.diagram.appearance import Appearance
from kg.export.diagram.measure import clean
from kg.export.diagram.scene import Arrow, Item, Scene
from kg.export.drawing import Drawing

_FLOWS: Final = 12  # the largest, beside the largest of each kind
_NAMED: Final = 6  # concepts of each kind
_LONGEST: Final = 34  # letters of a name
_OTHER: Final = "ft:Concept"


def by_kind(drawing: Drawing, looks: Appearance) -> Scene:
    """The kinds of a drawing with the names of what most claims speak of, and the largest flows."""
    kinds = {
        node.id: looks.look(node.kind) for node in drawing.nodes if looks.is_concept(node.kind)
    }
    by_id = {look.id: look for look in kinds.values()}
    spoken: Counter[str] = Counter()
    flows: Counter[tuple[str, str, str]] = Counter()
    for edge in drawing.edges:
        if edge.supported and edge.source in kinds and edge.target in kinds:
            spoken.update((edge.source, edge.target))
            ends = kinds[edge.source].id, kinds[edge.target].id
            line = looks.line(edge.relation, edge.polarity)
            if ends[0] != ends[1] and _OTHER not in ends:
                flows[(*ends, line)] += 1
    members: dict[str, list[tuple[int, str]]] = {name: [] for name in by_id}
    for node in drawing.nodes:
        if node.id in kinds:
            members[kinds[node.id].id].append((-spoken[node.id], node.label))
    items = tuple(
        Item(
            name,
            f"{look.label}: {len(members[name])}",
            look,
            f"{look.label}: {len(members[name])} concepts",
            strong=True,
            names=tuple(clean(label, _LONGEST) for _, label in sorted(members[name])[:_NAMED]),
        )
        for name, look in sorted(by_id.items())
        if name != _OTHER
    )
    ranked = sorted(flows.items(), key=lambda item: (-item[1], item[0]))
    first = {end: flow for flow in reversed(ranked) for end in flow[0][:2]}
    shown = list(dict.fromkeys([*ranked[:_FLOWS], *first.values()]))
    arrows = tuple(
        Arrow(
            f"{source} {target} {line}",
            source,
            target,
            line,
            (str(count),),
            f"{count} claims lead from {by_id[source].label} to {by_id[target].label}",
        )
        for (source, target, line), count in sorted(shown)
    )
    return Scene(
        title=clean(drawing.title, 160),
        description=clean(". ".join(arrow.title for arrow in arrows), 4000),
        items=items,
        arrows=arrows,
        notes=(
            f"{len(kinds)} concepts and {len(drawing.edges)} claims, as a map of their kinds. Each "
            "names the concepts that most claims speak of; the number on an arrow counts claims. "
            f"The {len(shown)} largest of {len(flows)} flows are drawn. One concept with what lies "
            "around it: --around NAME.",
        ),
    )
