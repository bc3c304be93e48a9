"""What must not harm the server: each request is refused or bounded, and the next is answered."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import CROSS, Reply, Site, engine_of, start, until

ONE = "SELECT (1 AS ?n) {}"
FORM = "application/x-www-form-urlencoded"


def ask(site: Site, query: str, **headers: str) -> Reply:
    return site.form("/sparql", {"query": query}, **headers)


def alive(site: Site) -> bool:
    return site.process.poll() is None and ask(site, ONE).status == 200


NESTED = {
    "parentheses": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "groups": lambda n: "SELECT * " + "{" * n + "}" * n,
    "nots": lambda n: "SELECT * { FILTER(" + "!" * n + "true) }",
    "sum": lambda n: "SELECT * { FILTER(" + "+".join(["1"] * n) + ") }",
    "unions": lambda n: "SELECT * { {}" + " UNION {}" * n + " }",
    "optionals": lambda n: "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * n + " }",
    "subqueries": lambda n: "SELECT * { " * n + "}" * n,
    "path": lambda n: "SELECT * { ?s " + "/".join([":p"] * n) + " ?o }",
}
SIZES = [
    ("parentheses", 5_000),
    ("parentheses", 30_000),
    ("groups", 3_000),
    ("nots", 10_000),
    ("sum", 8_000),
    ("unions", 7_000),
    ("unions", 10_000),
    ("optionals", 2_900),
    ("optionals", 5_000),
    ("subqueries", 2_000),
    ("path", 2_000),
]


@pytest.mark.parametrize(("kind", "size"), SIZES)
def test_a_query_that_is_nested_too_deeply_is_refused_at_once(
    site: Site, kind: str, size: int
) -> None:
    before = engine_of(site)
    reply = site.send(
        "POST", "/sparql", NESTED[kind](size).encode(), content_type="application/sparql-query"
    )
    assert reply.status in (400, 413)
    assert (alive(site), engine_of(site)) == (True, before)


@pytest.mark.parametrize("kind", ["parentheses", "groups", "nots", "sum"])
def test_a_query_that_is_nested_a_little_is_answered(site: Site, kind: str) -> None:
    assert ask(site, NESTED[kind](50)).status == 200


COSTLY = {
    "cross product": CROSS,
    "sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()",
    "strings": 'SELECT * { BIND("aaaaaaaaaa" AS ?v0) '
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(26))
    + " }",
    "replaced": f'SELECT * {{ BIND("{"a" * 1_000}" AS ?v0) '
    + " ".join(f'BIND(REPLACE(?v{n}, "a", "aaaaaaaaaa") AS ?v{n + 1})' for n in range(8))
    + " }",
    "gathered": 'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f)); SEPARATOR="----") AS ?all) '
    "{ ?a ?b ?c . ?d ?e ?f }",
    "typed": 'SELECT * { BIND("aaaaaaaaaa" AS ?v0) '
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(26))
    + " BIND(STRDT(?v26, ft:none) AS ?typed) }",
    "large": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
}
# What the engine takes long to plan, whether there is anything to be found or not.
PLANNED = {
    "long path": NESTED["path"](1_000),
    "long chain": "SELECT * { " + " ".join(f"?s{n} ft:p ?s{n + 1} ." for n in range(1_000)) + " }",
    "loop": "SELECT (COUNT(*) AS ?n) { ?s (ft:causes|^ft:causes|ft:triggers|^ft:triggers)* ?o }",
}


def test_costly_queries_end_at_their_limits_while_others_are_answered(site: Site) -> None:
    found: dict[str, Reply] = {}

    def run(name: str) -> None:
        found[name] = ask(site, COSTLY[name])

    threads = [threading.Thread(target=run, args=(name,)) for name in COSTLY]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert site.get("/healthz").status == 200
    assert site.form("/", {"text": "My eyelid twitches"}).status == 200
    for thread in threads:
        thread.join(timeout=40)
    assert {name: reply.status in (413, 503) for name, reply in found.items()} == dict.fromkeys(
        COSTLY, True
    )
    assert all(reply.media == "application/problem+json" for reply in found.values())
    assert alive(site)


@pytest.mark.parametrize("name", PLANNED)
def test_what_takes_long_to_plan_ends_at_its_limit(site: Site, name: str) -> None:
    began = time.monotonic()
    assert ask(site, PLANNED[name]).status in (200, 400, 503)
    assert time.monotonic() - began < 10
    assert alive(site)


def test_a_regular_expression_cannot_run_away(site: Site) -> None:
    query = f'ASK {{ FILTER(REGEX("{"a" * 5_000}!", "^(a+)+$")) }}'
    assert ask(site, query).json()["boolean"] is False
    assert ask(site, 'ASK { FILTER(REGEX("a", "(a{1000}){1000}{1000}")) }').status in (
        200,
        400,
        503,
    )
    assert alive(site)


OUTWARDS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\n<URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
]
DATASETS = ("default-graph-uri", "named-graph-uri")


def test_no_query_leaves_the_machine(site: Site, canary: tuple[str, list[int]]) -> None:
    url, calls = canary
    for query in OUTWARDS:
        assert ask(site, query.replace("URL", url)).status == 400, query
    for field in DATASETS:
        assert site.form("/sparql", {"query": ONE, field: url}).status == 400
    assert calls == []


def test_no_query_reads_a_file(site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<a:secret> <a:b> <a:c> .", encoding="utf-8")
    for query in OUTWARDS:
        reply = ask(site, query.replace("URL", secret.as_uri()))
        assert reply.status == 400
        assert "a:secret" not in reply.text
    for field in DATASETS:
        assert site.form("/sparql", {"query": ONE, field: secret.as_uri()}).status == 400


def test_the_engine_itself_has_no_way_out_when_the_gate_is_open(
    canary: tuple[str, list[int]],
) -> None:
    program = (
        "import sys, pyoxigraph as ox\n"
        "from kg.serve.answering import Limits, answer, shut_in\n"
        "from kg.serve.zygote import _FIRST\n"
        "store = ox.Store()\n"
        "answer(store, {'query': 'ASK {}', **_FIRST}, Limits())\n"
        "shut_in(Limits())\n"
        "found = answer(store, {'query': sys.argv[1], **_FIRST}, Limits())\n"
        "print(found.status)\n"
    )
    url, calls = canary
    query = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
    run = subprocess.run(
        [sys.executable, "-c", program, query], capture_output=True, text=True, check=False
    )
    assert (run.stdout.strip(), calls) == ("400", []), run.stderr


def raw(site: Site, data: bytes, *, shut: bool = False) -> bytes:
    """What the server answers to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=15) as link:
        link.sendall(data)
        if shut:
            link.shutdown(socket.SHUT_WR)
        found = b""
        while chunk := link.recv(65_536):
            found += chunk
            if b"\r\n\r\n" in found:
                return found
        return found


