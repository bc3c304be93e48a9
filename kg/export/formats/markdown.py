"""Markdown: a Mermaid drawing, and the same in words with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.export.drawing import Drawing, Edge, reported_part
from kg.export.formats import mermaid
from kg.export.registry import Format
from kg.export.text import markdown

# What a reader can still make out in a picture; more stands in words only.
_MOST_EDGES: Final = 100
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"`]+")


def write(drawing: Drawing) -> str:
    """Write the drawing, what it says and who says so; the text of an explanation comes first."""
    if drawing.explanation is not None:
        told = drawing.explanation.to_markdown().rstrip("\n")
        return "\n".join([told, "", "## The chains, drawn", "", *_body(drawing)]) + "\n"
    return "\n".join([f"# {markdown(drawing.title)}", "", *_body(drawing)]) + "\n"


def _body(drawing: Drawing) -> Iterator[str]:
    shown = reported_part(drawing)
    if 0 < len(shown.edges) <= _MOST_EDGES:
        yield from ("```mermaid", mermaid.write(shown).rstrip("\n"), "```", "")
    elif shown.edges:
        yield f"A drawing of {len(shown.edges)} links would not be readable: choose a part."
        yield ""
    if drawing.edges:
        yield from ("## Links", "")
        numbers = drawing.numbers()
        yield from (_link(edge, numbers) for edge in drawing.edges)
        yield ""
    yield from ("## Concepts", "")
    for node in drawing.nodes:
        definition = f": {markdown(node.definition)}" if node.definition else ""
        yield f"- **{markdown(node.label)}** ({markdown(node.kind_label)}){definition}"
    yield from _sources(drawing)


def _sources(drawing: Drawing) -> Iterator[str]:
    cited = {item.source for edge in drawing.edges for item in edge.evidence}
    if cited:
        yield from ("", "## Sources of the links", "")
    for number, source in enumerate(drawing.sources, 1):
        if source.id not in cited:
            continue
        address = source.url or ""
        link = f"<{address}>" if _ADDRESS.fullmatch(address) else markdown(address)
        yield f"- \\[{number}\\] {markdown(source.title)}{', ' if address else ''}{link}"


def _link(edge: Edge, numbers: dict[str, int]) -> str:
    more = [word for word in (edge.frequency, edge.extent) if word]
    more += ["contested"] if edge.contested else []
    reserve = f" ({markdown(', '.join(more))})" if more else ""
    return f"- {markdown(edge.text)}{reserve}. {'; '.join(_cited(edge, numbers))}"


def _cited(edge: Edge, numbers: dict[str, int]) -> Iterator[str]:
    for item in edge.evidence:
        against = "" if item.direction == "supports" else f"{item.direction}: "
        number = numbers.get(item.source)
        cited = markdown(item.source) if number is None else f"\\[{number}\\]"
        place = f", {markdown(item.locator)}" if item.locator else ""
        yield f"{against}{cited}{place}"


FORMAT: Final = Format(
    "Markdown with a Mermaid drawing, for reading", "text/markdown", ".md", write
)
