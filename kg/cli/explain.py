"""`kg explain`: from plain words to a cited explanation."""

from __future__ import annotations

import click

from kg.cli.options import (
    colourful,
    console,
    graph_options,
    json_option,
    opened,
    read_input,
    write_json,
)


@click.command(name="explain")
@click.argument("text", nargs=-1, metavar="[TEXT…|-]")
@click.option("--finding", multiple=True, metavar="NAME", help="A concept that is present.")
@click.option("--absent", multiple=True, metavar="NAME", help="A concept that is denied.")
@json_option
@click.option("--markdown", "as_markdown", is_flag=True, help="Write Markdown.")
@graph_options
def command(
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    as_json: bool,
    as_markdown: bool,
    source: str | None,
    add: tuple[str, ...],
) -> int:
    """Explain symptoms told in plain words.

    What must not wait comes first; then what was understood, what may explain it and by which
    chain of mechanisms, what helps, where it sits, and what to ask next, each with its sources.

    Exit code 1: the graph does not cover what was described, and saw no warning sign in it.
    """
    if as_json and as_markdown:
        raise click.UsageError("--json and --markdown exclude each other: choose one")
    told = read_input(text)
    with opened(source, add) as graph:
        answer = graph.explain(told, findings=finding, absent=absent)
    if as_json:
        write_json(answer.to_dict())
    elif as_markdown:
        click.echo(answer.to_markdown(), nl=False)
    elif colourful():
        from kg.render.terminal import render

        render(answer, console())
    else:
        from kg.render.plain import render as render_plain

        click.echo(render_plain(answer), nl=False)
    return 0 if answer.in_scope or answer.urgency.because else 1
