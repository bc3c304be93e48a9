"""The answer to a question: a sentence, rows with their citations, and the SPARQL that was run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kg.explain.model import EvidenceItem, SourceItem

SCHEMA: Final = "kg-answer/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that answers.

    Attributes:
        id: the concept, as a compact IRI.
        label: its name.
        text: what is said of it, as surely as the sources say it.
        claims: the claims that say so.
        evidence: where they stand.
        denied: True where sources only speak against it.
    """

    id: str
    label: str
    text: str
    claims: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    denied: bool = False


@dataclass(frozen=True)
class Answer:
    """What a question was understood as, and what the graph answers.

    Attributes:
        question: as it was asked.
        understood: the same in good English; None where it was not understood.
        query: name of the query that answers; None where it was not understood.
        parameters: the concepts that it is about, by the parameters of the query.
        text: the answer as a sentence or two.
        answers: what answers, the best supported first; what sources deny comes last.
        also: what is told beside it: the warning signs of a grave illness that is asked about.
        sparql: the query that was run, as any SPARQL tool runs it.
        confidence: how surely the question was understood, from 0 to 1; 0 where it was not.
        mended: words that were read as other words.
        not_understood: words that nothing accounts for.
        nearest: up to three questions that can be answered, where this one cannot.
        plain: whether a plain sentence answers that is no query's: what one may do with it, whom
            to ask.
        sources: the documents that are cited; a number is a place in the list, from 1.
        labels: names of all concepts that the answer speaks of.
    """

    question: str
    graph_version: str
    text: str
    understood: str | None = None
    query: str | None = None
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: tuple[Row, ...] = ()
    also: tuple[Row, ...] = ()
    sparql: str | None = None
    confidence: float = 0.0
    mended: Mapping[str, str] = field(default_factory=dict)
    not_understood: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    plain: bool = False
    sources: tuple[SourceItem, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is something that answers."""
        return self.plain or any(not row.denied for row in self.answers)

    def __repr__(self) -> str:
        return f"<Answer to {self.understood or self.question!r}: {len(self.answers)} rows>"

    def __str__(self) -> str:
        from kg.ask.page import compose
        from kg.render.plain import render_page

        return render_page(compose(self))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data for JSON, described by `answer.schema.json`."""
        data = asdict(self)
        data["parameters"] = {
            name: [{"id": concept, "label": self.labels[concept]} for concept in concepts]
            for name, concepts in self.parameters.items()
        }
        return {"schema": SCHEMA, **data}

    def to_markdown(self) -> str:
        """The answer as Markdown."""
        from kg.ask.page import compose
        from kg.render.markdown import render_page

        return render_page(compose(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        from kg.ask.page import compose
        from kg.render.notebook import of_page

        return of_page(compose(self))
