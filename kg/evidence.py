"""Reads sources, passages and claims with their evidence, and works out how sure each claim is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.confidence import evidence_confidence
from kg.prefixes import default_prefixes
from kg.reader import Reader, Values, from_name, text_of
from kg.terms import Literal
from kg.view import Claim, Evidence, Passage, ScaleItem, Source

_CAUTIOUS_HEDGE: Final = "ft:possible"


class EvidenceReader:
    """Reads what is claimed and who says so; the scales give the weights."""

    def __init__(self, reader: Reader, scales: Mapping[str, ScaleItem]) -> None:
        self._reader = reader
        self._scales = scales
        self.sources = self._read_sources()
        self.passages = self._read_passages()

    def _read_sources(self) -> dict[str, Source]:
        return {
            thing: Source(
                id=thing,
                iri=str(default_prefixes().expand(thing)),
                title=self._reader.one(values, "dcterms:title") or from_name(thing),
                type=self._reader.one(values, "ft:source-type") or "",
                url=_whole(values, "foaf:page"),
                independent=self._reader.one(values, "prov:wasDerivedFrom") or thing,
            )
            for thing, values in self._reader.grouped("sources").items()
        }

    def _read_passages(self) -> dict[str, Passage]:
        passages: dict[str, Passage] = {}
        for row in self._reader.rows("passages"):
            thing, source = self._reader.name(row[0]), self._reader.name(row[1])
            paragraph, sentence, start, end = (int(text_of(term)) for term in row[2:6])
            passages[thing] = Passage(
                thing, source, paragraph, sentence, start, end, text_of(row[6])
            )
        return passages

    def claims(self) -> dict[str, Claim]:
        """All claims with their evidence and their confidence, by compact IRI."""
        evidence = self._evidence()
        worked_out: dict[tuple[str, ...], float] = {}
        claims: dict[str, Claim] = {}
        for row in self._reader.rows("claims"):
            thing, subject, predicate, target, hedge, frequency, extent = map(
                self._reader.name, row
            )
            hedge = hedge or _CAUTIOUS_HEDGE
            items = tuple(evidence.get(thing, ()))
            # Most claims rest on the same few sources, so most confidences are known already.
            key = (hedge, *(end for i in items for end in (i.source, i.direction, i.check or "")))
            if key not in worked_out:
                found = evidence_confidence(hedge, items, self.sources, self._scales)
                worked_out[key] = found.value
            claim = Claim(
                id=thing,
                iri=str(row[0]),
                subject=subject,
                predicate=predicate,
                object=target,
                literal_object=isinstance(row[3], Literal),
                hedge=hedge,
                frequency=frequency or None,
                evidence=items,
                confidence=worked_out[key],
                extent=extent or None,
            )
            # Two hedges or objects are a mistake that validation reports; the first counts here.
            if thing not in claims or _stated(claim) < _stated(claims[thing]):
                claims[thing] = claim
        return claims

    def _evidence(self) -> dict[str, list[Evidence]]:
        """The evidence of each claim, sorted by source and place."""
        items: dict[tuple[str, str], Evidence] = {}
        for claim, item, direction, at, locator, check in self._reader.rows("evidence"):
            claim_id = self._reader.name(claim)
            place, where = self._reader.name(at), self._reader.name(locator) or None
            passage = self.passages.get(place)
            key = (claim_id, text_of(item))
            # The row with the passage tells more than the one with the source.
            if passage is None and key in items:
                continue
            # What stands after the claim's own name names its evidence.
            part = key[1].removeprefix(str(claim))
            items[key] = Evidence(
                id=claim_id + part if part != key[1] else self._reader.name(item),
                source=passage.source if passage is not None else place,
                passage=passage.id if passage is not None else None,
                locator=where or (passage.locator if passage is not None else None),
                direction=self._reader.name(direction),
                check=self._reader.name(check) or None,
            )
        by_claim: dict[str, list[Evidence]] = {}
        for (claim_id, _), evidence in sorted(items.items(), key=lambda i: self._place(i[1])):
            by_claim.setdefault(claim_id, []).append(evidence)
        return by_claim

    def _place(self, item: Evidence) -> tuple[str, int, int, str]:
        passage = self.passages.get(item.passage or "")
        if passage is None:
            return item.source, 0, 0, item.id
        return item.source, passage.paragraph, passage.sentence, item.id


def _whole(values: Values, prop: str) -> str | None:
    return min(map(text_of, values.get(prop, ())), default=None)


def _stated(claim: Claim) -> tuple[str, str, str, str, str]:
    return claim.subject, claim.predicate, claim.object, claim.hedge, claim.frequency or ""
