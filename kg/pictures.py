"""What a graph draws and writes: figures, courses, and files in every format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import BadInput

if TYPE_CHECKING:
    import os

    from kg.explain.model import Explanation
    from kg.explain.paths import Paths
    from kg.export.part import Part
    from kg.export.picture import Picture
    from kg.query_result import QueryResult
    from kg.store import Store
    from kg.view import View


class _Drawn(Protocol):
    """What drawing needs of a graph."""

    store: Store

    @property
    def view(self) -> View: ...

    def resolve(self, name: str) -> str: ...

    def path(self, start: str, end: str) -> Paths: ...

    def query(self, query: str | os.PathLike[str], /) -> QueryResult: ...

    def explain(
        self, text: str = "", *, findings: Sequence[str] = (), absent: Sequence[str] = ()
    ) -> Explanation: ...


class Pictures:
    """The part of a graph that draws it, and writes it in file formats."""

    def figure(
        self: _Drawn,
        text: str = "",
        *,
        concept: str | None = None,
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
        asset: str | None = None,
        level: str = "plain",
        labels: str = "all",
    ) -> Picture:
        """Draw the body with what is affected, spared and suspected, or with a concept marked.

        Without a text, a finding and a concept, the picture is labelled as it is.

        Args:
            text: a report, as for `explain`.
            concept: name of what to mark, with what it serves and what serves it.
            findings: names of concepts that are present.
            absent: names of concepts that are denied.
            asset: name of a picture in `ontology/assets`, or an SVG file whose regions name
                concepts; the first picture without it.
            level: "plain" or "clinical" names.
            labels: "none" writes no names beside the picture.

        Raises:
            BadInput: text and concept are both given, or nothing in the picture shows the concept.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.
            MissingFile: the file is not there.

        >>> from kg.graph import open_graph
        >>> with open_graph() as graph:
        ...     picture = graph.figure(concept="LLSAN")
        >>> picture.title
        'the muscle beside the nose that lifts the lip and flares the nostril'
        """
        from kg.export.figure.make import make_figure

        told = _to_draw(self, text, concept, findings, absent)
        return make_figure(self.view, asset, *told, level, labels)

    def course(
        self: _Drawn,
        text: str = "",
        *,
        concept: str | None = None,
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
        level: str = "plain",
        labels: str = "all",
    ) -> Picture:
        """Draw an ordered course and its branches, with where on it the trouble may sit marked.

        The course is that on which the answer to the text, or the concept, lies; without either
        the longest one.

        Args:
            text: a report, as for `explain`.
            concept: name of what to mark, with the way that leads to it.
            findings: names of concepts that are present.
            absent: names of concepts that are denied.
            level: "plain" or "clinical" names.
            labels: "none" leaves out the names of what is on the course.

        Raises:
            BadInput: text and concept are both given, or no course leads to the concept.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.
        """
        from kg.export.figure.make import make_course

        told = _to_draw(self, text, concept, findings, absent)
        return make_course(self.view, *told, level, labels)

    def export(
        self: _Drawn,
        name: str,
        *,
        around: str | None = None,
        depth: int = 1,
        explanation: Explanation | None = None,
        path: tuple[str, str] | None = None,
        query: str | os.PathLike[str] | QueryResult | None = None,
        ids: str = "own",
        **options: Any,
    ) -> str | bytes:
        """Return the graph, or a part of it, in a file format.

        Without a part, the whole graph; at most one part may be named.

        Args:
            name: of the format, see `kg.export.registry.format_names`.
            around: name of a concept: what lies around it.
            depth: how many claims away from it, from 0.
            explanation: its chains; in RDF also what it says itself.
            path: names of two concepts: the causal chains from one to the other.
            query: a query as `query` takes it, or its result: the claims and concepts in its rows.
            ids: ``mapped`` for the ids of HPO, Mondo, Uberon and others where a term of theirs is
                exactly the same; ``own`` for those of this graph.
            options: of the format, such as `theme="dark"` of a picture.

        Raises:
            BadInput: there is no such format or option, several parts are named, or one is empty.
            UnknownConcept, AmbiguousConcept: see `resolve`.

        >>> from kg.graph import open_graph
        >>> with open_graph() as graph:
        ...     "caffeine" in graph.export("turtle", path=("coffee", "nostril twitching"))
        True
        """
        from kg.export.part import Around, export_part
        from kg.query_result import QueryResult

        if sum(each is not None for each in (around, explanation, path, query)) > 1:
            raise BadInput("around, explanation, path and query are different parts: name one")
        part: Part = Around(None if around is None else self.resolve(around), depth)
        if explanation is not None:
            part = explanation
        elif path is not None:
            part = list(self.path(*path))
        elif query is not None:
            part = query if isinstance(query, QueryResult) else self.query(query)
        return export_part(name, self.view, self.store, part, ids, **options)


def _to_draw(
    graph: _Drawn, text: str, concept: str | None, findings: Sequence[str], absent: Sequence[str]
) -> tuple[Explanation | None, str | None]:
    """The explanation, or the id of the concept, that a picture is about."""
    told = bool(text.strip() or findings or absent)
    if concept is not None and told:
        raise BadInput("a report and a concept are two pictures: give one of them")
    explanation = graph.explain(text, findings=findings, absent=absent) if told else None
    return explanation, None if concept is None else graph.resolve(concept)
