"""The looks of kinds, which the ontology gives, in the words of other programs."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.export.diagram.appearance import Look, appearance


class ForeignShape(NamedTuple):
    """The name of a shape in DOT and in yEd, and the brackets around a label in Mermaid."""

    dot: str
    yed: str
    opening: str
    closing: str


_SHAPES: Final = {
    "box": ForeignShape("box", "rectangle", "[", "]"),
    "rounded": ForeignShape("box", "roundrectangle", "(", ")"),
    "double": ForeignShape("box", "rectangle3d", "[[", "]]"),
    "crossed": ForeignShape("component", "trapezoid2", "[\\", "/]"),
    "cut": ForeignShape("octagon", "octagon", "[/", "\\]"),
    "note": ForeignShape("note", "trapezoid", ">", "]"),
    "pennant": ForeignShape("cds", "fatarrow", ">", "]"),
    "pill": ForeignShape("ellipse", "ellipse", "([", "])"),
    "hexagon": ForeignShape("hexagon", "hexagon", "{{", "}}"),
    "octagon": ForeignShape("octagon", "octagon", "{{", "}}"),
    "slant": ForeignShape("parallelogram", "parallelogram", "[/", "/]"),
    "circle": ForeignShape("ellipse", "ellipse", "([", "])"),
    "diamond": ForeignShape("diamond", "diamond", "{", "}"),
    "triangle": ForeignShape("triangle", "triangle", "[/", "\\]"),
}


def look_of(kind: str) -> Look:
    """The look of a kind, by its compact IRI.

    >>> look_of("ft:Concept").shape
    'slant'
    """
    return appearance().look(kind)


def foreign_shape(look: Look) -> ForeignShape:
    """The shape of a look; a box where the name of the shape is not known.

    >>> foreign_shape(look_of("ft:Concept")).dot
    'parallelogram'
    """
    return _SHAPES.get(look.shape, _SHAPES["box"])
