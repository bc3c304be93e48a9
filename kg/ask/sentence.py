"""The sentence of an answer: the words of a query's header, filled with names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kg.ask.answer import Row
from kg.catalogue import Query
from kg.explain.phrasing import capital
from kg.explain.wording import listed
from kg.query_result import QueryResult
from kg.view import View

__all__ = ["filled"]

_SLOT: Final = re.compile(r"\{(\w+)\}")
_MOST: Final = 6  # names in a list


def filled(
    template: str,
    values: Mapping[str, str],
    query: Query,
    result: QueryResult,
    rows: Sequence[Row],
    view: View,
) -> str:
    """A template with the names of parameters and of what the columns hold in its slots.

    `{answer}` lists what answers; any other column lists its values, each once; `{count}` is
    how many answer.
    """
    types = {column.name: column.type for column in query.columns}

    def words(found: re.Match[str]) -> str:
        name = found[1]
        if name in values:
            return view.label(values[name])
        if name == "count":
            return str(len(rows))
        if name == "answer":
            return several([row.label for row in rows])
        held = {str(row[name]): None for row in result.to_dicts() if row[name] is not None}
        return several([view.label(v) if types[name] == "concept" else v for v in held])

    return capital(_SLOT.sub(words, template))


def several(names: Sequence[str]) -> str:
    """Names as a list; what is over the limit is counted.

    >>> several(["a", "b"]), several([str(n) for n in range(8)])
    ('a and b', '0, 1, 2, 3, 4, 5 and 2 more')
    """
    names = list(dict.fromkeys(names))
    over = len(names) - _MOST
    return listed(names if over <= 0 else [*names[:_MOST], f"{over} more"])
