"""`kg read`: what a text was read as, why, and what was left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import click

from kg.case_data import case_to_dict
from kg.cli.forms import form_options
from kg.cli.options import (
    Where,
    colourful,
    console,
    date_option,
    graph_options,
    opened,
    progress,
    read_input,
    write_json,
)
from kg.cli.tables import write_table
from kg.recognise.case import NOTHING_READ

if TYPE_CHECKING:
    from datetime import datetime

    from kg.recognise.case import Case, Finding
    from kg.view import View

_Table = tuple[str, Sequence[str], list[tuple[str, ...]]]
_NONE = "-"


@click.command(name="read")
@click.argument("text", nargs=-1, required=True, metavar="TEXT…|-")
@date_option
@form_options()
@graph_options
def command(
    text: tuple[str, ...],
    today: datetime | None,
    form: str,
    where: Where,
) -> int:
    """Show what a text was read as, why, and what was left over.

    Every finding with the words that it was read from, its status and the reason, its place, side
    and time; who it is about; conditions, medicines, events and values; what is asked; guesses;
    what is bodily and was not understood; and the words that nothing accounts for.
    """
    with opened(where) as graph, progress("Reading"):
        day = None if today is None else today.date()
        case, view = graph.read(read_input(text), today=day), graph.view
    if form == "json":
        write_json(case_to_dict(case, view))
        return 0
    if case.is_blank:
        click.echo(NOTHING_READ, err=True)
    for number, (title, columns, rows) in enumerate(_tables(case, view)):
        _write_title(title, first=not number)
        write_table(columns, rows)
    return 0


def _write_title(title: str, first: bool) -> None:
    if not first:
        click.echo()
    if colourful():
        console().print(title, style="bold underline")
    else:
        click.echo(title.upper())


def _tables(case: Case, view: View) -> Iterator[_Table]:
    """The parts of a case that hold something, each as a table."""

    def words(span: tuple[int, int] | None) -> str:
        return _NONE if span is None else f'"{case.text[slice(*span)]}"'

    def label(name: str | None) -> str:
        return _NONE if name is None else view.label(name)

    def labels(names: Sequence[str]) -> str:
        return ", ".join(map(view.label, names)) or _NONE

    def finding(f: Finding) -> tuple[str, ...]:
        amount = f.amount.text if f.amount is not None else _NONE
        why = ", ".join(filter(None, (f.reason, f.course))) or _NONE
        place = (label(f.site), f.side or _NONE, _days(f.duration_days))
        return words(f.span), view.label(f.id), f.status, why, *place, amount

    columns = ("words", "concept", "status", "why", "place", "side", "time", "amount")
    told = [(f.name.replace("_", " "), getattr(case.person, f.name)) for f in fields(case.person)]
    told += [("in scope", case.in_scope), *(("note", note) for note in case.notes)]
    person: list[tuple[str, ...]] = [(name, _value(v)) for name, v in told if v is not None]
    parts: tuple[_Table, ...] = (
        ("Findings", columns, [finding(f) for f in case.findings]),
        ("Of others, or of the past", columns, [finding(f) for f in case.others]),
        ("Person", ("what", "value"), person),
        (
            "Known conditions",
            ("words", "concept", "status"),
            [(words(k.span), view.label(k.id), k.status) for k in case.known],
        ),
        (
            "Medicines",
            ("words", "concept", "change", "ago"),
            [(words(m.span), label(m.id), m.change, _days(m.days_ago)) for m in case.medicines],
        ),
        (
            "Events",
            ("words", "concept", "place", "ago"),
            [
                (words(e.span), view.label(e.id), label(e.site), _days(e.days_ago))
                for e in case.events
            ],
        ),
        (
            "Values",
            ("words", "concept", "value", "range"),
            [
                (words(m.span), view.label(m.id), _amount(m.value, m.unit), m.range)
                for m in case.measures
            ],
        ),
        (
            "Found",
            ("words", "concept", "verdict", "ago"),
            [(words(r.span), label(r.id), r.verdict, _days(r.days_ago)) for r in case.results],
        ),
        (
            "Tried",
            ("words", "concept", "action", "outcome", "time"),
            [
                (words(t.span), view.label(t.id), t.action, t.outcome, _days(t.days))
                for t in case.trials
            ],
        ),
        (
            "Asked",
            ("words", "kind", "about"),
            [(words(q.span), q.kind, labels(q.about)) for q in case.asked],
        ),
        ("Guesses", ("words", "may mean"), [(words(g.span), labels(g.ids)) for g in case.guesses]),
        (
            "About the body, not understood",
            ("words", "because of", "place"),
            [(words(u.span), u.why, labels(u.about)) for u in case.unread],
        ),
        ("Left over", ("words",), [(f'"{phrase}"',) for phrase in case.unrecognised]),
    )
    return (_trimmed(part) for part in parts if part[2])


def _trimmed(part: _Table) -> _Table:
    """The table without the columns that say nothing."""
    title, columns, rows = part
    kept = [i for i in range(len(columns)) if any(row[i] != _NONE for row in rows)]
    return title, [columns[i] for i in kept], [tuple(row[i] for i in kept) for row in rows]


def _value(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


def _amount(value: float | None, unit: str | None) -> str:
    return _NONE if value is None else f"{value:g} {unit or ''}".strip()


def _days(count: float | None) -> str:
    from kg.explain.wording import days_told

    return _NONE if count is None else days_told(count)
