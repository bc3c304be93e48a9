"""The sentence of an answer: the words of a query's header, filled with names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kg.ask.answer import Row
from kg.catalogue import Query
from kg.explain.phrasing import capital
from kg.explain.wording import Wording, listed
from kg.query_result import QueryResult
from kg.view import View

_SLOT: Final = re.compile(r"\{(\w+)(?: (\w+) (\w+)| \((\w+)\))?\}")
_MOST: Final = 6  # names in a list


def slots(template: str) -> set[str]:
    """The names that stand in a template.

    >>> sorted(slots("{of} can come from {answer}"))
    ['answer', 'of']
    """
    return {found[1] for found in _SLOT.finditer(template)}


def filled(
    template: str,
    values: Mapping[str, tuple[str, ...]],
    query: Query,
    result: QueryResult,
    rows: Sequence[Row],
    view: View,
) -> str:
    """A template with the names of parameters and of what the columns hold in its slots.

    `{answer}` lists what answers, `{answer of one}` that of it where the column `of` holds the
    parameter `one`; any other column lists its values, each once, and `{limit (whom)}` after each
    the values of another column that stand beside it; `{count}` is how many answer; `{chain}`
    tells the shortest way through the claims; where there is none, the text is empty.
    """
    types = {column.name: column.type for column in query.columns}
    ways: list[str] = []
    place = {row.id: number for number, row in enumerate(rows)}
    # What sources only speak against is not among them.
    lines = [line for line in result.to_dicts() if str(line["answer"]) in place]
    lines.sort(key=lambda line: place[str(line["answer"])])

    def words(found: re.Match[str]) -> str:
        name, column, parameter, beside = found.groups()
        if name in values:
            return listed([*map(view.label, values[name])])
        if name == "count":
            return str(len(rows))
        if name == "chain":
            ends = [held[0] for held in values.values()]
            ways.append("; ".join(_chain(view, [c for row in rows for c in row.claims], *ends)))
            return ways[-1]
        if name == "answer" and not beside:
            held = {
                line["answer"] for line in lines if not column or line[column] in values[parameter]
            }
            return several([row.label for row in rows if row.id in held]) or "nothing of its own"
        told: dict[str, dict[str, None]] = {}
        for line in lines:
            if line[name] is not None:
                also = told.setdefault(said(name, line[name]), {})
                also.update({said(beside, line[beside]): None} if beside and line[beside] else {})
        return several([f"{v} ({listed([*also])})" if also else v for v, also in told.items()])

    def said(column: str, value: object) -> str:
        return view.label(str(value)) if types[column] == "concept" else str(value)

    text = capital(_SLOT.sub(words, template))
    return text if all(ways) else ""


def _chain(view: View, claims: Sequence[str], start: str, end: str) -> list[str]:
    """The shortest way from one concept to another, or to what it is a form of, as sentences.

    A way that names a step between says more than one that does not.
    """
    wording = Wording(view)
    ends = set(view.broader(end))
    ways: list[tuple[str, list[str]]] = [(one, []) for one in view.broader(start)]
    seen: set[str] = set()
    direct: list[str] = []
    for place, way in ways:
        told = [wording.claim(view.claims[claim]) for claim in way]
        if place in ends and len(way) > 1:
            return told
        direct = direct or (told if place in ends else [])
        if place not in seen and place not in ends:
            seen.add(place)
            steps = (view.claims[claim] for claim in claims if view.claims[claim].subject == place)
            ways += [(claim.object, [*way, claim.id]) for claim in steps]
    return direct


def several(names: Sequence[str]) -> str:
    """Names as a list; what is over the limit is counted.

    >>> several(["a", "b"]), several([str(n) for n in range(8)])
    ('a and b', '0, 1, 2, 3, 4, 5 and 2 more')
    """
    names = list(dict.fromkeys(names))
    over = len(names) - _MOST
    return listed(names if over <= 0 else [*names[:_MOST], f"{over} more"])
