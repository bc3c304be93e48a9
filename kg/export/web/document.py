"""The whole page in one file: it asks for nothing, and runs no script but those it came with."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Final

from kg.explain.model import Explanation
from kg.export.drawing import Drawing
from kg.export.web.assets import integrity, libraries, read, vendored
from kg.export.web.data import as_json, page_data
from kg.export.web.tables import SOURCE, claim_table, concept_table, source_list
from kg.render.compose import compose
from kg.render.html import render_page, said

__all__ = ["write_document"]

_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Cytoscape.js adds a style element, which the policy would refuse, where none with this id is.
_STYLE_ID: Final = "__________cytoscape_stylesheet"
_LONGEST: Final = 70  # characters of the title


def write_document(drawing: Drawing) -> str:
    """Write a drawing, and the explanation that it was made from, as a page of HTML.

    The text comes first, then the picture, then its facts as tables; text and tables need no
    script. The same drawing gives the same bytes.
    """
    style = "\n" + read("page.css")
    scripts = [vendored(library) for library in libraries()] + ["\n" + read("page.js")]
    policy = _POLICY.format(scripts=" ".join(map(integrity, scripts)), styles=integrity(style))
    told = drawing.explanation
    return Template(read("page.html")).substitute(
        policy=escape(policy, quote=True).replace("&#x27;", "'"),
        title=said(_title(drawing.title)),
        version=said(drawing.version),
        style_id=_STYLE_ID,
        style=style,
        facts=_facts(drawing),
        text=_text(told) if told is not None else "",
        contents=_contents(told),
        claims=claim_table(drawing),
        concepts=concept_table(drawing),
        sources=_sources(drawing),
        data=as_json(page_data(drawing)),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _title(title: str) -> str:
    """A title of a line or two: what is too long ends where a part of it does."""
    if len(title) <= _LONGEST:
        return title
    return f"{title[:_LONGEST].rpartition(', ')[0] or title[: _LONGEST - 1]} …"


def _facts(drawing: Drawing) -> str:
    counts = (
        (len(drawing.nodes), "concept"),
        (len(drawing.edges), "claim"),
        (len(drawing.sources), "source"),
    )
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in counts)


def _text(told: Explanation) -> str:
    asked = f"<blockquote><p>{said(told.case.text)}</p></blockquote>\n" if told.case.text else ""
    page = render_page(compose(told), anchor=SOURCE)
    level = escape(told.urgency.level)
    return (
        f'<section id="explanation" aria-labelledby="explanation-title" data-level="{level}">\n'
        f'<h2 id="explanation-title">Explanation</h2>\n{asked}{page}</section>'
    )


def _contents(told: Explanation | None) -> str:
    return '<li><a href="#explanation">Explanation</a></li>' if told is not None else ""


def _sources(drawing: Drawing) -> str:
    """What the text does not list already."""
    cited = len(drawing.explanation.sources) if drawing.explanation is not None else 0
    if len(drawing.sources) <= cited:
        return ""
    title = "Further sources" if cited else "Sources"
    return (
        f'<section id="sources" aria-labelledby="sources-title">\n'
        f'<h2 id="sources-title">{title}</h2>\n{source_list(drawing, cited + 1)}\n</section>'
    )
