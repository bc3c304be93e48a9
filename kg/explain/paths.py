"""Causal chains between two concepts, as `Graph.path` returns them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from kg.explain.model import Chain
from kg.view import View


class Paths(tuple[Chain, ...]):
    """Chains, the best first: a tuple that can be shown in a notebook and drawn.

    Attributes:
        view: the graph that they lie in.
    """

    view: View

    def __new__(cls, chains: Iterable[Chain], view: View) -> Paths:
        """Keep the chains in the order in which they come."""
        made = super().__new__(cls, chains)
        made.view = view
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self),)

    def export(self, name: str) -> str | bytes:
        """The chains as nodes and edges in a file format that draws.

        Args:
            name: of the format, see `kg.export.registry.format_names`.

        Raises:
            BadInput: there is no such format, or no chain, or the format is one of RDF.
        """
        content: str | bytes = import_module("kg.export.answer").export_chains(self, name)
        return content

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown, and HTML with the picture; no scripts."""
        bundle: dict[str, str] = import_module("kg.render.notebook").of_paths(self)
        return bundle
