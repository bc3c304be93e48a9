"""What holds for every named query: described, ordered, the same rows in every store."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from kg.catalogue import Catalogue, Query, read_catalogue
from kg.prefixes import default_prefixes
from kg.resources import queries_dir
from kg.sparql import tokens
from kg.store import Rows, Store
from kg.terms import IRI, Literal

QUERIES = [query for query in read_catalogue().list() if "/" not in query.name]
IRI_TYPES = {"claim", "concept", "iri", "kind", "passage", "relation", "source"}
LITERAL_TYPES = {"boolean", "decimal", "duration", "integer", "text", "year"}
# A concept or a claim, or the words of a name.
EITHER = {"term"}

Ask = Callable[[Query], Rows]

every_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@pytest.fixture(scope="module")
def rows_of(memory: Store) -> Ask:
    """The rows of a query with its example values, asked for once."""
    return cache(lambda query: memory.select(query.bind()))


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 28


@every_query
def test_it_answers_with_its_example_values(query: Query, rows_of: Ask) -> None:
    rows = rows_of(query)
    assert len(rows) > 0
    assert rows.columns == tuple(column.name for column in query.columns)
    assert len(set(rows.rows)) == len(rows), "a row is there twice"


@pytest.mark.thorough(keep=24)
@every_query
def test_every_store_gives_the_same_rows_in_the_same_order(
    query: Query, two_stores: tuple[Store, Store], memory: Store, rows_of: Ask
) -> None:
    first, second = two_stores
    rows = rows_of(query) if first is memory else first.select(query.bind())
    assert second.select(query.bind()) == rows


@every_query
def test_it_runs_as_the_file_stands(query: Query, memory: Store, rows_of: Ask) -> None:
    assert memory.select(query.text) == rows_of(query)


@every_query
def test_it_says_what_it_is(query: Query) -> None:
    assert query.title
    assert query.title[0].isupper()
    assert query.description.endswith(".")
    assert all(parameter.description for parameter in query.parameters)
    assert all(column.description for column in query.columns)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)


@every_query
def test_the_order_of_its_rows_is_given(query: Query) -> None:
    words = [token.text for token in tokens(query.text)]
    last = max(index for index, word in enumerate(words) if word == "}")
    assert words[last + 1 :].count("ORDER") == 1


@every_query
def test_its_prefixes_are_those_of_the_ontology_and_all_are_used(query: Query) -> None:
    ours = dict(default_prefixes().items())
    assert query.prefixes == {prefix: ours[prefix] for prefix in query.prefixes}
    body = query.text.split("\nSELECT", 1)[1]
    used = {token.text.partition(":")[0] for token in tokens(body) if ":" in token.text}
    assert set(query.prefixes) <= used
    declared = re.findall(r"^PREFIX (\w+):", query.text, re.MULTILINE)
    assert declared == sorted(declared, key=str.lower)


@every_query
def test_its_columns_hold_what_their_types_say(query: Query, rows_of: Ask) -> None:
    types = {column.name: column.type for column in query.columns}
    assert set(types.values()) <= IRI_TYPES | LITERAL_TYPES | EITHER
    for row in rows_of(query).dicts():
        for name, cell in row.items():
            if types[name] in IRI_TYPES:
                assert cell is None or isinstance(cell, IRI), name
            elif types[name] in LITERAL_TYPES:
                assert cell is None or isinstance(cell, Literal), name


@every_query
def test_names_stand_beside_iris(query: Query, rows_of: Ask) -> None:
    columns = {column.name: column.type for column in query.columns}
    named = {"concept": "{}_label", "kind": "{}_label", "source": "{}_title"}
    rows = list(rows_of(query).dicts())
    for name, kind in columns.items():
        if kind not in named or name in ("subject_kind", "object_kind"):
            continue
        label = named[kind].format(name)
        assert label in columns, f"{name} has no name beside it"
        assert all((row[name] is None) == (row[label] is None) for row in rows)


@every_query
def test_an_answer_that_rests_on_a_claim_says_who_says_so(query: Query, rows_of: Ask) -> None:
    names = {column.name for column in query.columns}
    if "claim" not in names:
        return
    assert {"hedge", "direction", "source", "source_title", "passage"} <= names or (
        query.name == "passage-claims"
    )
    for row in rows_of(query).dicts():
        assert row["claim"] is not None
        assert row["hedge"] is not None
        assert row["source"] is not None


@every_query
def test_its_example_is_in_the_graph(query: Query, memory: Store) -> None:
    for parameter in query.parameters:
        if parameter.type in ("concept", "iri"):
            for name in parameter.default.split():
                iri = default_prefixes().expand(name)
                assert memory.ask(f"ASK {{ {iri.n3()} ?property ?value }}"), name


@every_query
def test_every_path_of_any_length_begins_or_ends_at_something_known(query: Query) -> None:
    """Some endpoints refuse a path of any length between two unknowns."""
    body = query.text.split("\nSELECT", 1)[1]
    for group in re.findall(r"\{([^{}]*)\}", body):
        for left, right in re.findall(
            r"(\S+) (?:\([^?{}]*?\)|\^?[\w:/-]+)[*+][^?{};]*? ([^\s;.]+)", group
        ):
            ends = [left, right]
            assert any(not end.startswith("?") for end in ends) or any(
                re.search(rf"\{end}\b", body.replace(group, "")) or group.count(end) > 1
                for end in ends
            ), group


def test_no_query_lists_the_causal_relations(catalogue: Catalogue, memory: Store) -> None:
    """A list would leave out the next relation: `ft:raises` and `ft:lowers` hold all of them."""
    causal = {
        default_prefixes().compact(row["relation"])
        for row in memory.select(catalogue.get("relations").bind()).dicts()
        if isinstance(row["causal"], Literal) and row["causal"].to_python()
    }
    assert len(causal) > 10
    for path in queries_dir().rglob("*.rq"):
        body = path.read_text(encoding="utf-8").partition("\nSELECT")[2]
        lists = re.findall(r"\([^(){}?]*\)|\{[^{}?]*\}", body)
        for words in [set(re.findall(r"ft:[\w-]+", listed)) & causal for listed in lists]:
            assert len(words) < 3, f"{path.name} lists {sorted(words)}"
