"""Reading SPARQL text: nothing inside a string, an IRI or a comment is taken for a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import BadQuery
from kg.sparql import bad_query, query_kind, syntax_error, tokens


@given(st.text(st.sampled_from("\"'<>{}#\\?$: \nAselct:.@^a1é")))
def test_tokens_stand_where_they_say_and_leave_out_only_comments_and_space(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        skipped = text[end : token.start]
        assert skipped.strip() == "" or "#" in skipped
        end = token.end


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("select * {}", "select"),
        (
            "BASE <http://ASK/> PREFIX ask: <http://x/> CONSTRUCT WHERE { ask:a ?p 'a' }",
            "construct",
        ),
        ("# SELECT\nASK { }", "ask"),
        ("DESCRIBE <ex:a>", "describe"),
    ],
)
def test_the_kind_of_a_query(text: str, kind: str) -> None:
    assert query_kind(text) == kind


@pytest.mark.parametrize("text", ["", "# SELECT", "'SELECT'", "?SELECT"])
def test_what_has_no_kind_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="start with one"):
        query_kind(text)


@pytest.mark.parametrize("text", ["CLEAR ALL", "insert { ?s ?p 1 } WHERE { SELECT * { } }"])
def test_an_update_is_told_that_nothing_is_written(text: str) -> None:
    with pytest.raises(BadQuery, match="read only"):
        query_kind(text)


def test_a_query_that_parses_has_no_syntax_error() -> None:
    assert syntax_error("SELECT * { ?s ?p ?o }") is None


def test_the_missing_prefix_is_named_with_its_place() -> None:
    text = "PREFIX a: <ex:a>\n# b:c\nSELECT * {\n  _:b a:p 'b:y' ; <b:z> b:w }"
    error = syntax_error(text)
    assert error is not None
    assert (error.line, error.column) == (4, 25)
    assert "the prefix b: is not declared" in str(error)


def test_words_in_a_string_that_is_left_open_are_no_prefixes() -> None:
    error = syntax_error("SELECT * { ?s ?p 'it is: so }")
    assert error is not None
    assert "prefix" not in str(error)


@pytest.mark.parametrize(
    ("said", "line", "column", "detail"),
    [
        ("error at 1:6: expected [_]", 1, 6, "unexpected text"),
        ("Parse error: line 12, column 3:\n  Lexical error", 12, 3, "Lexical error"),
        ("Expected x (at char 0), (line:2, col:5)", None, None, None),
        ("no idea", None, None, "no idea"),
    ],
)
def test_what_stores_say_is_understood_where_it_can_be(
    said: str, line: int | None, column: int | None, detail: str | None
) -> None:
    error = bad_query(said)
    assert (error.line, error.column) == (line, column)
    assert error.detail == (detail or said)


def test_no_query_asks_another_service_or_loads_a_graph(
    graph: kg.Graph, canary: tuple[str, list[int]]
) -> None:
    address, asked = canary
    for text in (
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ S\\u0045RVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
    ):
        with pytest.raises(BadQuery, match=r"SERVICE is not followed|FROM loads nothing"):
            graph.query(text)
    assert len(graph.query("SELECT ?s { ?s ?p 'SERVICE FROM' }")) == 0
    assert asked == []
