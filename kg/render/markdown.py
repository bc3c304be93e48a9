"""Markdown (CommonMark): for web pages, notebooks and mail."""

from __future__ import annotations

import re
from typing import Final

from kg.explain.model import Explanation
from kg.render.brief import laid_out
from kg.render.page import Item, Page, Span, safe

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&|~#])")
_ADDRESS: Final = re.compile(r"https?://[^\s<>]+")


def render(explanation: Explanation, level: str | None = None, *, full: bool = False) -> str:
    """Write an explanation as Markdown, at a level or the one that suits who wrote."""
    return render_page(laid_out(explanation, level, full=full))


def render_page(page: Page) -> str:
    """Write a page as Markdown; whatever a text holds of markup is escaped."""
    blocks = []
    for section in page.sections:
        if section.title is not None:
            blocks.append(f"## {_escaped(section.title)}")
        lines: list[str] = []
        for item in section.items:
            apart = item.kind in ("paragraph", "code")
            if apart and lines:
                blocks.append("\n".join(lines))
                lines = []
            lines.append(_item(item))
            if apart:
                blocks.append("\n".join(lines))
                lines = []
        if lines:
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _item(item: Item) -> str:
    if item.kind == "code":
        return "    " + safe("".join(span.text for span in item.spans))
    text = (" " if item.kind == "source" else "").join(map(_span, item.spans))
    mark = "- " if item.kind == "bullet" else f"{item.number}. " if item.number else ""
    return mark + " ".join(text.split())


def _span(span: Span) -> str:
    text = span.text if span.style == "cite" else _escaped(span.text)
    body = text.strip()
    if not body:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if span.style == "strong":
        return f"{before}**{body}**{after}"
    return f"{before}*{body}*{after}" if span.style == "quiet" else text


def _escaped(text: str) -> str:
    """Escape markup, and put addresses between angle brackets."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    pieces = []
    last = 0
    line = safe(text)
    for match in _ADDRESS.finditer(line):
        pieces += [_SPECIAL.sub(r"\\\1", line[last : match.start()]), f"<{match[0]}>"]
        last = match.end()
    pieces.append(_SPECIAL.sub(r"\\\1", line[last:]))
    return lead + "".join(pieces) + trail
