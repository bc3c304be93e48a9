"""What a validation found: one frozen report in three sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SCHEMA = "facial-twitch-kg/validation/1"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the shapes that something breaks.

    Attributes:
        shape: compact IRI of the shape.
        focus: compact IRI of what breaks it; of the claim or the passage, where its evidence or
            its selector does.
        value: the value at fault, or None where something is missing.
        message: what is wrong, and how to mend it.
    """

    shape: str
    focus: str
    value: str | None
    message: str

    def __str__(self) -> str:
        return f"{self.shape}: {self.focus}: {self.message}"


@dataclass(frozen=True, slots=True, order=True)
class QualityRow:
    """A row of the answer of a quality query, which should have none.

    Attributes:
        query: name of the query.
        title: what the query finds.
        values: column and value, in the order of the query; columns without a value left out.
    """

    query: str
    title: str
    values: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        found = ", ".join(f"{column} {value}" for column, value in self.values)
        return f"{self.query}: {self.title}: {found}"


@dataclass(frozen=True, slots=True)
class PassageFault:
    """A passage that does not stand in the articles as the graph says, or an article at fault.

    Attributes:
        passage: compact IRI of the passage, or of the source where the whole article is meant.
        file: name of the file that was taken for the article, or None.
        paragraph: number of the paragraph, or None.
        sentence: number of the sentence, or None.
        message: what is wrong.
    """

    passage: str
    file: str | None
    paragraph: int | None
    sentence: int | None
    message: str

    def __str__(self) -> str:
        parts = [self.passage]
        if self.paragraph is not None:
            parts.append(f"paragraph {self.paragraph}")
        if self.sentence is not None:
            parts.append(f"sentence {self.sentence}")
        if self.file is not None:
            parts.append(self.file)
        return f"{', '.join(parts)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found.

    Attributes:
        shapes: violations of the shapes, sorted.
        quality: rows of the quality queries, sorted.
        passages: faults of passages and articles, sorted; empty where no articles were given.
        counts: how much was looked at: `concepts`, `claims`, `evidence`, `passages`,
            `passages_checked`, `shapes`, `quality_queries`.

    >>> report = Report(shapes=(), quality=(), passages=(), counts={"claims": 3})
    >>> report.ok, report.to_dict()["counts"]
    (True, {'claims': 3})
    """

    shapes: tuple[Violation, ...]
    quality: tuple[QualityRow, ...]
    passages: tuple[PassageFault, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not (self.shapes or self.quality or self.passages)

    @property
    def problems(self) -> tuple[Violation | QualityRow | PassageFault, ...]:
        """Everything that was found, section by section."""
        return (*self.shapes, *self.quality, *self.passages)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; keys may be added, those that are there stay."""
        return {
            "schema": _SCHEMA,
            "ok": self.ok,
            "counts": dict(self.counts),
            "shapes": [
                {"shape": v.shape, "focus": v.focus, "value": v.value, "message": v.message}
                for v in self.shapes
            ],
            "quality": [
                {"query": row.query, "title": row.title, "values": dict(row.values)}
                for row in self.quality
            ],
            "passages": [
                {
                    "passage": fault.passage,
                    "file": fault.file,
                    "paragraph": fault.paragraph,
                    "sentence": fault.sentence,
                    "message": fault.message,
                }
                for fault in self.passages
            ],
        }
