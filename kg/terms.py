r"""The RDF terms that cross the border of a store: `IRI`, `Literal`, `BNode` and `Triple`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from kg.errors import BadInput, printable

if TYPE_CHECKING:
    from decimal import Decimal

# RFC 3987 by way of SPARQL's IRIREF: a scheme, then none of the characters that would end or
# break `<…>`. Format characters are legal in an IRI and harmless between the brackets.
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff]*""")
_BNODE = re.compile(r"[A-Za-z0-9_](?:[\w.\-]*[\w\-])?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_TO_ESCAPE = re.compile(r'[\\"\n\r\t\b\f]')
# Some parsers expand \uXXXX before they look at "\\", and would turn the text `\u0022` (written
# "\\u0022") into a quotation mark. With the letter u itself written as an escape of eight digits
# every parser reads the same text.
_BACKSLASH_U = re.compile(r"\\\\([uU])")

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


class IRI(str):
    """An absolute IRI; a `str`, so that it can be used wherever text can.

    Raises:
        BadInput: it has no scheme, or holds a space or another character that no IRI may hold.

    >>> IRI("https://example.org/a").n3()
    '<https://example.org/a>'
    >>> IRI("https://example.org/a b")
    Traceback (most recent call last):
    kg.errors.BadInput: "https://example.org/a b" is not an IRI: ...
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check the value and wrap it."""
        if not _IRI.fullmatch(value):
            raise BadInput(
                f'"{printable(value)}" is not an IRI: start with a scheme such as https: and leave '
                'out spaces, control characters and <>"{}|\\^`'
            )
        return str.__new__(cls, value)

    @classmethod
    def unchecked(cls, value: str) -> Self:
        """Wrap an IRI that an RDF parser has already checked.

        >>> IRI.unchecked("https://example.org/a") == IRI("https://example.org/a")
        True
        """
        return str.__new__(cls, value)

    @property
    def local_name(self) -> str:
        """The part after the last `/` or `#`.

        >>> IRI("https://example.org/a/b").local_name
        'b'
        """
        return re.split(r"[/#]", self)[-1]

    def n3(self) -> str:
        """Write the IRI as SPARQL and Turtle do."""
        return f"<{self}>"

    def __repr__(self) -> str:
        return f"IRI({str.__repr__(self)})"


XSD_BOOLEAN: Final = IRI(_XSD + "boolean")
XSD_DECIMAL: Final = IRI(_XSD + "decimal")
XSD_DOUBLE: Final = IRI(_XSD + "double")
XSD_FLOAT: Final = IRI(_XSD + "float")
XSD_INTEGER: Final = IRI(_XSD + "integer")
XSD_STRING: Final = IRI(_XSD + "string")
RDF_LANG_STRING: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL: Final = IRI("http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True, slots=True)
class Literal:
    r"""A literal: a text with a datatype, or with a language.

    A plain literal has the datatype `xsd:string`. The value is kept as written: "01" stays "01".

    Attributes:
        value: the lexical form.
        datatype: IRI of the datatype; `rdf:langString` where there is a language.
        lang: language tag in lower case, or None.

    Raises:
        BadInput: the language tag is malformed, or the text holds half a surrogate pair.

    >>> Literal("say \"hi\"\n").n3()
    '"say \\"hi\\"\\n"'
    >>> Literal("colour", lang="en-GB").n3()
    '"colour"@en-gb'
    >>> Literal("400", XSD_INTEGER).to_python()
    400
    """

    value: str
    datatype: IRI = XSD_STRING
    lang: str | None = None

    def __post_init__(self) -> None:
        if not self.value.isascii():
            try:
                self.value.encode()
            except UnicodeEncodeError:
                raise BadInput(
                    f'"{printable(self.value)}" is not Unicode text: decode the input as UTF-8'
                ) from None
        if self.lang is not None:
            if not _LANGUAGE.fullmatch(self.lang):
                raise BadInput(f'"{printable(self.lang)}" is not a language tag: use one like en')
            object.__setattr__(self, "lang", self.lang.lower())
            object.__setattr__(self, "datatype", RDF_LANG_STRING)

    def n3(self) -> str:
        """Write the literal as SPARQL and Turtle do, everything escaped that needs it."""
        escaped = _TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], self.value)
        escaped = _BACKSLASH_U.sub(lambda match: rf"\\\U{ord(match[1]):08X}", escaped)
        if self.lang is not None:
            return f'"{escaped}"@{self.lang}'
        if self.datatype == XSD_STRING:
            return f'"{escaped}"'
        return f'"{escaped}"^^{self.datatype.n3()}'

    def to_python(self) -> str | int | float | bool | Decimal:
        """Return the value as a Python value.

        Integers, decimals, doubles, floats and booleans become theirs; everything else, durations
        and ill-typed literals included, stays text.

        >>> Literal("2.50", XSD_DECIMAL).to_python()
        Decimal('2.50')
        >>> Literal("P3W", IRI("http://www.w3.org/2001/XMLSchema#duration")).to_python()
        'P3W'
        """
        try:
            if self.datatype == XSD_INTEGER and _INTEGER.fullmatch(self.value):
                return int(self.value)
            if self.datatype == XSD_DECIMAL:
                from decimal import Decimal  # few programs need it

                return Decimal(self.value)
            if self.datatype in (XSD_DOUBLE, XSD_FLOAT):
                return float(self.value)
        except (ValueError, ArithmeticError):  # decimal.InvalidOperation is an ArithmeticError
            return self.value
        if self.datatype == XSD_BOOLEAN and self.value in ("true", "false", "1", "0"):
            return self.value in ("true", "1")
        return self.value

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class BNode:
    """A blank node; the label means something only within one answer of one store.

    Raises:
        BadInput: the label is not one that SPARQL and Turtle can write.

    >>> BNode("b0").n3()
    '_:b0'
    """

    value: str

    def __post_init__(self) -> None:
        if not _BNODE.fullmatch(self.value):
            raise BadInput(f'"{printable(self.value)}" is not a blank node label: use letters')

    def n3(self) -> str:
        """Write the blank node as SPARQL and Turtle do."""
        return f"_:{self.value}"

    def __str__(self) -> str:
        return self.n3()


Term = IRI | Literal | BNode


class Triple(NamedTuple):
    """A statement: subject, predicate and object.

    >>> Triple(IRI("ex:a"), IRI("ex:p"), Literal("x")).n3()
    '<ex:a> <ex:p> "x" .'
    """

    subject: IRI | BNode
    predicate: IRI
    object: Term

    def n3(self) -> str:
        """Write the triple as a line of N-Triples does, without the line end."""
        return f"{self.subject.n3()} {self.predicate.n3()} {self.object.n3()} ."


def sort_key(term: Term | None) -> tuple[int, str]:
    """Order terms the same way everywhere: nothing, blank nodes, IRIs, literals.

    >>> sorted([Literal("b"), IRI("ex:a"), None], key=sort_key)
    [None, IRI('ex:a'), Literal(value='b', datatype=IRI('http://...#string'), lang=None)]
    """
    if term is None:
        return (0, "")
    rank = 1 if isinstance(term, BNode) else 2 if isinstance(term, IRI) else 3
    return (rank, term.n3())
