"""Shapes and colours of the page: those that the ontology gives to the kinds."""

from __future__ import annotations

from typing import Final

from kg.export.diagram.appearance import Look
from kg.export.drawing import Drawing
from kg.export.shapes import look_of

_ANYTHING: Final = "ft:Concept"


def looks_of(drawing: Drawing) -> tuple[Look, ...]:
    """The looks of the nodes, each once, sorted by name; what has no kind of its own comes last."""
    found = {look.id: look for look in (look_of(node.kind) for node in drawing.nodes)}
    return tuple(sorted(found.values(), key=lambda look: (look.id == _ANYTHING, look.label)))


def look_name(look: Look) -> str:
    """What the page calls the kinds that share a look."""
    return "other" if look.id == _ANYTHING else look.label


def look_rules(drawing: Drawing) -> str:
    """The colours of the looks as variables of the style sheet, for light and for dark."""
    looks = tuple(enumerate(looks_of(drawing)))
    light = "".join(f" --fill-{n}: {k.fill}; --line-{n}: {k.outline};" for n, k in looks)
    dark = "".join(f" --fill-{n}: {k.fill_dark}; --line-{n}: {k.outline_dark};" for n, k in looks)
    return (
        f":root {{{light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{{dark} }} }}\n"
    )
