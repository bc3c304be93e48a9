"""Oxigraph as a store: in memory, or a folder on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import pyoxigraph as ox

from kg.convert import from_ox, triple_from_ox
from kg.errors import BadQuery, StoreUnusable
from kg.prefixes import default_prefixes
from kg.sparql import bad_query
from kg.store.protocol import Closing, Rows, in_order
from kg.terms import Triple

if TYPE_CHECKING:
    import rdflib

_Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_T = TypeVar("_T")


class OxigraphStore(Closing):
    """A store that pyoxigraph holds.

    Args:
        store: the pyoxigraph store; this object does not write to it.

    >>> with OxigraphStore(ox.Store()) as store:
    ...     store.ask("ASK { ?s ?p ?o }")
    False
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._read: Callable[[], Iterable[ox.Quad]] | None = None

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Self:
        """Put statements into a new store in memory."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    @classmethod
    def later(cls, read: Callable[[], Iterable[ox.Quad]]) -> Self:
        """A store in memory that reads its statements when it is first asked something.

        >>> with OxigraphStore.later(list) as store:
        ...     store.ask("ASK { ?s ?p ?o }")
        False
        """
        store = cls(ox.Store())
        store._read = read
        return store

    @classmethod
    def read_only(cls, folder: Path) -> Self:
        """Open a folder that holds an Oxigraph database, so that several processes can read it.

        Raises:
            StoreUnusable: it holds none, or it cannot be read.
        """
        try:
            return cls(ox.Store.read_only(str(folder)))
        except (OSError, ValueError, RuntimeError) as error:
            detail = f"cannot be read ({error}): delete this folder or choose another folder"
            raise StoreUnusable(str(folder), detail) from None

    def select(self, query: str) -> Rows:
        """Answer a SELECT query; the rows have the order that Oxigraph gives them."""

        def read(answer: _Answer) -> Rows:
            if not isinstance(answer, ox.QuerySolutions):
                raise BadQuery(None, None, "a SELECT query was expected: use ask or construct")
            return rows_from_ox(answer)

        return self._query(query, read)

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""

        def read(answer: _Answer) -> bool:
            if not isinstance(answer, ox.QueryBoolean):
                raise BadQuery(None, None, "an ASK query was expected: use select or construct")
            return bool(answer)

        return self._query(query, read)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query: each triple once, sorted."""

        def read(answer: _Answer) -> tuple[Triple, ...]:
            if not isinstance(answer, ox.QueryTriples):
                raise BadQuery(None, None, "a CONSTRUCT query was expected: use select or ask")
            return in_order(triple_from_ox(triple) for triple in answer)

        return self._query(query, read)

    def rdflib_view(self) -> rdflib.Graph:
        """Return the same store as an `rdflib.Graph`, nothing copied.

        >>> len(OxigraphStore(ox.Store()).rdflib_view())
        0
        """
        self._check_open()
        self._fill()
        import oxrdflib
        import rdflib
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        view = rdflib.Graph(
            store=oxrdflib.OxigraphStore(store=self._store),
            identifier=DATASET_DEFAULT_GRAPH_ID,
            bind_namespaces="none",
        )
        for prefix, namespace in default_prefixes().items():
            view.bind(prefix, namespace)
        return view

    def close(self) -> None:
        """Let go of the pyoxigraph store; its files are released with the last view of it."""
        super().close()
        self._store = ox.Store()
        self._read = None

    def _fill(self) -> None:
        if self._read is not None:
            # Filled before it is put in place: another thread never sees half of it.
            store = ox.Store()
            store.extend(self._read())
            self._store, self._read = store, None

    def _query(self, query: str, read: Callable[[_Answer], _T]) -> _T:
        self._check_open()
        self._fill()
        # Oxigraph reads the data while its answer is read, so errors come up in both places.
        try:
            return read(self._store.query(query))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise bad_query(str(error), query) from None


def rows_from_ox(answer: ox.QuerySolutions) -> Rows:
    """Turn the solutions of pyoxigraph into ours."""
    columns = tuple(variable.value for variable in answer.variables)
    rows = tuple(
        tuple(None if term is None else from_ox(term) for term in solution) for solution in answer
    )
    return Rows(columns, rows)
