"""The SPARQL 1.1 Protocol: every way to ask, every form of an answer, and nothing but queries."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib

from .conftest import Site, start

BLOCKED = "SELECT ?o { ft:caffeine ft:blocks ?o }"
RECEPTOR = "https://w3id.org/facial-twitch/adenosine-receptor"
QUERY = "application/sparql-query"
# rdflib warns of what its own reader of JSON-LD does.
RDFLIB_WARNS = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")


def get(site: Site, query: str, **headers: str) -> object:
    return site.get(f"/sparql?query={quote(query)}", **headers)


def test_a_query_is_answered_however_it_is_sent(site: Site) -> None:
    ways = [
        get(site, BLOCKED),
        site.form("/sparql", {"query": BLOCKED}),
        site.send("POST", "/sparql", BLOCKED.encode(), content_type=QUERY),
    ]
    for reply in ways:
        assert reply.status == 200
        assert reply.media == "application/sparql-results+json"
        assert reply.json()["results"]["bindings"] == [{"o": {"type": "uri", "value": RECEPTOR}}]
        assert reply.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "media", "begin"),
    [
        ("text/csv", "text/csv", "o\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", "?o\n"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("application/json, text/csv;q=0.5", "application/json", '{"head"'),
        ("text/html, text/*;q=0.5, */*;q=0.1", "text/csv", "o\r\n"),
        ("*/*", "application/sparql-results+json", '{"head"'),
    ],
)
def test_a_table_comes_in_the_form_that_is_wanted(
    site: Site, accept: str, media: str, begin: str
) -> None:
    reply = get(site, BLOCKED, Accept=accept)
    assert reply.media == media
    assert reply.text.startswith(begin)
    assert reply.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("media", "reader"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@RDFLIB_WARNS
def test_a_graph_comes_in_every_syntax(site: Site, media: str, reader: str) -> None:
    reply = get(site, "CONSTRUCT WHERE { ft:caffeine ft:blocks ?o }", Accept=media)
    assert reply.media == media
    assert len(rdflib.Graph().parse(data=reply.text, format=reader)) == 1


def test_what_is_not_offered_is_not_acceptable(site: Site) -> None:
    assert get(site, BLOCKED, Accept="image/png").status == 406
    assert get(site, BLOCKED, Accept="*/*;q=0").status == 406
    assert get(site, BLOCKED, Accept="text/turtle").status == 406
    assert get(site, BLOCKED, Accept="a/b," * 2_000).status == 406


def test_a_mistake_is_told_with_its_place(site: Site) -> None:
    reply = get(site, "SELECT * {\n ?s ?p }")
    assert (reply.status, reply.media) == (400, "application/problem+json")
    assert reply.json()["line"] == 2
    # A mistake beside prefixes that need not be declared is no missing prefix.
    reply = get(site, "SELECT * { ?s a ft:Condition ; }}")
    assert "prefix" not in reply.json()["detail"]
    assert reply.json()["line"] == 1
    undeclared = get(site, "SELECT * { ?s a nobody:Condition }").json()
    assert "the prefix nobody: is not declared" in undeclared["detail"]


def test_who_asks_while_it_starts_waits(tmp_path: Path) -> None:
    begun = start(tmp_path / "log", ready=False)
    try:
        assert get(begun, BLOCKED).status == 200
        assert begun.get("/.well-known/void", Accept="text/turtle").status == 200
    finally:
        begun.process.terminate()
        begun.process.wait(timeout=20)


def test_an_answer_is_known_again(site: Site) -> None:
    first = get(site, BLOCKED)
    assert get(site, BLOCKED, If_None_Match=first.headers["ETag"]).status == 304
    head = site.send("HEAD", f"/sparql?query={quote(BLOCKED)}")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    ("method", "path", "body", "media"),
    [
        ("POST", "/sparql", b"update=CLEAR+ALL", "application/x-www-form-urlencoded"),
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update"),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None),
        ("GET", "/sparql?query=CLEAR%20ALL", None, None),
        ("POST", "/sparql", b"INSERT DATA { <a:a> <a:b> <a:c> }", QUERY),
        (
            "POST",
            "/sparql",
            b"query=DELETE+WHERE+%7B%3Fs+%3Fp+%3Fo%7D",
            "application/x-www-form-urlencoded",
        ),
        ("PUT", "/sparql", b"<a:a> <a:b> <a:c> .", "text/turtle"),
        ("POST", "/sparql?default", b"<a:a> <a:b> <a:c> .", "text/turtle"),
        ("PATCH", "/sparql?graph=a:a", b"INSERT DATA { <a:a> <a:b> <a:c> }", None),
        ("DELETE", "/sparql", None, None),
        ("PUT", "/caffeine", b"<a:a> <a:b> <a:c> .", "text/turtle"),
    ],
)
def test_nothing_is_written(
    site: Site, method: str, path: str, body: bytes | None, media: str | None
) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = site.cheap(count).body
    headers = {"content_type": media} if media is not None else {}
    reply = site.send(method, path, body, **headers)
    assert 400 <= reply.status < 500
    assert site.cheap(count).body == before


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
        ("GET", "/sparql?default-graph-uri=a:b&query=ASK%7B%7D", None, None, 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"", "application/x-www-form-urlencoded", 400),
        ("POST", "/sparql", b"a=1&" * 100_000, "application/x-www-form-urlencoded", 413),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), QUERY, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", QUERY, 400),
        ("POST", "/sparql", b"x=1&" * 1_000, "application/x-www-form-urlencoded", 400),
        ("POST", "/sparql", b"ASK {} #" + b"x" * 70_000, QUERY, 413),
    ],
)
def test_a_request_that_is_no_query_is_refused(
    site: Site, method: str, path: str, body: bytes | None, media: str | None, status: int
) -> None:
    headers = {"content_type": media} if media is not None else {}
    reply = site.send(method, path, body, **headers)
    assert (reply.status, reply.media) == (status, "application/problem+json")


def test_whoever_wants_results_without_a_query_is_told_what_is_missing(site: Site) -> None:
    for media in ("application/json", "application/sparql-results+json"):
        reply = site.get("/sparql", accept=media)
        assert (reply.status, reply.media) == (400, "application/problem+json")
        assert "query is missing" in reply.body.decode()


def test_the_service_describes_itself(site: Site) -> None:
    """The three tests of the W3C: it is RDF, it names the endpoint, it keeps to the vocabulary."""
    for media, reader in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        reply = site.get("/sparql", Accept=media)
        described = rdflib.Graph().parse(data=reply.text, format=reader)
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        (service,) = described.subjects(rdflib.RDF.type, sd.Service)
        assert described.value(service, sd.endpoint) == rdflib.URIRef(f"{site.address}sparql")
        assert described.value(service, sd.supportedLanguage) == sd.SPARQL11Query
        assert len(set(described.objects(service, sd.resultFormat))) == 8
        # As the vocabulary has it: a service has a data set, and that has a default graph.
        told = {str(p).removeprefix(sd) for p in described.predicates() if p.startswith(sd)}
        assert told == {
            "endpoint", "supportedLanguage", "defaultDataset", "defaultGraph", "resultFormat"
        }  # fmt: skip
        dataset = described.value(service, sd.defaultDataset)
        for thing, kind in (
            (dataset, sd.Dataset),
            (described.value(dataset, sd.defaultGraph), sd.Graph),
        ):
            assert (thing, rdflib.RDF.type, kind) in described
    assert "<textarea" in site.get("/sparql", Accept="text/html").text
    assert "sparqlEndpoint" in site.get("/.well-known/void", Accept="text/turtle").text


def test_pages_elsewhere_may_ask(site: Site) -> None:
    allowed = site.send("OPTIONS", "/sparql", Origin="https://example.org")
    assert allowed.status == 204
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]


def test_a_named_query_takes_its_parameters_from_the_address(site: Site) -> None:
    path = "/queries/remedies-for?finding=nostril%20twitching"
    rows = site.get(path).json()
    assert {"remedy", "remedy_label"} <= rows[0].keys()
    table = site.get(path, Accept="text/csv").text.splitlines()
    assert len(table) == len(rows) + 1
    assert site.get("/queries/nothing").status == 404
    assert site.get("/queries/remedies-for?finding=nothing%20at%20all").status == 422
    assert site.get("/queries/remedies-for?colour=red").status == 422
    assert site.get("/queries/../../etc/passwd").status == 404


@RDFLIB_WARNS
def test_a_concept_is_a_page_and_rdf_at_its_own_address(site: Site) -> None:
    page = site.get("/caffeine", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert page.media == "text/html"
    assert "<strong>Caffeine</strong>" in page.text
    assert "Sources" in page.text
    iri = rdflib.URIRef("https://w3id.org/facial-twitch/caffeine")
    sizes = set()
    for media, reader in (
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
    ):
        told = rdflib.Graph().parse(data=site.get("/caffeine", Accept=media).text, format=reader)
        assert (iri, None, None) in told
        sizes.add(len(told))
    assert len(sizes) == 1
    claims = set(told.subjects(rdflib.RDF.subject, iri))
    assert claims
    claim = str(min(claims)).removeprefix("https://w3id.org/facial-twitch")
    assert site.get(claim, Accept="text/html").status == 200
    assert site.get("/no-such-thing").status == 404
    assert site.get("/caffeine", Accept="image/png").status == 406


def test_others_clients_work(site: Site) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{site.address}sparql", method="POST")
    rows = list(
        rdflib.Graph(store).query(f"PREFIX ft: <https://w3id.org/facial-twitch/> {BLOCKED}")
    )
    assert str(rows[0][0]) == RECEPTOR
    import kg

    with kg.open(f"{site.address}sparql") as remote:
        assert remote.show("caffeine").label == "caffeine"
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{site.address}sparql", returnFormat=wrapper.JSON)
    client.setQuery(f"PREFIX ft: <https://w3id.org/facial-twitch/> {BLOCKED}")
    found = client.query().convert()
    assert json.dumps(found).count(RECEPTOR) == 1


def test_curl_asks_in_one_line(site: Site) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl")
    query = ["--data-urlencode", f"query={BLOCKED}", f"{site.address}sparql"]
    asked = [curl, "--silent", "--header", "Accept: text/csv", *query]
    run = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["o", RECEPTOR]


def test_comunica_asks_the_endpoint_and_follows_the_addresses_of_concepts(site: Site) -> None:
    # npm install -g @comunica/query-sparql@4: too many packages to be among those of tests/js.
    comunica = shutil.which("comunica-sparql")
    if comunica is None:
        pytest.skip("needs comunica-sparql, of @comunica/query-sparql")
    for source in (f"sparql@{site.address}sparql", f"{site.address}caffeine"):
        query = f"SELECT ?o {{ <{RECEPTOR.replace('adenosine-receptor', 'caffeine')}> ?p ?o }}"
        done = subprocess.run([comunica, source, query], capture_output=True, check=False)
        assert {"o": RECEPTOR} in json.loads(done.stdout), done.stderr
