"""The card of a concept as a page."""

from __future__ import annotations

from collections.abc import Iterable

from kg.card import CardClaim, ConceptCard
from kg.explain.model import SourceItem
from kg.explain.phrasing import capital
from kg.render.page import Item, Page, Section, Span, bullet, paragraph, quiet, strong
from kg.render.sources import Sources


def compose(card: ConceptCard) -> Page:
    """Lay out a card: who it is, what is said of it, what is said about it, who says so."""
    known = (SourceItem(source, title, "", None) for source, title in card.sources.items())
    sources = Sources(known, numbered=True)
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
            sections.append(Section(title, tuple(_claims(claims, sources))))
    return Page((*sections, *sources.listed()))


def _claims(claims: Iterable[CardClaim], sources: Sources) -> list[Item]:
    return [
        bullet(capital(claim.text), *_sureness(claim), sources.cite(claim.evidence, places=True))
        for claim in claims
    ]


def _sureness(claim: CardClaim) -> list[Span]:
    if all(item.direction == "refutes" for item in claim.evidence):
        return [quiet(" (refuted)")]
    told = f"{claim.frequency}, " if claim.frequency is not None else ""
    return [quiet(f" ({told}{claim.hedge}, confidence {claim.confidence:.2f}, {claim.check})")]
