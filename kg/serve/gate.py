"""What a query may hold before an engine sees it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kg.serve.problem import Refused
from kg.sparql import elsewhere, tokens, unescaped

_MOST_TOKENS: Final = 10_000
_DEEPEST: Final = 100
_MOST_SIGNS: Final = 1_000  # of arithmetic, logic and paths: each nests the query once more
_OPEN: Final = frozenset("([{")
_SHUT: Final = frozenset(")]}")
_SIGNS: Final = frozenset("!+-*/|^&=")


def check(text: str, graphs: Collection[str]) -> None:
    """Refuse a query that would leave the machine, or that no engine should try.

    Args:
        text: the query.
        graphs: the IRIs of the graphs that there are.

    Raises:
        Refused: it asks other services or for graphs that are not here, or is nested too deeply
            or too large.

    >>> check("SELECT * { ?s ?p 'SERVICE' } # SERVICE", ())
    """
    depth = signs = 0
    for count, token in enumerate(tokens(unescaped(text)), 1):
        depth += (token.text in _OPEN) - (token.text in _SHUT)
        signs += token.text in _SIGNS
        if count > _MOST_TOKENS or signs > _MOST_SIGNS or depth > _DEEPEST:
            raise Refused(400, "the query is too large or nested too deeply: split it up")
    for keyword, graph in elsewhere(text):
        if keyword == "SERVICE":
            raise Refused(400, "SERVICE is not followed: ask the other endpoint itself")
        if graph not in graphs:
            raise Refused(400, "FROM names a graph that is not here: leave it out")
