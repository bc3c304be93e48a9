"""The parts of one explanation, each worked out when somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from math import log
from typing import Any, Final

from kg.explain.chains import passes
from kg.explain.covering import smallest_sets
from kg.explain.judgement import Judgement
from kg.explain.model import (
    Cause,
    ClaimItem,
    Explanation,
    Heading,
    Location,
    NextQuestion,
    RankedCondition,
    RankedRemedy,
    SourceItem,
    Statement,
    Urgency,
)
from kg.explain.reading import Reading
from kg.explain.select import replied, summarise
from kg.explain.stories import strength
from kg.explain.summary import Summary, Told
from kg.explain.teller import Aside, Teller
from kg.explain.tools import Tools
from kg.explain.tried import HELPED
from kg.recognise.case import Case

_COVERING_SETS: Final = 10
# Conditions whose chains and disagreements are told in full; the others are only ranked.
_TOLD_IN_FULL: Final = 3
_SUSPECTED: Final = 2  # conditions that a treatment is told for
_LEAST: Final = 1e-9
_SPEAKS: Final = 3.0  # decibans
_TOLD_LIKE: Final = 8.0  # times as often as usual a text in such words is about it


class Parts:
    """What an `Explanation` takes its fields from, by the same names.

    Args:
        tools: to work them out with.
        case: that is explained.
        known: the fields that need not be worked out.
        asides: what the graph answers to questions of the case.
    """

    def __init__(
        self, tools: Tools, case: Case, known: Mapping[str, Any], asides: Mapping[str, Aside]
    ) -> None:
        self._asides = asides
        self._tools = tools
        self._case = case
        self._known = known
        self._reading = Reading(tools.view, tools.taxonomy, case)

    @cached_property
    def urgency(self) -> Urgency:
        """What must not wait: the flags alone decide, and no other part can change it."""
        urgency = self._tools.flags.check(self._reading)
        if not self._case.in_scope:
            return urgency
        return self._tools.questions.likelier_first(urgency, self._judged)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What may bring it about."""
        return self._tools.causes.rank(self._reading)

    @cached_property
    def _judged(self) -> tuple[Judgement, ...]:
        return self._tools.conditions.judge(self._reading)

    @cached_property
    def conditions(self) -> tuple[RankedCondition, ...]:
        """What it may be. Where nothing is reported, what it is told like: a prior is no answer.

        Out of scope only what is told enough of to speak for it, or what it is told much like.
        """
        judged = self._judged if self._reading.present or self._case.likeness else ()
        if not self._case.in_scope:
            judged = tuple(j for j in judged if j.described and self._is_told_of(j))
        return tuple(map(self._condition, judged))

    def _is_told_of(self, j: Judgement) -> bool:
        """Whether a flag, the words, or both its setting and a sign of it speak for a condition."""
        pointed = {p for flag in self.urgency.because for p in flag.points_to}
        pointed.update(one.id for one in self._case.likeness if one.ratio >= _TOLD_LIKE)
        if not pointed.isdisjoint(self._tools.taxonomy.broader(j.id)):
            return True
        conditions = self._tools.conditions
        told = {w.claim for w in j.weights if w.decibans > _SPEAKS}
        notes = [n for n in conditions.authored(j.id).values() if n.claim in told]
        return len({conditions.misfits.is_setting(n) for n in notes}) > 1

    def _condition(self, j: Judgement) -> RankedCondition:
        reading, tools = self._reading, self._tools
        return RankedCondition(
            id=j.id,
            label=j.label,
            score=j.total,
            probability=j.probability,
            prior=j.prior,
            for_=tuple([w for w in j.weights if w.decibans >= 0.0]),
            against=tuple([w for w in j.weights if w.decibans < 0.0]),
            not_asked=j.not_asked,
            not_annotated=j.not_annotated,
            chains=tools.stories.raising(j.id, reading.effects, reading.denials)[0],
            evidence=tools.citations.evidence(j.claims),
            claims=j.claims,
            coverage=j.coverage,
            annotations=j.annotations,
            described=j.described,
            under=tuple(map(self._headings.__getitem__, tools.conditions.headings_of(j.id))),
        )

    @cached_property
    def _headings(self) -> dict[str, Heading]:
        shares: dict[str, float] = {}
        for j in self._judged:
            for name in self._tools.conditions.headings_of(j.id):
                shares[name] = shares.get(name, 0.0) + j.probability
        return {n: Heading(n, self._tools.view.label(n), p) for n, p in shares.items()}

    @cached_property
    def location(self) -> Location:
        """Where the trouble may sit."""
        if not self._case.in_scope:
            return Location((), ())
        return self._tools.locator.locate(self._reading)

    @cached_property
    def remedies(self) -> tuple[RankedRemedy, ...]:
        """What helps, with what a raised flag or the first condition gives reason for."""
        suspected = {c for flag in self.urgency.because for c in (flag.id, *flag.points_to)}
        suspected.update([j.id for j in self._judged if j.described][:_SUSPECTED])
        highest = self.urgency.level == self._tools.highest
        return self._tools.remedies.rank(
            self._reading,
            self.urgency,
            self.causes,
            suspected,
            self._reading.denials,
            only_warranted=highest or not self._reading.present,
        )

    @cached_property
    def remedy_sets(self) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of remedies that cut all chains of the reported causes."""
        return self._tools.remedies.together(self.remedies, self.causes)

    @cached_property
    def questions(self) -> tuple[NextQuestion, ...]:
        """What was meant by words that were not understood, and what to ask next."""
        unread = self._tools.unread.ask(self._case)
        if not self._case.in_scope:
            return unread
        return (*unread, *self._tools.questions.choose(self._reading, self.urgency, self._judged))

    @property
    def covering_sets(self) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of reported causes and conditions, the likeliest first."""
        return self._covered[0]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The findings that no set explains."""
        return self._covered[1]

    @cached_property
    def _covered(self) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        explains: dict[str, frozenset[str]] = {}
        cost: dict[str, float] = {}
        for cause in self.causes:
            if cause.reported or cause.outcome == HELPED:
                explains[cause.id] = _ends(cause)
                cost[cause.id] = -log(max(strength(cause.chains), _LEAST))
        for condition in self.conditions:
            if condition.described and condition.id not in explains:
                explains[condition.id] = _ends(condition)
                cost[condition.id] = -log(max(condition.probability, _LEAST))
        sets, rest = smallest_sets(
            explains, self._reading.effects, cost.__getitem__, _COVERING_SETS
        )
        return tuple(sets), tuple(rest)

    @cached_property
    def disagreements(self) -> tuple[Statement, ...]:
        """What is contested of the findings, the reported causes and the first conditions."""
        told: list[Cause | RankedCondition] = [c for c in self.causes if c.reported]
        told = told or list(self.causes[:_TOLD_IN_FULL])
        described = [c for c in self.conditions if c.described][:_TOLD_IN_FULL]
        told += described
        chains = [chain for entry in told for chain in entry.chains]
        concepts = set(self._reading.met).union(*(passes(chain) for chain in chains))
        concepts.update(entry.id for entry in told)
        claims = {step.claim for chain in chains for step in chain.steps}
        claims.update(c for entry in described for c in entry.claims)
        return self._tools.disagreements.about(concepts, claims)

    @cached_property
    def summary(self) -> Summary:
        """What one screen tells of all that."""
        return summarise((self._supposed or self)._teller)

    @property
    def _teller(self) -> Teller:
        return Teller(self._tools, self._whole, self._reading, self._asides)

    @property
    def replies(self) -> tuple[Told, ...]:
        """What is told of a question that is no query's."""
        return replied(self._teller)

    @property
    def _supposed(self) -> Parts | None:
        """The case as if what is only asked about were there, where nothing is complained of.

        Who asks what a twitch may come from has one; it never makes a case more urgent.
        """
        reading = self._reading
        open_ = [f for f in self._case.findings if f.reason == "asked"]
        illnesses = [f for f in open_ if f.id in self._tools.conditions.candidates]
        asked = [f for f in open_ if reading.explains(f.id)] or illnesses
        if reading.effects or not asked:
            return None
        told = (replace(f, status="present") if f in asked else f for f in self._case.findings)
        case = replace(self._case, findings=tuple(told))
        parts = Parts(self._tools, case, {**self._known, "case": case}, self._asides)
        return parts if parts.urgency.level == self.urgency.level else None

    # -- names, claims and sources of all the other parts

    @property
    def _whole(self) -> Explanation:
        return Explanation.later(lambda: self, **self._known)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The names of all that the other parts speak of."""
        return self._tools.names.labels(self._whole)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kinds of the same."""
        return self._tools.names.kinds(self.labels)

    @cached_property
    def lay_labels(self) -> Mapping[str, str]:
        """Plain words for the same."""
        return self._tools.names.lay_labels(self.labels)

    @cached_property
    def sources(self) -> tuple[SourceItem, ...]:
        """Who says so, in the order of the citations."""
        return self._tools.names.sources(self._whole)

    @cached_property
    def claims(self) -> Mapping[str, ClaimItem]:
        """The claims that the other parts rest on."""
        return self._tools.names.claims(self._whole)


def _ends(entry: Cause | RankedCondition) -> frozenset[str]:
    return frozenset(chain.end for chain in entry.chains if chain.sign == "+")
