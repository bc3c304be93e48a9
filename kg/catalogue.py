"""The query catalogue: every named query of a folder, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import MissingFile, UnknownQuery
from kg.named_query import Column, Query, parse_query
from kg.resources import queries_dir
from kg.slots import Parameter, Resolver, Value

__all__ = [
    "Catalogue",
    "Column",
    "Parameter",
    "Query",
    "Resolver",
    "Value",
    "parse_query",
    "read_catalogue",
]


class Catalogue:
    r"""All named queries of a folder and its subfolders.

    >>> catalogue = Catalogue({"t": parse_query("t", "# title: T\nASK { }")})
    >>> [query.title for query in catalogue.list()]
    ['T']
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(sorted(queries.items()))

    def list(self) -> tuple[Query, ...]:
        """Return all queries, sorted by name."""
        return tuple(self._queries.values())

    def get(self, name: str) -> Query:
        r"""Return a query by its name; the last part of the name will do where it is the only one.

        Raises:
            UnknownQuery: there is none, with the three nearest names.

        >>> Catalogue({"t": parse_query("t", "# title: T\nASK { }")}).get("u")
        Traceback (most recent call last):
        kg.errors.UnknownQuery: unknown query "u": did you mean t?
        """
        wanted = name.removesuffix(".rq")
        if wanted in self._queries:
            return self._queries[wanted]
        same_end = [each for each in self._queries if each.rpartition("/")[2] == wanted]
        if len(same_end) == 1:
            return self._queries[same_end[0]]
        import difflib  # only a mistake needs it

        nearest = difflib.get_close_matches(wanted[:200], self._queries, n=3, cutoff=0.0)
        raise UnknownQuery(name, same_end[:3] or nearest)


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Read all `.rq` files of a folder and its subfolders; by default those of the package.

    Raises:
        MissingFile: the folder is not there, or a file cannot be read.
        InvalidKnowledge, BadQuery: see `parse_query`.
    """
    root = folder or queries_dir()
    if not root.is_dir():
        raise MissingFile(str(root))
    queries: dict[str, Query] = {}
    for path in sorted(root.rglob("*.rq")):
        name = path.relative_to(root).with_suffix("").as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise MissingFile(str(path), f"cannot be read as UTF-8 ({error}): mend it") from None
        queries[name] = parse_query(name, text)
    return Catalogue(queries)
