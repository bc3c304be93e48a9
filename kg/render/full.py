"""All of an explanation as a page, the most urgent first: whatever it holds is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.explain.judgement import decibans
from kg.explain.model import (
    Cause,
    Chain,
    Explanation,
    Link,
    NextQuestion,
    RaisedFlag,
    RankedCondition,
    RankedRemedy,
    WeightedFinding,
)
from kg.explain.phrasing import capital, lacking
from kg.explain.summary import OUTSIDE
from kg.explain.wording import days_told, listed
from kg.recognise.case import DOUBTFUL, Finding, Trial
from kg.render.page import Item, Page, Section, Span, bullet, paragraph, quiet, strong
from kg.render.sources import Sources
from kg.render.words import Words, level_of, percent

_LEAST: Final = 0.05  # decibans; less is shown as nothing


def compose(explanation: Explanation, level: str = "plain") -> Page:
    """Lay out all of an explanation, in plain words or in clinical terms.

    Raises:
        BadInput: there is no such level.
    """
    full = _Full(explanation, Words(explanation, level_of(level)))
    sections = [Section(None, tuple(full.lead()), explanation.urgency.level)]
    parts = [("What was understood", full.understood())]
    if explanation.in_scope:
        parts += [
            ("What may explain it", full.conditions()),
            ("Why it may happen", full.causes()),
            ("What helps", full.remedies()),
            ("Where", full.location()),
            ("Worth asking next", full.questions()),
            ("Warning signs to watch for", full.watch()),
            ("Where the sources disagree", full.disagreements()),
        ]
    elif explanation.conditions:
        parts.append(("What may explain it", full.conditions()))
    sections += [Section(title, tuple(items)) for title, items in parts if items]
    end = Section(None, (paragraph(quiet(explanation.disclaimer)),))
    return Page((*sections, *full.sources.listed(), end))


class _Full:
    """The parts of one explanation as items."""

    def __init__(self, explanation: Explanation, words: Words) -> None:
        self._e = explanation
        self._w = words
        self.sources = Sources(explanation.sources)
        self._cite = self.sources.cite

    def lead(self) -> list[Item]:
        """What to do, first of all; then why, and whether the graph covers the question at all."""
        e, urgency = self._e, self._e.urgency
        items = [paragraph(strong(f"{capital(urgency.label)}:"), f" {urgency.advice}")]
        if urgency.clear and not e.in_scope and not urgency.because:
            items = []  # not to know is no reassurance
        items += [bullet(*self._flag(flag)) for flag in urgency.because]
        items += [self._question(q) for q in e.questions if q.quote is not None]
        return items if e.in_scope or e.conditions else [*items, paragraph(OUTSIDE)]

    def _flag(self, flag: RaisedFlag) -> list[str | Span]:
        w, urgency = self._w, self._e.urgency
        met, label = listed([w.name(f) for f in flag.findings]), w.text(flag.label)
        here = f" (here: {met})" if met.lower() != label.lower() else ""
        told: list[str | Span] = [strong(capital(label)), here, self._cite(flag.evidence)]
        # What asks for less haste is named, but its advice would only delay.
        own = flag.advice if flag.level == urgency.level != flag.advice else None
        told.append(f": {own}" if own and own != urgency.advice else ".")
        points = w.names(flag.points_to, "or")
        return [*told, f" It can point to {points}." if points else ""]

    def understood(self) -> list[Item]:
        """What was read, of whom, and what was not."""
        case = self._e.case
        told = [f for f in case.findings if not _implied(f)]
        groups = (
            ("Present", [f for f in told if f.status == "present"]),
            ("Denied", [f for f in told if f.status == "absent"]),
            ("Left open", [f for f in told if f.status not in ("present", "absent")]),
            ("About somebody else, or the past", list(case.others)),
        )
        lines = [(title, dict.fromkeys(map(self._finding, each))) for title, each in groups]
        lines.append(("Tried", dict.fromkeys(map(self._trial, case.trials))))
        follows = [self._follows(f) for f in case.findings if _implied(f) and f.status != "unknown"]
        lines.append(("What follows from that", dict.fromkeys(follows)))
        left = [f"“{text}”" for text in case.unrecognised]
        lines.append(("Not understood, so not used", dict.fromkeys(left)))
        items = [bullet(strong(f"{t}:"), f" {'; '.join(each)}.") for t, each in lines if each]
        return items + [bullet(capital(self._w.text(note))) for note in case.notes]

    def _finding(self, finding: Finding) -> str:
        """A finding as it was told, and why it is counted as it is."""
        reason = finding.reason if finding.reason != "denied" else None
        told = self._w.finding(finding, self._e.case)
        if finding.is_guess:
            return f"perhaps {told}"
        if finding.reason == DOUBTFUL:
            return f"{told}, if that is meant"
        return f"{told}, {self._w.text(reason)}" if reason else told

    def _follows(self, finding: Finding) -> str:
        """A finding that nobody told, with what it follows from."""
        name = self._w.name(finding.id)
        named = listed([self._w.name(ground) for ground in finding.implied_by])
        grounds = f"from {named}" if named else self._w.text(finding.reason or "")
        return f"{lacking(name) if finding.status == 'absent' else name} ({grounds})"

    def _trial(self, trial: Trial) -> str:
        time = "" if trial.days is None else f" ({days_told(trial.days)})"
        outcome = "outcome not told" if trial.outcome == "unknown" else trial.outcome
        return f"{self._w.entry(trial.id)}, {trial.action}{time}: {outcome}"

    def conditions(self) -> list[Item]:
        """The ranked conditions with what speaks for and against each."""
        items = [replace(bullet(*self._condition(c)), share=c.probability)
                 for c in self._e.conditions]  # fmt: skip
        if items:
            told = "The percentages weigh these explanations against each other; "
            told += "they rest on rough bands, not on counted cases."
            items.append(paragraph(quiet(told)))
        if self._e.unexplained:
            left = self._w.names(self._e.unexplained)
            items.append(paragraph(strong("Nothing here explains:"), f" {left}."))
        return items

    def _condition(self, c: RankedCondition) -> list[str | Span]:
        w = self._w
        told: list[str | Span] = [strong(capital(w.entry(c.id) if c.described else w.name(c.id)))]
        told.append(f", {percent(c.probability)}")
        told += [f" ({w.name(h.id)} in all {percent(h.probability)})" for h in c.under]
        if w.clinical:
            told.append(f" (total {c.score:+.1f} dB, prior {decibans(c.prior):+.1f} dB)")
        told += [self._cite(c.evidence), "."]
        ids = (c.id, *(h.id for h in c.under))
        likelier = next((one for one in self._e.case.likeness if one.id in ids), None)
        if likelier is not None:
            told.append(f" Stories in such words are {likelier.ratio:.1f} times as often about it.")
        telling = [x for x in c.for_ if x.decibans >= _LEAST]
        fitting = [x for x in c.for_ if x.decibans < _LEAST]
        groups = (
            ("For it", telling),
            ("Fits, but tells nothing", fitting),
            ("Against it", c.against),
        )
        for title, weights in groups:
            if weights:
                told.append(f" {title}: {listed([self._weight(x) for x in weights])}.")
        findings = "1 finding" if c.annotations == 1 else f"{c.annotations} findings"
        known = f" The graph knows {findings} of it, {c.coverage * 100:.0f} % of those that count."
        return [*told, known if c.described else ""]

    def _weight(self, weight: WeightedFinding) -> str:
        """A finding that is weighed; for clinicians with its weight and its frequency."""
        name = self._w.name(weight.id)
        name = lacking(name) if weight.id in self._e.case.absent() else name
        if not self._w.clinical:
            return name
        claim = self._e.claims.get(weight.claim or "")
        frequency = f", {claim.frequency}" if claim is not None and claim.frequency else ""
        return f"{name} ({weight.decibans:+.1f} dB, LR {weight.likelihood_ratio:.2g}{frequency})"

    def causes(self) -> list[Item]:
        """The chains of each reported cause; causes that nobody asked about are named."""
        told = [c for c in self._e.causes if c.reported or c.outcome is not None]
        items = [bullet(*self._way(c, chain)) for c in told for chain in c.chains]
        others = [c for c in self._e.causes if c not in told]
        if others:
            steps = (s for c in others for chain in c.chains[:1] for s in chain.steps)
            cited = self._cite(e for s in steps for e in s.evidence)
            named = "; ".join(
                self._w.name(c.id) + (f" ({self._w.text('; '.join(c.notes))})" if c.notes else "")
                for c in others
            )
            opening = strong("Not mentioned, but could play a part:")
            items.append(bullet(opening, f" {named}", cited, "."))
        return items

    def _way(self, cause: Cause, chain: Chain) -> list[str | Span]:
        notes = [f" {capital(self._w.text(note))}." for note in cause.notes]
        return [strong(f"{capital(self._w.entry(cause.id))}:"), *self._chain(chain), *notes]

    def _chain(self, chain: Chain) -> list[Span]:
        """One sentence for each step, with what there is more or less of after one that lowers."""
        w, sign = self._w, 1
        spans: list[Span] = []
        for number, step in enumerate(chain.steps):
            sign *= step.polarity
            said = self._said(w.name(step.subject), step)
            contested = " (sources disagree, see below)" if step.contested_by else ""
            less = f" So there is {'less' if sign < 0 else 'more'} of it."
            lowers = step.polarity < 0 and step is not chain.steps[-1]
            end = f"{contested}.{less if lowers else ''}"
            told = (Span(f" {capital(said)}"), self._cite(step.evidence), Span(end))
            spans += [replace(s, step=(number, step.polarity)) for s in told if s.text]
        if chain.sign == "?":
            spans.append(Span(" Whether this raises or lowers it, the sources do not say."))
        return [*spans, quiet(f" (confidence {chain.confidence:.2f})")] if w.clinical else spans

    def _said(self, name: str, step: Link) -> str:
        if step.plain and not self._w.clinical:
            return f"{name} {step.plain}"
        return self._w.text(step.text)

    def remedies(self) -> list[Item]:
        """The remedies in their order, with what each acts on, its limits and its cautions."""
        sets = self._e.remedy_sets
        named = [listed([self._w.name(r) for r in s]) for s in sets[:1] if len(s) > 1]
        together = [bullet(strong("Together"), f" {n} break every chain from what was reported.")
                    for n in named]  # fmt: skip
        return [bullet(*self._remedy(r)) for r in self._e.remedies] + together

    def _remedy(self, remedy: RankedRemedy) -> list[str | Span]:
        opening = "" if remedy.self_care else "With a professional – "
        why = f". {capital(self._w.text(remedy.why))}" if remedy.why else ""
        details = {
            "Limit": remedy.limit,
            "Time until it works": remedy.time_to_effect,
            "Take care": "; ".join(remedy.cautions),
        }
        told = [f" {t}: {self._w.text(text)}." for t, text in details.items() if text]
        steps = (s for c in self._e.causes if c.reported for h in c.chains[:1] for s in h.steps)
        cut = next((s for s in steps if s.claim in remedy.interrupts), None)
        if cut is not None:
            told.insert(
                0, f" It breaks the chain at: {self._said(self._w.name(cut.subject), cut)}."
            )
        name = strong(f"{opening}{capital(self._w.entry(remedy.id))}")
        return [name, why, self._cite(remedy.evidence), ".", *told]

    def location(self) -> list[Item]:
        """The structures where the trouble may sit, the most specific first."""
        places = self._e.location.structures
        return [
            bullet(
                strong(capital(self._w.entry(s.id))),
                f": {self._w.text(s.why)}",
                self._cite(self._e.location.evidence if s is places[-1] else ()),
                ".",
            )
            for s in places
        ]

    def questions(self) -> list[Item]:
        """What to ask next; what unread words meant is asked at the top."""
        return [self._question(q) for q in self._e.questions if q.quote is None]

    def _question(self, question: NextQuestion) -> Item:
        return bullet(strong(question.text), f" {capital(self._w.text(question.why))}.")

    def watch(self) -> list[Item]:
        """The red flags that would ask for more haste, by level, the likelier ones first."""
        levels: dict[str, dict[str, None]] = {}
        flags = self._e.urgency.watch_for
        for flag in flags:
            alone = len(flag.missing) == 1
            sign = self._w.name(flag.missing[0]) if alone else self._w.text(flag.label)
            levels.setdefault(flag.level, {})[sign] = None
        return [
            bullet(
                strong(f"{capital(self._w.name(f'ft:{level}'))}:"),
                f" {'; '.join(signs)}",
                self._cite(e for f in flags if f.level == level for e in f.evidence),
                ".",
            )
            for level, signs in levels.items()
        ]

    def disagreements(self) -> list[Item]:
        """What the sources do not agree on."""
        return [
            bullet(self._w.text(d.text).removesuffix("."), self._cite(d.evidence), ".")
            for d in self._e.disagreements
        ]


def _implied(finding: Finding) -> bool:
    return bool(finding.implied_by) or (finding.reason or "").startswith("implied")
