"""What every store can do, and nothing else: `select`, `ask`, `construct`, `close`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from kg.errors import StoreUnusable
from kg.terms import Term, Triple

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT query.

    Attributes:
        columns: names of the variables, without "?", in the order of the query.
        rows: one tuple a solution; None where a variable has no value.

    >>> from kg.terms import Literal, XSD_INTEGER
    >>> answer = Rows(("n",), ((Literal("3", XSD_INTEGER),), (None,)))
    >>> [row["n"] for row in answer.dicts()]
    [Literal(value='3', datatype=IRI('...#integer'), lang=None), None]
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row as a dictionary from column to term."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame: IRIs as text, literals as Python values, nothing as None.

        >>> from kg.terms import IRI
        >>> Rows(("thing",), ((IRI("ex:a"),),)).to_pandas()["thing"].tolist()
        ['ex:a']
        """
        import pandas

        from kg.terms import Literal

        values = [
            [
                term.to_python()
                if isinstance(term, Literal)
                else None
                if term is None
                else str(term)
                for term in row
            ]
            for row in self.rows
        ]
        return pandas.DataFrame(values, columns=list(self.columns))


@runtime_checkable
class Store(Protocol):
    """A place that answers SPARQL 1.1 queries.

    Every method but `close` raises `BadQuery` for a text that does not parse, is of another form,
    or cannot be evaluated, and `StoreUnusable` where the store itself does not work.
    """

    def select(self, query: str) -> Rows:
        """Answer a SELECT query; the rows have the order that the store gives them."""
        ...

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        ...

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query: each triple once, sorted."""
        ...

    def close(self) -> None:
        """Let go of files and memory; closing twice does no harm."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


class Closing:
    """The part of a store that is the same everywhere: it can be closed, and says so."""

    _closed = False

    def close(self) -> None:
        """Let go of files and memory; closing twice does no harm."""
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnusable("the store", "is closed: open it again")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def in_order(triples: Iterator[Triple]) -> tuple[Triple, ...]:
    """Return each triple once, sorted by how N-Triples writes it."""
    return tuple(sorted(set(triples), key=Triple.n3))
