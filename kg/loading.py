"""From files to statements: read the Turtle and mapping files, name evidence, derive edges."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.bulk import collector_paused
from kg.claims import complete
from kg.convert import from_ox, from_rdflib, to_ox, to_rdflib, triple_to_ox
from kg.errors import BadTurtle, InvalidKnowledge, MissingFile
from kg.mappings import read_sssom
from kg.prefixes import default_prefixes

if TYPE_CHECKING:
    import rdflib

_SHAPES: Final = "shapes.ttl"
_MAPPINGS: Final = "mappings.sssom.tsv"
# Part of the digest: a change of what loading does to the same files is a change of content.
_FORMAT: Final = b"2\n"


class Sources(NamedTuple):
    """The bytes of the files of a graph: path and content of each, in the order of loading."""

    files: tuple[tuple[Path, bytes], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the contents, in hexadecimal.

        Neither the names and the order of the files nor their line ends count.
        """
        contents = (data.replace(b"\r\n", b"\n") for _, data in self.files)
        digests = sorted(hashlib.sha256(data).digest() for data in contents)
        return hashlib.sha256(_FORMAT + b"".join(digests)).hexdigest()


class Knowledge(NamedTuple):
    """The statements of a graph, ready to be put into a store.

    Attributes:
        quads: all statements, with evidence named and edges derived.
        version: `owl:versionInfo` of the ontology, "+", first 12 digits of the digest.
        digest: see `Sources`.
    """

    quads: tuple[ox.Quad, ...]
    version: str
    digest: str


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """Return the Turtle files of a folder and its subfolders, sorted, without the shapes.

    The shapes describe the data and are no part of it.

    >>> from kg.resources import ontology_dir
    >>> [path.name for path in turtle_files(ontology_dir()) if path.name == "shapes.ttl"]
    []
    """
    found = (path for path in folder.rglob("*.ttl") if path.is_file() and path.name != _SHAPES)
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def read_sources(ontology: Path, add: Sequence[str | Path] = ()) -> Sources:
    """Read the files of the ontology, and Turtle files or folders of Turtle files to add.

    Raises:
        MissingFile: a file or folder is not there, cannot be read, or holds no Turtle file.
    """
    return read_files((*ontology_files(ontology), *added_files(add)))


def ontology_files(folder: Path) -> tuple[Path, ...]:
    """The files of an ontology that are loaded: Turtle, and the mappings."""
    mappings = folder / _MAPPINGS
    return (*turtle_files(folder), *((mappings,) if mappings.is_file() else ()))


def added_files(add: Sequence[str | Path]) -> Iterator[Path]:
    """The files that are loaded beside: those that are named, and those of folders.

    Raises:
        MissingFile: a folder holds no Turtle file.
    """
    for name in add:
        path = Path(name)
        if path.is_dir():
            inside = turtle_files(path)
            if not inside:
                raise MissingFile(str(path), "no .ttl file in this folder: add one or name a file")
            yield from inside
        else:
            yield path


def read_files(paths: Iterable[Path]) -> Sources:
    """Read files.

    Raises:
        MissingFile: one is not there, or cannot be read.
    """
    return Sources(tuple((path, _read(path)) for path in paths))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(str(path)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name holds a NUL"
        raise MissingFile(str(path), f"cannot be read ({reason}): check the file") from None


def parse_turtle(path: Path, data: bytes) -> list[ox.Quad]:
    """Parse the content of a Turtle file.

    Raises:
        BadTurtle: names the file, line and column.
        InvalidKnowledge: the file uses the triple terms of RDF 1.2.
    """
    try:
        base = path.absolute().as_uri()
        turtle = ox.RdfFormat.TURTLE
        data = data.removeprefix(BOM_UTF8)  # as some editors begin a file
        quads = list(ox.parse(data, format=turtle, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        _, _, detail = str(error.msg).partition(": ")
        detail = detail or str(error.msg)
        raise BadTurtle(str(path), error.lineno, error.offset, detail) from None
    except MemoryError:  # the parser holds no more than 16 MiB of one statement
        raise BadTurtle(str(path), None, None, "a text in it is too long to be read") from None
    # The search in the bytes spares nearly every file the slower search in the statements.
    if b"<<" in data and any(isinstance(quad.object, ox.Triple) for quad in quads):
        detail = "triple terms are RDF 1.2: write the claim with rdf:subject, predicate and object"
        raise InvalidKnowledge(str(path), detail)
    return quads


def load(sources: Sources) -> Knowledge:
    """Parse the files, name the evidence, derive the edges, and note the version.

    The version is also stated in the graph, as `ft:graph-version` of the ontology, so that every
    copy of it, wherever it is stored, can tell which one it is.

    Raises:
        BadTurtle: a Turtle file does not parse.
        InvalidKnowledge: a mapping does not fit the table.
    """
    with collector_paused():
        return _load(sources)


def _load(sources: Sources) -> Knowledge:
    prefixes = default_prefixes()
    ontology = ox.NamedNode(prefixes["ft"])
    stamp = ox.NamedNode(prefixes.expand("ft:graph-version"))
    release = ox.NamedNode(prefixes.expand("owl:versionInfo"))
    quads: list[ox.Quad] = []
    releases = ["0"]
    for path, data in sources.files:
        if path.name == _MAPPINGS:
            quads.extend(_mappings(path, data))
            continue
        found = parse_turtle(path, data)
        if b"versionInfo" in data:
            releases.extend(_values(found, ontology, release))
        if stamp.value.rpartition("/")[2].encode() in data:  # a merged release brings its own
            found = [quad for quad in found if quad.predicate != stamp]
        quads.extend(found)
    digest = sources.digest
    version = f"{max(releases)}+{digest[:12]}"
    quads = complete(quads)
    quads.append(ox.Quad(ontology, stamp, ox.Literal(version)))
    return Knowledge(tuple(quads), version, digest)


def _mappings(path: Path, data: bytes) -> Iterator[ox.Quad]:
    text = data.decode("utf-8", errors="replace")
    for triple in read_sssom(text, str(path), default_prefixes()):
        mapped = triple_to_ox(triple)
        yield ox.Quad(mapped.subject, mapped.predicate, mapped.object)


def _values(quads: Iterable[ox.Quad], subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return [
        quad.object.value
        for quad in quads
        if quad.predicate == predicate
        and quad.subject == subject
        and isinstance(quad.object, ox.Literal)
    ]


def derive(graph: rdflib.Graph) -> rdflib.Graph:
    """Return a copy of an rdflib graph of authored files with evidence named and edges derived.

    Args:
        graph: a graph that holds claims; it is not changed.

    Returns:
        A new graph in memory that `kg.open` accepts.

    >>> import rdflib
    >>> len(derive(rdflib.Graph()))
    0
    """
    import rdflib

    copy = rdflib.Graph()
    for prefix, namespace in graph.namespaces():
        copy.bind(prefix, namespace)
    authored = []
    for subject, predicate, target in graph.triples((None, None, None)):
        terms = [to_ox(from_rdflib(node)) for node in (subject, predicate, target)]
        authored.append(ox.Quad(*terms))  # type: ignore[arg-type]
    for quad in complete(authored):
        nodes = [to_rdflib(from_ox(term)) for term in (quad.subject, quad.predicate, quad.object)]
        copy.add((nodes[0], nodes[1], nodes[2]))
    return copy
