"""`kg query`: named queries, query files and SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    graph_options,
    opened,
    parameters,
    progress,
    read_input,
    write_json,
)
from kg.cli.tables import write_table
from kg.errors import BadInput, KgError

if TYPE_CHECKING:
    from kg.cells import Value
    from kg.graph import Graph
    from kg.query_result import QueryResult

_FORMS = {
    "json": "Write a list of objects.",
    "csv": "Write comma-separated values.",
    "tsv": "Write TSV as SPARQL 1.1 has it.",
    "xml": "Write SPARQL results in XML.",
    "turtle": "Write triples as Turtle.",
    "ntriples": "Write triples as N-Triples.",
    "jsonld": "Write triples as JSON-LD.",
    "table": "Write a table, or a record for each row where the terminal is too narrow.",
}
_IN_WORDS = {"relation": ("phrase",), "passage": ("place",)}


@click.command(name="query")
@click.argument("query", metavar="NAME|FILE|SPARQL|-")
@click.option(
    "--param",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter; repeat it to give several values.",
)
@form_options("table", _FORMS)
@click.option(
    "--iris",
    type=click.Choice(("compact", "full")),
    default="compact",
    show_default=True,
    help="full: JSON and CSV as SPARQL 1.1 has them, as TSV and XML always are.",
)
@click.option(
    "--columns",
    metavar="NAME,NAME",
    help="Only these columns, in this order.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so long; without it a query may run for ever.",
)
@graph_options
def command(
    query: str,
    param: tuple[str, ...],
    form: str,
    iris: str,
    columns: str | None,
    timeout: float | None,
    where: Where,
) -> int:
    """Run a named query, a query file or SPARQL.

    `kg queries` lists the names. In SPARQL, the project's prefixes need not be declared.
    The table leaves out the ids of concepts whose names it shows; the other forms hold them.

    Exit code 1: the answer to an ASK query is no.
    """
    values = parameters(param)
    asked = read_input(("-",)) if query == "-" else query
    if not asked.strip():
        raise click.UsageError("no query given: name one, or write SPARQL")
    from kg.query_notes import query_notes

    with opened(where) as graph:
        with progress("Asking"):
            result = _in_time(timeout, lambda: graph.query(asked, **values))
        for note in query_notes(graph.store, graph.catalogue, asked, values):
            click.echo(f"note: {note}", err=True)
        for name in values if result.kind == "select" and not result else ():
            told = ", ".join(_meant(graph, value) for value in values[name])
            click.echo(f"note: no row for {name} = {told}", err=True)
    chosen = [name.strip().lstrip("?") for name in columns.split(",")] if columns else []
    if chosen and form != "table":
        result = result.only(chosen)
    if form == "table":
        write_table(*(_chosen(result, chosen) if chosen else _readable(result)))
    elif form == "json" and iris == "compact":
        write_json(result.to_dicts())
    else:
        click.echo(_written(result, form, iris == "full"), nl=False)
    return 1 if result.kind == "ask" and not result else 0


def _meant(graph: Graph, value: str) -> str:
    """A value of a parameter, with the concept that it was read as."""
    with suppress(KgError):
        concept = graph.resolve(value)
        return f"{graph.view.label(concept)} ({concept})"
    return value


def _written(result: QueryResult, form: Any, full: bool) -> str:
    if form in ("turtle", "ntriples", "jsonld"):
        return result.to_rdf(form)
    if full or form == "xml":
        return result.to_sparql(form)
    return result.to_csv() if form == "csv" else result.to_tsv()


def _in_time(seconds: float | None, ask: Callable[[], QueryResult]) -> QueryResult:
    """What a query gives, unless it takes too long.

    Raises:
        BadInput: it takes longer than it may; it is left running, and ends with the process.
    """
    if seconds is None:
        return ask()
    done: Queue[QueryResult | Exception] = Queue()

    def run() -> None:
        try:
            done.put(ask())
        except Exception as error:  # raised again where somebody waits for it
            done.put(error)

    Thread(target=run, daemon=True).start()
    try:
        found = done.get(timeout=seconds)
    except Empty:
        fix = "ask for less, or give it longer with --timeout"
        raise BadInput(f"the query was not answered within {seconds:g} s: {fix}") from None
    if isinstance(found, Exception):
        raise found
    return found


def _chosen(result: QueryResult, names: list[str]) -> tuple[list[str], list[list[Value]]]:
    """The columns of these names, in words where there are some."""
    words = _words(result)
    return names, [list(row) for row in result.only([words.get(n) or n for n in names]).rows]


def _readable(result: QueryResult) -> tuple[list[str], list[list[Value]]]:
    """The columns that people need: what has an id and words is shown in words."""
    words = _words(result)
    kept = [i for i, name in enumerate(result.columns) if words[name] is None]
    titles = {word: name for name, word in words.items() if word is not None}
    names = [titles.get(result.columns[i], result.columns[i]) for i in kept]
    return names, [[row[i] for i in kept] for row in result.rows]


def _words(result: QueryResult) -> dict[str, str | None]:
    """For each column the one that says the same in words, as the catalogue calls them."""
    named = {n: (f"{n}_label", f"{n}_title", *_IN_WORDS.get(n, ())) for n in result.columns}
    known = set(result.columns)
    return {name: next((w for w in words if w in known), None) for name, words in named.items()}
