"""What somebody should know beside the answer to a query: examples that stood in, odd names."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from kg.asking import find_query
from kg.catalogue import Catalogue, Query
from kg.prefixes import default_prefixes
from kg.sparql import Token, declared_prefixes, tokens
from kg.store.protocol import Store
from kg.terms import IRI

_OURS = "ft"
_LIKE_ENOUGH = 70  # of 100, to offer a name in place of another


def query_notes(
    store: Store, catalogue: Catalogue, given: str | os.PathLike[str], values: Collection[str]
) -> Iterator[str]:
    """Yield the parameters that keep their example, and the names that the graph does not hold.

    Args:
        store: what was asked.
        catalogue: the named queries.
        given: the query, as `Graph.query` takes it.
        values: names of the parameters that have a value.
    """
    query = find_query(given, catalogue)
    if isinstance(query, Query):
        for parameter in query.parameters:
            if parameter.name not in values:
                yield (
                    f"{parameter.name} is not given: "
                    f"this is the answer for the example, {parameter.default}"
                )
        if query in catalogue.list():
            return
    text = query.text if isinstance(query, Query) else query
    used, prefixes = catalogue.get("engine/used"), default_prefixes()
    for iri in _ours(text):
        if not store.ask(used.bind({"thing": iri})):
            near = _nearest(store, catalogue, iri)
            fix = f": did you mean {prefixes.compact(near)}?" if near else ""
            yield f"{prefixes.compact(iri)} is not in the graph{fix}"


def _ours(text: str) -> list[IRI]:
    """The names of our namespace that a query asks for, each once; not those that it makes."""
    namespace = default_prefixes()[_OURS]
    declared = {**default_prefixes(), **declared_prefixes(text)}
    found: dict[IRI, None] = {}
    for token in _without_template(list(tokens(text))):
        prefix, colon, local = token.text.partition(":")
        if token.kind == "iri":
            iri = token.text[1:-1]
        elif token.kind == "word" and colon and local:
            iri = declared.get(prefix, "") + local.replace("\\", "")
        else:
            continue
        if iri.startswith(namespace) and iri != namespace:
            found[IRI(iri)] = None
    return list(found)


def _without_template(found: list[Token]) -> list[Token]:
    """The tokens without what stands in the braces right after CONSTRUCT."""
    for place, token in enumerate(found[:-1]):
        if token.text.upper() == "CONSTRUCT" and found[place + 1].text == "{":
            end = next((i for i in range(place, len(found)) if found[i].text == "}"), place)
            return found[:place] + found[end + 1 :]
    return found


def _nearest(store: Store, catalogue: Catalogue, iri: IRI) -> str | None:
    from rapidfuzz import fuzz, process

    rows = store.select(catalogue.get("engine/names").bind()).rows
    names = sorted(str(term) for (term,) in rows)
    start = len(default_prefixes()[_OURS])
    locals_ = [name[start:] for name in names]
    best = process.extractOne(iri[start:], locals_, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return None if best is None else names[best[2]]
