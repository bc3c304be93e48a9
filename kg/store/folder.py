"""A folder on disk that holds the graph as an Oxigraph database, built when it is first opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreUnusable
from kg.loading import Sources, load, read_sources
from kg.store.oxigraph_store import OxigraphStore

_DATABASE: Final = "CURRENT"  # every RocksDB folder has this file
_DIGEST: Final = "kg-digest.txt"  # our mark: we built this folder, and from these files


def open_folder(folder: Path, ontology: Path, add: Sequence[str | Path] = ()) -> OxigraphStore:
    """Open a folder as a store, and build it first where that is needed.

    A folder that is not there, or empty, is built from the files. One that was built here is
    built anew when the files have changed: it is a copy of them and nothing else. An Oxigraph
    database that somebody else made is opened as it is and never written to.

    Raises:
        StoreUnusable: the folder holds something else, cannot be written, or was made by
            somebody else and `add` is not empty.
    """
    if folder.exists() and not folder.is_dir():
        detail = "is a file: name a folder for the store, and give files of your own to add"
        raise StoreUnusable(str(folder), detail)
    if (folder / _DATABASE).is_file() and not built_here(folder):
        if add:
            detail = "was not built here, so nothing can be added: load the files into it yourself"
            raise StoreUnusable(str(folder), detail)
        return OxigraphStore.read_only(folder)
    sources = read_sources(ontology, add)
    if _built_from(folder) != sources.digest:
        _build(folder, sources)
    return OxigraphStore.read_only(folder)


def built_here(folder: Path) -> bool:
    """Tell whether a folder was built by `open_folder`, so that its content can be relied on."""
    return (folder / _DIGEST).is_file()


def _built_from(folder: Path) -> str | None:
    if built_here(folder):
        return (folder / _DIGEST).read_text(encoding="ascii", errors="replace").strip()
    if folder.is_dir() and any(folder.iterdir()):
        detail = "holds other files: choose an empty or a new folder for the store"
        raise StoreUnusable(str(folder), detail)
    return None


def _build(folder: Path, sources: Sources) -> None:
    """Build beside the folder and put it in its place, so that no half-built store is ever seen."""
    knowledge = load(sources)
    folder = folder.absolute()
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.parent.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(part))
        store.bulk_extend(knowledge.quads)
        store.flush()
        del store  # releases the lock of the database
        (part / _DIGEST).write_text(knowledge.digest + "\n", encoding="ascii")
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        if built_here(folder) and _built_from(folder) == knowledge.digest:
            return  # another process built the same at the same time
        detail = f"cannot be built ({error.strerror or error}): choose a folder you can write to"
        raise StoreUnusable(str(folder), detail) from None