HOST = b"Host: 127.0.0.1\r\n"
ABUSES = {
    "huge length": b"POST /v1/explain HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n",
    "chunks without end": b"POST / HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: "
    + FORM.encode()
    + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"4000\r\n"
    + b"x" * 16_384
    + b"\r\n"
    + (b"4000\r\n" + b"x" * 16_384 + b"\r\n") * 5,
    "gzip": b"POST / HTTP/1.1\r\n"
    + HOST
    + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab",
    "long header": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "long address": b"GET /?" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "bad host": b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    "foreign host": b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "foreign path": b"GET @evil.example HTTP/1.1\r\n" + HOST + b"\r\n",
    "no method": b"\x00\x01\x02\r\n\r\n",
    "path out": b"GET /static/..%2f..%2fetc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "plain path out": b"GET /v1/graph/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "null": b"GET /%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    "deep json": b"POST /v1/explain HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
    + b"[" * 60_000,
    "many fields": b"POST / HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: "
    + FORM.encode()
    + b"\r\nContent-Length: 60000\r\n\r\n"
    + b"a=1&" * 15_000,
}


@pytest.mark.parametrize("name", ABUSES)
def test_what_is_no_decent_request_is_refused(site: Site, name: str) -> None:
    found = raw(site, ABUSES[name])
    status = re.match(rb"HTTP/1\.1 (\d+)", found)
    # A header without end may have the link closed on it.
    assert status is not None or name == "long header"
    assert status is None or 400 <= int(status[1]) < 500, found[:300]
    assert b"root:" not in found
    assert alive(site)


def test_ranges_and_old_versions_do_no_harm(site: Site) -> None:
    for count in (1_000, 5_000):
        many = "bytes=" + ",".join(["0-"] * count)
        assert site.get("/style.css", Range=many).status in (200, 416)
    assert raw(site, b"GET /healthz HTTP/1.0\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200")


def test_requests_in_a_row_are_answered_in_turn(site: Site) -> None:
    one = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    last = one.removesuffix(b"\r\n") + b"Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=15) as link:
        link.sendall(one * 20 + last)
        found = b""
        while chunk := link.recv(65_536):
            found += chunk
    assert found.count(b"HTTP/1.1 200") == 21


