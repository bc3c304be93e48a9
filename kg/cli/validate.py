"""`kg validate`: is the knowledge well-formed, sensible, and true to the articles?"""

from __future__ import annotations

import click

from kg.cli.forms import form_options
from kg.cli.options import Where, graph_options, opened, progress, write_json


@click.command(name="validate")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--sources", metavar="DIR", help="Folder with the articles: checks every passage.")
@click.option(
    "--sentences/--no-sentences",
    default=True,
    help="With --sources, show the sentence beside each claim that cites it.",
)
@form_options()
@graph_options
def command(
    files: tuple[str, ...],
    sources: str | None,
    sentences: bool,
    form: str,
    where: Where,
) -> int:
    """Check the knowledge, together with Turtle files of yours, by shapes and quality queries.

    With --sources every passage is compared with the articles, and the sentences are shown
    beside the claims that cite them.

    Exit code 1: something is wrong; each problem is one line.
    """
    with opened(where, files) as graph, progress("Validating") as stage:
        report = graph.validate(sources, progress=stage)
        cited = _cited(graph.files, sources) if sources and sentences and form != "json" else []
    if form == "json":
        write_json(report.to_dict())
        return 0 if report.ok else 1
    for line in (*cited, *map(str, report.problems)):
        click.echo(line)
    counts = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in report.counts.items())
    click.echo(f"{'valid' if report.ok else f'{len(report.problems)} problems'}: {counts}")
    return 0 if report.ok else 1


def _cited(files: object, sources: str) -> list[str]:
    """The claims beside the sentences that they cite, one line each."""
    from kg.render.page import safe
    from kg.validate import cited_sentences

    given = files if isinstance(files, tuple) else ()
    return [
        f"{each.claim} {each.direction} {each.passage}: {safe(each.sentence or 'not found')}"
        for each in cited_sentences(given, sources=sources)
    ]
