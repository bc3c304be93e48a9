"""`kg export`: the graph, or a part of it, as a file."""

from __future__ import annotations

import click

from kg.cli.options import graph_options, opened, progress, write_output


class _Formats(click.ParamType[str]):
    """The name of an export format; the formats are looked up when one is asked for."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        from kg.export.registry import format_names

        return f"[{'|'.join(format_names())}]"


@click.command(name="export")
@click.option("--format", "name", required=True, type=_Formats(), help="The file format.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output without it.")
@click.option("--around", metavar="NAME", help="Only what lies around this concept.")
@click.option(
    "--depth", default=1, show_default=True, type=click.IntRange(0, 100), help="How far around."
)
@graph_options
def command(
    name: str,
    output: str | None,
    around: str | None,
    depth: int,
    source: str | None,
    add: tuple[str, ...],
) -> int:
    """Write the graph, or what lies around a concept, in a file format."""
    with opened(source, add) as graph, progress("Exporting"):
        content = graph.export(name, around=around, depth=depth)
    write_output(content, output)
    return 0
