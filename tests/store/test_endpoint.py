"""A remote endpoint that is down, slow, broken, or no endpoint at all."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import BadInput, BadQuery, EndpointUnavailable
from kg.store import open_store
from kg.store.endpoint import EndpointStore

SELECT = "SELECT * WHERE { ?s ?p ?o }"


class Canned(BaseHTTPRequestHandler):
    """Answer every request as the test says, and note what was asked."""

    status = 200
    body = b""
    headers_out: dict[str, str] = {}  # noqa: RUF012
    seen: dict[str, str] = {}  # noqa: RUF012

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        Canned.seen = {**self.headers, "path": self.path, "body": self.rfile.read(length).decode()}
        self.send_response(self.status)
        for name, value in self.headers_out.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def canned() -> Iterator[str]:
    Canned.status, Canned.body, Canned.headers_out = 200, b"", {}
    server = HTTPServer(("127.0.0.1", 0), Canned)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server_that_is_down_is_reported_when_it_is_opened() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/query"
    with pytest.raises(EndpointUnavailable, match="refused") as caught:
        open_store(url)
    assert caught.value.url == url
    assert "check the address" in str(caught.value)


def test_a_name_that_does_not_exist_is_reported() -> None:
    with pytest.raises(EndpointUnavailable):
        open_store("http://no-such-host.invalid/query")


def test_a_server_that_never_answers_times_out() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        store = EndpointStore(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.1)
        with pytest.raises(EndpointUnavailable, match="timed out"):
            store.select(SELECT)


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"", b"{}", b'{"head": {"vars": []}}'])
def test_a_page_that_is_no_endpoint_is_reported(canned: str, body: bytes) -> None:
    Canned.body = body
    with EndpointStore(canned) as store:
        with pytest.raises(EndpointUnavailable):
            store.select(SELECT)
        with pytest.raises(EndpointUnavailable):
            store.ask("ASK { }")


def test_an_answer_that_breaks_off_is_reported(canned: str) -> None:
    Canned.body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"ex'
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable):
        store.select(SELECT)


def test_a_graph_that_is_none_is_reported(canned: str) -> None:
    Canned.body = b"<html>"
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable, match="broken"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(("number", "truth"), [("1", True), ("0", False)])
def test_a_row_that_holds_one_or_nought_is_a_truth_value(
    canned: str, number: str, truth: bool
) -> None:
    Canned.body = (
        '{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[{"__ASK_RETVAL":'
        f'{{"type":"literal","value":"{number}"}}}}]}}}}'
    ).encode()
    with EndpointStore(canned) as store:
        assert store.ask("ASK { }") is truth


def test_truth_values_and_times_are_as_they_were_loaded(canned: str) -> None:
    kinds = {"a": ("boolean", "1"), "b": ("duration", "604800.0"), "c": ("duration", "PT5M")}
    cells = {
        name: {
            "type": "literal",
            "value": value,
            "datatype": f"http://www.w3.org/2001/XMLSchema#{k}",
        }
        for name, (k, value) in kinds.items()
    }
    told = {"head": {"vars": [*kinds]}, "results": {"bindings": [cells]}}
    Canned.body = json.dumps(told).encode()
    with EndpointStore(canned) as store:
        assert [term.value for term in next(iter(store.select(SELECT)))] == ["true", "P7D", "PT5M"]


def test_rows_in_place_of_a_truth_value_are_reported(canned: str) -> None:
    Canned.body = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable, match="rows"):
        store.ask("ASK { }")
    Canned.body = b'{"head":{},"boolean":true}'
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable, match="truth value"):
        store.select(SELECT)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_an_http_error_is_reported(canned: str, status: int) -> None:
    Canned.status = status
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable, match=str(status)):
        store.select(SELECT)


def test_a_redirect_is_reported_with_the_new_address(canned: str) -> None:
    Canned.status, Canned.headers_out = 302, {"Location": "https://example.org/sparql"}
    moved = r"moved to https://example\.org/sparql"
    with EndpointStore(canned) as store, pytest.raises(EndpointUnavailable, match=moved):
        store.select(SELECT)


def test_what_the_endpoint_refuses_is_a_bad_query(canned: str) -> None:
    Canned.status, Canned.body = 400, b"Parse error at line 3, column 9: no such function\n"
    with EndpointStore(canned) as store, pytest.raises(BadQuery) as caught:
        store.select(SELECT)
    assert (caught.value.line, caught.value.column) == (3, 9)
    assert caught.value.detail == "no such function"


def test_a_query_that_is_no_unicode_is_refused(canned: str) -> None:
    with EndpointStore(canned) as store, pytest.raises(BadQuery, match="Unicode"):
        store.ask("ASK { ?s ?p '\ud800' }")


def test_the_query_is_posted_and_results_are_asked_for(canned: str) -> None:
    Canned.body = b'{"head":{},"boolean":true}'
    with EndpointStore(canned.replace("//", "//me:p%40ss@") + "?graph=a") as store:
        assert store.ask("ASK { ?s ?p 'ä&=+' }")
    assert Canned.seen["path"] == "/sparql?graph=a"
    assert Canned.seen["body"] == "query=ASK+%7B+%3Fs+%3Fp+%27%C3%A4%26%3D%2B%27+%7D"
    assert "json" in Canned.seen["Accept"]
    assert Canned.seen["Authorization"] == "Basic " + base64.b64encode(b"me:p@ss").decode()


def test_a_password_is_never_shown() -> None:
    with pytest.raises(EndpointUnavailable) as caught:
        open_store("http://me:secret@no-such-host.invalid/query")
    assert "secret" not in str(caught.value)
    assert "secret" not in caught.value.url


@pytest.mark.parametrize(
    "url",
    ["ftp://host/", "file:///etc/hosts", "http://", "http:///path", "http://h:x/", "https://a\nb"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        EndpointStore(url)
