"""The SPARQL editor of a browser: the files of Yasgui, and what it completes from."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import MissingFile
from kg.graph import Graph
from kg.prefixes import default_prefixes
from kg.serve.problem import Refused
from kg.serve.service import as_json, kept, service_of

_VENDOR: Final = Path(__file__).resolve().parent / "vendor"
_OURS: Final = _VENDOR.with_name("editor.js")
_KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".LICENSE": "text/plain"}
# A browser that looks for the map would ask for a file that is not there.
_MAP: Final = b"//# sourceMappingURL="
_USED: Final = {
    "classes": "SELECT DISTINCT ?name { ?thing a ?name FILTER(isIRI(?name)) } ORDER BY ?name",
    "properties": "SELECT DISTINCT ?name { ?thing ?name ?other } ORDER BY ?name",
}


async def file(request: Request) -> Response:
    """A file of the editor."""
    name = request.path_params["name"]
    if name not in _listed():
        raise Refused(404, "nothing is at this address")
    return kept(request, _content(name), _KINDS[Path(name).suffix])


async def names(request: Request) -> Response:
    """What the editor completes, and the named queries as examples."""
    return kept(request, await service_of(request).run(_names), "application/json")


@lru_cache(maxsize=1)  # it goes through every statement
def _names(graph: Graph) -> bytes:
    prefixes = default_prefixes()
    found: dict[str, Any] = {"prefixes": {p: prefixes[p] for p in sorted(prefixes)}}
    for kind, query in _USED.items():
        found[kind] = [str(prefixes.expand(str(row.name))) for row in graph.query(query)]
    found["concepts"] = sorted(str(prefixes.expand(name)) for name in graph.view.concepts)
    found["queries"] = {q.name: q.text for q in graph.catalogue.list() if "/" not in q.name}
    return as_json(found)


@cache
def _listed() -> frozenset[str]:
    """Our script, and the files that the manifest names."""
    listed = json.loads(_read("manifest.json"))["files"]
    return frozenset({_OURS.name, *(entry["file"] for entry in listed)})


@cache
def _content(name: str) -> bytes:
    code, mark, _ = _read(name).rpartition(_MAP)
    return code if mark else _read(name)


def _read(name: str) -> bytes:
    try:
        return (_OURS if name == _OURS.name else _VENDOR / name).read_bytes()
    except OSError:
        detail = "the file did not come with the package: install the package again"
        raise MissingFile(name, detail) from None
