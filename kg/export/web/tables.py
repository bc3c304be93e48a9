"""The facts of a drawing as tables: what the picture shows, for whoever reads rather than looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from kg.explain.model import EvidenceItem
from kg.explain.phrasing import capital
from kg.export.drawing import Drawing, Edge, Node
from kg.export.web.words import sentence, sureness
from kg.render.html import address, said

SOURCE: Final = "source-"  # and the number: the id of a source in the page
_AGAINST: Final = "refutes"
_Sources = dict[str, tuple[int, str]]  # number and title of each source, by its id


def claim_table(drawing: Drawing) -> str:
    """Every claim with how sure it is and who says so."""
    labels = {node.id: node.label for node in drawing.nodes}
    sources = {s.id: (number, s.title) for number, s in enumerate(drawing.sources, 1)}
    rows = (_claim(edge, place, labels, sources) for place, edge in enumerate(drawing.edges))
    return _table("claims", ("Claim", "How sure", "Confidence", "Evidence"), rows)


def concept_table(drawing: Drawing) -> str:
    """Every concept with its kind and its definition."""
    rows = (_concept(node, place) for place, node in enumerate(drawing.nodes))
    return _table("concepts", ("Concept", "Kind", "Definition"), rows)


def source_list(drawing: Drawing, first: int = 1) -> str:
    """The sources from a number on, each with the address where it can be read."""
    items = [
        f'<li id="{SOURCE}{number}" value="{number}">{address(source.url, source.title)}'
        f" <small>({said(source.type.replace('-', ' '))})</small></li>"
        for number, source in enumerate(drawing.sources, 1)
        if number >= first
    ]
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def _table(name: str, columns: Sequence[str], rows: Iterable[str]) -> str:
    # The roles are those that the elements have anyway; they stay when a narrow screen stacks
    # the cells, which makes browsers forget them.
    cells = "".join(f'<th role="columnheader" scope="col">{column}</th>' for column in columns)
    body = "\n".join(rows)
    return (
        f'<table role="table" id="{name}-table" aria-labelledby="{name}-title">\n'
        f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>'
    )


def _row(place: int, cells: Iterable[str]) -> str:
    return f'<tr role="row" data-place="{place}">{"".join(cells)}</tr>'


def _cell(title: str, content: str) -> str:
    return f'<td role="cell" data-title="{title}">{content}</td>'


def _claim(edge: Edge, place: int, labels: dict[str, str], sources: _Sources) -> str:
    evidence = "".join(f"<li>{_evidence(item, sources)}</li>" for item in edge.evidence)
    return _row(
        place,
        (
            f'<th role="rowheader" scope="row">{said(sentence(edge, labels))}</th>',
            _cell("How sure", said(sureness(edge))),
            _cell("Confidence", f"{edge.confidence:.2f}"),
            _cell("Evidence", f"<ul>{evidence}</ul>"),
        ),
    )


def _evidence(item: EvidenceItem, sources: _Sources) -> str:
    number, title = sources[item.source]
    against = "against: " if item.direction == _AGAINST else ""
    place = f", {said(item.locator)}" if item.locator is not None else ""
    return f'{against}<a href="#{SOURCE}{number}">[{number}]</a> {said(title)}{place}'


def _concept(node: Node, place: int) -> str:
    plain = node.lay_label if node.lay_label not in (None, node.label) else None
    lay = f" <small>({said(plain)})</small>" if plain is not None else ""
    role = f" <small>({escape(node.role)})</small>" if node.role not in (None, "step") else ""
    return _row(
        place,
        (
            f'<th role="rowheader" scope="row">{said(capital(node.label) or node.id)}{lay}</th>',
            _cell("Kind", f"{said(node.kind_label)}{role}"),
            _cell("Definition", said(node.definition)),
        ),
    )
