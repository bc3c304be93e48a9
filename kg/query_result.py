"""The answer to a query as people and programs want it: compact names, plain values, tables."""

from __future__ import annotations

import csv
import io
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import starmap
from typing import TYPE_CHECKING, Any, Self, cast

from kg.cells import Value, as_term, defused, plain, shown, tsv
from kg.errors import BadInput, printable
from kg.terms import (
    Term,
    Triple,
)

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from kg.frames import Column
    from kg.serialise import RdfSyntax
    from kg.sparql_results import ResultsSyntax
    from kg.store.protocol import Rows


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A table of plain values.

    Attributes:
        columns: names of the columns, in the order of the query.
        rows: one tuple a row: concepts and other IRIs in their compact form (``ft:caffeine``),
            literals as Python values, None where there is no value.
        terms: the same rows as RDF terms, for those who need datatypes, languages or full IRIs.
        kind: ``select``, ``ask`` (one row with one truth value) or ``construct`` (three columns).
        title: what a named query is called.
        about: the concepts that it was asked about, in their compact form.

    >>> result = QueryResult(("food", "grams"), (("ft:a", 3), ("ft:b", None)))
    >>> len(result), result.to_dicts()[1]
    (2, {'food': 'ft:b', 'grams': None})
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    terms: tuple[tuple[Term | None, ...], ...] = field(default=(), repr=False)
    kind: str = "select"
    title: str = ""
    about: tuple[str, ...] = ()

    @classmethod
    def from_rows(cls, rows: Rows) -> QueryResult:
        """Make a result of what a store answers to a SELECT query."""
        return cls(rows.columns, tuple(tuple(map(plain, row)) for row in rows), rows.rows)

    @classmethod
    def from_truth(cls, truth: bool) -> QueryResult:
        """Make a result of what a store answers to an ASK query."""
        return cls(("answer",), ((truth,),), kind="ask")

    @classmethod
    def from_triples(cls, triples: tuple[Triple, ...]) -> QueryResult:
        """Make a result of what a store answers to a CONSTRUCT or a DESCRIBE query."""
        rows = tuple(tuple(map(plain, triple)) for triple in triples)
        return cls(
            ("subject", "predicate", "object"), rows, tuple(map(tuple, triples)), "construct"
        )

    def __iter__(self) -> Iterator[Any]:
        """The rows as named tuples: ``row.receptor``, or ``row[0]``.

        >>> result = QueryResult(("food", "grams"), (("ft:a", 3), ("ft:b", None)))
        >>> [row.food for row in result], result[0].grams
        (['ft:a', 'ft:b'], 3)
        """
        return map(self._named(), self.rows)

    def __getitem__(self, index: int) -> Any:
        return self._named()(self.rows[index])

    def _named(self) -> Callable[[Iterable[Value]], Any]:
        # A column that Python cannot call so has its place as its name: `_1`.
        make: Any = namedtuple  # its columns are known when it runs
        made: Callable[[Iterable[Value]], Any] = make("Row", self.columns, rename=True)._make
        return made

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """The answer to an ASK query; of the others, whether there is a row."""
        return bool(self.rows and self.rows[0][0]) if self.kind == "ask" else bool(self.rows)

    def only(self, names: Sequence[str]) -> Self:
        """Return the table with these columns alone, in this order.

        Raises:
            BadInput: there is no such column.

        >>> QueryResult(("food", "grams"), (("ft:a", 3),)).only(["grams"]).to_records()
        [(3,)]
        """
        unknown = [name for name in names if name not in self.columns]
        if unknown:
            known = ", ".join(self.columns)
            raise BadInput(f'no column is called "{printable(unknown[0])}": choose of {known}')
        places = [self.columns.index(name) for name in names]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        terms = tuple(tuple(row[place] for place in places) for row in self.terms)
        kind = "ask" if self.kind == "ask" else "select"
        return replace(self, columns=tuple(names), rows=rows, terms=terms, kind=kind)

    def to_records(self) -> list[tuple[Any, ...]]:
        """Return the rows as a list of tuples; dates and times as Python's, None for no value.

        >>> QueryResult(("n",), ((1,), (2,))).to_records()
        [(1,), (2,)]
        """
        if not self.terms:
            return list(self.rows)
        from kg.frames import native

        cells = zip(self.rows, self.terms, strict=True)
        return [tuple(map(native, row, terms)) for row, terms in cells]

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return each row as a dictionary from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a data frame of pandas, with its nullable types.

        Integers, truth values, numbers, dates and texts keep their type where values are missing;
        decimals are objects. A column that mixes what does not go together is text.

        Raises:
            BadInput: pandas is not there; it comes with the extra ``pandas``.

        >>> QueryResult(("n",), ((1,), (None,))).to_pandas().dtypes["n"]
        Int64Dtype()
        """
        from kg.frames import to_pandas

        return to_pandas(self._columns())

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a data frame of polars.

        Raises:
            BadInput: polars is not there; it comes with the extra ``polars``.

        >>> QueryResult(("n",), ((1,), (None,))).to_polars()["n"].to_list()
        [1, None]
        """
        from kg.frames import to_polars

        return to_polars(self._columns())

    def to_arrow(self) -> pyarrow.Table:
        """Return the table as one of Apache Arrow.

        Raises:
            BadInput: pyarrow is not there; it comes with the extra ``arrow``.

        >>> QueryResult(("n",), ((1,), (None,))).to_arrow()["n"].to_pylist()
        [1, None]
        """
        from kg.frames import to_arrow

        return to_arrow(self._columns())

    def _columns(self) -> list[Column]:
        from kg.frames import columns

        return columns(self.columns, self.to_records())

    def to_csv(self, delimiter: str = ",") -> str:
        r"""Return the table as delimited text with a header line.

        >>> QueryResult(("n", "text"), ((1, "a, b"),)).to_csv()
        'n,text\n1,"a, b"\n'
        """
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([defused(shown(value), value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_tsv(self) -> str:
        r"""Return the table as SPARQL 1.1 writes TSV: terms as in Turtle, variables with "?".

        >>> QueryResult(("n", "text"), ((1, "a\tb"),)).to_tsv()
        '?n\t?text\n1\t"a\\tb"\n'
        """
        rows = self._as_terms()
        lines = [[f"?{name}" for name in self.columns]]
        lines += [["" if term is None else tsv(term) for term in row] for row in rows]
        return "".join("\t".join(line) + "\n" for line in lines)

    def to_sparql(self, syntax: ResultsSyntax = "json") -> str:
        r"""Return the table as the SPARQL standard writes results, with full IRIs.

        Args:
            syntax: ``json``, ``xml``, ``csv`` or ``tsv``.

        >>> QueryResult(("n",), ((1,),)).to_sparql("csv")
        'n\r\n1\r\n'
        """
        from kg.sparql_results import results_text

        truth = bool(self) if self.kind == "ask" else None
        return results_text(self.columns, self._as_terms(), truth, syntax)

    def to_rdf(self, syntax: RdfSyntax = "turtle") -> str:
        """Return the triples of a CONSTRUCT or a DESCRIBE query as RDF.

        Args:
            syntax: ``turtle``, ``ntriples``, ``rdfxml`` or ``jsonld``.

        Raises:
            BadInput: the query was another, whose rows are no triples.
        """
        if self.kind != "construct":
            raise BadInput("rows are no triples: ask with CONSTRUCT or DESCRIBE to write RDF")
        from kg.serialise import serialise

        return serialise(starmap(Triple, cast("Iterable[Triple]", self.terms)), syntax)

    def _as_terms(self) -> tuple[tuple[Term | None, ...], ...]:
        return self.terms or tuple(tuple(map(as_term, row)) for row in self.rows)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: the table as text, Markdown and HTML; everything escaped."""
        rows = [[shown(value) for value in row] for row in self.rows]
        # Tables are written where all pages are, above this module: looked up when called.
        bundle: dict[str, str] = import_module("kg.render.notebook").of_rows(self.columns, rows)
        return bundle
