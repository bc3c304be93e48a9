"""HTML without scripts and styles: for notebooks, and as the text of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from kg.explain.model import Explanation
from kg.render.brief import laid_out
from kg.render.page import Item, Page, Section, Span, safe

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_NUMBER: Final = re.compile(r"\d+")
# A citation that holds numbers of sources and nothing else; places in a source have words.
_NUMBERS: Final = re.compile(r"\s*\[(against: )?\d+(, (against: )?\d+)*\]")
_STYLES: Final = {"strong": "strong", "quiet": "small"}


def render(explanation: Explanation, *, full: bool = False) -> str:
    """Write an explanation as HTML."""
    return render_page(laid_out(explanation, full=full))


def render_page(page: Page, *, level: int = 3, anchor: str | None = None) -> str:
    """Write a page as HTML: nothing in it is read as markup, and nothing in it is a script.

    Args:
        page: what to write.
        level: of the titles, 1 to 6.
        anchor: where the numbers of sources lead to, as the start of an id (``source-``); the
            numbered entries get these ids. Numbers are no links without it.
    """
    return "\n".join(_section(section, level, anchor) for section in page.sections) + "\n"


def said(text: str) -> str:
    r"""Write foreign text as HTML: on one line, its control characters shown as escapes.

    >>> said("<b>\x1b & more")
    '&lt;b&gt;\\x1b &amp; more'
    """
    return escape(safe(text))


def address(url: str | None, text: str) -> str:
    """Write a link; the text alone where the address is none of the web.

    >>> address("javascript:alert(1)", "a < b")
    'a &lt; b'
    """
    if url is None or not _ADDRESS.fullmatch(url):
        return said(text)
    return f'<a href="{escape(url)}" rel="noreferrer">{said(text)}</a>'


def _section(section: Section, level: int, anchor: str | None) -> str:
    title = f"<h{level}>{said(section.title)}</h{level}>\n" if section.title is not None else ""
    return f"<section>\n{title}{chr(10).join(_blocks(section, anchor))}\n</section>"


def _blocks(section: Section, anchor: str | None) -> Iterator[str]:
    """Paragraphs as they are, bullets and numbered entries that follow each other as lists."""
    for kind, items in groupby(section.items, key=lambda item: item.kind):
        if kind == "paragraph":
            yield from (f"<p>{_spans(item, anchor)}</p>" for item in items)
        else:
            tag = "ul" if kind == "bullet" else "ol"
            entries = "\n".join(_entry(item, anchor) for item in items)
            yield f"<{tag}>\n{entries}\n</{tag}>"


def _entry(item: Item, anchor: str | None) -> str:
    marks = f' value="{item.number}"' if item.number else ""
    if marks and anchor is not None:
        marks += f' id="{escape(anchor)}{item.number}"'
    return f"<li{marks}>{_spans(item, anchor)}</li>"


def _spans(item: Item, anchor: str | None) -> str:
    return (" " if item.kind == "source" else "").join(_span(s, anchor) for s in item.spans)


def _span(span: Span, anchor: str | None) -> str:
    # The spaces around a text part it from its neighbours; inside, foreign text is on one line.
    lead = " " if span.text[:1].isspace() else ""
    trail = " " if span.text[-1:].isspace() and span.text.strip() else ""
    if span.style == "cite" and anchor is not None and _NUMBERS.fullmatch(span.text):
        linked = _NUMBER.sub(
            lambda n: f'<a href="#{escape(anchor)}{n[0]}">{n[0]}</a>', said(span.text)
        )
        return f'{lead}<span class="cite">{linked}</span>{trail}'
    text = _linked(span.text)
    tag = _STYLES.get(span.style)
    return f"{lead}<{tag}>{text}</{tag}>{trail}" if tag is not None else f"{lead}{text}{trail}"


def _linked(text: str) -> str:
    """A text with its web addresses as links."""
    line = safe(text)
    pieces, last = [], 0
    for match in _ADDRESS.finditer(line):
        pieces += [escape(line[last : match.start()]), address(match[0], match[0])]
        last = match.end()
    return "".join([*pieces, escape(line[last:])])
