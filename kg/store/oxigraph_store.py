"""Oxigraph as a store: in memory, or a folder on disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
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
        self._open: Callable[[], ox.Store] | None = None
        self._again: Callable[[], ox.Store] | None = None

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Self:
        """Put statements into a new store in memory."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    @classmethod
    def later(cls, read: Callable[[], Iterable[ox.Quad]], folder: Path | None = None) -> Self:
        """A store that reads its statements when it is first asked something.

        Args:
            read: gives the statements.
            folder: where a copy of them is kept for the next time; None to keep none.

        >>> with OxigraphStore.later(list) as store:
        ...     store.ask("ASK { ?s ?p ?o }")
        False
        """
        store = cls(ox.Store())
        store._open = lambda: _kept(read, folder)
        store._again = None if folder is None else lambda: _filled(read)
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

    def in_memory(self) -> ox.Store:
        """A copy of the statements in memory, which needs no file any more.

        >>> len(OxigraphStore(ox.Store()).in_memory())
        0
        """
        self._check_open()
        self._fill()
        copy = ox.Store()
        copy.bulk_extend(self._store)
        return copy

    def close(self) -> None:
        """Let go of the pyoxigraph store; its files are released with the last view of it."""
        super().close()
        self._store = ox.Store()
        self._open = self._again = None

    def _fill(self) -> None:
        if self._open is not None:
            # Filled before it is put in place: another thread never sees half of it.
            self._store, self._open = self._open(), None

    def _query(self, query: str, read: Callable[[_Answer], _T]) -> _T:
        self._check_open()
        self._fill()
        # Oxigraph reads the data while its answer is read, so errors come up in both places.
        try:
            return read(self._store.query(query))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            if isinstance(error, OSError) and self._again is not None:
                # The kept copy is damaged.
                self._open, self._again = self._again, None
                return self._query(query, read)
            raise bad_query(str(error), query) from None


def _kept(read: Callable[[], Iterable[ox.Quad]], folder: Path | None) -> ox.Store:
    """The statements from a folder where they are kept, else read, and kept for the next time."""
    if folder is not None:
        with suppress(OSError, ValueError, RuntimeError):
            return ox.Store.read_only(str(folder))
    store = _filled(read)
    if folder is not None:
        _keep(store, folder)
    return store


def _filled(read: Callable[[], Iterable[ox.Quad]]) -> ox.Store:
    store = ox.Store()
    store.extend(read())
    return store


def _keep(store: ox.Store, folder: Path) -> None:
    """Keep a copy of a store; does nothing where the folder cannot be written."""
    part = folder.with_suffix(f".{os.getpid()}.part")
    try:
        copy = ox.Store(str(part))
        copy.bulk_extend(store)
        copy.optimize()
        del copy
        part.replace(folder)  # at once, so that nobody opens half a store
    except (OSError, ValueError, RuntimeError):
        shutil.rmtree(part, ignore_errors=True)


def rows_from_ox(answer: ox.QuerySolutions) -> Rows:
    """Turn the solutions of pyoxigraph into ours."""
    columns = tuple(variable.value for variable in answer.variables)
    rows = tuple(
        tuple(None if term is None else from_ox(term) for term in solution) for solution in answer
    )
    return Rows(columns, rows)
