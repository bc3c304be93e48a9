"""The slots of a query, `VALUES ?name { … }`, and the checked terms that may be put there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.errors import BadInput, BadParameter, printable
from kg.prefixes import default_prefixes
from kg.sparql import Token, tokens
from kg.terms import IRI, XSD_BOOLEAN, XSD_DECIMAL, XSD_INTEGER, Literal, Term

Resolver = Callable[[str], IRI]
Value = str | int | float | Decimal | bool | IRI | Literal

_DIGITS: Final = r"[+-]?[0-9]{1,30}"
_NUMBERS: Final = {
    "integer": (re.compile(_DIGITS), XSD_INTEGER, "give a whole number, such as 3"),
    "decimal": (
        re.compile(rf"{_DIGITS}(?:\.[0-9]{{1,30}})?"),
        XSD_DECIMAL,
        "give a number, such as 0.5",
    ),
    "boolean": (re.compile("true|false"), XSD_BOOLEAN, "give true or false"),
}
PARAMETER_TYPES: Final = ("concept", "iri", "string", "text", *_NUMBERS)
_LONGEST_TEXT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        name: the variable of its slots, without "?".
        type: `concept` (label, synonym, compact or full IRI), `iri` (compact or full), `string`,
            `text`, `integer`, `decimal` or `boolean`.
        default: the example that stands in the file, as SPARQL.
        description: what it is.
    """

    name: str
    type: str
    default: str
    description: str


def checked_term(
    query: str, parameter: Parameter, value: object, resolver: Resolver | None = None
) -> Term:
    """Return the RDF term that a value stands for, after checking it against the type.

    Args:
        query: name of the query, for the message of an error.
        parameter: where the value shall go.
        value: what the caller gave.
        resolver: turns the name of a concept into its IRI; without one, only compact and full
            IRIs are understood.

    Raises:
        BadParameter: the value is not of the type.
        UnknownConcept, AmbiguousConcept: from the resolver.

    >>> checked_term("top", Parameter("limit", "integer", "1", "how many"), "7").n3()
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> checked_term("top", Parameter("limit", "integer", "1", "how many"), "seven")
    Traceback (most recent call last):
    kg.errors.BadParameter: query "top", parameter "limit": "seven" does not fit: ...
    """
    kind = parameter.type

    def bad(detail: str) -> BadParameter:
        shown = printable(str(value), 40)
        return BadParameter(query, parameter.name, f'"{shown}" does not fit: {detail}')

    if isinstance(value, Literal):
        if kind in ("string", "text"):
            return value
        value = value.value
    if kind in ("concept", "iri"):
        if isinstance(value, IRI):
            return IRI(value)
        if not isinstance(value, str):
            raise bad("give a name or an IRI")
        if kind == "concept" and resolver is not None:
            return IRI(resolver(value))
        try:
            return default_prefixes().expand(value)
        except BadInput as error:
            raise bad(str(error)) from None
    if kind in _NUMBERS:
        pattern, datatype, fix = _NUMBERS[kind]
        text = str(value).lower() if isinstance(value, bool) else str(value).strip()
        if not pattern.fullmatch(text):
            raise bad(fix)
        return Literal(text, datatype)
    text = str(value)
    if len(text) > _LONGEST_TEXT:
        raise bad(f"give at most {_LONGEST_TEXT} characters")
    try:
        return Literal(text)
    except BadInput as error:
        raise bad(str(error)) from None


def find_slots(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield variable, start and end of what stands in each `VALUES ?variable { … }`.

    >>> list(find_slots("ASK { VALUES ?n { 1 } }"))
    [('n', 17, 20)]
    """
    found = list(tokens(text))
    for index, token in enumerate(found[:-2]):
        variable, brace = found[index + 1], found[index + 2]
        if token.kind == "word" and token.text.upper() == "VALUES" and variable.kind == "variable":
            closing = next((each for each in found[index + 3 :] if _is(each, "}")), None)
            if _is(brace, "{") and closing is not None:
                yield variable.text[1:], brace.end, closing.start


def _is(token: Token, mark: str) -> bool:
    return token.kind == "mark" and token.text == mark
