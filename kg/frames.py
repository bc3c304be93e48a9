"""Tables for data science: the columns of a query's answer with types of their own.

pandas, polars and pyarrow are extras; each is imported where a table of its kind is asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import BadInput
from kg.terms import Literal as RdfLiteral
from kg.terms import Term

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Kind = Literal["nothing", "boolean", "integer", "decimal", "float", "date", "time", "text"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    _XSD + name
    for name in (
        "byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger",
        "nonPositiveInteger", "positiveInteger", "short", "unsignedByte", "unsignedInt",
        "unsignedLong", "unsignedShort",
    )
)  # fmt: skip
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,4000}")
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_DIGITS: Final = 38  # of a decimal number in Arrow and polars


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose values are all of one kind; None where there is no value.

    A `time` is a date with a time of the day; where some name their zone, `zoned` is True and all
    are in UTC. `scale` is the number of digits after the point of `decimal` values.
    """

    name: str
    kind: Kind
    values: tuple[Any, ...]
    scale: int = 0
    zoned: bool = False


def native(value: Any, term: Term | None) -> Any:
    """The Python value of a cell: dates and times of the day become theirs as well.

    >>> from kg.terms import IRI
    >>> native("2024-02-29", RdfLiteral("2024-02-29", IRI(_XSD + "date")))
    datetime.date(2024, 2, 29)
    """
    if not isinstance(term, RdfLiteral) or not isinstance(value, str):
        return value
    try:
        if term.datatype in _INTEGERS and _INTEGER.fullmatch(term.value):
            return int(term.value)
        if term.datatype == _XSD + "date":
            return dt.date.fromisoformat(term.value)
        if term.datatype == _XSD + "dateTime":
            return dt.datetime.fromisoformat(term.value)
    except ValueError:  # ill-typed, or more than Python's calendar knows: as it is written
        pass
    return value


def columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Column]:
    """The columns of a table; one that mixes kinds which do not go together becomes text.

    >>> made = columns(("n", "x"), [(1, "a"), (Decimal("0.5"), 2)])
    >>> [(column.kind, column.values) for column in made]
    [('decimal', (Decimal('1'), Decimal('0.5'))), ('text', ('a', '2'))]
    """
    held = list(zip(*rows, strict=True)) or [()] * len(names)
    return [_column(name, values) for name, values in zip(names, held, strict=True)]


def _column(name: str, values: tuple[Any, ...]) -> Column:
    kinds = {_kind(value) for value in values if value is not None}
    if not kinds:
        return Column(name, "nothing", values)
    if kinds == {"boolean"} or kinds == {"date"} or kinds == {"text"}:
        return Column(name, next(iter(kinds)), values)
    if kinds == {"integer"} and all(v is None or _SMALLEST <= v <= _LARGEST for v in values):
        return Column(name, "integer", values)
    if kinds == {"time"}:
        return _times(name, values)
    if "float" in kinds and kinds <= {"integer", "decimal", "float"}:
        return Column(name, "float", _each(float, values))
    if kinds <= {"integer", "decimal"}:
        exact = _each(Decimal, values)
        scale = max(_after_point(value) for value in exact if value is not None)
        if all(v is None or _before_point(v) + scale <= _DIGITS for v in exact):
            return Column(name, "decimal", exact, scale)
    return Column(name, "text", _each(_text, values))


def _kind(value: Any) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, Decimal):
        return "decimal" if isfinite(value) else "text"
    if isinstance(value, float):
        return "float"
    if isinstance(value, dt.datetime):
        return "time"
    return "date" if isinstance(value, dt.date) else "text"


def _times(name: str, values: tuple[Any, ...]) -> Column:
    zoned = {value.tzinfo is not None for value in values if value is not None}
    if zoned == {False}:
        return Column(name, "time", values)
    if zoned == {True}:
        return Column(name, "time", _each(lambda v: v.astimezone(dt.UTC), values), zoned=True)
    # A time without a zone cannot be put in order with one that has a zone.
    return Column(name, "text", _each(_text, values))


def _each(make: Callable[[Any], Any], values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(None if value is None else make(value) for value in values)


def _text(value: Any) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _after_point(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _before_point(value: Decimal) -> int:
    return max(0, value.adjusted() + 1)


def to_pandas(table: Iterable[Column]) -> pandas.DataFrame:
    """A data frame of pandas, whose nullable types keep integers and truth values as they are."""
    pd = _library("pandas", "pandas")
    types = {"boolean": "boolean", "integer": "Int64", "float": "Float64", "text": "string"}
    series = {}
    for column in table:
        kind: Any = types.get(column.kind, object)
        if column.kind in ("date", "time"):
            kind = "datetime64[us, UTC]" if column.zoned else "datetime64[us]"
        series[column.name] = pd.Series(list(column.values), dtype=kind)
    return pd.DataFrame(series)


def to_polars(table: Iterable[Column]) -> polars.DataFrame:
    """A data frame of polars."""
    pl = _library("polars", "polars")
    types = {
        "nothing": pl.Null,
        "boolean": pl.Boolean,
        "integer": pl.Int64,
        "float": pl.Float64,
        "date": pl.Date,
        "text": pl.String,
    }

    def made(column: Column) -> Any:
        if column.kind == "decimal":
            return pl.Decimal(_DIGITS, column.scale)
        if column.kind == "time":
            return pl.Datetime("us", "UTC" if column.zoned else None)
        return types[column.kind]

    series = [pl.Series(c.name, list(c.values), made(c)) for c in table]
    frame: polars.DataFrame = pl.DataFrame(series)
    return frame


def to_arrow(table: Iterable[Column]) -> pyarrow.Table:
    """A table of Apache Arrow."""
    pa = _library("pyarrow", "arrow")
    types = {
        "nothing": pa.null(),
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "float": pa.float64(),
        "date": pa.date32(),
        "text": pa.string(),
    }

    def made(column: Column) -> Any:
        if column.kind == "decimal":
            return pa.decimal128(_DIGITS, column.scale)
        if column.kind == "time":
            return pa.timestamp("us", "UTC" if column.zoned else None)
        return types[column.kind]

    found = list(table)
    arrays = [pa.array(list(column.values), made(column)) for column in found]
    return pa.Table.from_arrays(arrays, names=[column.name for column in found])


def _library(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise BadInput(
            f"this table needs the package {name}: pip install 'facial-twitch-kg[{extra}]'"
        ) from None
