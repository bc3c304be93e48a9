"""DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.export.columns import placed
from kg.export.drawing import Drawing, Edge, Node
from kg.export.registry import Format
from kg.export.shapes import foreign_shape, look_of
from kg.export.text import shortened, tidy, wrapped

_HEADS: Final = {1: "normal", -1: "tee", 0: "odot", None: "vee"}
_STYLES: Final = {"rounded": "filled,rounded", "double": "filled"}
_LONGEST_TIP: Final = 2_000


def write(drawing: Drawing) -> str:
    """Write a graph that `dot -Tsvg` draws from left to right.

    The shape of a node is that of its kind. The head of an arrow tells the sign: a point raises, a
    bar lowers, a ring is left open by the sources, an open point is no effect. What a source states
    with reserve is dashed, and worded so.
    """
    lines = [
        "digraph {",
        f"  graph [label={_text([tidy(drawing.title)])} labelloc=t rankdir=LR fontname=Helvetica]",
        '  node [fontname=Helvetica fontsize=11 margin="0.12,0.06"]',
        "  edge [fontname=Helvetica fontsize=9]",
        *(f"  {_id(node.id)} [{_listed(_node(node))}]" for node in drawing.nodes),
        *(
            f"  {_id(edge.source)} -> {_id(edge.target)} [{_listed(_edge(edge))}]"
            for edge in drawing.edges
        ),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _node(node: Node) -> dict[str, str]:
    look = look_of(node.kind)
    told = {
        "id": _id(node.id),
        "label": _text(wrapped(node.label)),
        "tooltip": _text([shortened(f"{node.kind_label}: {node.definition}", _LONGEST_TIP)]),
        "shape": foreign_shape(look).dot,
        "style": _id(_STYLES.get(look.shape, "filled")),
        "fillcolor": _id(look.fill),
        "color": _id(look.outline),
    }
    if look.shape == "double":
        told["peripheries"] = "2"
    if node.iri.startswith(("https://", "http://")):
        told["URL"] = _id(node.iri)
    return told


def _edge(edge: Edge) -> dict[str, str]:
    evidence = "; ".join(map(placed, edge.evidence))
    return {
        "id": _id(edge.id),
        "label": _text(wrapped(edge.phrase)),
        "tooltip": _text([shortened(f"{edge.text} ({evidence})", _LONGEST_TIP)]),
        "arrowhead": _HEADS.get(edge.polarity, "vee"),
        "style": "solid" if edge.hedge == "asserted" else "dashed",
    }


def _listed(attributes: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in attributes.items())


def _id(text: str) -> str:
    # In an identifier nothing but the quote is escaped; a backslash before it would hide it.
    quoted = tidy(text).replace("\\", "/").replace('"', '\\"')
    return f'"{quoted}"'


def _text(lines: list[str]) -> str:
    # A label knows escapes of its own (\N, \G, \l …) and the names of HTML's characters (&amp;).
    safe = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(safe) + '"'


FORMAT: Final = Format("DOT, for Graphviz", "text/vnd.graphviz", ".dot", write)
