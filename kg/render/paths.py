"""Causal chains between two concepts as a page: a numbered list of steps for each chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.model import Chain, SourceItem
from kg.explain.phrasing import capital
from kg.render.page import Item, Page, Section, Span, paragraph, quiet, strong
from kg.render.sources import Sources
from kg.view import View

_SIGNS: Final = {"+": "raises", "-": "lowers", "?": "changes, which way is not known,"}


def compose(chains: Iterable[Chain], view: View) -> Page:
    """Lay out chains one after the other, then the sources that they cite."""
    told = list(chains)
    items = [item for chain in told for step in chain.steps for item in step.evidence]
    sources = {item.source: None for item in items}
    known = Sources((SourceItem(s, view.label(s), "", None) for s in sources), numbered=True)
    return Page((*(_chain(chain, view, known) for chain in told), *known.listed()))


def _chain(chain: Chain, view: View, sources: Sources) -> Section:
    ends = f"{capital(view.label(chain.start))} {_SIGNS[chain.sign]} {view.label(chain.end)}"
    how = "direct statement" if chain.direct else "mechanism"
    title = paragraph(strong(ends), quiet(f" ({how}, confidence {chain.confidence:.2f})"))
    steps = [
        Item(
            "numbered", (Span(capital(step.text)), sources.cite(step.evidence, places=True)), number
        )
        for number, step in enumerate(chain.steps, 1)
    ]
    return Section(None, (title, *steps))
