"""Plain text: for pipes, files and terminals without colours."""

from __future__ import annotations

import textwrap
from typing import Final

from kg.explain.model import Explanation
from kg.render.compose import compose
from kg.render.page import Item, Page, safe

__all__ = ["WIDTH", "render", "render_page"]

WIDTH: Final = 80  # characters a line


def render(explanation: Explanation, width: int = WIDTH, level: str = "plain") -> str:
    """Write an explanation as plain text.

    Args:
        explanation: what to write.
        width: longest line, in characters; words and addresses that are longer stay whole.
        level: ``plain`` or ``clinical``.
    """
    return render_page(compose(explanation, level), width)


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
    mark = {"bullet": "- ", "numbered": f"{item.number}. "}.get(item.kind, "")
    return textwrap.fill(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
