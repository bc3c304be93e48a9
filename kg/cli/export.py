"""`kg export`: the graph, or a part of it, as a file."""

from __future__ import annotations

import io
import os

import click

from kg.cli.drawing import naming_options
from kg.cli.options import (
    Where,
    concept_names,
    graph_options,
    opened,
    output_option,
    parameters,
    progress,
    write_output,
)
from kg.errors import MissingFile
from kg.export.themes import NAMES


class _Formats(click.ParamType[str]):
    """The name of an export format; the formats are looked up when one is asked for."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        from kg.export.registry import format_names

        return f"[{'|'.join(format_names())}]"


@click.command(name="export")
@click.option(
    "--format", "name", type=_Formats(), help="The file format; else the ending of FILE tells it."
)
@output_option
@click.option(
    "--around",
    metavar="NAME",
    shell_complete=concept_names,
    help="Only what lies around this concept.",
)
@click.option(
    "--depth", default=1, show_default=True, type=click.IntRange(0, 100), help="How far around."
)
@click.option("--explain", "text", metavar="TEXT", help="Only the explanation of these symptoms.")
@click.option("--path", nargs=2, metavar="A B", help="Only the causal chains from A to B.")
@click.option(
    "--query", metavar="NAME", help="Only what is in the rows of this named query, file or SPARQL."
)
@click.option("--param", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option(
    "--ids",
    type=click.Choice(("own", "mapped")),
    default="own",
    show_default=True,
    help="mapped: ids of HPO, Mondo, Uberon … where a term of theirs is exactly the same.",
)
@click.option("--theme", type=click.Choice(NAMES), help="Of a picture: its colours.")
@naming_options
@click.option(
    "--limit", type=click.IntRange(2, 400), help="Of a picture: how many concepts it draws at most."
)
@click.option("--width", type=click.IntRange(16, 8000), help="Of a PNG, in pixels.")
@graph_options
def command(
    name: str | None,
    output: str | None,
    around: str | None,
    depth: int,
    text: str | None,
    path: tuple[str, str] | None,
    query: str | None,
    param: tuple[str, ...],
    ids: str,
    theme: str | None,
    limit: int | None,
    width: int | None,
    level: str | None,
    labels: str | None,
    where: Where,
) -> int:
    """Write the graph, or a part of it, in a file format.

    A format of several files (csv) is a zip archive; where FILE is a folder, or ends with a
    slash, its files are written there.
    """
    if sum(each is not None for each in (around, text, path, query)) > 1:
        raise click.UsageError("--around, --explain, --path and --query exclude each other")
    if param and query is None:
        raise click.UsageError("--param goes with --query: name the query")
    name = name or _told_by(output)
    with opened(where) as graph, progress("Exporting"):
        content = graph.export(
            name,
            around=around,
            depth=depth,
            explanation=graph.explain(text) if text is not None else None,
            path=path,
            query=graph.query(query, **parameters(param)) if query is not None else None,
            ids=ids,
            theme=theme,
            limit=limit,
            width=width,
            level=level,
            labels=labels,
        )
    if output is not None and isinstance(content, bytes) and _is_folder(output):
        _write_files(content, output)
    else:
        write_output(content, output)
    return 0


def _told_by(output: str | None) -> str:
    from kg.export.registry import format_names, format_of_file

    name = format_of_file(output or "")
    if name is None:
        raise click.UsageError(f"no format named: use --format with {', '.join(format_names())}")
    return name


def _is_folder(output: str) -> bool:
    """True for the name of a folder: one that is there, or a name with a slash at its end."""
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def _write_files(archive: bytes, folder: str) -> None:
    """Write the files of a zip archive that an export made into a folder.

    Raises:
        MissingFile: the content is no archive, or a file cannot be written.
    """
    from zipfile import ZipFile, is_zipfile

    if not is_zipfile(io.BytesIO(archive)):
        raise MissingFile(folder, "is a folder, and the format is one file: name a file")
    os.makedirs(folder, exist_ok=True)
    with ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            write_output(files.read(name), os.path.join(folder, name))
