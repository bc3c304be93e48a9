"""Explain a symptom with a knowledge graph: `kg.open().explain(...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import open

__version__ = "0.1.0"
__all__ = ["KgError", "__version__", "open"]


def __getattr__(name: str) -> Any:
    # `import kg` stays cheap: the graph and what it needs are loaded when `kg.open` is first used.
    if name == "open":
        from kg.graph import open

        return open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
