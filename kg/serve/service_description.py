"""What an endpoint says of itself: a page for people, RDF (service description and VoID) else."""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.prefixes import Prefixes, default_prefixes
from kg.serialise import serialise
from kg.serve.answering import GRAPHS
from kg.serve.concepts import RDF
from kg.serve.engine import Engine
from kg.serve.guard import POLICY
from kg.serve.html import framed
from kg.serve.negotiate import choose
from kg.serve.problem import Refused
from kg.serve.service import kept, service_of
from kg.terms import IRI, RDF_TYPE, XSD_INTEGER, BNode, Literal, Triple

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


# The one style that the editor's table writes into the page: that of the grips of its columns.
_GRIPS: Final = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_POLICY: Final = POLICY.replace("style-src 'self'", f"style-src 'self' {_GRIPS}")
_EDITOR: Final = (
    '<link rel="stylesheet" href="/sparql/editor/yasgui.min.css">\n'
    '<script src="/sparql/editor/yasgui.min.js" defer></script>\n'
    '<script src="/sparql/editor/editor.js" defer></script>\n'
)


async def described(request: Request, engine: Engine) -> Response:
    """The description of the endpoint, as a page where a browser asks."""
    media = choose(request.headers.get("accept"), [*GRAPHS, "text/html"])
    if media == "text/html":
        headers = {"Content-Security-Policy": _POLICY}
        return kept(request, framed(request, "SPARQL", _page(request)), media, headers)
    return _rdf(request, media, _service(str(request.url.replace(query="")), engine))


async def void(request: Request) -> Response:
    """How large the data set is, and where it can be asked."""
    engine: Engine | None = request.app.state.engine
    if engine is None:
        raise Refused(404, "nothing is known of the data set")
    await engine.started()
    media = choose(request.headers.get("accept"), list(GRAPHS))
    here = str(request.base_url)
    dataset = IRI(f"{here}.well-known/void#dataset")
    triples = [
        Triple(dataset, RDF_TYPE, _void("Dataset")),
        Triple(dataset, _void("sparqlEndpoint"), IRI(f"{here}sparql")),
        Triple(dataset, _void("triples"), _count(engine.triples)),
        Triple(dataset, _void("uriSpace"), Literal(default_prefixes()["ft"])),
    ]
    return _rdf(request, media, triples)


def _rdf(request: Request, media: str | None, triples: list[Triple]) -> Response:
    if media is None:
        raise Refused(406, f"this is given as {', '.join(GRAPHS)}")
    prefixes = Prefixes({"sd": _SD, "void": _VOID, "formats": _FORMATS})
    return kept(request, serialise(triples, RDF[media], prefixes), media)


def _service(address: str, engine: Engine) -> list[Triple]:
    service, dataset, graph = (BNode(name) for name in ("service", "dataset", "graph"))
    return [
        Triple(service, RDF_TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), IRI(address)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF_TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, RDF_TYPE, _sd("Graph")),
        Triple(graph, _void("triples"), _count(engine.triples)),
        *(Triple(service, _sd("resultFormat"), IRI(_FORMATS + name)) for name in _RESULT_FORMATS),
    ]


def _page(request: Request) -> str:
    queries = service_of(request).graph.catalogue.list()
    example = next(q for q in queries if q.parameters and "/" not in q.name)
    listed = "\n".join(
        f'<li><a href="/queries/{name}" data-query="{name}">{escape(q.title)}</a> '
        f"<small>({name})</small></li>"
        for q in queries
        if "/" not in (name := escape(q.name))
    )
    return (
        '<form class="tell" id="sparql" method="post" action="/sparql" data-plain>\n'
        '<label for="query">A SPARQL 1.1 query; the prefixes of the graph need not be declared'
        '</label>\n<textarea id="query" class="query" name="query" rows="16" spellcheck="false" '
        f'required autocomplete="off">\n{escape(example.text)}</textarea>\n'
        '<button class="first">Run</button>\n</form>\n'
        f"<section><h2>Ready queries</h2>\n<ul>\n{listed}\n</ul></section>\n{_EDITOR}"
    )


def _sd(name: str) -> IRI:
    return IRI(_SD + name)


def _void(name: str) -> IRI:
    return IRI(_VOID + name)


def _count(number: int) -> Literal:
    return Literal(str(number), XSD_INTEGER)
