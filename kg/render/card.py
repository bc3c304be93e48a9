"""The card of a concept as a page."""

from __future__ import annotations

from collections.abc import Iterable

from kg.card import CardClaim, ConceptCard
from kg.render.page import Item, Page, Section, Span, bullet, cite, paragraph, quiet, strong
from kg.render.wording import capital

__all__ = ["compose"]


def compose(card: ConceptCard) -> Page:
    """Lay out a card: who it is, what is said of it, what is said about it, who says so."""
    numbers = {source: number for number, source in enumerate(card.sources, 1)}
    lay = f" – {card.lay_label}" if card.lay_label not in (None, card.label) else ""
    top = [paragraph(strong(capital(card.label)), f"{lay} ", quiet(f"({card.id})"))]
    if card.definition:
        top.append(paragraph(card.definition))
    top.append(bullet(strong("Kind:"), f" {', '.join(card.kinds)}"))
    if card.synonyms:
        top.append(bullet(strong("Also called:"), f" {'; '.join(card.synonyms)}"))
    for mapping in card.mappings:
        label = f" ({mapping.label})" if mapping.label else ""
        top.append(bullet(strong(f"{capital(mapping.match)} match:"), f" {mapping.id}{label}"))
    sections = [Section(None, tuple(top))]
    for title, claims in (
        ("What it does and is", card.claims),
        ("Said about it", card.claims_about),
    ):
        if claims:
            sections.append(Section(title, tuple(_claims(claims, numbers))))
    if card.sources:
        listed = [
            Item("numbered", (Span(title),), number)
            for number, title in enumerate(card.sources.values(), 1)
        ]
        sections.append(Section("Sources", tuple(listed)))
    return Page(tuple(sections))


def _claims(claims: Iterable[CardClaim], numbers: dict[str, int]) -> list[Item]:
    return [
        bullet(capital(claim.text), *_sureness(claim), cite(_cited(claim, numbers)))
        for claim in claims
    ]


def _sureness(claim: CardClaim) -> list[Span]:
    told = f"{claim.frequency}, " if claim.frequency is not None else ""
    return [quiet(f" ({told}{claim.hedge}, confidence {claim.confidence:.2f})")]


def _cited(claim: CardClaim, numbers: dict[str, int]) -> str:
    told = []
    for item in claim.evidence:
        against = "against: " if item.direction == "refutes" else ""
        place = f", {item.locator}" if item.locator is not None else ""
        told.append(f"{against}{numbers[item.source]}{place}")
    return f" [{'; '.join(told)}]" if told else ""
