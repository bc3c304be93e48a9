"""Explain a symptom with a knowledge graph, every link of the explanation cited.

>>> import kg
>>> with kg.open() as graph:
...     answer = graph.explain("My nostril keeps twitching, three espressos a day, no weakness")
>>> answer.urgency.level
'self-care'
>>> answer.causes[0].label
'caffeine'

`kg.open` opens the graph that comes with the package, a folder on disk, a SPARQL endpoint or an
`rdflib.Graph`, and returns a `kg.Graph`. All errors are `kg.KgError`s; `kg.errors` has the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg import errors
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.explain.model import Explanation
    from kg.graph import Graph
    from kg.graph import open_graph as open
    from kg.query_result import QueryResult

__version__ = "0.1.0"
__all__ = ["Explanation", "Graph", "KgError", "QueryResult", "__version__", "errors", "open"]

# `import kg` stays cheap: each name is loaded when it is first used.
_LAZY = {
    "Explanation": ("kg.explain.model", "Explanation"),
    "Graph": ("kg.graph", "Graph"),
    "QueryResult": ("kg.query_result", "QueryResult"),
    "open": ("kg.graph", "open_graph"),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
