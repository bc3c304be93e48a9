"""Keeps compiled views in the user's cache folder, so that the next program need not compile.

A view, and what reading needs of its words, is kept under a digest of all that it is made from:
the files of the graph, and the code and the queries that compile them. Those that come with the
package count as the same while their sizes and times are. What is not as it was
written is compiled anew; what cannot be written is not kept. Nothing but the time that an answer
takes depends on it. It is written as Python writes its own compiled files, for the Python that
reads it: twice as fast as JSON.
"""

from __future__ import annotations

import marshal
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from kg.bulk import collector_paused
from kg.resources import queries_dir
from kg.store.protocol import Store
from kg.view import View
from kg.view_tables import decoded, encoded

if TYPE_CHECKING:
    from pyoxigraph import Quad

_FOLDER: Final = "facial-twitch-kg"
# Each takes a megabyte or more; people who change files would otherwise gather very many.
_MOST_KEPT: Final = 8
_CHECKED: Final = 4  # bytes before what is kept


def open_files(files: Sequence[str | Path]) -> tuple[Store, Path | None]:
    """Open the graph of the package with files of one's own beside it.

    Returns:
        The store, and where its compiled view is kept; None where it is not kept.

    Raises:
        MissingFile, BadTurtle, InvalidKnowledge: a file cannot be used.
    """
    from kg.loading import Sources, added_files, load, ontology_files, read_files
    from kg.resources import ontology_dir
    from kg.store.oxigraph_store import OxigraphStore

    packaged, own = ontology_files(ontology_dir()), read_files(added_files(files))

    def quads() -> Sequence[Quad]:
        return load(Sources(read_files(packaged).files + own.files)).quads

    place = _place_of(packaged, own.digest)
    if place is not None and os.path.isfile(place):
        # These files were loaded before, so no mistake is in them, and only SPARQL needs them.
        return OxigraphStore.later(quads, place.with_suffix(".store")), place
    return OxigraphStore.from_quads(quads()), place


def _place_of(packaged: Iterable[Path], own: str) -> Path | None:
    """The file that keeps the view of a graph, whether it is there or not.

    Args:
        packaged: the files that come with the package.
        own: a digest of what is loaded beside them.

    Returns:
        None where nothing is kept: `KG_CACHE` is "off", or the user has no cache folder.
    """
    if os.environ.get("KG_CACHE", "").strip().lower() == "off":
        return None
    try:
        folder = _cache_folder()
        python = f"{sys.implementation.cache_tag} {marshal.version}"
        key = sha256(f"{own} {_stamps(chain(packaged, _code()))} {python}".encode()).hexdigest()
    except (OSError, RuntimeError):  # no home folder, or no code to be read
        return None
    return folder / _FOLDER / f"view-{key[:32]}.tables"


def view_of(store: Store, place: Path | None) -> View:
    """The view of a store: as it was kept, else compiled, and kept for the next time.

    Args:
        store: compiled where the view was not kept.
        place: see `place_of`; None to keep nothing.
    """
    kept = read_view(place) if place is not None else None
    if kept is not None:
        return kept
    from kg.compile import compile_view

    view = compile_view(store)
    if place is not None:
        write_view(place, view)
    return view


def beside(place: Path | None, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Tables that were made of a view and are kept beside it; made where they are not.

    Args:
        place: where the view is kept; None to keep nothing.
        name: of these tables among others.
        make: makes them, of dictionaries, lists, strings and numbers.
    """
    if place is None:
        return make()
    file = place.with_stem(f"{place.stem}-{name}")
    kept: dict[str, Any] | None = _read(file)
    if kept is None:
        kept = make()
        _write(file, kept)
    return kept


def read_view(place: Path) -> View | None:
    """The view that a file keeps; None where there is none, or it is not as it was written."""
    try:
        with collector_paused():
            kept = _read(place)
            return None if kept is None else decoded(kept)
    except (ValueError, TypeError, KeyError):
        return None


def write_view(place: Path, view: View) -> None:
    """Keep a view; does nothing where the folder cannot be written."""
    _write(place, encoded(view))


def _read(place: Path) -> Any:
    """What a file keeps; None where there is none, or it is not as it was written."""
    try:
        whole = memoryview(place.read_bytes())
        content = whole[_CHECKED:]  # of megabytes, so nothing is copied
        if whole[:_CHECKED] != _check(content):
            return None
        kept = marshal.loads(content)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    with suppress(OSError):
        os.utime(place)  # what is read stays, what nobody reads is the oldest
    return kept


def _write(place: Path, kept: object) -> None:
    part = place.with_suffix(f".{os.getpid()}.part")
    try:
        content = marshal.dumps(_plain(kept, {}))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(_check(content) + content)
        part.replace(place)  # at once, so that nobody reads half of it
        _tidy(place)
    except OSError:
        with suppress(OSError):
            part.unlink()


def _tidy(newest: Path) -> None:
    """Delete the views that were not read for the longest time."""
    kept = (path for path in newest.parent.glob("view-*.tables") if path != newest)
    by_age = sorted(kept, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in by_age[_MOST_KEPT - 1 :]:
        path.unlink(missing_ok=True)
    for path in newest.parent.glob("view-*.store"):
        if not path.with_suffix(".tables").exists():
            shutil.rmtree(path, ignore_errors=True)


def _cache_folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):  # the standard says to ignore it otherwise
        return Path(named)
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA", "")):
        return Path(local)
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _code() -> list[Path]:
    """What compiles a view, and makes tables of it."""
    package = Path(__file__).parent
    code = (*package.glob("*.py"), *(package / "recognise").glob("*.py"))
    return sorted((*code, *(queries_dir() / "engine").glob("*.rq")))


def _stamps(paths: Iterable[Path]) -> list[tuple[str, int, int, int]]:
    """What tells whether files are as they were, without reading them."""
    found = ((str(path), path.stat()) for path in paths)
    return [(path, told.st_size, told.st_mtime_ns, told.st_ctime_ns) for path, told in found]


def _check(content: bytes | memoryview) -> bytes:
    return crc32(content).to_bytes(_CHECKED)


def _plain(value: Any, known: dict[str, str]) -> Any:
    """A value of nothing but lists, dictionaries, numbers and texts, each text there once."""
    if isinstance(value, str):
        return known.setdefault(value, value)
    if isinstance(value, Mapping):
        return {_plain(key, known): _plain(each, known) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each, known) for each in value]
    return (
        [_plain(each, known) for each in sorted(value)] if isinstance(value, frozenset) else value
    )
