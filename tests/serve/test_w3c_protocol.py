"""The W3C tests of the SPARQL 1.1 Protocol, through an endpoint that holds their data."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.term import Node

import kg

from .held import endpoint

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
    """An endpoint that holds the data of the tests."""
    quads = tmp_path_factory.mktemp("w3c") / "data.nq"
    lines = ["<a:a> <a:b> <a:c> <" + DATA.format(0) + "> ."]
    for number in (1, 2, 3):
        for line in (SUITE / f"data{number}.nt").read_text(encoding="utf-8").splitlines():
            if line.strip():
                lines.append(f"{line.rstrip().removesuffix('.')} <{DATA.format(number)}> .")
    quads.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with endpoint(graph, quads) as port:
        yield port


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


def everything(port: int) -> list[bytes]:
    """All statements that there are."""
    query = quote("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request("GET", f"/sparql?query={query}", headers={"Accept": "text/csv"})
    try:
        rows = sorted(link.getresponse().read().splitlines())
    finally:
        link.close()
    assert len(rows) > 4
    return rows


def test_all_of_the_suite_is_here() -> None:
    updates = [name for name in NAMES if "update" in name]
    assert (len(NAMES) - len(updates), len(updates)) == (20, 14)


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_protocol(port: int, entry: Node) -> None:
    value = MANIFEST.value
    name = str(entry).rpartition("#")[2]
    action = value(entry, MF.action)
    requests = list(Collection(MANIFEST, value(action, HT.requests)))
    if "update" in name:
        before = everything(port)
        status, _, _ = sent(port, requests[0])
        assert 400 <= status < 500, "updates are refused"
        assert everything(port) == before
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
