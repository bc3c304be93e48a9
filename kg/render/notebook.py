"""What a notebook shows: each answer as plain text, as Markdown and as HTML without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Any, Final

from kg.errors import BadInput
from kg.explain.model import Explanation
from kg.explain.paths import Paths
from kg.render import paths as path_page
from kg.render.brief import laid_out
from kg.render.html import render_page as html_page
from kg.render.markdown import render_page as markdown_page
from kg.render.page import Page, Section, bullet, paragraph, quiet, safe, strong
from kg.render.plain import render_page as plain_page

Bundle = dict[str, str]
_WIDTH: Final = "max-width:56rem"  # long lines are hard to read
_PROLOGUE: Final = re.compile(r"^\s*(<\?xml.*?\?>|<!DOCTYPE.*?>|\s)*", re.DOTALL)
_FITS: Final = "max-width:100%;height:auto"
_ROOT: Final = re.compile(r'<svg [^>]*?class="([\w-]+)"')
_ID: Final = re.compile(r' id="([\w-]+)"')
_SHOWN: Final = 100  # rows


def of_page(page: Page) -> Bundle:
    """A page in the three forms, for the front end to choose from."""
    return {
        "text/plain": plain_page(page),
        "text/markdown": markdown_page(page),
        "text/html": _box(html_page(page, level=4)),
    }


def of_explanation(explanation: Explanation) -> Bundle:
    """An explanation: what to do, the picture of its chains where there is one, then the rest.

    The sources, of which there are many, are folded up.
    """
    page = laid_out(explanation)
    bundle = of_page(page)
    before = tuple(s for s in page.sections[:1])
    after = tuple(s for s in page.sections[1:] if not _lists_sources(s))
    sources = tuple(Section(None, s.items) for s in page.sections if _lists_sources(s))
    folded = html_page(Page(sources), level=4) if sources else ""
    parts = [
        html_page(Page(before), level=4),
        _picture(explanation),
        html_page(Page(after), level=4),
        f"<details><summary>Sources</summary>{folded}</details>" if folded else "",
    ]
    return bundle | {"text/html": _box("".join(parts))}


def of_paths(paths: Paths) -> Bundle:
    """Chains between two concepts: their picture, then each of them in words."""
    if not paths:
        return of_page(Page((Section(None, (paragraph("No chain of causes leads there."),)),)))
    page = path_page.compose(paths, paths.view)
    return of_page(page) | {"text/html": _box(_picture(paths) + html_page(page, level=4))}


def of_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Bundle:
    r"""A table of texts, the first hundred rows of it.

    >>> print(of_rows(["n", "name"], [["1", "a|b"]])["text/markdown"])
    | n | name |
    | --- | --- |
    | 1 | a\|b |
    """
    titles, seen = [safe(column) for column in columns], [list(map(safe, r)) for r in rows[:_SHOWN]]
    rest = len(rows) - len(seen)
    more = f"… and {rest} more rows" if rest > 0 else ""
    widths = [max(map(len, column)) for column in zip(titles, *seen, strict=True)]
    plain = [_aligned(row, widths) for row in (titles, ["-" * w for w in widths], *seen)]
    marks = [_piped(row) for row in (titles, ["---"] * len(titles))]
    marks += [_piped([_unmarked(text) for text in row]) for row in seen]
    heading = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in seen
    )
    table = f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table>"
    return {
        "text/plain": "\n".join([*plain, *([more] if more else [])]),
        "text/markdown": "\n".join([*marks, *(["", more] if more else [])]),
        "text/html": table + (f"<p>{more}</p>" if more else ""),
    }


def of_facts(title: str, facts: Iterable[tuple[str, Any]], note: str) -> Bundle:
    """A thing with a few facts about it, and what can be done with it."""
    items = [paragraph(strong(title))]
    items += [bullet(strong(f"{name}:"), f" {value}") for name, value in facts]
    return of_page(Page((Section(None, (*items, paragraph(quiet(note)))),)))


def _picture(answer: Explanation | Paths) -> str:
    try:
        drawn = answer.export("svg")
    except BadInput:
        return ""  # nothing to draw
    text = drawn.decode("utf-8") if isinstance(drawn, bytes) else drawn
    return _PROLOGUE.sub("", apart(text)).replace("<svg ", f'<svg style="{_FITS}" ', 1)


def apart(drawn: str) -> str:
    """A picture whose styles and ids reach no other picture that is shown on the same page."""
    mark = sha256(drawn.encode("utf-8")).hexdigest()[:8]
    root = _ROOT.search(drawn)
    names = [root[1]] if root is not None else []
    names += [found[1] for found in _ID.finditer(drawn)]
    for name in sorted(set(names), key=len, reverse=True):
        named = re.compile(rf"(?<=[\"#.]){re.escape(name)}(?![\w-])")
        drawn = named.sub(f"{name}-{mark}", drawn)
    return drawn


def _lists_sources(section: Section) -> bool:
    return any(item.number for item in section.items)


def _box(content: str) -> str:
    return f'<div style="{_WIDTH}">{content}</div>'


def _aligned(row: Iterable[str], widths: Iterable[int]) -> str:
    cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _piped(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |"


def _unmarked(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>&|~#])", r"\\\1", text)
