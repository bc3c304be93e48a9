"""What is the same in every kind of store: answers, errors, closing."""

from __future__ import annotations

import pytest

from kg.errors import BadQuery, StoreUnusable
from kg.prefixes import default_prefixes
from kg.store import Rows, Store
from kg.terms import IRI, XSD_INTEGER, Literal, Triple

FT = default_prefixes().sparql_header()
EXPAND = default_prefixes().expand


def test_it_is_a_store(any_store: Store) -> None:
    assert isinstance(any_store, Store)


def test_select_gives_our_terms_in_the_order_of_the_query(any_store: Store) -> None:
    rows = any_store.select(
        f"{FT} SELECT ?name ?part ?none WHERE {{ ?part a ft:Part ; skos:prefLabel ?name }} "
        "ORDER BY DESC(?part) LIMIT 2"
    )
    assert rows == Rows(
        ("name", "part", "none"),
        (
            (Literal("wheel", lang="en"), EXPAND("ft:wheel"), None),
            (Literal("rust", lang="en"), EXPAND("ft:rust"), None),
        ),
    )


def test_plain_and_computed_literals_are_strings_and_numbers(any_store: Store) -> None:
    rows = any_store.select(
        f'{FT} SELECT (STR(?l) AS ?s) (COUNT(*) AS ?n) ("x" AS ?x) WHERE '
        "{ ft:wheel skos:prefLabel ?l } GROUP BY ?l"
    )
    assert rows.rows == ((Literal("wheel"), Literal("1", XSD_INTEGER), Literal("x")),)


def test_a_solution_that_binds_nothing_is_a_row(any_store: Store) -> None:
    assert any_store.select("SELECT ?x WHERE { OPTIONAL { <ex:a> <ex:b> ?x } }").rows == ((None,),)


def test_no_solution_is_no_row(any_store: Store) -> None:
    rows = any_store.select("SELECT ?x WHERE { <ex:a> <ex:b> ?x }")
    assert (rows.columns, rows.rows, len(rows)) == (("x",), (), 0)


def test_ask(any_store: Store) -> None:
    assert any_store.ask(f"{FT} ASK {{ ft:pedal ft:drives+ ft:wheel }}") is True
    assert any_store.ask(f"{FT} ASK {{ ft:wheel ft:drives ft:pedal }}") is False


def test_construct_gives_each_triple_once_sorted(any_store: Store) -> None:
    triples = any_store.construct(
        f"{FT} CONSTRUCT {{ ?s a ft:Driver . ?o ft:by ?s }} WHERE {{ ?s ft:drives ?o }}"
    )
    driver, by, kind = EXPAND("ft:Driver"), EXPAND("ft:by"), EXPAND("rdf:type")
    assert triples == (
        Triple(EXPAND("ft:chain"), kind, driver),
        Triple(EXPAND("ft:chain"), by, EXPAND("ft:pedal")),
        Triple(EXPAND("ft:pedal"), kind, driver),
        Triple(EXPAND("ft:wheel"), by, EXPAND("ft:chain")),
    )


def test_describe_is_a_construct(any_store: Store) -> None:
    described = any_store.construct(f"{FT} DESCRIBE ft:bicycle")
    assert {triple.subject for triple in described} == {EXPAND("ft:bicycle")}


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?x WHERE { ?x ?p }", 1, 26),
        ("SELECT ?x\nWHERE { ?x a no:thing }", 2, 14),
        ("SELECT ?x\n\nWHERE { ?x ?p ?o . FILTER(?o = 1", 3, 33),
    ],
)
def test_broken_queries_are_reported_with_their_place(
    any_store: Store, query: str, line: int, column: int
) -> None:
    with pytest.raises(BadQuery) as caught:
        any_store.select(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "query", ["", "nonsense", "INSERT DATA { <ex:a> <ex:b> 1 }", "DROP ALL", "SELECT", "\x00"]
)
def test_what_is_no_query_is_refused(any_store: Store, query: str) -> None:
    for method in (any_store.select, any_store.ask, any_store.construct):
        with pytest.raises(BadQuery):
            method(query)


def test_an_undeclared_prefix_says_how_to_mend_it(any_store: Store) -> None:
    with pytest.raises(BadQuery, match="add its PREFIX line"):
        any_store.ask("ASK { ?s a ft:Part }")


def test_each_method_takes_its_own_form_only(any_store: Store) -> None:
    select, ask, construct = "SELECT * { ?s ?p 1 }", "ASK { }", "CONSTRUCT WHERE { ?s ?p 1 }"
    for method, wrong in (
        (any_store.select, (ask, construct)),
        (any_store.ask, (select, construct)),
        (any_store.construct, (select, ask)),
    ):
        for query in wrong:
            with pytest.raises(BadQuery, match="was expected"):
                method(query)


def test_a_closed_store_says_so(any_store: Store) -> None:
    any_store.close()
    any_store.close()
    with pytest.raises(StoreUnusable, match="is closed"):
        any_store.ask("ASK { }")


def test_rows_make_dictionaries_and_data_frames(any_store: Store) -> None:
    rows = any_store.select(
        f"{FT} SELECT ?part ?n ?no WHERE {{ VALUES (?part ?n) {{ (ft:wheel 2) }} }}"
    )
    assert list(rows.dicts()) == [
        {"part": EXPAND("ft:wheel"), "n": Literal("2", XSD_INTEGER), "no": None}
    ]
    frame = rows.to_pandas()
    assert list(frame.columns) == ["part", "n", "no"]
    assert frame.iloc[0].tolist() == [str(EXPAND("ft:wheel")), 2, None]


def test_iris_of_an_answer_are_strings(any_store: Store) -> None:
    ((part,),) = any_store.select(f"{FT} SELECT ?x WHERE {{ ?x skos:altLabel 'bike'@en }}")
    assert isinstance(part, IRI)
    assert part == default_prefixes()["ft"] + "bicycle"
