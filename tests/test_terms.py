"""Terms check themselves, are written so that every parser reads them back, and convert."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.convert import from_ox, from_rdflib, to_ox, to_rdflib
from kg.errors import BadInput
from kg.terms import (
    IRI,
    RDF_LANG_STRING,
    XSD_BOOLEAN,
    XSD_DECIMAL,
    XSD_DOUBLE,
    XSD_INTEGER,
    XSD_STRING,
    BNode,
    Literal,
    Term,
    Triple,
    sort_key,
)

DURATION = IRI("http://www.w3.org/2001/XMLSchema#duration")


@pytest.mark.parametrize(
    "value",
    [
        *("", "no-scheme", "ex:a b", "ex:<a>", 'ex:"', "ex:{a}", "ex:a|b", "ex:a\\b", "ex:^"),
        *("ex:`", "ex:a\n", "ex:a\x00", "ex:\ud800", "://a", "1x:a", " ex:a"),
    ],
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="is not an IRI"):
        IRI(value)


@pytest.mark.parametrize("value", ["ex:a", "https://example.org/ä/北?x=1&y=(2)#z", "urn:uuid:1"])
def test_iris_are_strings(value: str) -> None:
    assert IRI(value) == value
    assert IRI(value).n3() == f"<{value}>"


def test_local_name() -> None:
    assert IRI("https://example.org/a/b#c").local_name == "c"


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (Literal("7", XSD_INTEGER), 7),
        (Literal("-0.50", XSD_DECIMAL), Decimal("-0.50")),
        (Literal("1e3", XSD_DOUBLE), 1000.0),
        (Literal("true", XSD_BOOLEAN), True),
        (Literal("0", XSD_BOOLEAN), False),
        (Literal("word"), "word"),
        (Literal("P3W", DURATION), "P3W"),
        (Literal("seven", XSD_INTEGER), "seven"),
        (Literal("x", XSD_DECIMAL), "x"),
        (Literal("9" * 5000, XSD_INTEGER), "9" * 5000),
    ],
)
def test_literals_become_python_values(literal: Literal, value: object) -> None:
    assert literal.to_python() == value
    assert type(literal.to_python()) is type(value)


def test_a_language_sets_the_datatype_and_is_lower_case() -> None:
    literal = Literal("colour", lang="en-GB")
    assert (literal.datatype, literal.lang) == (RDF_LANG_STRING, "en-gb")


@pytest.mark.parametrize("lang", ["", "e n", 'en" .', "-en", "en-"])
def test_a_malformed_language_is_refused(lang: str) -> None:
    with pytest.raises(BadInput, match="is not a language tag"):
        Literal("x", lang=lang)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(BadInput, match="is not Unicode text"):
        Literal("\ud800")


@pytest.mark.parametrize("label", ["", "a b", "a.", "-a", "a\n"])
def test_a_malformed_blank_node_label_is_refused(label: str) -> None:
    with pytest.raises(BadInput):
        BNode(label)


@given(st.text())
@example('"""')
@example("\\u0022 } DROP ALL #")
@example("\\U00000022")
@example("\\\\u005c")
@example("\x00\x07\x08\x0c\r\n\t\x1f\x7f\x85\u2028\ufeff")
def test_n3_of_a_literal_is_read_back_by_turtle(value: str) -> None:
    triple = Triple(IRI("ex:s"), IRI("ex:p"), Literal(value))
    (quad,) = ox.parse(triple.n3(), format=ox.RdfFormat.TURTLE)
    assert from_ox(quad.object) == Literal(value)


TERMS: list[Term] = [
    IRI("ex:a"),
    BNode("b0"),
    Literal("x"),
    Literal("x", lang="en-gb"),
    Literal("007", XSD_INTEGER),
    Literal("P3W", DURATION),
    Literal("not a number", XSD_INTEGER),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_terms_cross_both_borders_and_come_back(term: Term) -> None:
    assert from_ox(to_ox(term)) == term
    with pytest.MonkeyPatch.context() as patch:
        # rdflib logs a warning for an ill-typed literal, which is no matter here.
        patch.setattr("logging.Logger.warning", lambda *args, **kwargs: None)
        assert from_rdflib(to_rdflib(term)) == term


def test_a_plain_literal_of_rdflib_is_a_string() -> None:
    import rdflib

    assert from_rdflib(rdflib.Literal("x")) == Literal("x", XSD_STRING)
    typed = rdflib.Literal("x", datatype=rdflib.XSD.string)
    assert from_rdflib(typed) == Literal("x", XSD_STRING)


def test_terms_have_one_order() -> None:
    mixed: list[Term | None] = [Literal("a"), IRI("ex:b"), None, BNode("c"), IRI("ex:a")]
    ordered = [None, BNode("c"), IRI("ex:a"), IRI("ex:b"), Literal("a")]
    assert sorted(mixed, key=sort_key) == ordered
