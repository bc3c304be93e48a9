"""Plain text: for pipes, files and terminals without colours."""

from __future__ import annotations

import textwrap
from typing import Final

from kg.explain.model import Explanation
from kg.render.brief import laid_out
from kg.render.page import Item, Page, safe

WIDTH: Final = 80  # characters a line
_TITLE: Final = 30  # characters of a title that an address leaves room for


def render(
    explanation: Explanation, width: int = WIDTH, level: str | None = None, *, full: bool = False
) -> str:
    """Write an explanation as plain text: one screen, or all of it when `full`.

    Args:
        explanation: what to write.
        width: longest line, in characters; words and addresses that are longer stay whole.
        level: ``plain`` or ``clinical``; else the one that suits who wrote.
        full: all of it.
    """
    return render_page(laid_out(explanation, level, full=full), width)


def render_page(page: Page, width: int = WIDTH) -> str:
    """Write a page as plain text; titles in capitals, bullets with a hyphen."""
    blocks = []
    for section in page.sections:
        lines = [section.title.upper()] if section.title is not None else []
        lines += [_item(item, max(20, width)) for item in section.items]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _item(item: Item, width: int) -> str:
    text = safe("".join(span.text for span in item.spans))
    if item.kind == "code":
        return text
    mark = "- " if item.kind == "bullet" else f"{item.number}. " if item.number else ""
    if item.kind == "source":
        return mark + one_line(item, width - len(mark))
    return textwrap.fill(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def one_line(item: Item, width: int) -> str:
    """A source on one line: its title as far as there is room, and its address or where it is."""
    title, *address = [safe(span.text) for span in item.spans]
    where = "".join(f" {a}" for a in address)
    if width - len(where) < min(len(title), _TITLE):
        where = "".join(f" ({a.split('/')[2]})" for a in address)
    room = width - len(where)
    return (title if len(title) <= room else f"{title[: room - 1].rstrip()}…") + where
