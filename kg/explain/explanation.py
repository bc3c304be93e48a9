"""The explanation: one frozen object from which every rendering is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.explain.later import Later
from kg.explain.summary import Summary

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.cells import Value
    from kg.explain.model import (
        Cause,
        ClaimItem,
        Location,
        NextQuestion,
        RankedCondition,
        RankedRemedy,
        SourceItem,
        Statement,
    )
    from kg.explain.urgency import Urgency
    from kg.query_result import QueryResult
    from kg.recognise.case import Case
    from kg.view import View


@dataclass(frozen=True, slots=True)
class Explanation(Later):
    """The answer: what must not wait, what may explain it, by which chain, where, what helps.

    `labels` and `kinds` name every concept that the answer speaks of, `lay_labels` those that have
    plain words besides. `covering_sets` are the
    smallest sets of reported causes and conditions that explain all findings but the
    `unexplained` ones; `remedy_sets` the smallest sets of remedies that together cut all chains
    of the reported causes. The number of a source is its place in `sources`, from 1. `claims`
    holds every claim that something in the answer rests on, by id. `summary` is what one screen
    tells, the one selection that renderings follow. `view` is the graph that the
    answer came from, which `export` reads definitions from; it is no part of the answer, and stays
    behind when the answer is pickled. The other fields may be worked out when they are looked at.
    """

    schema: str
    graph_version: str
    disclaimer: str
    case: Case
    in_scope: bool
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    urgency: Urgency
    conditions: tuple[RankedCondition, ...]
    causes: tuple[Cause, ...]
    covering_sets: tuple[tuple[str, ...], ...]
    unexplained: tuple[str, ...]
    location: Location
    remedies: tuple[RankedRemedy, ...]
    questions: tuple[NextQuestion, ...]
    disagreements: tuple[Statement, ...]
    sources: tuple[SourceItem, ...]
    remedy_sets: tuple[tuple[str, ...], ...] = ()
    lay_labels: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, ClaimItem] = field(default_factory=dict)
    summary: Summary = field(default_factory=Summary)
    view: View | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> list[Any]:
        return [None if f.name == "view" else getattr(self, f.name) for f in fields(self)]

    def cited(self) -> tuple[SourceItem, ...]:
        """The sources of the summary, in the order of their numbers."""
        names = self.summary.sources
        if self.view is not None:
            from kg.explain.names import source_items

            return source_items(self.view, names)
        known = {source.id: source for source in self.sources}
        return tuple(known[name] for name in names)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data for JSON, described by `explanation.schema.json`."""
        from kg.explain.serialise import to_dict

        return to_dict(self)

    def __repr__(self) -> str:
        told = len(self.case.findings)
        return f"<Explanation: {self.urgency.level}, {told} findings, {len(self.sources)} sources>"

    def __str__(self) -> str:
        render = import_module("kg.render.plain").render
        return str(render(self))

    def to_markdown(self, level: str | None = None, *, full: bool = False) -> str:
        """The answer as Markdown; all of it when `full`.

        The level is ``plain`` or ``clinical``; without one, that which suits who wrote.

        Raises:
            BadInput: there is no such level.
        """
        # The renderings know this object, so it may not know them: looked up when called.
        render = import_module("kg.render.markdown").render
        return str(render(self, level, full=full))

    def to_rdf(self) -> rdflib.Graph:
        """The answer in the terms of PROV-O, linked to the claims that it was derived from."""
        from kg.explain.rdf import to_rdf

        return to_rdf(self)

    def to_turtle(self) -> str:
        """The same as `to_rdf` in Turtle; the same bytes always."""
        from kg.explain.rdf import to_turtle

        return to_turtle(self)

    def to_table(self) -> QueryResult:
        """The answer as a table, see `kg.explain.table`: who says what, for each statement."""
        from kg.explain.table import to_table

        return to_table(self)

    def to_records(self) -> list[dict[str, Value]]:
        """The rows of `to_table`, each as a dictionary from column to value."""
        return self.to_table().to_dicts()

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The chains of the answer as a graph of concepts, one edge for each claim."""
        from kg.explain.network import to_networkx

        return to_networkx(self)

    def export(self, name: str, **options: Any) -> str | bytes:
        """The answer in a file format: its chains as nodes and edges, or the answer in RDF.

        Args:
            name: of the format, see `kg.export.registry.format_names`.
            options: of the format, such as `theme="dark"` of a picture.

        Raises:
            BadInput: there is no such format, or it has no such option.
        """
        export = import_module("kg.export.answer").export_answer
        content: str | bytes = export(self, name, **options)
        return content

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown, and HTML with the picture; no scripts."""
        bundle: dict[str, str] = import_module("kg.render.notebook").of_explanation(self)
        return bundle
