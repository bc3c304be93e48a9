"""The whole page in one file: it asks for nothing, and runs no script but those it came with."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from string import Template
from typing import Final

from kg.explain.model import Explanation
from kg.export.drawing import Drawing
from kg.export.web.assets import integrity, libraries, read, vendored
from kg.export.web.data import as_json, page_data
from kg.export.web.looks import look_rules
from kg.export.web.tables import SOURCE, claim_table, concept_table, source_list
from kg.render.brief import laid_out
from kg.render.html import render_page, said

__all__ = ["renumbered", "write_document"]

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
    text, cited = _text(drawing.explanation)
    drawing = renumbered(drawing, cited)
    style = f"\n{read('page.css')}{look_rules(drawing)}"
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
        text=text,
        contents=_contents(told),
        claims=claim_table(drawing),
        concepts=concept_table(drawing),
        sources=_sources(drawing, len(cited)),
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


def renumbered(drawing: Drawing, cited: dict[str, int]) -> Drawing:
    """The drawing with its sources as a text numbers them, then those that it alone cites."""
    used = {source for edge in drawing.edges for source in edge.sources} | set(cited)
    last = len(cited) + 1
    kept = [source for source in drawing.sources if source.id in used]
    ordered = sorted(kept, key=lambda source: cited.get(source.id, last))
    return replace(drawing, sources=tuple(ordered))


def _text(told: Explanation | None) -> tuple[str, dict[str, int]]:
    """The explanation in words, and the number of each source that they cite."""
    if told is None:
        return "", {}
    cited = {source: number for number, source in enumerate(told.summary.sources, 1)}
    asked = f"<blockquote><p>{said(told.case.text)}</p></blockquote>\n" if told.case.text else ""
    level = escape(told.urgency.level)
    body = render_page(laid_out(told), anchor=SOURCE)
    text = (
        f'<section id="explanation" aria-labelledby="explanation-title" data-level="{level}">\n'
        f'<h2 id="explanation-title">Explanation</h2>\n{asked}{body}</section>'
    )
    return text, cited


def _contents(told: Explanation | None) -> str:
    return '<li><a href="#explanation">Explanation</a></li>' if told is not None else ""


def _sources(drawing: Drawing, cited: int) -> str:
    """The sources that the text does not list already."""
    if len(drawing.sources) <= cited:
        return ""
    title = "Further sources" if cited else "Sources"
    return (
        f'<section id="sources" aria-labelledby="sources-title">\n'
        f'<h2 id="sources-title">{title}</h2>\n{source_list(drawing, cited + 1)}\n</section>'
    )
