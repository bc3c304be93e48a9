"""Tables of a query's answer: each library gets each type as its own."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import BadInput
from kg.query_result import QueryResult
from kg.store.protocol import Rows
from kg.terms import IRI, Literal, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = ("concept", "integer", "decimal", "float", "boolean", "date", "time", "text", "nothing")


def typed(value: str, name: str) -> Literal:
    return Literal(value, IRI(XSD + name))


def table() -> QueryResult:
    first: tuple[Term | None, ...] = (
        IRI("https://w3id.org/facial-twitch/caffeine"),
        typed("400", "integer"),
        typed("2.50", "decimal"),
        typed("0.5", "double"),
        typed("true", "boolean"),
        typed("2024-02-29", "date"),
        typed("2024-02-29T12:30:00Z", "dateTime"),
        Literal("a text", lang="en"),
        None,
    )
    return QueryResult.from_rows(Rows(NAMES, (first, (None,) * len(NAMES))))


NATIVE = (
    "ft:caffeine",
    400,
    Decimal("2.50"),
    0.5,
    True,
    dt.date(2024, 2, 29),
    dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.UTC),
    "a text",
    None,
)


def test_records_hold_native_values() -> None:
    assert table().to_records() == [NATIVE, (None,) * len(NAMES)]
    assert [type(value) for value in table().to_records()[0]] == [type(v) for v in NATIVE]


def test_pandas_has_types_and_missing_values() -> None:
    frame = table().to_pandas()
    assert list(frame.columns) == list(NAMES)
    kinds = [str(frame[name].dtype) for name in NAMES]
    assert kinds == [
        "string", "Int64", "object", "Float64", "boolean", "datetime64[us]", "datetime64[us, UTC]",
        "string", "object",
    ]  # fmt: skip
    assert frame.loc[1].isna().all()
    first = frame.loc[0]
    assert first["integer"] == 400
    assert first["decimal"] == Decimal("2.50")
    assert first["date"] == pandas.Timestamp(2024, 2, 29)
    assert first["time"] == pandas.Timestamp(NATIVE[6])
    assert bool(first["boolean"]) is True


def test_polars_has_types_and_missing_values() -> None:
    frame = table().to_polars()
    assert dict(frame.schema) == {
        "concept": polars.String,
        "integer": polars.Int64,
        "decimal": polars.Decimal(38, 2),
        "float": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "time": polars.Datetime("us", "UTC"),
        "text": polars.String,
        "nothing": polars.Null,
    }
    assert frame.rows() == [NATIVE, (None,) * len(NAMES)]


def test_arrow_has_types_and_missing_values() -> None:
    told = table().to_arrow()
    assert told.schema.names == list(NAMES)
    assert told.schema.field("decimal").type == pyarrow.decimal128(38, 2)
    assert told.schema.field("date").type == pyarrow.date32()
    assert told.schema.field("integer").type == pyarrow.int64()
    rows = [tuple(row.values()) for row in told.to_pylist()]
    assert rows == [NATIVE, (None,) * len(NAMES)]


READERS: dict[str, Callable[[QueryResult], list[tuple[Any, ...]]]] = {
    "polars": lambda result: result.to_polars().rows(),
    "arrow": lambda result: [tuple(row.values()) for row in result.to_arrow().to_pylist()],
}


@pytest.mark.parametrize("library", READERS)
def test_a_mixed_column_is_text_and_numbers_go_together(library: str) -> None:
    mixed = QueryResult(("a", "b", "c"), ((1, 1, 1), ("x", 0.5, Decimal("0.25")), (True, None, 2)))
    assert READERS[library](mixed) == [
        ("1", 1.0, Decimal("1.00")),
        ("x", 0.5, Decimal("0.25")),
        ("true", None, Decimal("2.00")),
    ]


@pytest.mark.parametrize("library", READERS)
def test_what_does_not_fit_a_type_stays_text(library: str) -> None:
    terms = [
        (typed("99999999999999999999", "integer"), typed("-0044-03-15", "date")),
        (typed("1", "integer"), typed("2024-01-01+02:00", "date")),
    ]
    result = QueryResult.from_rows(Rows(("n", "day"), tuple(terms)))
    (first, day), (second, other) = READERS[library](result)
    assert (int(first), int(second)) == (99999999999999999999, 1)
    assert (day, other) == ("-0044-03-15", "2024-01-01+02:00")
    huge = QueryResult(("n",), ((Decimal("1e50"),), (Decimal("1e-50"),)))
    assert READERS[library](huge) == [("1E+50",), ("1E-50",)]


def test_an_empty_answer_keeps_its_columns() -> None:
    nobody = QueryResult(("a", "b"), ())
    assert list(nobody.to_pandas().columns) == ["a", "b"]
    assert nobody.to_polars().columns == ["a", "b"]
    assert nobody.to_arrow().schema.names == ["a", "b"]


@pytest.mark.parametrize(
    ("library", "extra"), [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "arrow")]
)
def test_a_missing_library_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(BadInput, match=rf"facial-twitch-kg\[{extra}\]") as failed:
        getattr(table(), f"to_{extra}")()
    assert "\n" not in str(failed.value)


cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5),
    st.decimals(allow_nan=False, allow_infinity=False), st.dates(),
)  # fmt: skip


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_any_table_can_be_made(rows: list[tuple[Any, ...]]) -> None:
    result = QueryResult(("a", "b"), tuple(rows))
    assert len(result.to_pandas()) == len(rows)
    assert READERS["polars"](result) == READERS["arrow"](result)


def test_the_answer_to_a_query_is_a_frame(graph: kg.Graph) -> None:
    result = graph.query("causes-of")
    frame = result.to_polars()
    assert frame["polarity"].dtype == polars.Int64
    assert frame["claim"].to_list() == result.to_pandas()["claim"].tolist()
