"""What a rendering tells, in which order: the page of an explanation, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kg.explain.model import Explanation, RaisedFlag
from kg.explain.wording import listed
from kg.recognise.case import Finding
from kg.render.page import Item, Page, Section, Span, bullet, paragraph, quiet, strong
from kg.render.reasons import causes, conditions, disagreements, location
from kg.render.steps import asked, questions, remedies, watch
from kg.render.wording import Words, capital, level_of

__all__ = ["compose", "compose_numbered"]

_SECTIONS: Final[tuple[tuple[str, Callable[[Words], list[Item]]], ...]] = (
    ("What may explain it", conditions),
    ("Why it may happen", causes),
    ("What helps", remedies),
    ("Where", location),
    ("Worth asking next", questions),
    ("Warning signs to watch for", watch),
    ("Where the sources disagree", disagreements),
)

# Whoever has to act at once is not told at length how it came about, and what else may come.
_AT_ONCE: Final = "emergency"
_CAN_WAIT: Final = (causes, location, questions, watch)


def compose(explanation: Explanation, level: str = "plain") -> Page:
    """Lay out an explanation for a person, in plain words or in clinical terms.

    Every fact comes from the explanation; what it holds of caveats (hedges, limits, findings
    against, what was not understood) is told, whatever the level.

    Raises:
        BadInput: there is no such level.
    """
    return compose_numbered(explanation, level)[0]


def compose_numbered(explanation: Explanation, level: str = "plain") -> tuple[Page, dict[str, int]]:
    """The page, and the number that it gives to each source that it cites, by the source's id."""
    words = Words(explanation, level_of(level))
    sections = [Section(None, tuple(_lead(words)), explanation.urgency.level)]
    understood = _understood(words)
    if understood:
        sections.append(Section("What was understood", tuple(understood)))
    for title, told in _SECTIONS if explanation.in_scope else ():
        if explanation.urgency.level == _AT_ONCE and told in _CAN_WAIT:
            continue
        items = told(words)
        if items:
            sections.append(Section(title, tuple(items)))
    if words.numbers:
        sections.append(Section("Sources", tuple(_sources(words))))
    sections.append(Section(None, (paragraph(quiet(explanation.disclaimer)),)))
    return Page(tuple(sections)), words.numbers


def _lead(words: Words) -> list[Item]:
    """What to do, first of all; then why, and whether the graph covers the question at all."""
    explanation, urgency = words.explanation, words.explanation.urgency
    items = [paragraph(strong(f"{capital(urgency.label)}:"), f" {urgency.advice}")]
    if urgency.clear and not explanation.in_scope and not urgency.because:
        items = []  # not to know is no reassurance
    items += [bullet(*_flag(words, f)) for f in urgency.because if f.level == urgency.level]
    # What asks for less haste is named, but its advice would only delay.
    less = [f for f in urgency.because if f.level != urgency.level]
    if less:
        evidence = tuple(e for flag in less for e in flag.evidence)
        named = "; ".join(words.text(flag.label) for flag in less)
        items.append(
            bullet(
                strong("Less urgent, but also a reason:"), f" {named}", words.cite(evidence), "."
            )
        )
    if urgency.level != _AT_ONCE:
        items += [bullet(*asked(words, q)) for q in explanation.questions if q.quote is not None]
    if not explanation.in_scope:
        seen = " otherwise." if urgency.because else (
            ". It saw none of the warning signs that it knows, which is no reassurance."
        )  # fmt: skip
        items.append(paragraph(f"This graph does not cover what was described{seen}"))
    return items


def _flag(words: Words, flag: RaisedFlag) -> list[str | Span]:
    met = listed([words.label(finding) for finding in flag.findings])
    told: list[str | Span] = [strong(capital(words.text(flag.label)))]
    # Where one finding is the whole flag, its name says it all.
    if met.lower() != words.text(flag.label).lower():
        told.append(f" (here: {met})")
    told.append(words.cite(flag.evidence))
    if flag.advice and flag.advice != words.explanation.urgency.advice:
        told.append(f": {flag.advice}")
    else:
        told.append(".")
    if flag.points_to:
        told.append(f" It can point to {words.plainly(flag.points_to, 'or')}.")
    return told


def _understood(words: Words) -> list[Item]:
    case = words.explanation.case
    told = [f for f in case.findings if not _implied(f)]
    groups = (
        ("Present", [f for f in told if f.status == "present"]),
        ("Denied", [f for f in told if f.status == "absent"]),
        ("Left open", [f for f in told if f.status not in ("present", "absent")]),
        ("About somebody else, or the past", list(case.others)),
    )
    items = [
        bullet(strong(f"{title}:"), f" {'; '.join(_each(words, findings))}.")
        for title, findings in groups
        if findings
    ]
    if case.trials:
        tried = "; ".join([words.trial(trial) for trial in case.trials])
        items.append(bullet(strong("Tried:"), f" {tried}."))
    follows = [words.implied(finding) for finding in case.findings if _implied(finding)]
    if follows:
        items.append(bullet(strong("What follows from that:"), f" {'; '.join(follows)}."))
    if case.unrecognised:
        left = ", ".join(f"“{text}”" for text in case.unrecognised)
        items.append(bullet(strong("Not understood, so not used:"), f" {left}."))
    items += [bullet(capital(words.text(note))) for note in case.notes]
    return items


def _implied(finding: Finding) -> bool:
    return bool(finding.implied_by) or (finding.reason or "").startswith("implied")


def _each(words: Words, findings: Iterable[Finding]) -> Iterable[str]:
    return dict.fromkeys(words.finding(finding) for finding in findings)


def _sources(words: Words) -> list[Item]:
    items = []
    known = {source.id: source for source in words.explanation.sources}
    for name, number in words.numbers.items():
        source = known[name]
        kind = source.type.replace("-", " ")
        spans = [Span(f"{source.title} ({kind})")]
        if source.url is not None:
            spans.append(Span(f" {source.url}"))
        places = words.places.get(source.id)
        if places:
            spans.append(quiet(f" – {_places(places)}"))
        items.append(Item("numbered", tuple(spans), number))
    return items


def _places(places: list[str]) -> str:
    """The places cited; those of articles as paragraph.sentence, in the order of the article."""
    numbered = [place for place in places if place.replace(".", "").isdigit()]
    numbered.sort(key=lambda place: tuple(map(int, place.split("."))))
    named = [place for place in places if place not in numbered]
    told = [f"cited at {', '.join(numbered)} (paragraph.sentence)"] if numbered else []
    return "; ".join([*told, *named])
