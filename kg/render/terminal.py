"""A terminal with colours, through rich; plain text where there is none.

How soon care is needed stands in a frame, chains are trees, and what weighs something has a bar.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.explain.model import Explanation
from kg.render.brief import laid_out
from kg.render.page import Item, Page, Section, Span, safe
from kg.render.plain import one_line
from kg.render.plain import render_page as plain_page

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_STYLES: Final = {"plain": "", "strong": "bold", "cite": "cyan", "quiet": "dim"}
# Long lines are hard to read: a page is no wider than this, in characters.
_WIDEST: Final = 100
_NARROW: Final = 60  # below this, steps are indented less
_LEVELS: Final = {
    "emergency": "bold red",
    "prompt": "red",
    "see-doctor": "yellow",
    "unclear": "bold blue",
}
_CALM: Final = "green"
_SIGNS: Final = {1: ("▲", "cyan"), -1: ("▼", "magenta"), 0: ("◆", "dim")}
_BAR: Final = 24  # characters
_URL: Final = re.compile(r"https?://[!-~]+")


def render(
    explanation: Explanation, console: Console, level: str | None = None, *, full: bool = False
) -> None:
    """Write an explanation to a console; without colours it is the plain text."""
    render_page(laid_out(explanation, level, full=full), console)


def render_page(page: Page, console: Console) -> None:
    """Write a page to a console; nothing in it is read as rich's own markup."""
    width = min(console.width, _WIDEST)
    if not console.is_terminal or console.no_color:
        console.file.write(plain_page(page, width))
        return
    for number, section in enumerate(page.sections):
        if number:
            console.print()
        _section(section, console, width)


def _section(section: Section, console: Console, width: int) -> None:
    from rich.text import Text

    if section.title is not None:
        console.print(Text(section.title, style="bold underline"))
    if section.urgency is not None:
        console.print(_banner(section, width), width=width)
        return
    for item in section.items:
        if item.kind == "code":
            console.print(_text(list(item.spans)), soft_wrap=True)
        else:
            console.print(_row(item, width), width=width)


def _banner(section: Section, width: int) -> RenderableType:
    """The section in a frame whose colour and weight tell how urgent it is."""
    from rich import box
    from rich.console import Group
    from rich.panel import Panel

    style = _LEVELS.get(section.urgency or "", _CALM)
    heavy = section.urgency in _LEVELS
    return Panel(
        Group(*(_row(item, width - 4) for item in section.items)),
        box=box.HEAVY if heavy else box.ROUNDED,
        border_style=style,
    )


def _row(item: Item, width: int) -> RenderableType:
    from rich.table import Table

    mark = "•" if item.kind == "bullet" else f"{item.number}." if item.number else None
    if item.kind == "source":
        item = Item("source", (Span(one_line(item, width - 5)),), item.number)
    body = _body(item, width)
    if mark is None:
        return body
    row = Table.grid(padding=(0, 1))
    row.add_column(no_wrap=True, justify="right", min_width=3 if item.number else 1)
    row.add_column(ratio=1)
    row.add_row(mark, body)
    return row


def _body(item: Item, width: int) -> RenderableType:
    """The words of an item: under its bar, and each step of a chain in a line of its own."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    lines: list[RenderableType] = []
    if item.share is not None:
        lines.append(_bar(item.share, min(_BAR, width // 3)))
    indent = 1 if width < _NARROW else 3
    for step, spans in groupby(item.spans, key=lambda span: span.step):
        told = list(spans)
        if step is None:
            lines.append(_text(told))
            continue
        number, sign = step
        mark, style = _SIGNS[sign]
        row = Table.grid(padding=(0, 1))
        row.add_row(_marked(mark, style), _text(told))
        lines.append(Padding(row, (0, 0, 0, indent * number)))
    return lines[0] if len(lines) == 1 else Group(*lines)


def _marked(mark: str, style: str) -> Text:
    from rich.text import Text

    return Text.assemble(("└─", "dim"), (mark, style))


def _bar(share: float, width: int) -> Text:
    from rich.text import Text

    full = max(1, round(share * width)) if share else 0
    return Text.assemble(("━" * full, "green"), ("─" * (width - full), "dim"))


def _text(spans: list[Span]) -> Text:
    """The words of some spans; the first and the last space are left out."""
    from rich.text import Text

    text = Text()
    for span in spans:
        lead = " " if span.text[:1].isspace() else ""
        trail = " " if span.text[-1:].isspace() and span.text.strip() else ""
        url = span.text.strip()
        link = f"link {url}" if _URL.fullmatch(url) else ""
        text.append(f"{lead}{safe(span.text)}{trail}", style=link or _STYLES[span.style])
    # A line begins with its first word.
    plain = text.plain
    kept = text[len(plain) - len(plain.lstrip()) :] if plain.strip() else text
    kept.rstrip()
    return kept
