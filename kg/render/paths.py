"""Causal chains between two concepts as a page: a numbered list of steps for each chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.model import Chain, EvidenceItem
from kg.render.page import Item, Page, Section, Span, cite, paragraph, quiet, strong
from kg.render.wording import capital
from kg.view import View

__all__ = ["compose"]

_SIGNS: Final = {"+": "raises", "-": "lowers", "?": "changes, which way is not known,"}


def compose(chains: Iterable[Chain], view: View) -> Page:
    """Lay out chains one after the other, then the sources that they cite."""
    told = list(chains)
    items = [item for chain in told for step in chain.steps for item in step.evidence]
    sources = {item.source: None for item in items}
    numbers = {source: number for number, source in enumerate(sources, 1)}
    sections = [_chain(chain, view, numbers) for chain in told]
    listed = [
        Item("numbered", (Span(view.label(source)),), number) for source, number in numbers.items()
    ]
    return Page((*sections, Section("Sources", tuple(listed))))


def _chain(chain: Chain, view: View, numbers: dict[str, int]) -> Section:
    ends = f"{capital(view.label(chain.start))} {_SIGNS[chain.sign]} {view.label(chain.end)}"
    how = "direct statement" if chain.direct else "mechanism"
    title = paragraph(strong(ends), quiet(f" ({how}, confidence {chain.confidence:.2f})"))
    steps = [
        Item("numbered", (Span(capital(step.text)), cite(_cited(step.evidence, numbers))), number)
        for number, step in enumerate(chain.steps, 1)
    ]
    return Section(None, (title, *steps))


def _cited(evidence: Iterable[EvidenceItem], numbers: dict[str, int]) -> str:
    told = []
    for item in evidence:
        against = "against: " if item.direction == "refutes" else ""
        place = f", {item.locator}" if item.locator is not None else ""
        told.append(f"{against}{numbers[item.source]}{place}")
    return f" [{'; '.join(told)}]" if told else ""
