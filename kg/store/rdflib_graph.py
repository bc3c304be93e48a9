"""Any `rdflib.Graph` of the caller as a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.convert import from_rdflib, triple_from_rdflib
from kg.errors import BadQuery, KgError
from kg.sparql import bad_query, syntax_error
from kg.store.protocol import Closing, Rows, in_order
from kg.terms import Term, Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.query import Result
    from rdflib.term import Node


class RdflibStore(Closing):
    """A store over a graph that the caller owns; the graph is read and never written.

    A query has to declare its own prefixes, as in every other store; those that the graph has
    bound are not used.

    >>> import rdflib
    >>> RdflibStore(rdflib.Graph()).select("SELECT ?s { ?s ?p ?o }").columns
    ('s',)
    """

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph

    def select(self, query: str) -> Rows:
        """Answer a SELECT query; the rows have the order that rdflib gives them."""
        with _errors_of(query):
            result = self._query(query, "SELECT")
            variables = result.vars or []
            # Iterating over the result would drop the solutions that bind nothing.
            bindings = list(result.bindings)
        rows = (tuple(_term(solution.get(name)) for name in variables) for solution in bindings)
        return Rows(tuple(str(name) for name in variables), tuple(rows))

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        with _errors_of(query):
            return bool(self._query(query, "ASK").askAnswer)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query: each triple once, sorted."""
        with _errors_of(query):
            result = self._query(query, "CONSTRUCT", "DESCRIBE")
            return in_order(triple_from_rdflib(triple) for triple in result.graph or ())

    def _query(self, query: str, *kinds: str) -> Result:
        self._check_open()
        from rdflib import XSD, Namespace

        # Some namespaces have to be given, or rdflib would take all that the graph has bound.
        result = self._graph.query(query, initNs={"xsd": Namespace(str(XSD))})
        if result.type not in kinds:
            form = kinds[0]
            raise BadQuery(None, None, f"{form} was expected, not {result.type}: use its method")
        return result


@contextmanager
def _errors_of(query: str) -> Iterator[None]:
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        # rdflib raises bare exceptions and pyparsing's, some of them only on evaluation.
        raise syntax_error(query) or bad_query(str(error), query) from None


def _term(node: Node | None) -> Term | None:
    return None if node is None else from_rdflib(node)
