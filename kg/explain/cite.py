"""Claims as parts of an explanation: worded, with their evidence and with what contests them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explain.model import ClaimItem, EvidenceItem, Link
from kg.explain.wording import Wording
from kg.view import View

# How many answers are kept; they depend on the view alone.
_KEPT = 5_000
_EPISTEMIC = ("ft:contradicts", "ft:strengthens")


def short(name: str) -> str:
    """The local part of a compact IRI, as it stands in the answer for steps of a scale.

    >>> short("ft:supports")
    'supports'
    """
    return name.rpartition(":")[2]


class Citations:
    """Turns the claims of one view into links and evidence, each made once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.wording = Wording(view)
        self._links: dict[tuple[str, bool], Link] = {}
        self._claims: dict[str, ClaimItem] = {}
        self._evidence: dict[str, tuple[EvidenceItem, ...]] = {}
        self._joined: dict[tuple[str | None, ...], tuple[EvidenceItem, ...]] = {}
        self._about: dict[tuple[str, str], tuple[str, ...]] = _about_claims(view)

    def link(self, claim_id: str, backward: bool) -> Link:
        """The claim as a step of a chain."""
        found = self._links.get((claim_id, backward))
        if found is None:
            found = self._links[(claim_id, backward)] = self._make(claim_id, backward)
        return found

    def _make(self, claim_id: str, backward: bool) -> Link:
        claim = self._view.claims[claim_id]
        ends = (claim.object, claim.subject) if backward else (claim.subject, claim.object)
        relation = self._view.relations.get(claim.predicate)
        return Link(
            subject=ends[0],
            relation=claim.predicate,
            object=ends[1],
            text=self.wording.claim(claim, backward=backward),
            claim=claim.id,
            polarity=(relation.polarity or 0) if relation is not None else 0,
            hedge=short(claim.hedge),
            confidence=claim.confidence,
            evidence=self.evidence((claim_id,)),
            contested_by=self._about.get((claim_id, "ft:contradicts"), ()),
            strengthened_by=self._about.get((claim_id, "ft:strengthens"), ()),
            plain=self.wording.plain(claim, backward=backward),
        )

    def evidence(self, claims: Iterable[str | None]) -> tuple[EvidenceItem, ...]:
        """The evidence of the claims, each place once, in the order of the claims."""
        key = tuple(claims)
        found = self._joined.get(key)
        if found is None:
            items: dict[EvidenceItem, None] = {}
            for claim_id in key:
                if claim_id is not None:
                    items.update(dict.fromkeys(self._of(claim_id)))
            if len(self._joined) >= _KEPT:
                self._joined.clear()
            found = self._joined[key] = tuple(items)
        return found

    def _of(self, claim_id: str) -> tuple[EvidenceItem, ...]:
        found = self._evidence.get(claim_id)
        if found is None:
            claim = self._view.claims[claim_id]
            found = self._evidence[claim_id] = tuple(
                EvidenceItem(item.source, item.locator, short(item.direction), item.passage)
                for item in claim.evidence
            )
        return found

    def claim(self, claim_id: str) -> ClaimItem:
        """The claim as the explanation keeps it."""
        found = self._claims.get(claim_id)
        if found is None:
            claim = self._view.claims[claim_id]
            found = self._claims[claim_id] = ClaimItem(
                claim.id,
                self.text(claim_id),
                short(claim.hedge),
                claim.confidence,
                self._of(claim_id),
                self._view.label(claim.frequency) if claim.frequency is not None else None,
                f"{self.wording.lay(claim.subject)} {self.wording.plain(claim)}",
            )
        return found

    def text(self, claim_id: str) -> str:
        """The claim as a sentence without a full stop."""
        return self.wording.claim(self._view.claims[claim_id])


def _about_claims(view: View) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each claim, what is said about it: claims that contradict it, and what strengthens it.

    Contradiction goes both ways. Strengthening is told by the claim that states it.
    """
    about: dict[tuple[str, str], set[str]] = {}

    def note(of: str, relation: str, other: str) -> None:
        if of in view.claims:
            about.setdefault((of, relation), set()).add(other)

    for claim in view.claims.values():
        if claim.predicate in _EPISTEMIC and claim.supported:
            if claim.predicate == "ft:contradicts":
                note(claim.subject, claim.predicate, claim.object)
                note(claim.object, claim.predicate, claim.subject)
            else:
                note(claim.object, claim.predicate, claim.id)
    return {key: tuple(sorted(values)) for key, values in about.items()}
