"""An answer as a page: the sentence, what it rests on, the sources."""

from __future__ import annotations

from typing import Final

from kg.ask.answer import Answer, Row
from kg.render.page import Item, Page, Section, Span, bullet, cite, paragraph, quiet

_MOST: Final = 8  # rows; the others are counted, and all are in JSON


def compose(answer: Answer, whole: str = " (--json has all)") -> Page:
    """Lay an answer out; `whole` says where what is only counted is to be had."""
    numbers = {source.id: number for number, source in enumerate(answer.sources, 1)}
    lead: list[Item] = [paragraph(answer.text)]
    lead += [bullet(question) for question in answer.nearest]
    sections = [Section(None, tuple(lead))]
    shown = (*answer.answers[:_MOST], *answer.also[:_MOST])
    rows = [_row(row, numbers) for row in shown if row.claims]
    if rows and len(answer.answers) > _MOST:
        rows.append(bullet(quiet(f"and {len(answer.answers) - _MOST} more{whole}")))
    if rows:
        sections.append(Section("What it rests on", tuple(rows)))
    cited = {item.source for row in shown for item in row.evidence[:2]}
    sources = [
        Item("source", tuple(Span(t) for t in (source.title, source.url) if t), numbers[source.id])
        for source in answer.sources
        if source.id in cited
    ]
    if rows and sources:
        sections.append(Section("Sources", tuple(sources)))
    if answer.understood:
        told = "".join(f" (“{word}” as “{as_}”)" for word, as_ in answer.mended.items())
        read = quiet(f"Read as: {answer.understood}{told}")
        sections.append(Section(None, (paragraph(read),)))
    return Page(tuple(sections))


def _row(row: Row, numbers: dict[str, int]) -> Item:
    found = {
        f"[{numbers[item.source]}" + (f", {item.locator}]" if item.passage else "]"): None
        for item in row.evidence[:2]
    }
    return bullet(row.text, cite(" " + "".join(found)))