def test_who_sends_slowly_keeps_nobody_waiting(site: Site) -> None:
    links = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(200)]
    try:
        for link in links[::2]:
            link.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")  # a header without end
        body = b"POST /v1/explain HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n"
        for link in links[1::2]:
            link.sendall(body + b"{")
        assert site.json("/v1/read", {"text": "My eyelid twitches"}).status == 200
        # A body that does not come is not waited for.
        links[1].settimeout(20)
        assert links[1].recv(100).startswith(b"HTTP/1.1 4")
    finally:
        for link in links:
            link.close()
    assert alive(site)


def test_who_hangs_up_has_the_query_ended(site: Site) -> None:
    engine = engine_of(site)
    children = Path(f"/proc/{engine}/task/{engine}/children")
    with socket.create_connection(("127.0.0.1", site.port)) as link:
        query = f"/sparql?query={quote(CROSS)}"
        link.sendall(f"GET {query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until(lambda: children.read_text(encoding="ascii").split() != [])
    began = time.monotonic()
    until(lambda: children.read_text(encoding="ascii").split() == [])
    assert time.monotonic() - began < 3


def test_an_engine_that_is_killed_is_replaced(site: Site) -> None:
    first = engine_of(site)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.3)
    reply = ask(site, ONE)
    assert reply.status in (200, 503)
    assert reply.status == 200 or reply.headers["Retry-After"]
    assert site.form("/", {"text": "My eyelid twitches"}).status == 200
    until(lambda: site.get("/readyz").status == 200)
    assert alive(site)
    assert engine_of(site) != first


def test_nothing_that_was_written_is_logged(site: Site) -> None:
    for path in ("/", "/ask", "/sparql", "/v1/explain"):
        site.form(path, {"text": "zebrafish", "question": "zebrafish", "query": "# zebrafish"})
        site.json(path, {"text": "zebrafish"})
        site.get(f"{path}?present=zebrafish&query=zebrafish")
    assert "zebrafish" not in site.log.read_text(encoding="utf-8")
    # Requests leave no line, but for a fixed one about what is no HTTP at all.
    lines = set(site.log.read_text(encoding="utf-8").splitlines())
    assert lines <= {site.address, "WARNING:  Invalid HTTP request received."}


@pytest.mark.parametrize(
    "accept", ["*/*;q=0", "a/b, " * 2_000, "a/b;q=" + "9" * 10_000, "," * 10_000]
)
def test_whatever_is_accepted_is_answered_or_refused(site: Site, accept: str) -> None:
    reply = site.get("/v1/concepts/caffeine", Accept=accept)
    assert reply.status in (200, 400, 406)
    # No refusal is kept for whoever accepts something else.
    kept = reply.headers["Cache-Control"] != "no-store"
    assert not kept or "Accept" in reply.headers["Vary"]
    assert alive(site)


def test_who_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    site = start(tmp_path / "log", "--rate", "1", ready=False)

    def asked(path: str, address: str) -> Reply:
        # Only whoever is elsewhere: a proxy on this machine says where.
        return site.get(path, X_Forwarded_For=address, Accept="text/html;q=0.5, */*")

    try:
        found = [asked("/page.js", "203.0.113.7") for _ in range(30)]
        refused = [reply for reply in found if reply.status == 429]
        assert [reply.status for reply in found[:10]] == [200] * 10
        assert refused
        assert refused[-1].json()["detail"].startswith("too many requests")
        assert refused[-1].headers["Retry-After"] == "1"
        # Neither others, nor what watches the server, nor this machine are kept out.
        assert asked("/page.js", "203.0.113.8").status == 200
        assert {asked("/healthz", "203.0.113.7").status for _ in range(30)} == {200}
        assert {site.get("/page.js").status for _ in range(30)} == {200}
        # Whoever has one address of IPv6 has all that begin alike.
        assert 429 in {asked("/page.js", f"2001:db8::{n:x}").status for n in range(30)}
        time.sleep(1.1)
        assert asked("/page.js", "203.0.113.7").status == 200
    finally:
        site.process.terminate()
        site.process.wait(timeout=20)


@pytest.mark.parametrize("word", ["no ", "not ", "twitch ", "weak or numb, "])
def test_no_text_keeps_the_others_waiting(site: Site, word: str) -> None:
    def text(length: int) -> str:
        return (word * length)[:length]

    for path, field in (("/v1/explain", "text"), ("/v1/read", "text"), ("/v1/ask", "question")):
        told = site.json(path, {field: text(20_000)})
        assert (told.status, "at most 6,000" in told.text) == (422, True), path
    for path, field in (("/", "text"), ("/ask", "question"), ("/flip", "text"), ("/file", "text")):
        page = site.form(path, {field: text(20_000), "format": "csv"})
        assert (page.status, "at most 6,000" in page.text) == (422, True), path
    assert site.json("/v1/read", {"text": text(6_000)}).status == 200
