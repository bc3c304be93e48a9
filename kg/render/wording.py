"""The words that renderings share: names in plain words, citations, amounts, chains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, get_args

from kg.errors import BadInput, printable
from kg.explain.model import Chain, EvidenceItem, Explanation, Link
from kg.explain.wording import days_told, listed
from kg.recognise.case import Amount, Finding, Trial
from kg.render.lay import LayText, bare
from kg.render.page import Span, cite, quiet

__all__ = ["LEVELS", "Level", "Words", "capital", "level_of", "percent"]

Level = Literal["plain", "clinical"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

_PLACE: Final = re.compile(r"paragraph (\d+), sentence (\d+)")
_CLAUSES: Final = 3  # clauses that one sentence of a chain holds at most
_UNITS: Final = {"d": "a day", "wk": "a week", "mo": "a month", "h": "an hour"}


def capital(text: str) -> str:
    """The text with its first letter as a capital.

    >>> capital("xSD stays"), capital("")
    ('XSD stays', '')
    """
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """A share as a whole number of percent; never quite nothing, never quite all.

    >>> [percent(share) for share in (0.004, 0.81, 0.9999)]
    ['less than 1 %', '81 %', 'more than 99 %']
    """
    if share < 0.01:
        return "less than 1 %"
    return "more than 99 %" if share > 0.99 else f"{share * 100:.0f} %"


def level_of(name: str) -> Level:
    """The level of that name.

    Raises:
        BadInput: there is none.

    >>> level_of("clinical")
    'clinical'
    """
    for level in LEVELS:
        if level == name:
            return level
    raise BadInput(f'no level "{printable(name)}": use {" or ".join(LEVELS)}')


@dataclass
class Words:
    """The wording of one explanation: knows its names, and numbers the sources that it cites.

    At the level ``plain`` names are plain words, and that of an entry has the term beside it; at
    ``clinical`` they are the terms alone.
    """

    explanation: Explanation
    level: Level = "plain"
    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)

    @property
    def clinical(self) -> bool:
        """True at the level of clinicians."""
        return self.level == "clinical"

    @cached_property
    def _sources(self) -> frozenset[str]:
        return frozenset(item.id for item in self.explanation.sources)

    @cached_property
    def _lay_text(self) -> LayText:
        return LayText(self.explanation)

    def text(self, text: str) -> str:
        """A text of the explanation, its names in the words of the level."""
        return text if self.clinical else self._lay_text(text)

    def term(self, concept: str) -> str:
        """The term for a concept."""
        return self.explanation.labels.get(concept, concept.rpartition(":")[2].replace("-", " "))

    def label(self, concept: str) -> str:
        """The name of a concept."""
        term = self.term(concept)
        return term if self.clinical else self.explanation.lay_labels.get(concept, term)

    def lacking(self, concept: str) -> str:
        """The name of a concept that is denied."""
        return f"no {bare(self.label(concept))}"

    def plain(self, concept: str) -> str:
        """The name of an entry: the plain words with the term beside them."""
        label, term = self.label(concept), self.term(concept)
        return label if term.lower() in label.lower() else f"{label} ({term})"

    def plainly(self, concepts: Iterable[str], last: str = "and") -> str:
        """Several concepts in plain words."""
        return listed([self.plain(concept) for concept in concepts], last)

    def cite(self, evidence: Iterable[EvidenceItem]) -> Span:
        """The numbers of the sources of some evidence, those against it named as such.

        A source gets the next number when it is first cited.
        """
        camps: dict[str, set[int]] = {"supports": set(), "refutes": set()}
        for item in evidence:
            if item.source in self._sources:
                number = self.numbers.setdefault(item.source, len(self.numbers) + 1)
                camps.setdefault(item.direction, set()).add(number)
                self._note_place(item)
        told = [str(n) for n in sorted(camps["supports"])]
        against = sorted(camps["refutes"])
        told += [f"against: {', '.join(map(str, against))}"] if against else []
        return cite(f" [{', '.join(told)}]" if told else "")

    def _note_place(self, item: EvidenceItem) -> None:
        if item.locator is None:
            return
        match = _PLACE.fullmatch(item.locator)
        place = f"{match[1]}.{match[2]}" if match else item.locator
        known = self.places.setdefault(item.source, [])
        if place not in known:
            known.append(place)

    # -- what was reported

    def finding(self, finding: Finding) -> str:
        """A finding with where, how long, how much, and why it is counted as it is."""
        details = []
        if finding.side is not None:
            sides = {"both": "both sides"}
            details.append(sides.get(finding.side, f"{finding.side} side"))
        label, site = self.label(finding.id), finding.site
        if site is not None and bare(self.label(site)).lower() not in label.lower():
            details.append(f"at: {self.label(site)}")
        if finding.duration_days is not None:
            details.append(f"for {days_told(finding.duration_days)}")
        if finding.amount is not None:
            details.append(self.amount(finding.amount))
        if finding.course is not None:
            details.append(f"getting {finding.course}")
        if finding.reason and finding.reason != "denied":
            details.append(self.text(finding.reason))
        return ", ".join([label, *details])

    def implied(self, finding: Finding) -> str:
        """A finding that nobody told, with what it follows from."""
        name = self.lacking if finding.status == "absent" else self.label
        named = listed([self.label(ground) for ground in finding.implied_by])
        grounds = f"from {named}" if named else self.text(finding.reason or "")
        return f"{name(finding.id)} ({grounds})"

    def trial(self, trial: Trial) -> str:
        """What was tried, for how long, and what became of it."""
        time = "" if trial.days is None else f" ({days_told(trial.days)})"
        outcome = "outcome not told" if trial.outcome == "unknown" else trial.outcome
        return f"{self.plain(trial.id)}, {trial.action}{time}: {outcome}"

    def amount(self, amount: Amount) -> str:
        """An amount as it was told, with its number and how it stands to the limit."""
        number, _, period = amount.unit.partition("/")
        unit = f"{number} {_UNITS.get(period, 'per ' + period)}" if period else number
        value = f"{amount.value:.10g} {unit}"
        told = amount.text if value == amount.text else f"{amount.text}, about {value}"
        limit = f" ({self.label(amount.limit)})" if amount.limit is not None else ""
        where = {"below": "below the limit", "at": "at the limit", "above": "above the limit"}
        stands = where.get(amount.relation)
        return f"{told}, {stands}{limit}" if stands else told

    # -- chains

    def chain(self, chain: Chain) -> list[Span]:
        """A chain as a few short sentences, each step with its sources."""
        spans = self._terms(chain) if self.clinical else self._sentences(chain)
        if chain.sign == "?":
            spans.append(Span(" Whether this raises or lowers it, the sources do not say."))
        if self.clinical:
            spans.append(quiet(f" (confidence {chain.confidence:.2f})"))
        return [span for span in spans if span.text]

    def _sentences(self, chain: Chain) -> list[Span]:
        """One sentence for each step, which takes up where the one before ended."""
        spans: list[Span] = []
        sign, before = 1, 0
        for step in chain.steps:
            # After "there is less of it", what "this" would mean is not clear.
            name = "this" if spans and before >= 0 else self.label(step.subject)
            said = [Span(" " if spans else ""), Span(capital(self._said(name, step)))]
            said += [*self._sourced(step), Span(".")]
            sign, before = sign * step.polarity, step.polarity
            if step.polarity < 0 and step is not chain.steps[-1]:
                said.append(Span(f" So there is {'less' if sign < 0 else 'more'} of it."))
            spans += _of_step(said, chain, step)
        return spans

    def step(self, step: Link) -> str:
        """A step on its own."""
        return step.text if self.clinical else self._said(self.label(step.subject), step)

    def _said(self, name: str, step: Link) -> str:
        return f"{name} {step.plain}" if step.plain else self.text(step.text)

    def _terms(self, chain: Chain) -> list[Span]:
        """The steps in the terms of the field, those that follow joined to the first."""
        spans: list[Span] = []
        told: list[Link] = []
        sign, clauses = 1, 0
        for step in chain.steps:
            subject = self.term(step.subject)
            follows = step.text.startswith(f"{subject} ") and 0 < clauses < _CLAUSES
            if follows:
                # The comma stays with the step before.
                spans += _of_step([Span(",")], chain, chain.steps[len(told) - 1])
                said = [Span(f" which {step.text[len(subject) + 1 :]}")]
            else:
                spans += _of_step([Span(".")], chain, chain.steps[len(told) - 1]) if told else []
                said = [Span(" " if spans else ""), Span(capital(step.text))]
            clauses = clauses + 1 if follows else 1
            said += self._sourced(step)
            sign *= step.polarity
            if step.polarity < 0 and step is not chain.steps[-1]:
                said.append(Span(f", so there is {'less' if sign < 0 else 'more'} of it"))
                clauses = 0
            spans += _of_step(said, chain, step)
            told.append(step)
        return [*spans, *_of_step([Span(".")], chain, chain.steps[-1])]

    def _sourced(self, step: Link) -> list[Span]:
        contested = " (sources disagree, see below)" if step.contested_by else ""
        return [self.cite(step.evidence), Span(contested)]


def _of_step(spans: list[Span], chain: Chain, step: Link) -> list[Span]:
    """The spans, marked as those of a step."""
    mark = (chain.steps.index(step), step.polarity)
    return [replace(span, step=mark) for span in spans]
