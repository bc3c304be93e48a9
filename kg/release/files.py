"""The files of a release, written into one folder."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from kg.bulk import collector_paused
from kg.catalogue import read_catalogue
from kg.errors import MissingFile
from kg.prefixes import default_prefixes
from kg.release.changes import compare
from kg.release.executables import executables
from kg.release.knowledge import released, with_evidence_types
from kg.release.mappings import release_mappings
from kg.release.metadata import PREFIXES, described
from kg.release.obograph import obograph
from kg.release.owl import to_owl
from kg.resources import ontology_dir
from kg.serialise import serialise
from kg.store.protocol import Store
from kg.terms import BNode, Term, Triple

_EVERYTHING: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_LICENCE: Final = (
    "The data of this release are licensed under the Creative Commons Attribution 4.0\n"
    "International licence: https://creativecommons.org/licenses/by/4.0/\n"
)


def merged_turtle(store: Store) -> str:
    """Return the whole graph as one Turtle file: claims, evidence, derived edges, everything."""
    return serialise(store.construct(_EVERYTHING))


def owl_xml(store: Store) -> str:
    """Return the knowledge as an OWL 2 DL ontology in RDF/XML; see `kg.release.owl.to_owl`.

    Raises:
        InvalidKnowledge: a claim cannot be said in OWL 2 DL.
    """
    return serialise(to_owl(released(store)), "rdfxml")


def write_release(store: Store, folder: Path, since: Store | None = None) -> tuple[Path, ...]:
    """Write all files of a release into a folder, which is made where it is not there.

    `kg.ttl` is the whole graph as the engine reads it; the others hold the knowledge alone:
    `knowledge.ttl` and `.nt` (with SKOS), `kg.owl` (OWL 2 DL), `concepts.obo.json` (OBO Graph),
    `mappings.sssom.tsv`, `shapes.ttl` (SHACL), `queries.ttl` (`sh:SPARQLExecutable`),
    `dataset.ttl` (VoID, DCAT, schema.org), `LICENSE`, `SHA256SUMS`, and `CHANGES.md` where an
    older graph is given. The same graph gives the same bytes.

    Args:
        store: the graph.
        folder: where to write.
        since: an older graph, to tell what changed.

    Returns:
        The paths, sorted by name.

    Raises:
        MissingFile: the folder or a file in it cannot be written.
        InvalidKnowledge: see `owl_xml`.
    """
    with collector_paused():
        texts = _texts(store, since)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        detail = f"cannot be written ({error.strerror}): choose another folder"
        raise MissingFile(str(folder), detail) from None
    return tuple(folder / name for name in sorted(texts))


def _texts(store: Store, since: Store | None) -> dict[str, str]:
    """The files of a release by name; see `write_release`."""
    knowledge = released(store)
    told = with_evidence_types(knowledge, store)
    texts = {
        "kg.ttl": merged_turtle(store),
        "kg.owl": serialise(to_owl(knowledge), "rdfxml"),
        "knowledge.ttl": serialise(told),
        "knowledge.nt": serialise(told, "ntriples"),
        "concepts.obo.json": obograph(store),
        "shapes.ttl": release_shapes(store),
        "queries.ttl": serialise(executables(read_catalogue().list())),
        "mappings.sssom.tsv": release_mappings(store),
    }
    if since is not None:
        texts["CHANGES.md"] = f"# Changes of the data\n\n{compare(since, store)}"
    texts["dataset.ttl"] = serialise(described(store, texts, knowledge), prefixes=PREFIXES)
    texts["LICENSE"] = _LICENCE
    texts["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(text.encode('utf-8')).hexdigest()}  {name}\n"
        for name, text in sorted(texts.items())
    )
    return texts


def release_shapes(store: Store) -> str:
    """The shapes that a graph holds; those that came with the package where it holds none."""
    everything = store.construct(_EVERYTHING)
    by_subject: dict[Term, list[Triple]] = {}
    for triple in everything:
        by_subject.setdefault(triple.subject, []).append(triple)
    shape = default_prefixes().expand("sh:NodeShape")
    waiting: list[Term] = [t.subject for t in everything if t.object == shape]
    if not waiting:
        return (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    found: dict[Triple, None] = {}
    while waiting:
        for triple in by_subject.pop(waiting.pop(), ()):
            found[triple] = None
            if isinstance(triple.object, BNode):
                waiting.append(triple.object)
    return serialise(found)
