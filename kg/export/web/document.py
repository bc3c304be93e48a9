"""The whole page in one file: it asks for nothing, and runs no script but those it came with."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from html import escape
from string import Template
from typing import Final

from kg.errors import BadInput
from kg.explain.model import Explanation
from kg.export.diagram.appearance import appearance
from kg.export.diagram.draw import draw_svg
from kg.export.drawing import Drawing
from kg.export.figure.make import make_course, make_figure
from kg.export.levels import worded
from kg.export.web.assets import integrity, libraries, read, vendored
from kg.export.web.data import as_json, page_data
from kg.export.web.looks import look_rules
from kg.export.web.tables import SOURCE, claim_table, concept_table, source_list
from kg.render.brief import laid_out
from kg.render.html import render_page, said
from kg.render.notebook import apart

_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Cytoscape.js adds a style element, which the policy would refuse, where none with this id is.
_STYLE_ID: Final = "__________cytoscape_stylesheet"
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_LONGEST: Final = 70  # characters of the title


def write_document(drawing: Drawing, level: str = "plain") -> str:
    """Write a drawing, and the explanation that it was made from, as a page of HTML.

    The text comes first, then the picture, what shows where, and the facts as tables; only the
    picture needs a script. The same drawing gives the same bytes. On paper stand text and pictures.

    Args:
        drawing: what to write.
        level: "plain" or "clinical" names.

    Raises:
        BadInput: there is no such level.
    """
    text, cited = _text(drawing.explanation, level)
    drawn = _drawn(drawing, level)
    drawing = worded(renumbered(drawing, cited), level)
    style = f"\n{read('page.css')}{look_rules(drawing)}"
    scripts = [vendored(library) for library in libraries()] + ["\n" + read("page.js")]
    styles = [style, *_STYLE.findall("".join(drawn))]
    policy = _POLICY.format(
        scripts=" ".join(map(integrity, scripts)), styles=" ".join(map(integrity, styles))
    )
    told = drawing.explanation
    return Template(read("page.html")).substitute(
        policy=escape(policy, quote=True).replace("&#x27;", "'"),
        title=said(_title(drawing.title)),
        version=said(drawing.version),
        style_id=_STYLE_ID,
        style=style,
        facts=_facts(drawing),
        text=text,
        contents=_contents(told),
        printed="on-screen" if told is not None else "",
        figures=_figures(drawn),
        claims=claim_table(drawing),
        concepts=concept_table(drawing),
        sources=_sources(drawing, len(cited)),
        data=as_json(page_data(drawing)),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _drawn(drawing: Drawing, level: str) -> tuple[str, ...]:
    """The pictures of an explanation: its chains, for paper, then where it shows and may sit."""
    told = drawing.explanation
    if told is None:
        return ()
    drawn = [draw_svg(drawing, level=level)]
    if told.view is not None:
        for make in (partial(make_figure, told.view, None), partial(make_course, told.view)):
            with suppress(BadInput):  # this graph has no such picture
                drawn.append(make(told, None, level).svg)
    # A page has one style for all, each region of a body is no stop of the Tab key here.
    return tuple(apart(svg).replace(' tabindex="0"', "") for svg in drawn)


def _figures(drawn: tuple[str, ...]) -> str:
    """What is drawn without a script; the first is for paper alone."""
    if not drawn:
        return ""
    bodies = "\n".join(f"<figure>{svg}</figure>" for svg in drawn[1:])
    return (
        f'<div class="on-paper">{drawn[0]}</div>\n'
        f'<section id="where" aria-labelledby="where-title">\n'
        f'<h2 id="where-title">Where it shows, and where it may sit</h2>\n{bodies}\n</section>'
    )


def _title(title: str) -> str:
    """A title of a line or two: what is too long ends where a part of it does."""
    if len(title) <= _LONGEST:
        return title
    return f"{title[:_LONGEST].rpartition(', ')[0] or title[: _LONGEST - 1]} …"


def _facts(drawing: Drawing) -> str:
    counts = (
        (sum(appearance().is_concept(node.kind) for node in drawing.nodes), "concept"),
        (len(drawing.edges), "claim"),
        (len(drawing.sources), "source"),
    )
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in counts)


def renumbered(drawing: Drawing, cited: dict[str, int]) -> Drawing:
    """The drawing with its sources as a text numbers them, then those that it alone cites."""
    used = {source for edge in drawing.edges for source in edge.sources} | set(cited)
    last = len(cited) + 1
    kept = [source for source in drawing.sources if source.id in used]
    ordered = sorted(kept, key=lambda source: cited.get(source.id, last))
    return replace(drawing, sources=tuple(ordered))


def _text(told: Explanation | None, level: str) -> tuple[str, dict[str, int]]:
    """The explanation in words, and the number of each source that they cite."""
    if told is None:
        return "", {}
    cited = {source: number for number, source in enumerate(told.summary.sources, 1)}
    asked = f"<blockquote><p>{said(told.case.text)}</p></blockquote>\n" if told.case.text else ""
    urgency = escape(told.urgency.level)
    body = render_page(laid_out(told, level), anchor=SOURCE)
    text = (
        f'<section id="explanation" aria-labelledby="explanation-title" data-level="{urgency}">\n'
        f'<h2 id="explanation-title">Explanation</h2>\n{asked}{body}</section>'
    )
    return text, cited


def _contents(told: Explanation | None) -> str:
    parts = {"explanation": "Explanation", "where": "Where"} if told is not None else {}
    return "\n".join(f'<li><a href="#{part}">{name}</a></li>' for part, name in parts.items())


def _sources(drawing: Drawing, cited: int) -> str:
    """The sources that the text does not list already."""
    if len(drawing.sources) <= cited:
        return ""
    # On paper stand text and pictures, and these list their sources.
    title, shown = ("Further sources", ' class="on-screen"') if cited else ("Sources", "")
    return (
        f'<section id="sources"{shown} aria-labelledby="sources-title">\n'
        f'<h2 id="sources-title">{title}</h2>\n{source_list(drawing, cited + 1)}\n</section>'
    )
