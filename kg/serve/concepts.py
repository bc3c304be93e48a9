"""Concepts and claims at their own addresses, and the named queries at theirs."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import UnknownQuery
from kg.graph import Graph
from kg.prefixes import default_prefixes
from kg.render.card import compose
from kg.render.html import render_page, said
from kg.serialise import RdfSyntax, serialise
from kg.serve.html import framed
from kg.serve.negotiate import choose
from kg.serve.problem import Refused
from kg.serve.service import as_json, kept, service_of

RDF: Final[Mapping[str, RdfSyntax]] = {
    "text/turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
}
_TABLES: Final = ("application/json", "text/csv", "text/tab-separated-values")


async def thing(request: Request) -> Response:
    """What the graph says about a concept or a claim, as a page or in RDF."""
    media = choose(request.headers.get("accept"), ["text/html", *RDF])
    if media is None:
        raise Refused(406, f"this is given as text/html, {', '.join(RDF)}")
    name = _id(request)
    if media == "text/html":
        label, content = await service_of(request).run(_card, name)
        return kept(request, framed(request, label, content), media)
    return kept(request, await service_of(request).run(_statements, name, RDF[media]), media)


async def query(request: Request) -> Response:
    """The rows of a named query, its parameters in the address."""
    media = choose(request.headers.get("accept"), _TABLES)
    if media is None:
        raise Refused(406, f"this is given as {', '.join(_TABLES)}")
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, []).append(value)
    name = request.path_params["name"]
    return kept(request, await service_of(request).run(_rows, name, values, media), media)


def _id(request: Request) -> str:
    """The id of what the path names.

    Raises:
        Refused: there is no such thing.
    """
    space = default_prefixes()["ft"]
    name = default_prefixes().compact(space + request.path_params["id"])
    view = service_of(request).graph.view
    if name not in view.concepts and name not in view.claims:
        raise Refused(404, "nothing is at this address")
    return name


def _card(graph: Graph, name: str) -> tuple[str, str]:
    card = graph.show(name)
    around = ""
    if name in graph.view.concepts:
        title = said(f"What lies around {card.label}")
        source = f"/v1/export?format=svg&amp;around={escape(name)}"
        image = f'<img src="{source}" alt="{title}" loading="lazy">'
        around = f'<figure tabindex="0">{image}<figcaption>{title}</figcaption></figure>\n'
    return card.label, f'<div class="card">{render_page(compose(card), level=2)}</div>{around}'


def _statements(graph: Graph, name: str, syntax: RdfSyntax) -> str:
    described = graph.catalogue.get("engine/described")
    return serialise(graph.store.construct(described.bind({"thing": name})), syntax)


def _rows(graph: Graph, name: str, values: dict[str, list[str]], media: str) -> str | bytes:
    try:
        # A name of the catalogue alone: no text and no file is run from here.
        found = graph.catalogue.get(name)
    except UnknownQuery as error:
        raise Refused(404, str(error)) from None
    result = graph.query(found.name, **values)
    if media == "text/csv":
        return result.to_csv()
    return result.to_tsv() if media == "text/tab-separated-values" else as_json(result.to_dicts())
