"""The part of a graph that is exported, as a file in any format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kg.errors import BadInput, printable
from kg.explain.model import Chain, Explanation
from kg.export.answer import answer_statements
from kg.export.drawing import Drawing
from kg.export.drawn import draw_chains, draw_explanation, draw_rows, draw_selection
from kg.export.mapped import mapped_drawing, mapped_statements
from kg.export.rdf import statements
from kg.export.registry import get_format
from kg.export.selection import Selection, from_store, select
from kg.query_result import QueryResult
from kg.store.protocol import Store
from kg.terms import Triple
from kg.view import View


class Around(NamedTuple):
    """What lies so many claims around a concept, told by its id; everything for None."""

    centre: str | None = None
    depth: int = 1


Part = Around | Explanation | Sequence[Chain] | QueryResult


def export_part(
    name: str, view: View, store: Store, part: Part, ids: str = "own", **options: Any
) -> str | bytes:
    """Write a part of a graph in a file format; see `Graph.export`."""
    written = get_format(name)
    if ids not in ("own", "mapped"):
        raise BadInput(f'unknown ids "{printable(ids)}": use own or mapped')
    if ids == "mapped" and not written.shows_ids:
        raise BadInput(f"{name} shows names and no ids: leave ids out, or choose another format")
    if written.takes == "statements":
        stated = _stated(view, store, part)
        return written.written(
            mapped_statements(stated, view) if ids == "mapped" else stated, **options
        )
    drawn = _drawn(view, store, part)
    return written.written(mapped_drawing(drawn, view) if ids == "mapped" else drawn, **options)


def _drawn(view: View, store: Store, part: Part) -> Drawing:
    if isinstance(part, Around):
        return draw_selection(select(view, store, part.centre, part.depth))
    if isinstance(part, Explanation):
        return draw_explanation(part, view)
    if isinstance(part, QueryResult):
        return draw_rows(part, view)
    return draw_chains(part, view)


def _stated(view: View, store: Store, part: Part) -> tuple[Triple, ...]:
    if isinstance(part, Around):
        return statements(select(view, store, part.centre, part.depth))
    drawing = _drawn(view, store, part)
    ids = frozenset([node.id for node in drawing.nodes] + [edge.id for edge in drawing.edges])
    told = answer_statements(part) if isinstance(part, Explanation) else ()
    return (*statements(Selection(view, from_store(store), ids=ids)), *told)
