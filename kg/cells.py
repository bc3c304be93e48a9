"""The cells of tables: terms as plain values, plain values as terms and as text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.prefixes import default_prefixes
from kg.terms import (
    IRI,
    XSD_BOOLEAN,
    XSD_DECIMAL,
    XSD_DOUBLE,
    XSD_INTEGER,
    XSD_STRING,
    Literal,
    Term,
)

if TYPE_CHECKING:
    pass

_BARE = frozenset({XSD_INTEGER, XSD_DECIMAL, XSD_BOOLEAN})
_DATATYPES = {bool: XSD_BOOLEAN, int: XSD_INTEGER, Decimal: XSD_DECIMAL, float: XSD_DOUBLE}
# A spreadsheet takes a text that begins like this for a formula, and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# A terminal takes these for commands; the ends of lines and tabs are text.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
Value = str | int | float | bool | Decimal | None


def tsv(term: Term) -> str:
    """A term as Turtle writes it; numbers and truth values bare."""
    if (
        isinstance(term, Literal)
        and term.datatype in _BARE
        and term.value.strip("+-")[:1].isalnum()
    ):
        return term.value
    return term.n3().replace("\t", "\\t")


def as_term(value: Value) -> Term | None:
    """A plain value as an RDF term."""
    if value is None:
        return None
    return Literal(shown(value), _DATATYPES.get(type(value), XSD_STRING))


def plain(term: Term | None) -> Value:
    """Turn an RDF term into a plain value; an IRI into its compact form.

    >>> plain(IRI("https://w3id.org/facial-twitch/caffeine"))
    'ft:caffeine'
    """
    if term is None:
        return None
    if isinstance(term, Literal):
        return term.to_python()
    return default_prefixes().compact(term) if isinstance(term, IRI) else str(term)


def defused(text: str, value: object = "") -> str:
    r"""The text as a cell that neither a spreadsheet nor a terminal takes for a command.

    A text gets an apostrophe before what would be a formula; numbers stay as they are.

    >>> defused("=1+1"), defused("1+1"), defused("-2", -2), defused("a\x1b[31m")
    ("'=1+1", '1+1', '-2', 'a\\x1b[31m')
    """
    text = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def shown(value: Value) -> str:
    """Write a value as tables do: nothing for None, true and false in small letters.

    >>> [shown(value) for value in (None, True, Decimal("0.50"), "x")]
    ['', 'true', '0.50', 'x']
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
