"""The explanation as a table: who says what, for each statement of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.cells import Value
from kg.explain.model import ClaimItem, EvidenceItem, Explanation
from kg.explain.rows import Row, rows
from kg.explain.serialise import DIGITS
from kg.query_result import QueryResult

COLUMNS: Final[Mapping[str, str]] = {
    "part": "red-flag, warning-sign, condition, cause, location, remedy or disagreement",
    "rank": "the place of the entry in its list, from 1",
    "id": "the concept of the entry; nothing for a disagreement",
    "label": "the name of the entry, or what it says",
    "level": "the urgency of a red flag or a warning sign",
    "score": "what the entry is ranked by; for a condition the total in decibans",
    "chain": "the place of the chain within the entry, from 1",
    "sign": "+ for a chain that raises its end, - for one that lowers it, ? where nobody knows",
    "step": "the place of the step within the chain, from 1",
    "finding": "the finding that is weighed for a condition",
    "decibans": "its weight; without a finding, the prior of the condition",
    "statement": "the claim in words",
    "claim": "the claim that the statement rests on",
    "hedge": "how surely the claim is stated: asserted, usual or possible",
    "confidence": "how sure the claim is, from 0 to 1",
    "contested_by": "the claims that disagree with a step, a space between them",
    "direction": "whether this piece of evidence supports or refutes the claim",
    "source": "who says so",
    "passage": "the sentence of the source, where it is known",
    "locator": "the place in the source, in words",
}
_OF_EVIDENCE: Final = ("direction", "source", "passage", "locator")


def to_table(explanation: Explanation) -> QueryResult:
    """Make a table of an explanation, as if it were the answer to a query.

    title: What an answer rests on
    description: Every flag, weight, chain step, place, remedy and disagreement of an answer, with
        the claim it rests on and each piece of evidence for and against that claim.
    columns: see `COLUMNS`.

    There is a row for each piece of evidence; a statement whose claim has none, or that rests on
    no claim, has one row. The weights of a condition add up to its score.
    """
    told: list[tuple[Value, ...]] = []
    for row in rows(explanation):
        claim = explanation.claims.get(row.claim) if row.claim is not None else None
        evidence = claim.evidence if claim is not None else ()
        told += [_cells(row, claim, item) for item in evidence or (None,)]
    return QueryResult(tuple(COLUMNS), tuple(told))


def _cells(row: Row, claim: ClaimItem | None, item: EvidenceItem | None) -> tuple[Value, ...]:
    cells: dict[str, Value] = {
        "statement": claim.text if claim else None,
        "hedge": claim.hedge if claim else None,
        "confidence": claim.confidence if claim else None,
        "contested_by": " ".join(row.contested_by) or None,
    }
    for name in COLUMNS:
        holder = item if name in _OF_EVIDENCE else row
        value = cells[name] if name in cells else getattr(holder, name, None)
        cells[name] = round(value, DIGITS) + 0.0 if isinstance(value, float) else value
    return tuple(cells[name] for name in COLUMNS)
