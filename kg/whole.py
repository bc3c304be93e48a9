"""The graph as a whole: how much it holds, as a network, as RDF, and whether it is valid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.compiled import Compiled
from kg.errors import BadInput, MissingFile
from kg.store import graph_version

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.validate import Report


class Whole(Compiled):
    """The part of a graph that tells of all of it."""

    def __len__(self) -> int:
        """How many concepts there are."""
        return len(self.view.concepts)

    def __bool__(self) -> bool:
        """A graph is true, though it may be empty."""
        return True

    def __repr__(self) -> str:
        return f"<Graph: {len(self)} concepts, {len(self.view.claims)} claims>"

    def to_networkx(
        self,
        around: str | None = None,
        depth: int = 1,
        *,
        relations: Collection[str] | None = None,
        refuted: bool = False,
    ) -> networkx.MultiDiGraph[str]:
        """Return the graph, or what lies around a concept, as a `networkx.MultiDiGraph`.

        Nodes carry label, kind and definition; edges relation, sign, weight, support and sources,
        with the id of the claim as their key. Claims about claims are left out.

        Args:
            around: name of a concept; the whole graph without it.
            depth: how many claims away from it.
            relations: the relations that are kept (``ft:blocks`` or ``blocks``); all without it.
            refuted: keep what no source supports, because one refutes it.

        Raises:
            BadInput: there is no such relation, or the depth is below 0.

        >>> from kg.graph import open_graph

        >>> with open_graph() as graph:
        ...     network = graph.to_networkx(relations=["blocks"])
        >>> {edge["relation"] for *_, edge in network.edges.data()}
        {'ft:blocks'}
        """
        from kg.export.drawn import draw_selection
        from kg.export.network import to_networkx
        from kg.export.selection import only, select

        centre = None if around is None else self.resolve(around)
        part = only(select(self.view, self.store, centre, depth), relations, refuted)
        return to_networkx(draw_selection(part))

    @property
    def rdf(self) -> rdflib.Graph:
        """The same store as an `rdflib.Graph`, nothing copied.

        Raises:
            BadInput: the store is a remote endpoint.
        """
        view = getattr(self.store, "rdflib_view", None)
        if view is None:
            raise BadInput("an endpoint has no rdflib view: send it SPARQL with query()")
        graph: rdflib.Graph = view()
        return graph

    def validate(self, sources: str | Path | None = None, **options: Any) -> Report:
        """Check the graph against its shapes, the quality queries and the articles.

        Args:
            sources: folder that holds the articles; without it the passages are not compared.
            options: see `kg.validate.validate`.

        Raises:
            MissingFile: the folder is not there.
        """
        from kg.validate import validate

        if sources is not None and not Path(sources).is_dir():
            raise MissingFile(str(sources), "no such folder: name the one that holds the articles")
        # Files are looked at as they were written; of a store only the result can be seen.
        given = self.store if self.files is None else self.files
        return validate(given, sources=sources, **options)

    def info(self) -> dict[str, str | int]:
        """Return the version of the graph, how much it holds, and how much of it was looked up.

        >>> from kg.graph import open_graph

        >>> with open_graph() as graph:
        ...     info = graph.info()
        >>> sorted(key for key in info if not key.startswith("evidence"))
        ['claims', 'concepts', 'passages', 'queries', 'relations', 'sources', 'version']
        >>> info["evidence checked"] <= info["evidence"]
        True
        """
        from kg.view import NOT_CHECKED

        evidence = [item for claim in self.view.claims.values() for item in claim.evidence]
        looked_up = Counter(
            self.view.label(item.check) if item.check else NOT_CHECKED for item in evidence
        )
        return {
            "version": graph_version(self.store),
            "concepts": len(self.view.concepts),
            "claims": len(self.view.claims),
            "relations": len(self.view.relations),
            "sources": len(self.view.sources),
            "passages": len(self.view.passages),
            "queries": len(self.catalogue.list()),
            "evidence": len(evidence),
            **{f"evidence {label}": count for label, count in sorted(looked_up.items())},
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: how much the graph holds, and how to ask it."""
        from kg.render.notebook import of_facts

        note = "Ask it: explain(text), search(words), show(name), path(a, b), query(name)."
        return of_facts("Knowledge graph", self.info().items(), note)
