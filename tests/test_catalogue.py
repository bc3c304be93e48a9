"""Named queries: headers, slots, and hostile values that stay values."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.catalogue import Catalogue, parse_query, read_catalogue
from kg.errors import BadParameter, BadQuery, InvalidKnowledge, MissingFile, UnknownQuery
from kg.prefixes import default_prefixes
from kg.store import Store
from kg.store.oxigraph_store import OxigraphStore
from kg.store.rdflib_graph import RdflibStore
from kg.terms import IRI, Literal

HEAD = "# title: T\n"
EXPAND = default_prefixes().expand


def compact(rows: object) -> list[tuple[str, ...]]:
    short = default_prefixes().compact
    return [tuple(short(str(term)) for term in row) for row in rows]  # type: ignore[attr-defined]


def test_every_query_runs_as_it_stands_with_equal_rows_on_every_store(
    any_store: Store, mini_store: Store, mini_catalogue: Catalogue
) -> None:
    for query in mini_catalogue.list():
        if query.kind == "select":
            answer = any_store.select(query.text)
            assert answer == mini_store.select(query.text), query.name
            assert answer.columns == tuple(column.name for column in query.columns), query.name
        elif query.kind == "ask":
            assert any_store.ask(query.text) == mini_store.ask(query.text)
        else:
            assert any_store.construct(query.text) == mini_store.construct(query.text)


def test_the_header_is_read(mini_catalogue: Catalogue) -> None:
    query = mini_catalogue.get("driven-by")
    assert query.title == "What a part drives"
    assert query.description == "The parts that the given parts drive, directly."
    assert [(each.name, each.type, each.default) for each in query.parameters] == [
        ("part", "concept", "ft:pedal"),
        ("label", "string", "UNDEF"),
    ]
    assert query.parameters[0].description == "the part that drives"
    assert [column.name for column in query.columns] == ["part", "driven", "name"]
    assert query.prefixes["ft"] == default_prefixes()["ft"]


def test_binding_changes_the_answer(any_store: Store, mini_catalogue: Catalogue) -> None:
    query = mini_catalogue.get("driven-by")
    one = any_store.select(query.bind({"part": "ft:chain"}))
    assert compact(one) == [("ft:chain", "ft:wheel", "wheel")]
    both = any_store.select(query.bind({"part": [EXPAND("ft:chain"), "ft:pedal"]}))
    assert compact(both) == [("ft:chain", "ft:wheel", "wheel"), ("ft:pedal", "ft:chain", "chain")]
    named = any_store.select(query.bind({"part": ["ft:chain", "ft:pedal"], "label": "wheel"}))
    assert compact(named) == [("ft:chain", "ft:wheel", "wheel")]


def test_numbers_are_compared_as_numbers(any_store: Store, mini_catalogue: Catalogue) -> None:
    query = mini_catalogue.get("evidence-of")
    assert len(any_store.select(query.bind({"most": 2}))) == 2
    assert len(any_store.select(query.bind({"most": "1"}))) == 0


def test_only_what_stands_in_the_slot_changes(mini_catalogue: Catalogue) -> None:
    query = mini_catalogue.get("driven-by")
    bound = query.bind({"part": "ft:chain"})
    assert "# not a slot: VALUES ?part { ft:brake }" in bound
    before, after = query.text.split("{ ft:pedal } #")
    assert bound.startswith(before)
    assert bound.endswith("#" + after)


def test_a_parameter_may_have_several_slots() -> None:
    query = parse_query(
        "t",
        HEAD + "# param: a (iri) = <ex:a> — it\nASK { { values ?a{<ex:a>} ?a ?b ?c } UNION "
        "{ VALUES $a { <ex:a> } ?c ?b ?a } VALUES (?d ?e) { (1 2) } }",
    )
    assert query.bind({"a": "https://example.org/b"}).count("<https://example.org/b>") == 2


@pytest.mark.parametrize(
    "decoy",
    [
        '?s ?p "VALUES ?a { 1 }"',
        "?s ?p '''VALUES ?a { 1 }'''",
        '?s ?p """a " VALUES ?a { 1 }"""',
        "?s ?p 'it\\'s VALUES ?a { 1 }'",
        "?s ?p <ex:VALUES#a>",
        "?s ex:VALUES ?a",
        "?s ?p ?VALUES",
        "# VALUES ?a { 1 }\n",
    ],
)
def test_what_only_looks_like_a_slot_is_left_alone(decoy: str) -> None:
    text = f"{HEAD}# param: a (integer) = 1\nASK {{ {decoy} . VALUES ?a {{ 1 }} }}"
    bound = parse_query("t", text).bind({"a": 42})
    assert bound.count("42") == 1
    assert bound.startswith(text[: text.rindex("{ 1 }")])


def test_a_slot_with_marks_in_its_values_is_filled_as_a_whole() -> None:
    text = HEAD + '# param: a (text) = "}" "{ # "\nSELECT ?a { VALUES ?a { "}" "{ # " } }'
    bound = parse_query("t", text).bind({"a": "x"})
    assert bound.endswith('SELECT ?a { VALUES ?a { "x" } }')


def echo(store: Store, catalogue: Catalogue, value: object) -> list[object]:
    query = catalogue.get("echo")
    answer = store.select(query.bind({"text": value}))  # type: ignore[dict-item]
    assert answer.columns == ("text",)
    return [text for (text,) in answer]


HOSTILE = [
    '" } UNION { ?s ?p ?o } #',
    "\\",
    '\\"',
    "\\u0022 } } DROP ALL #",
    "\\U00000022",
    "\\\\u005C\\u0022",
    "\\u00220022",
    "'''\"\"\"",
    "\n\r\t\b\f\x00\x01\x7f\x85",
    "} ?text { ?s ?p ?o . VALUES ?text {",
    "# no comment",
    "UNDEF",
    "<ex:a>",
    "\u2028\ufeff\U0010ffff",
    "%s %(a)s {0} {text} $text ?text",
    "",
]


