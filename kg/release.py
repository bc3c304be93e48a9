"""The release artefacts: one merged Turtle file, and one OWL file for ontology editors."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import MissingFile
from kg.owl import to_owl
from kg.serialise import serialise
from kg.store.protocol import Store

_EVERYTHING: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def merged_turtle(store: Store) -> str:
    """Return the whole graph as one Turtle file: claims, evidence, derived edges, everything.

    >>> from kg.store import open_store
    >>> with open_store() as store:
    ...     "ft:graph-version" in merged_turtle(store)
    True
    """
    return serialise(store.construct(_EVERYTHING))


def owl_xml(store: Store) -> str:
    """Return the whole graph as an OWL 2 DL ontology in RDF/XML; see `kg.owl.to_owl`.

    Raises:
        InvalidKnowledge: a claim cannot be said in OWL 2 DL.
    """
    return serialise(to_owl(store.construct(_EVERYTHING)), "rdfxml")


def write_release(store: Store, folder: Path) -> tuple[Path, Path]:
    """Write `kg.ttl` and `kg.owl` into a folder, which is made where it is not there.

    Returns:
        The two paths.

    Raises:
        MissingFile: the folder or a file in it cannot be written.
        InvalidKnowledge: see `owl_xml`.
    """
    texts = {"kg.ttl": merged_turtle(store), "kg.owl": owl_xml(store)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        detail = f"cannot be written ({error.strerror}): choose another folder"
        raise MissingFile(str(folder), detail) from None
    return folder / "kg.ttl", folder / "kg.owl"
