"""What else the page gives for a case: pictures, files, why not another, what would change it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BadInput
from kg.explain.model import Explanation
from kg.export.drawn import draw_explanation
from kg.export.registry import Format, format_names, get_format
from kg.export.web.document import renumbered
from kg.export.web.tables import claim_table, source_list
from kg.graph import Graph
from kg.render import contrast, flip
from kg.render.html import render_page, said
from kg.render.page import Page
from kg.serve.html import page
from kg.serve.problem import Refused
from kg.serve.service import service_of
from kg.serve.told import Fields, Told, fields_of

_TITLE: Final = "What is it, and what helps?"
_LINKS: Final = "The links, and who says so"
_OTHERS: Final = 20  # explanations that can be asked after
_SIZE: Final = re.compile(r'\b(?:width|height)="[\d.]+"')


def pictures(graph: Graph, told: Told, answer: Explanation) -> tuple[str, str]:
    """How it comes about, where, and the course as pictures; and the claims as a table.

    The table is long: nothing stands below it. The whole answer has them already.
    """
    drawn = (
        ("How it comes about", lambda: str(answer.export("svg"))),
        ("Where it shows", lambda: graph.figure(**told.case).svg),
        ("The way of the nerve", lambda: graph.course(**told.case).svg),
    )
    shown = "".join(_picture(title, draw) for title, draw in drawn)
    table = "" if told.full else _table(answer)
    below = f'<p><a href="#claims">{_LINKS}</a></p>' if table else ""
    return (
        f'<section aria-labelledby="pictures"><h2 id="pictures">Pictures</h2>\n{shown}'
        f"{below}</section>\n"
    ), table


def _table(answer: Explanation) -> str:
    cited = {source.id: number for number, source in enumerate(answer.cited(), 1)}
    drawing = renumbered(draw_explanation(answer, answer.view), cited)
    if not drawing.edges:
        return ""
    return (
        f'<section id="claims"><h2 id="claims-title">{_LINKS}</h2>\n'
        f"{claim_table(drawing)}\n{source_list(drawing, len(cited) + 1)}</section>"
    )


def further(answer: Explanation, told: Told) -> str:
    """The forms that ask more about the same case."""
    return (
        '<section aria-labelledby="further"><h2 id="further">More about this answer</h2>\n'
        f'<div class="asks">{_why_form(answer, told)}{_flip_forms(told)}{_file_form(told)}'
        "</div></section>\n"
    )


async def compared(request: Request) -> Response:
    """Why the first explanation is put before another."""
    return await _about(request, _compared, "Why not another?")


async def changed(request: Request) -> Response:
    """The smallest change of answers that changes the result."""
    return await _about(request, _changed, "What would change this?")


async def filed(request: Request) -> Response:
    """The answer as a file."""
    fields = await fields_of(request)
    told, name = Told.of(fields), fields.get("format", [""])[-1]

    def write(graph: Graph) -> tuple[Format, str | bytes]:
        return get_format(name), graph.explain(**told.case).export(name)

    written, content = await service_of(request).run(write)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="answer{written.suffix}"',
    }
    return Response(content, headers=headers, media_type=written.media_type)


def _compared(graph: Graph, told: Told, fields: Fields) -> Page:
    first, other = ("".join(fields.get(name, [])[-1:]) for name in ("first", "other"))
    return contrast.compose(graph.why(first, rather_than=other, **told.case))


def _changed(graph: Graph, told: Told, fields: Fields) -> Page:
    urgency = fields.get("goal", [""])[-1] == "urgency"
    return flip.compose(graph.flip(urgency=urgency, **told.case))


async def _about(
    request: Request, ask: Callable[[Graph, Told, Fields], Page], title: str
) -> Response:
    fields = await fields_of(request)
    told = Told.of(fields)
    status = 200
    try:
        body = render_page(await service_of(request).run(ask, told, fields), anchor="source-")
    except Refused as refused:
        body, status = f'<p class="wrong" role="alert">{said(refused.detail)}</p>\n', refused.status
    quoted = f"<blockquote><p>{said(told.text)}</p></blockquote>\n" if told.text else ""
    return page(
        request,
        _TITLE,
        f'<section class="card" tabindex="-1" data-here aria-labelledby="about">'
        f'<h2 id="about">{title}</h2>\n{quoted}{body}</section>\n'
        f'<form method="post" action="/">{told.hidden()}'
        "<button>Back to the answer</button></form>\n",
        status,
    )


def _picture(title: str, draw: Callable[[], str]) -> str:
    """A picture as an image, which can run nothing and load nothing; none where there is none.

    Its size is told, so that what stands below stays where it is while the picture is read.
    """
    try:
        drawn = draw()
    except BadInput:
        return ""
    size = " ".join(_SIZE.findall(drawn.partition(">")[0]))
    source = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode('ascii')}"
    image = f'<img src="{source}" {size} alt="{title}">'
    return f'<figure tabindex="0">{image}<figcaption>{title}</figcaption></figure>\n'


def _why_form(answer: Explanation, told: Told) -> str:
    first, *others = answer.conditions[: _OTHERS + 1] or (None,)
    if first is None or not others:
        return ""
    options = "".join(f'<option value="{escape(c.id)}">{said(c.label)}</option>' for c in others)
    return (
        f'<form method="post" action="/why">{told.hidden()}'
        f'<input type="hidden" name="first" value="{escape(first.id)}">'
        f'<label for="other">Why {said(first.label)}, and not</label>'
        f'<select id="other" name="other">{options}</select><button>Compare</button></form>\n'
    )


def _flip_forms(told: Told) -> str:
    return (
        f'<form method="post" action="/flip">{told.hidden()}<p>What would change this?</p>'
        '<button name="goal" value="urgency">How soon a doctor is needed</button>'
        '<button name="goal" value="first">What comes first</button></form>\n'
    )


def _file_form(told: Told) -> str:
    options = "".join(_formats())
    return (
        f'<form method="post" action="/file" data-plain>{told.hidden()}'
        '<label for="format">As a file</label>'
        f'<select id="format" name="format">{options}</select><button>Download</button></form>\n'
    )


@lru_cache(maxsize=1)
def _formats() -> tuple[str, ...]:
    def option(name: str) -> Iterator[str]:
        told = get_format(name)
        yield f'<option value="{name}">{name}: {escape(told.description)}</option>'

    return tuple(line for name in format_names() for line in option(name))