@given(st.text())
@example(HOSTILE[0])
def test_any_text_stays_that_text_in_oxigraph(mini_catalogue: Catalogue, text: str) -> None:
    assert echo(OxigraphStore(ox.Store()), mini_catalogue, text) == [Literal(text)]


@given(st.text())
@example(HOSTILE[3])
def test_any_text_stays_that_text_in_rdflib(mini_catalogue: Catalogue, text: str) -> None:
    assert echo(RdflibStore(rdflib.Graph()), mini_catalogue, text) == [Literal(text)]


def test_hostile_texts_stay_texts_everywhere(any_store: Store, mini_catalogue: Catalogue) -> None:
    assert echo(any_store, mini_catalogue, HOSTILE) == [Literal(text) for text in HOSTILE]


def test_a_literal_with_a_language_is_kept(any_store: Store, mini_catalogue: Catalogue) -> None:
    assert echo(any_store, mini_catalogue, Literal("a", lang="en")) == [Literal("a", lang="en")]


@given(st.text())
def test_any_text_for_a_concept_is_an_iri_or_an_error(mini_catalogue: Catalogue, text: str) -> None:
    query = mini_catalogue.get("driven-by")
    try:
        bound = query.bind({"part": text})
    except BadParameter:
        return
    assert query.bind({"part": "ft:x"}).replace(EXPAND("ft:x").n3(), EXPAND(text).n3()) == bound


def test_concepts_are_resolved_by_the_caller(mini_catalogue: Catalogue) -> None:
    query = mini_catalogue.get("driven-by")
    bound = query.bind({"part": "the bike"}, resolver=lambda name: IRI(f"ex:{name[-4:]}"))
    assert "{ <ex:bike> }" in bound
    # An IRI that a resolver lets through unchecked is checked all the same.
    with pytest.raises(Exception, match="is not an IRI"):
        query.bind({"part": "x"}, resolver=lambda name: IRI.unchecked("ex:a> } #"))
    with pytest.raises(Exception, match="is not an IRI"):
        query.bind({"part": IRI.unchecked("ex:a> } #")})


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("integer", 7, '"7"'),
        ("integer", " -7 ", '"-7"'),
        ("decimal", Decimal("0.50"), '"0.50"'),
        ("decimal", 2.5, '"2.5"'),
        ("boolean", True, '"true"'),
        ("boolean", "false", '"false"'),
    ],
)
def test_numbers_and_truth_values_are_typed(kind: str, value: object, written: str) -> None:
    text = f"{HEAD}# param: a ({kind}) = 1\nASK {{ VALUES ?a {{ 1 }} }}"
    bound = parse_query("t", text).bind({"a": value})  # type: ignore[dict-item]
    assert f"{{ {written}^^<http://www.w3.org/2001/XMLSchema#{kind}> }}" in bound


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "seven"),
        ("integer", 7.5),
        ("integer", True),
        ("integer", "9" * 100),
        ("integer", "１"),
        ("decimal", float("nan")),
        ("decimal", "1e5"),
        ("boolean", "yes"),
        ("iri", "no iri"),
        ("iri", 5),
        ("text", "x" * 20_000),
        ("text", "\ud800"),
        ("text", []),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, value: object) -> None:
    text = f"{HEAD}# param: a ({kind}) = 1\nASK {{ VALUES ?a {{ 1 }} }}"
    with pytest.raises(BadParameter) as caught:
        parse_query("t", text).bind({"a": value})  # type: ignore[dict-item]
    assert (caught.value.query, caught.value.parameter) == ("t", "a")


def test_an_unknown_parameter_is_refused(mini_catalogue: Catalogue) -> None:
    with pytest.raises(BadParameter, match="it has part, label"):
        mini_catalogue.get("driven-by").bind({"prat": "x"})


def test_queries_are_found_by_name_and_by_the_end_of_it(mini_catalogue: Catalogue) -> None:
    assert mini_catalogue.get("quality/nameless").name == "quality/nameless"
    assert mini_catalogue.get("nameless").name == "quality/nameless"
    assert mini_catalogue.get("steps.rq").name == "steps"
    names = [query.name for query in mini_catalogue.list()]
    assert names == sorted(names)


def test_an_unknown_query_suggests_three(mini_catalogue: Catalogue) -> None:
    with pytest.raises(UnknownQuery) as caught:
        mini_catalogue.get("driven")
    assert caught.value.nearest[0] == "driven-by"
    assert len(caught.value.nearest) == 3


@pytest.mark.parametrize(
    "text",
    [
        "ASK { }",
        "# title: A\n# title: B\nASK { }",
        "# title: A\n# param: a\nASK { }",
        "# title: A\n# param: a (colour) = 1\nASK { VALUES ?a { 1 } }",
        "# title: A\n# param: a (integer) = 1\nASK { }",
        "# title: A\n# param: a (integer) = 1\nASK { VALUES ?a { 2 } }",
        "# title: A\n# column: a\nSELECT ?a { }",
    ],
)
def test_a_malformed_header_is_refused(text: str) -> None:
    with pytest.raises(InvalidKnowledge):
        parse_query("t", text)


def test_a_file_without_a_query_is_refused() -> None:
    with pytest.raises(BadQuery):
        parse_query("t", "# title: A\n")


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_catalogue(tmp_path / "nothing")
    (tmp_path / "a.rq").write_bytes(b"\xff")
    with pytest.raises(MissingFile, match="UTF-8"):
        read_catalogue(tmp_path)
