"""The W3C tests of the SPARQL 1.1 Protocol, through an endpoint that holds their data."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.term import Node

import kg

pytest.importorskip("starlette")
uvicorn = pytest.importorskip("uvicorn")

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT.parent / "shared" / "standards" / "w3c-sparql11" / "protocol"
if not SUITE.is_dir():
    pytest.skip("the W3C tests are not part of the repository", allow_module_level=True)

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}
MANIFEST = rdflib.Graph().parse(SUITE / "manifest.ttl")
ENTRIES = list(Collection(MANIFEST, next(MANIFEST.objects(None, MF.entries))))
NAMES = [str(entry).rpartition("#")[2] for entry in ENTRIES]


@pytest.fixture(scope="module")
def port(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """An endpoint in this process that holds the data of the tests."""
    from kg.serve.app import make_app
    from kg.serve.engine import Engine

    quads = tmp_path_factory.mktemp("w3c") / "data.nq"
    lines = ["<a:a> <a:b> <a:c> <" + DATA.format(0) + "> ."]
    for number in (1, 2, 3):
        for line in (SUITE / f"data{number}.nt").read_text(encoding="utf-8").splitlines():
            if line.strip():
                lines.append(f"{line.rstrip().removesuffix('.')} <{DATA.format(number)}> .")
    quads.write_text("\n".join(lines) + "\n", encoding="utf-8")
    engine = Engine(quads=quads)
    config = uvicorn.Config(make_app(graph, engine), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    for _ in range(400):
        if server.started and engine.ready.is_set():
            break
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=20)


def sent(port: int, request: Node) -> tuple[int, str, bytes]:
    """Send a request of the manifest."""
    value = MANIFEST.value
    headers = {
        str(value(each, HT.fieldName)): str(value(each, HT.fieldValue))
        for each in Collection(MANIFEST, value(request, HT.headers) or rdflib.RDF.nil)
    }
    body = value(request, HT.body)
    data = None
    if body is not None:
        encoding = str(value(body, CNT.characterEncoding) or "UTF-8")
        data = str(value(body, CNT.chars)).encode(encoding)
    path = urlsplit(str(value(request, HT.absolutePath)))
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    method = str(value(request, HT.methodName))
    link.request(method, path._replace(scheme="", netloc="").geturl(), data, headers)
    reply = link.getresponse()
    try:
        return reply.status, reply.headers.get_content_type(), reply.read()
    finally:
        link.close()


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_protocol(port: int, entry: Node) -> None:
    value = MANIFEST.value
    name = str(entry).rpartition("#")[2]
    action = value(entry, MF.action)
    requests = list(Collection(MANIFEST, value(action, HT.requests)))
    if "update" in name:
        status, _, _ = sent(port, requests[0])
        assert 400 <= status < 500, "updates are refused"
        return
    for request in requests:
        status, media, content = sent(port, request)
        expected = value(request, HT.resp)
        statuses = {str(s)[-3] for s in MANIFEST.objects(expected, MF.expectedStatus)}
        assert str(status)[0] in statuses, content
        form = value(expected, MF.expectedFormat)
        if form is not None:
            assert media in FORMATS[str(form)]
        truth = value(expected, MF.expectedBoolean)
        if truth is not None:
            assert (b"true" in content) == truth.toPython(), content
