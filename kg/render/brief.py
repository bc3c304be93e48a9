"""The one screen: the summary of an explanation as a page, which chooses nothing."""

from __future__ import annotations

from kg.explain.model import Explanation
from kg.explain.summary import Told, cited
from kg.render.page import Item, Page, Section, Span, bullet, cite, paragraph, quiet, strong
from kg.render.words import level_of


def laid_out(explanation: Explanation, level: str | None = None, *, full: bool = False) -> Page:
    """The one screen of an explanation, or all of it when `full`.

    Without a level it is the one that the summary says suits who wrote.

    Raises:
        BadInput: there is no such level.
    """
    level = level or explanation.summary.level
    if full:
        from kg.render import full as everything

        return everything.compose(explanation, level)
    return compose(explanation, level_of(level))


def compose(explanation: Explanation, level: str = "plain") -> Page:
    """Lay out the summary, then its sources, numbered as they are cited."""
    summary = explanation.summary
    sections = []
    for number, (title, parts) in enumerate(summary.blocks):
        items = [
            _item(told, level, summary.sources, alone=part == "verdict")
            for part in parts
            for told in getattr(summary, part)
        ]
        if items:
            urgency = None if number else explanation.urgency.level
            sections.append(Section(title, tuple(items), urgency))
    if summary.sources:
        sections.append(Section("Sources", tuple(_sources(explanation))))
    return Page((*sections, Section(None, (paragraph(quiet(explanation.disclaimer)),))))


def _item(told: Told, level: str, sources: tuple[str, ...], *, alone: bool) -> Item:
    lead = (strong(told.lead), " ") if told.lead else ()
    make = paragraph if alone else bullet
    said = told.said(level)
    stop = "." if said.endswith(".") else ""
    return make(*lead, said.removesuffix("."), cite(cited(told, sources)), stop)


def _sources(explanation: Explanation) -> list[Item]:
    return [
        Item("source", tuple(Span(t) for t in (source.title, source.url) if t), number)
        for number, source in enumerate(explanation.cited(), 1)
    ]
