"""The gate before the engine lets through what the W3C calls a query, and nothing that goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("starlette")

from kg.serve.gate import check
from kg.serve.negotiate import choose
from kg.serve.problem import Refused

SUITE = Path(__file__).resolve().parents[3] / "shared" / "standards" / "w3c-sparql11"


def test_the_queries_of_the_w3c_pass() -> None:
    folder = SUITE / "syntax-query"
    if not folder.is_dir():
        pytest.skip("the W3C tests are not part of the repository")
    queries = [path for path in sorted(SUITE.rglob("*.rq")) if "bad" not in path.name]
    assert len(queries) > 100
    refused = []
    for path in queries:
        try:
            check(path.read_text(encoding="utf-8"), ())
        except Refused as reason:
            refused.append((path.name, str(reason)))
    # These two name a graph of their own, which is not here.
    assert [name for name, reason in refused if "FROM" in reason] == [
        "constructwhere04.rq",
        "syntax-construct-where-02.rq",
    ]
    assert len(refused) == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        "SELECT * { ?service ?from <x:SERVICE> } # FROM <a:b>",
        "SELECT * { ft:service-animal ft:from 'a FROM <b:c>' }",
        "SELECT * FROM <a:known> FROM NAMED <a:known> {}",
    ],
)
def test_words_that_only_look_like_keywords_pass(query: str) -> None:
    check(query, {"a:known"})


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE<a:b>{} }",
        "ASK { 1 .service ?x {} }",
        "ASK FROM a:known {}",
        "ASK FROM <a:b> {}",
    ],
)
def test_what_goes_out_is_refused(query: str) -> None:
    with pytest.raises(Refused):
        check(query, {"a:known"})


def test_a_header_that_means_nothing_means_nothing() -> None:
    assert choose("a/b;q=x, ;;,", ["a/b"]) is None
    assert choose("", ["a/b"]) == "a/b"
    assert choose("A/B ; Q=0.1", ["a/b"]) == "a/b"
