"""The words that renderings share: names in plain words, citations, amounts, chains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.explain.model import Chain, EvidenceItem, Explanation, Link
from kg.explain.wording import days_told, listed
from kg.recognise.case import Amount, Finding, Trial
from kg.render.page import Span, cite

__all__ = ["Words", "capital", "percent"]

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


@dataclass
class Words:
    """The wording of one explanation: knows its names, and numbers its sources."""

    explanation: Explanation
    places: dict[str, list[str]] = field(default_factory=dict)
    cited: bool = False
    _glossed: set[str] = field(default_factory=set)

    def label(self, concept: str) -> str:
        """The name of a concept."""
        return self.explanation.labels.get(concept, concept.rpartition(":")[2].replace("-", " "))

    def plain(self, concept: str) -> str:
        """The plain words for a concept with its clinical name beside them."""
        label = self.label(concept)
        lay = self.explanation.lay_labels.get(concept, label)
        self._glossed.add(concept)
        return lay if label.lower() in lay.lower() else f"{lay} ({label})"

    def plainly(self, concepts: Iterable[str], last: str = "and") -> str:
        """Several concepts in plain words."""
        return listed([self.plain(concept) for concept in concepts], last)

    def cite(self, evidence: Iterable[EvidenceItem]) -> Span:
        """The numbers of the sources of some evidence, those against it named as such."""
        numbers = {item.id: n for n, item in enumerate(self.explanation.sources, 1)}
        camps: dict[str, set[int]] = {"supports": set(), "refutes": set()}
        for item in evidence:
            if item.source in numbers:
                camps.setdefault(item.direction, set()).add(numbers[item.source])
                self._note_place(item)
        self.cited = self.cited or any(camps.values())
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
        label = self.label(finding.id)
        if finding.site is not None and self.label(finding.site).lower() not in label.lower():
            details.append(f"at: {self.label(finding.site)}")
        if finding.duration_days is not None:
            details.append(f"for {days_told(finding.duration_days)}")
        if finding.amount is not None:
            details.append(self.amount(finding.amount))
        if finding.course is not None:
            details.append(f"getting {finding.course}")
        if finding.reason and finding.reason != "denied":
            details.append(finding.reason)
        return ", ".join([self.plain(finding.id), *details])

    def implied(self, finding: Finding) -> str:
        """A finding that nobody told, with what it follows from."""
        no = "no " if finding.status == "absent" else ""
        named = listed([self.label(ground) for ground in finding.implied_by])
        grounds = f"from {named}" if named else finding.reason or ""
        return f"{no}{self.label(finding.id)} ({grounds})"

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
        spans: list[Span] = []
        sign, clauses = 1, 0
        for step in chain.steps:
            subject, rest = self._halves(step)
            follows = bool(clauses) and rest is not None and clauses < _CLAUSES
            if follows:
                spans.append(Span(f", which {self._with_gloss(rest or '', step)}"))
            else:
                spans.append(Span(". " if spans else ""))
                start = step.text if rest is None else f"{subject} {rest}"
                spans.append(Span(capital(self._with_gloss(start, step))))
            clauses = clauses + 1 if follows else 1
            spans.append(self.cite(step.evidence))
            if step.contested_by:
                spans.append(Span(" (sources disagree, see below)"))
            sign *= step.polarity
            if step.polarity < 0 and step is not chain.steps[-1]:
                spans.append(Span(f", so there is {'less' if sign < 0 else 'more'} of it"))
                clauses = 0
        spans.append(Span("."))
        if chain.sign == "?":
            spans.append(Span(" Whether this raises or lowers it, the sources do not say."))
        return [span for span in spans if span.text]

    def _halves(self, step: Link) -> tuple[str, str | None]:
        """The subject of a step and what is said of it; None where the text is built otherwise."""
        subject = self.label(step.subject)
        if step.text.startswith(f"{subject} "):
            return subject, step.text[len(subject) + 1 :]
        return subject, None

    def _with_gloss(self, text: str, step: Link) -> str:
        """The text with plain words after the name that ends it, when it is named first."""
        lay = self.explanation.lay_labels.get(step.object)
        label = self.label(step.object)
        if not lay or step.object in self._glossed or not text.endswith(label):
            return text
        self._glossed.add(step.object)
        return text if label.lower() in lay.lower() else f"{text} ({lay})"
