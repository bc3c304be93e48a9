"""What a query may hold before an engine sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from kg.serve.problem import Refused
from kg.sparql import Token, tokens

__all__ = ["check"]

_MOST_TOKENS: Final = 10_000
_DEEPEST: Final = 100
_MOST_SIGNS: Final = 1_000  # of arithmetic, logic and paths: each nests the query once more
_OPEN: Final = frozenset("([{")
_SHUT: Final = frozenset(")]}")
_SIGNS: Final = frozenset("!+-*/|^&=")
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})")
# A keyword may stand right after a full stop, which the tokens keep together with it.
_KEYWORD: Final = re.compile(r"(?:^|\.)(SERVICE|FROM)$", re.IGNORECASE)


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
    found: list[Token] = []
    depth = signs = 0
    for token in tokens(_ESCAPED.sub(_unescaped, text)):
        found.append(token)
        depth += (token.text in _OPEN) - (token.text in _SHUT)
        signs += token.text in _SIGNS
        if len(found) > _MOST_TOKENS or signs > _MOST_SIGNS or depth > _DEEPEST:
            raise Refused(400, "the query is too large or nested too deeply: split it up")
    for place, token in enumerate(found):
        keyword = _KEYWORD.search(token.text) if token.kind == "word" else None
        if keyword is None:
            continue
        if keyword[1].upper() == "SERVICE":
            raise Refused(400, "SERVICE is not followed: ask the other endpoint itself")
        if _graph(found[place + 1 : place + 3]) not in graphs:
            raise Refused(400, "FROM names a graph that is not here: leave it out")


def _graph(after: Sequence[Token]) -> str:
    """The IRI after FROM or FROM NAMED."""
    named = [t for t in after if t.text.upper() != "NAMED"]
    return named[0].text.strip("<>") if named and named[0].kind == "iri" else ""


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))
