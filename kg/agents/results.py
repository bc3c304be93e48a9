"""What the tools give: plain records, from which the SDK makes the schemas of the results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from kg.card import CardClaim
from kg.explain.engine import DISCLAIMER
from kg.explain.model import Chain, Explanation
from kg.recognise.case import Case
from kg.view import View

_LIKELIEST: Final = 5


@dataclass
class Safety:
    """How soon care is needed, as far as the words tell; pass it on before anything else."""

    level: str
    advice: str
    red_flags: list[str] = field(default_factory=list)
    disclaimer: str = DISCLAIMER


@dataclass
class Named:
    """A concept by its id and its name, with what is said of it here."""

    id: str
    label: str
    note: str = ""


@dataclass
class Read:
    """What a text was read as; `unread` is about the body and was not understood: ask about it."""

    safety: Safety
    present: list[Named]
    absent: list[Named]
    unread: list[str]
    left_over: list[str]


@dataclass
class Explained:
    """The answer as one screen of Markdown, and its parts by id."""

    safety: Safety
    text: str
    present: list[Named]
    absent: list[Named]
    conditions: list[Named]
    causes: list[Named]
    remedies: list[Named]
    questions: list[Named]
    sources: list[str]


@dataclass
class Answered:
    """The answer to a question, and the questions nearest to it where it was not understood."""

    safety: Safety
    text: str
    answers: list[Named]
    nearest: list[str]
    sources: list[str]


@dataclass
class Seen:
    """Concepts, or what is said of one."""

    safety: Safety
    found: list[Named]
    claims: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass
class Rows:
    """The rows of a table, or the statements of a graph as Turtle."""

    safety: Safety
    columns: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    turtle: str = ""


def not_assessed() -> Safety:
    """Where no case was told."""
    return Safety(
        "not-assessed", "No case was told: this says nothing about how soon care is needed."
    )


def safety_of(told: Explanation) -> Safety:
    """How soon care is needed in a case, and why."""
    flags = [flag.label for flag in told.urgency.because]
    return Safety(told.urgency.level, told.urgency.advice, flags, told.disclaimer)


def safety_of_question(told: Explanation, lost: bool) -> Safety:
    """How soon care is needed as far as a question tells; not assessed where it tells of nobody.

    Words that were not understood, of the question or of a case in it, leave the level open.
    """
    case = told.case
    tells = told.urgency.clear or case.present() or case.absent() or case.unread or lost
    return safety_of(told) if tells else not_assessed()


def read(case: Case, told: Explanation, view: View) -> Read:
    """What a text was read as, and how soon care is needed."""
    return Read(
        safety_of(told),
        [Named(name, view.label(name)) for name in case.present()],
        [Named(name, view.label(name)) for name in case.absent()],
        [each.text for each in case.unread],
        list(case.unrecognised),
    )


def explained(told: Explanation, view: View, level: str) -> Explained:
    """An explanation."""
    return Explained(
        safety_of(told),
        told.to_markdown(level),
        [Named(name, view.label(name)) for name in told.case.present()],
        [Named(name, view.label(name)) for name in told.case.absent()],
        [
            Named(c.id, c.label, f"probability {c.probability:.2f}")
            for c in told.conditions[:_LIKELIEST]
        ],
        [Named(c.id, c.label, "reported" if c.reported else "not asked") for c in told.causes],
        [Named(r.id, r.label, r.why) for r in told.remedies],
        [Named(q.id, q.text, q.why) for q in told.questions],
        [_source(s.title, s.url) for s in told.sources],
    )


def named(things: Any) -> list[Named]:
    """Whatever has an id and a label."""
    return [Named(thing.id, thing.label, getattr(thing, "text", "")) for thing in things]


def said(claims: tuple[CardClaim, ...]) -> list[str]:
    """Claims as sentences, each with how sure it is."""
    return [f"{c.text} ({c.hedge}, confidence {c.confidence:.2f}, {c.check})" for c in claims]


def steps(chain: Chain) -> str:
    """A chain in words, with how sure it is."""
    told = "; ".join(step.text for step in chain.steps)
    return f"{told} (sign {chain.sign}, confidence {chain.confidence:.2f})"


def _source(title: str, url: str | None) -> str:
    return f"{title} {url}" if url else title
