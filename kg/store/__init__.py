"""Stores: `open_store` turns one argument into something that answers SPARQL queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import BadInput, StoreUnusable
from kg.prefixes import default_prefixes
from kg.resources import ontology_dir
from kg.store.protocol import Rows, Store

if TYPE_CHECKING:
    import rdflib

__all__ = ["Rows", "Store", "graph_version", "open_store"]

# Of a folder that is not there: an address with a slip in it, or a file of statements.
_MISTYPED: Final = re.compile(
    r"://|^[\w.-]+:\d+(/|$)|\.(ttl|turtle|nt|nq|trig|rdf|owl|xml|jsonld|json)$", re.IGNORECASE
)
_CLAIMS: Final = "ASK { ?claim a ft:Claim }"
# An evidence item without an IRI, or a supported claim without its edge: the authored files were
# loaded as they are. The direction is filtered, not matched, since rdflib begins with the patterns
# that have most terms and would join every supporting item with every claim.
_UNDERIVED: Final = """
SELECT ?claim WHERE {
  ?claim a ft:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    ft:evidence ?item .
  ?item ft:direction ?direction .
  FILTER (?direction = ft:supports)
  FILTER (isBlank(?item) || NOT EXISTS { ?subject ?predicate ?object })
} LIMIT 1
"""
_VERSION: Final = "SELECT ?version WHERE { ?graph ft:graph-version ?version }"
_FIX: Final = "load the merged release, or pass an rdflib graph through kg.loading.derive"


def open_store(
    source: str | Path | rdflib.Graph | Store | None = None,
    *,
    add: str | Path | Sequence[str | Path] = (),
    ontology: Path | None = None,
    timeout: float = 30.0,
) -> Store:
    """Open a store.

    Args:
        source: nothing for Oxigraph in memory, filled from the ontology's files; a folder for
            Oxigraph on disk, built when it is not there and built anew when the files have
            changed; an `http(s)://` address of a SPARQL 1.1 endpoint; an `rdflib.Graph`, which is
            read and never changed; or a store, which comes back as it is.
        add: Turtle files, or folders of them, to load beside the ontology; only into a store that
            is built here.
        ontology: folder of the ontology's files; the installed one by default.
        timeout: seconds to wait for an endpoint.

    Raises:
        MissingFile, BadTurtle, InvalidKnowledge: see `kg.loading`.
        BadInput: the source is of no known kind, or `add` cannot go with it.
        StoreUnusable: a store that was filled elsewhere holds no claims, or claims whose edges
            were not derived.
        EndpointUnavailable: the endpoint does not answer.

    >>> with open_store() as store:
    ...     isinstance(store, Store)
    True
    """
    add = (add,) if isinstance(add, (str, Path)) else add
    if isinstance(source, Store):
        _nothing_to_add(add)
        return source
    if source is None:
        from kg.loading import load, read_sources
        from kg.store.oxigraph_store import OxigraphStore

        return OxigraphStore.from_quads(load(read_sources(ontology or ontology_dir(), add)).quads)
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        from kg.store.endpoint import EndpointStore

        _nothing_to_add(add)
        endpoint = EndpointStore(source, timeout=timeout)
        return _checked(endpoint, endpoint.url)
    if isinstance(source, (str, Path)):
        from kg.store.folder import built_here, open_folder

        if not str(source) or "\0" in str(source):
            raise BadInput("a store needs a folder: name one, or leave it out to work in memory")
        if _MISTYPED.search(str(source)) and not Path(source).exists():
            raise BadInput(
                f'"{source}" looks like an address or a file: name a folder, an address that '
                "begins with http:// or https://, or give a file as one to add"
            )
        store = open_folder(Path(source), ontology or ontology_dir(), add)
        return store if built_here(Path(source)) else _checked(store, str(source))
    from kg.store.rdflib_graph import RdflibStore

    import rdflib  # isort: skip

    if not isinstance(source, rdflib.Graph):
        raise BadInput(
            f"cannot open a {type(source).__name__}: give a folder, an address or an rdflib.Graph"
        )
    _nothing_to_add(add)
    return _checked(RdflibStore(source), "the rdflib graph")


def graph_version(store: Store) -> str:
    """Return the version of the graph that a store holds: release "+" digest; "unknown" if none.

    >>> from kg.store.oxigraph_store import OxigraphStore
    >>> graph_version(OxigraphStore.later(list))
    'unknown'
    """
    rows = store.select(default_prefixes().sparql_header() + _VERSION)
    return max((str(version) for (version,) in rows if version is not None), default="unknown")


def _nothing_to_add(add: Sequence[str | Path]) -> None:
    if add:
        raise BadInput(
            "files can only be added to a store that is built here: "
            "load them into yours, or open the graph in memory or in a new folder"
        )


def _checked(store: Store, name: str) -> Store:
    """Refuse a store that would answer nothing, or would answer without its derived edges."""
    header = default_prefixes().sparql_header()
    try:
        if not store.ask(header + _CLAIMS):
            raise StoreUnusable(name, f"it holds no claims: {_FIX}")
        if len(store.select(header + _UNDERIVED)):
            raise StoreUnusable(name, f"it holds claims without their derived edges: {_FIX}")
    except BaseException:
        store.close()
        raise
    return store
