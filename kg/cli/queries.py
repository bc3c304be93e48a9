"""`kg queries`: the catalogue of named queries."""

from __future__ import annotations

from dataclasses import asdict

import click

from kg.cli.forms import form_options
from kg.cli.options import Where, graph_options, write_json
from kg.cli.tables import write_table


@click.command(name="queries")
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="List the queries of the engine as well.")
@form_options()
@graph_options
def command(name: str | None, every: bool, form: str, where: Where) -> int:
    """List the named queries, or show one with its parameters, columns and SPARQL text."""
    from kg.catalogue import read_catalogue

    catalogue = read_catalogue()
    if name is None:
        listed = [q for q in catalogue.list() if every or q.asking or "/" not in q.name]
        if form == "json":
            write_json([_described(q) for q in listed])
        else:
            write_table(("name", "title"), [(q.name, q.title) for q in listed])
        return 0
    query = catalogue.get(name)
    if form == "json":
        write_json({**_described(query), "text": query.text})
    else:
        click.echo(query.text.rstrip())
    return 0


def _described(query: object) -> dict[str, object]:
    from kg.catalogue import Query

    assert isinstance(query, Query)
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "parameters": [asdict(parameter) for parameter in query.parameters],
        "columns": [asdict(column) for column in query.columns],
        "kind": query.kind,
        "asked": list(query.asking.ways) if query.asking is not None else [],
    }
