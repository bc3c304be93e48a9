"""`kg explain`: from plain words to a cited explanation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from kg.cli.batch import batch_options
from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    colourful,
    columns,
    console,
    date_option,
    finding_options,
    graph_options,
    opened,
    progress,
    read_file,
    read_input,
    write_json,
)
from kg.errors import BadInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from kg.explain.model import Explanation
    from kg.graph import Graph

_FORMS: Final = {
    "json": "Write JSON.",
    "markdown": "Write Markdown.",
    "turtle": "Write Turtle (PROV-O), to be loaded beside the graph.",
    "table": "Write a table: who says what, for each statement.",
    "csv": "Write that table as CSV.",
}
_WORDED: Final = ("text", "markdown")


@click.command(name="explain")
@click.argument("text", nargs=-1, metavar="[TEXT…|-]")
@finding_options
@click.option(
    "--record",
    "--phenopacket",
    "--fhir",
    metavar="FILE",
    help="A GA4GH Phenopacket or a FHIR resource, as JSON, besides the text; - is standard input.",
)
@click.option(
    "--interactive",
    is_flag=True,
    help="Ask the next questions one by one, then answer; asks for the text where none is given.",
)
@click.option(
    "--level",
    type=click.Choice(("plain", "clinical")),
    envvar="KG_LEVEL",
    show_envvar=True,
    help="In plain words or in clinical terms; without this as suits the text.",
)
@date_option
@click.option("--full", is_flag=True, help="All of the answer, not one screen of it.")
@batch_options
@form_options("text", _FORMS)
@graph_options
def command(
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    record: str | None,
    interactive: bool,
    level: str | None,
    today: datetime | None,
    full: bool,
    form: str,
    where: Where,
) -> int:
    """Explain symptoms told in plain words.

    One screen: how urgent it is, the answers to what was asked, what it may be and why, what
    helps, when to see a doctor, and who says so. --full prints all that the graph has to say.

    With --record the terms of a record are taken as the concepts that they are mapped to; what has
    no mapping is read by its name, which standard error tells.

    With --interactive the questions go to standard error and are answered on standard input;
    standard output holds the answer alone, in whichever form is wanted.

    Exit code 1: the urgency is "unclear". No warning sign was seen, but the graph does not cover
    what was described, or something about the body in it was not understood.
    """
    chosen = click.get_current_context().get_parameter_source("level")
    if full and form not in _WORDED:
        raise click.UsageError(f"{form} holds all of it: leave --full out")
    if chosen is click.core.ParameterSource.COMMANDLINE and form not in _WORDED:
        raise click.UsageError(f"{form} holds both levels: leave --level out")
    if record is not None and interactive:
        raise click.UsageError("a record is explained as it is: leave --interactive out")
    day = None if today is None else today.date()
    repeat = (*where.words(), *(("--level", level) if level is not None else ()))
    with opened(where) as graph:
        if interactive:
            answer = _interviewed(graph, text, finding, absent, day, repeat)
        else:
            told = read_input(text) if text or record is None else ""
            if record is not None:
                told, finding, absent = _with_record(graph, record, told, finding, absent)
            with progress("Explaining"):
                answer = graph.explain(told, findings=finding, absent=absent, today=day)
    _write(answer, form, level, full=full)
    return 0 if answer.urgency.clear else 1


def _with_record(
    graph: Graph, record: str, told: str, finding: tuple[str, ...], absent: tuple[str, ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The case with what a record adds to it; what was not mapped goes to standard error."""
    from kg.records import read_record

    try:
        data = json.loads(read_file(record))
    except (ValueError, RecursionError):
        raise BadInput("the record is no JSON: give a Phenopacket or a FHIR resource") from None
    found = read_record(graph, data)
    for note in found.notes:
        click.echo(note, err=True)
    told = "\n".join(filter(None, (told, found.text)))
    return told, (*finding, *found.findings), (*absent, *found.absent)


def _write(answer: Explanation, form: str, level: str | None, *, full: bool) -> None:
    """Write the answer in one of the forms, or for people."""
    if form == "json":
        write_json(answer.to_dict())
    elif form == "markdown":
        click.echo(answer.to_markdown(level, full=full), nl=False)
    elif form == "turtle":
        click.echo(answer.to_turtle(), nl=False)
    elif form == "csv":
        click.echo(answer.to_table().to_csv(), nl=False)
    elif form == "table":
        from kg.cli.tables import write_table

        table = answer.to_table()
        write_table(table.columns, table.rows)
    elif colourful():
        from kg.render.terminal import render

        render(answer, console(), level, full=full)
    else:
        from kg.render.plain import render as render_plain

        click.echo(render_plain(answer, columns(), level, full=full), nl=False)


def _interviewed(
    graph: Graph,
    text: tuple[str, ...],
    finding: tuple[str, ...],
    absent: tuple[str, ...],
    today: date | None,
    repeat: tuple[str, ...],
) -> Explanation:
    """The explanation after all questions; the command that repeats it goes to standard error."""
    from kg.cli.interview import ask_for_text, interview, replay

    if text == ("-",):
        raise BadInput("standard input holds the answers: give the text as an argument, or none")
    told = " ".join(text)
    if not told.strip() and not finding:
        told = ask_for_text()
    if today is not None:
        repeat = (*repeat, "--date", today.isoformat())
    dialogue = interview(graph.dialogue(told, findings=finding, absent=absent, today=today))
    command_line = replay(dialogue, told, repeat)
    click.echo(f"\nThe same answer again: {command_line}\n", err=True)
    return dialogue.explanation
