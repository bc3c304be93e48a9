"""Why one candidate ranks above another, as it is told: finding by finding, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from kg.explain.model import Chain, EvidenceItem, SourceItem

SCHEMA: Final = "kg-contrast/1"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one finding does to the difference, in decibans; None where a candidate is silent."""

    id: str
    label: str
    status: str
    first: float | None
    second: float | None
    claims: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]

    @property
    def difference(self) -> float:
        """How much the finding speaks for the first rather than the second, in decibans."""
        return (self.first or 0.0) - (self.second or 0.0)


@dataclass(frozen=True, slots=True)
class Separator:
    """A question that would tell the two apart, and how each answer would move the difference."""

    id: str
    text: str
    if_present: float
    if_absent: float
    gain: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """Why the first candidate ranks above the second, or that it does not.

    Attributes:
        kind: ``conditions`` or ``causes``, the list in which both stand.
        first, second: ids of the two; `labels` holds their names.
        holds: True when the first stands above the second.
        first_score, second_score: in decibans.
        base: the share of the difference that no finding makes, in decibans: how common the
            conditions are, or amounts of the causes that are below their limits.
        differences: what each finding does, the greatest difference first; with `base` they add
            up to the difference of the scores.
        notes: what decides besides the scores.
        only_first, only_second: the best chain to each finding that one of them alone explains.
        separators: open questions that would tell the two apart, the most telling first.
        urgency: how soon care is needed, in words; None where nothing calls for it. No rank
            says that the rarer, graver one can wait.
    """

    kind: str
    first: str
    second: str
    holds: bool
    first_score: float
    second_score: float
    base: float
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    only_first: tuple[Chain, ...]
    only_second: tuple[Chain, ...]
    separators: tuple[Separator, ...]
    labels: dict[str, str]
    sources: tuple[SourceItem, ...]
    urgency: str | None
    disclaimer: str

    @property
    def difference(self) -> float:
        """The score of the first less that of the second, in decibans."""
        return self.first_score - self.second_score

    def to_dict(self) -> dict[str, Any]:
        """The contrast as plain data for JSON."""
        from kg.explain.serialise import contrast_to_dict

        return contrast_to_dict(self, SCHEMA)

    def to_markdown(self) -> str:
        """The contrast as Markdown."""
        return str(import_module("kg.render.contrast").markdown(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: text, Markdown and HTML; no scripts."""
        page = import_module("kg.render.contrast").compose(self)
        bundle: dict[str, str] = import_module("kg.render.notebook").of_page(page)
        return bundle
