"""A terminal with colours, through rich; plain text where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.explain.model import Explanation
from kg.render.compose import compose
from kg.render.page import Item, Page, safe
from kg.render.plain import render_page as plain_page

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["render", "render_page"]

_STYLES: Final = {"plain": "", "strong": "bold", "cite": "cyan", "quiet": "dim"}
# Long lines are hard to read: a page is no wider than this, in characters.
_WIDEST: Final = 100


def render(explanation: Explanation, console: Console, level: str = "plain") -> None:
    """Write an explanation to a console; without colours it is the plain text."""
    render_page(compose(explanation, level), console)


def render_page(page: Page, console: Console) -> None:
    """Write a page to a console; nothing in it is read as rich's own markup."""
    width = min(console.width, _WIDEST)
    if not console.is_terminal or console.no_color:
        console.file.write(plain_page(page, width))
        return
    from rich.text import Text

    for number, section in enumerate(page.sections):
        if number:
            console.print()
        if section.title is not None:
            console.print(Text(section.title, style="bold underline"))
        for item in section.items:
            _print(item, console, width)


def _print(item: Item, console: Console, width: int) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    text = Text()
    for span in item.spans:
        lead = " " if span.text[:1].isspace() else ""
        trail = " " if span.text[-1:].isspace() and span.text.strip() else ""
        text.append(f"{lead}{safe(span.text)}{trail}", style=_STYLES[span.style])
    if item.kind == "code":
        console.print(text, soft_wrap=True)
        return
    mark = {"bullet": "•", "numbered": f"{item.number}."}.get(item.kind)
    if mark is None:
        console.print(text, width=width)
        return
    row = Table.grid(padding=(0, 1))
    row.add_row(mark, text)
    console.print(Padding(row, 0), width=width)
