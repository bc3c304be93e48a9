"""A remote SPARQL 1.1 endpoint as a store, over HTTP with the standard library."""

from __future__ import annotations

import base64
import http.client
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from typing import Final

import pyoxigraph as ox

from kg.convert import triple_from_ox
from kg.errors import BadInput, BadQuery, EndpointUnavailable, printable
from kg.sparql import bad_query, query_kind, syntax_error
from kg.store.oxigraph_store import rows_from_ox
from kg.store.protocol import Closing, Rows, in_order
from kg.terms import IRI, XSD_BOOLEAN, Literal, Term, Triple

_RESULTS: Final = "application/sparql-results+json"
_GRAPH: Final = "application/n-triples, text/turtle;q=0.8"
_DURATION: Final = IRI("http://www.w3.org/2001/XMLSchema#duration")
_TRUTH: Final = {"1": "true", "0": "false"}
_DAY: Final = 24 * 60 * 60
_LONGEST_REASON: Final = 2000  # bytes of the body of an error that are read


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Report a redirect: to follow it would lose the query and hand credentials to strangers."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirect)


class EndpointStore(Closing):
    """A store that answers over the SPARQL 1.1 protocol; queries are sent by POST.

    Args:
        url: `http://` or `https://` address of the query service; `user:password@` before the
            host is sent as basic authentication and never shown.
        timeout: seconds to wait for the server.

    Raises:
        BadInput: the address is not one of HTTP.

    >>> EndpointStore("http://user:secret@localhost:7878/query").url
    'http://localhost:7878/query'
    """

    def __init__(self, url: str, *, timeout: float = 30.0) -> None:
        try:
            parts = urllib.parse.urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urllib.parse.urlsplit("")
        if parts.scheme not in ("http", "https") or not host or not url.isprintable():
            raise BadInput(
                f'"{printable(url)}" is not the address of an endpoint: '
                "write https://host/path of its query service"
            )
        place = f"[{host}]" if ":" in host else host
        place = place if port is None else f"{place}:{port}"
        path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        self.url = urllib.parse.urlunsplit((parts.scheme, place, path, parts.query, ""))
        self.timeout = timeout
        self._headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        if parts.username is not None:
            pair = urllib.parse.unquote(f"{parts.username}:{parts.password or ''}").encode()
            self._headers["Authorization"] = f"Basic {base64.b64encode(pair).decode('ascii')}"

    def select(self, query: str) -> Rows:
        """Answer a SELECT query; the rows have the order that the endpoint gives them."""
        self._expect(query, "select")
        answer = self._results(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise EndpointUnavailable(self.url, "it sent a truth value in place of rows")
        try:
            found = rows_from_ox(answer)
            return Rows(found.columns, tuple(tuple(map(_as_meant, row)) for row in found.rows))
        except (SyntaxError, ValueError) as error:
            raise EndpointUnavailable(self.url, f"its answer is broken: {error}") from None

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        self._expect(query, "ask")
        answer = self._results(query)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        # Virtuoso answers by one row that holds 1 or 0.
        values = [[getattr(term, "value", None) for term in row] for row in answer]
        if values not in ([["1"]], [["0"]]):
            raise EndpointUnavailable(self.url, "it sent rows in place of a truth value")
        return values == [["1"]]

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query: each triple once, sorted."""
        self._expect(query, "construct", "describe")
        body = self._post(query, _GRAPH)
        try:
            # N-Triples is a part of Turtle, so one parser reads both.
            quads = ox.parse(body, format=ox.RdfFormat.TURTLE, base_iri=self.url)
            return in_order(triple_from_ox(quad) for quad in quads)
        except (SyntaxError, ValueError) as error:
            raise EndpointUnavailable(self.url, f"its answer is broken: {error}") from None

    def _expect(self, query: str, *kinds: str) -> None:
        self._check_open()
        kind = query_kind(query)
        if kind not in kinds:
            raise BadQuery(
                None, None, f"{kinds[0].upper()} was expected, not {kind.upper()}: use its method"
            )

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        body = self._post(query, _RESULTS)
        try:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            detail = "it sent no SPARQL results: give the address of its query service"
            raise EndpointUnavailable(self.url, detail) from None

    def _post(self, query: str, accept: str) -> bytes:
        try:
            data = urllib.parse.urlencode({"query": query}).encode("ascii")
        except UnicodeEncodeError:
            raise BadQuery(None, None, "it is not Unicode text: decode it as UTF-8") from None
        request = urllib.request.Request(
            self.url, data=data, headers={**self._headers, "Accept": accept}
        )
        try:
            with _OPENER.open(request, timeout=self.timeout) as response:
                body: bytes = response.read()
                return body
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(_LONGEST_REASON).decode("utf-8", errors="replace").strip()
            if error.code == 400:
                raise (
                    syntax_error(query) or bad_query(said or "the endpoint refused it", query)
                ) from None
            moved = f", it moved to {error.headers['Location']}" if error.code // 100 == 3 else ""
            raise EndpointUnavailable(
                self.url, f"HTTP {error.code} {error.reason}{moved}"
            ) from None
        except urllib.error.URLError as error:
            raise EndpointUnavailable(self.url, _reason(error.reason)) from None
        except (OSError, http.client.HTTPException) as error:
            raise EndpointUnavailable(self.url, _reason(error)) from None


def _as_meant(term: Term | None) -> Term | None:
    """A value as it was loaded: Virtuoso keeps truth values as numbers, and times as seconds.

    >>> _as_meant(Literal("1", XSD_BOOLEAN)), _as_meant(Literal("604800.0", _DURATION)).value
    (Literal(value='true', ...), 'P7D')
    """
    if isinstance(term, Literal) and term.datatype == XSD_BOOLEAN and term.value in _TRUTH:
        return Literal(_TRUTH[term.value], XSD_BOOLEAN)
    if isinstance(term, Literal) and term.datatype == _DURATION and "P" not in term.value:
        with suppress(ValueError):
            days, seconds = divmod(float(term.value), _DAY)
            return Literal(f"P{days:.0f}D" + (f"T{seconds:g}S" if seconds else ""), _DURATION)
    return term


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
