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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import chain, groupby, repeat
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zlib import crc32

from kg.bulk import collector_paused
from kg.resources import queries_dir
from kg.store.protocol import Store
from kg.view import (
    Claim,
    Concept,
    Cue,
    Evidence,
    Match,
    Passage,
    Quantity,
    Relation,
    ScaleItem,
    Source,
    View,
)

if TYPE_CHECKING:
    from pyoxigraph import Quad

_Row = TypeVar("_Row", bound=tuple[Any, ...])
_EVIDENCE: Final = Claim._fields.index("evidence")
_FOLDER: Final = "facial-twitch-kg"
# Each takes a megabyte or more; people who change files would otherwise gather very many.
_MOST_KEPT: Final = 8
_CHECKED: Final = 4  # bytes before what is kept
_TABLES: Final[Mapping[str, Any]] = {
    "relations": Relation,
    "sources": Source,
    "passages": Passage,
    "scales": ScaleItem,
    "quantities": Quantity,
}


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
            return None if kept is None else _decoded(kept)
    except (ValueError, TypeError, KeyError):
        return None


def write_view(place: Path, view: View) -> None:
    """Keep a view; does nothing where the folder cannot be written."""
    _write(place, _encoded(view))


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


def _encoded(view: View) -> dict[str, Any]:
    tables = (*_TABLES, "concepts", "claims")
    return {
        "version": view.version,
        **{name: list(getattr(view, name).values()) for name in tables},
        "cues": {name: [*map(_written, groupby(c, _wordless))] for name, c in view.cues.items()},
        "implications": view.implications,
        "opposites": view.opposites,
        "class_labels": view.class_labels,
        "terms": view.terms,
    }


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


def _decoded(data: dict[str, Any]) -> View:
    return View(
        version=data["version"],
        concepts=_table(map(_concept, data["concepts"])),
        claims=_table(map(_claim, data["claims"])),
        cues=_Cues(data["cues"]),
        implications=tuple((one, other) for one, other in data["implications"]),
        opposites=tuple((one, other) for one, other in data["opposites"]),
        class_labels=None if (c := data["class_labels"]) is None else MappingProxyType(c),
        terms=MappingProxyType(
            {term: tuple(map(Match._make, found)) for term, found in data["terms"].items()}
        ),
        **{name: _table(map(_made(kind), data[name])) for name, kind in _TABLES.items()},
    )


def _concept(row: list[Any]) -> Concept:
    identity, iri, label, definition, kinds, roles, alternative, hidden, *rest = row
    names = tuple(alternative), tuple(hidden)
    return Concept(identity, iri, label, definition, tuple(kinds), frozenset(roles), *names, *rest)


def _claim(row: list[Any]) -> Claim:
    row[_EVIDENCE] = tuple(map(_made(Evidence), row[_EVIDENCE]))
    return tuple.__new__(Claim, row)


def _made(kind: type[_Row]) -> Callable[[Iterable[Any]], _Row]:
    """What makes a named tuple of its fields; twice as fast as its own `_make`."""
    return partial(tuple.__new__, kind)


def _wordless(cue: Cue) -> tuple[str, str, str | None, Mapping[str, str]]:
    """What all cues of one resource share."""
    return cue.id, cue.category, cue.reach, cue.properties


def _written(same: tuple[tuple[Any, ...], Iterator[Cue]]) -> tuple[Any, ...]:
    """The cues of one resource as they are kept: what they share once, then their texts."""
    return (*same[0], [cue.text for cue in same[1]])


class _Cues(Mapping[str, Sequence[Cue]]):
    """The cues by category, made when a category is first asked for: most texts are short."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept
        self._made: dict[str, Sequence[Cue]] = {}

    def __getitem__(self, name: str) -> Sequence[Cue]:
        if name not in self._made:
            rows = (_cues(*row) for row in self._kept[name])
            self._made[name] = tuple(chain.from_iterable(rows))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _cues(
    identity: str, category: str, reach: str | None, properties: Any, texts: list[str]
) -> Iterator[Cue]:
    told = zip(
        *(repeat(identity), texts, repeat(category), repeat(reach)),
        repeat(MappingProxyType(properties)),
        strict=False,
    )
    return map(_made(Cue), told)


def _table(items: Any) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})
