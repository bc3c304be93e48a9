"""`kg query`: named queries, query files and SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_options, opened, parameters, read_input, write_json
from kg.cli.tables import write_table

if TYPE_CHECKING:
    from kg.query_result import QueryResult, Value

_IN_WORDS = {"relation": ("phrase",), "passage": ("place",)}


@click.command(name="query")
@click.argument("query", metavar="NAME|FILE|SPARQL|-")
@click.option(
    "--param",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter; repeat it to give several values.",
)
@click.option("--json", "form", flag_value="json", help="Write a list of objects.")
@click.option("--csv", "form", flag_value="csv", help="Write comma-separated values.")
@click.option("--tsv", "form", flag_value="tsv", help="Write TSV as SPARQL 1.1 has it.")
@click.option("--table", "form", flag_value="table", default="table", help="Write a table.")
@graph_options
def command(
    query: str, param: tuple[str, ...], form: str, source: str | None, add: tuple[str, ...]
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

    with opened(source, add) as graph:
        result = graph.query(asked, **values)
        for note in query_notes(graph.store, graph.catalogue, asked, values):
            click.echo(f"note: {note}", err=True)
    if form == "json":
        write_json(result.to_dicts())
    elif form == "table":
        write_table(*_readable(result))
    else:
        click.echo(result.to_csv() if form == "csv" else result.to_tsv(), nl=False)
    return 1 if result.kind == "ask" and not result else 0


def _readable(result: QueryResult) -> tuple[list[str], list[list[Value]]]:
    """The columns that people need: what has an id and words is shown in words."""
    known = set(result.columns)
    words = {name: next((w for w in _worded(name) if w in known), None) for name in result.columns}
    kept = [i for i, name in enumerate(result.columns) if words[name] is None]
    titles = {word: name for name, word in words.items() if word is not None}
    names = [titles.get(result.columns[i], result.columns[i]) for i in kept]
    return names, [[row[i] for i in kept] for row in result.rows]


def _worded(name: str) -> tuple[str, ...]:
    """The columns that may say the same in words; what the catalogue calls them."""
    return (f"{name}_label", f"{name}_title", *_IN_WORDS.get(name, ()))
