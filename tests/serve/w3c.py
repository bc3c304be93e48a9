"""The W3C tests of SPARQL 1.1: what they ask, of which data, and which answer is right.

`python -m tests.serve.w3c` prints how many each suite passes, asked of the engine alone.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

ROOT: Final = Path(__file__).resolve().parents[3] / "shared" / "standards" / "w3c-sparql11"
BASE: Final = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
SUITES: Final = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions",
    "grouping", "json-res", "negation", "project-expression", "property-path", "subquery",
)  # fmt: skip
_MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_EVALUATED: Final = ("QueryEvaluationTest", "CSVResultFormatTest")
# The form in which the right answer is kept, by the ending of its file.
MEDIA: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".ttl": "text/turtle",
}
_NUMBERS: Final = ("integer", "decimal", "double", "float")


@dataclass(frozen=True)
class Trial:
    """One test: a query, its data as addresses of files, and the file with the right answer."""

    suite: str
    name: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: Path

    @property
    def id(self) -> str:
        return f"{self.suite}/{self.name}"

    @property
    def media(self) -> str:
        """The form in which the answer is asked for: that of the right one, where it is a form."""
        return MEDIA[".srx" if self.is_told_in_rdf else self.result.suffix]

    @property
    def is_told_in_rdf(self) -> bool:
        """Whether the right answer is a table, told in RDF."""
        return self.result.suffix == ".ttl" and b"ResultSet" in self.result.read_bytes()


def trials(*suites: str) -> Iterator[Trial]:
    """The tests of the evaluation of queries, in the order of their manifests."""
    for suite in suites or SUITES:
        base = f"{BASE}{suite}/manifest"
        told = ox.Store()
        told.load(path=ROOT / suite / "manifest.ttl", base_iri=base, format=ox.RdfFormat.TURTLE)
        (entries,) = _objects(told, None, f"{_MF}entries")
        for entry in _listed(told, entries):
            kinds = {kind.value.rpartition("#")[2] for kind in _objects(told, entry, f"{_RDF}type")}
            if kinds.isdisjoint(_EVALUATED):
                continue
            (action,) = _objects(told, entry, f"{_MF}action")
            (query,) = _objects(told, action, f"{_QT}query")
            (result,) = _objects(told, entry, f"{_MF}result")
            yield Trial(
                suite,
                entry.value.rpartition("#")[2],
                f"BASE <{query.value}>\n{file_of(query.value).read_text(encoding='utf-8')}",
                tuple(o.value for o in _objects(told, action, f"{_QT}data")),
                tuple(o.value for o in _objects(told, action, f"{_QT}graphData")),
                file_of(result.value),
            )


def _objects(store: ox.Store, subject: object, predicate: str) -> list[object]:
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)  # type: ignore[arg-type]
    return [quad.object for quad in found]


def _listed(store: ox.Store, head: object) -> Iterator[object]:
    while head != ox.NamedNode(f"{_RDF}nil"):
        yield _objects(store, head, f"{_RDF}first")[0]
        (head,) = _objects(store, head, f"{_RDF}rest")


def file_of(address: str) -> Path:
    return ROOT / address.removeprefix(BASE)


def quads(address: str, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """The statements of a file of data, in a graph."""
    path = file_of(address)
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    read = ox.parse(path=path, format=form, base_iri=address)
    return [ox.Quad(q.subject, q.predicate, q.object, graph) for q in read]


def engine_alone(trial: Trial) -> bool:
    """Whether the engine passes a test, in this process, with nothing of ours around it."""
    store = ox.Store()
    for address in trial.default:
        store.extend(quads(address, ox.DefaultGraph()))
    for address in trial.named:
        store.extend(quads(address, ox.NamedNode(address)))
    try:
        found = store.query(trial.query)
        if isinstance(found, ox.QueryTriples):
            given = ox.serialize(found, format=ox.RdfFormat.TURTLE)
        else:
            form = ox.QueryResultsFormat.from_media_type(trial.media)
            given = found.serialize(format=form)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        return False
    return is_right(trial, given or b"")


def is_right(trial: Trial, given: bytes) -> bool:
    """Whether an answer is the one that the test asks for, but for names of blank nodes."""
    right = trial.result.read_bytes()
    if trial.media == "text/csv":
        return _cells(given) == _cells(right)
    if trial.media == "text/turtle":
        return _graph(given) == _graph(right)
    expected = _told(trial) if trial.is_told_in_rdf else _table(right, trial.media)
    return _table(given, trial.media) == expected


def _graph(data: bytes) -> ox.Dataset:
    read = ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    found = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in read)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def _table(data: bytes, media: str) -> object:
    """A table as its variables and its rows, which have no order; or what it says to ASK."""
    form = ox.QueryResultsFormat.from_media_type(media)
    read = ox.parse_query_results(data, format=form)
    if isinstance(read, ox.QueryBoolean):
        return bool(read)
    names = [variable.value for variable in read.variables]
    rows = [[None if cell is None else _text(cell) for cell in row] for row in read]
    return sorted(names), _rows([dict(zip(names, row, strict=True)) for row in rows])


def _told(trial: Trial) -> object:
    """The same of a table that is told in RDF."""
    store = ox.Store()
    store.load(path=trial.result, base_iri=f"{BASE}{trial.suite}/")
    names = sorted(o.value for o in _objects(store, None, f"{_RS}resultVariable"))
    rows = []
    for solution in _objects(store, None, f"{_RS}solution"):
        row: dict[str, str | None] = dict.fromkeys(names)
        for binding in _objects(store, solution, f"{_RS}binding"):
            (name,) = _objects(store, binding, f"{_RS}variable")
            (value,) = _objects(store, binding, f"{_RS}value")
            row[name.value] = _text(value)
        rows.append(row)
    return names, _rows(rows)


def _text(term: object) -> str:
    """A term, numbers by what they are worth: the engine keeps no zeros that say nothing."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind in _NUMBERS:
            return f"{kind} {_worth(term.value)}"
        if kind == "boolean":
            return str(term.value in ("true", "1"))
    return str(term)


def _worth(number: str) -> str:
    try:
        return repr(float(number))
    except ValueError:
        return number


def _cells(data: bytes) -> object:
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    cells = [[_worth(cell) for cell in row] for row in rows]
    return sorted(head), _rows([dict(zip(head, row, strict=True)) for row in cells])


def _rows(rows: list[dict[str, str | None]]) -> Counter[object]:
    """The rows with their blank nodes named by where they stand: in which cells of which rows."""
    places: dict[str, list[object]] = {}
    for row in rows:
        plain = sorted((k, v or "") for k, v in row.items() if not _is_blank(v))
        for name, cell in row.items():
            if cell is not None and _is_blank(cell):
                places.setdefault(cell, []).append((name, plain))
    marks = {cell: repr(sorted(where, key=repr)) for cell, where in places.items()}
    return Counter(
        tuple(sorted((k, marks.get(v or "", v or "")) for k, v in row.items())) for row in rows
    )


def _is_blank(cell: str | None) -> bool:
    return cell is not None and cell.startswith("_:")


if __name__ == "__main__":
    for suite in SUITES:
        found = {trial.name: engine_alone(trial) for trial in trials(suite)}
        failed = ", ".join(name for name, passed in found.items() if not passed)
        print(f"{suite}: {sum(found.values())} of {len(found)}{failed and ', not ' + failed}")
