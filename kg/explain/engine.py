"""The explainer: from a case to the whole explanation, one step after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log
from typing import Final

from kg.explain.answers import Answers, Editor, Recognise
from kg.explain.causes import Causes
from kg.explain.chains import ChainFinder, passes
from kg.explain.cite import Citations, short
from kg.explain.conditions import ConditionModel, Judgement
from kg.explain.contrast import Contrast, contrast
from kg.explain.covering import smallest_sets
from kg.explain.disagreements import Disagreements
from kg.explain.effects import read_effects
from kg.explain.flags import RedFlags
from kg.explain.flip import Flip, tell_flip
from kg.explain.flipper import Flipper
from kg.explain.location import Locator
from kg.explain.model import (
    Cause,
    Explanation,
    Location,
    RankedCondition,
    Statement,
    Urgency,
)
from kg.explain.names import Names
from kg.explain.questions import Questions
from kg.explain.reading import Reading
from kg.explain.remedies import Remedies
from kg.explain.signed import SignedGraph
from kg.explain.stories import Stories, strength
from kg.explain.taxonomy import Taxonomy
from kg.explain.tried import HELPED, Tried
from kg.explain.unread import UnreadQuestions
from kg.recognise.case import Case
from kg.view import View

__all__ = ["SCHEMA", "Explainer"]

SCHEMA: Final = "kg-explanation/1"
_DISCLAIMER: Final = (
    "This is information with its sources, not a diagnosis, and it does not replace a doctor."
)
_COVERING_SETS: Final = 10
# Conditions whose chains and disagreements are told in full; the others are only ranked.
_TOLD_IN_FULL: Final = 3
_LEAST: Final = 1e-9


class Explainer:
    """Explains cases from one view; made once, used for any number of cases.

    The same view and the same case give the same explanation. `levels` holds the levels of
    urgency, the lowest first.

    >>> from kg.compile import compile_view
    >>> from kg.recognise.case import Case, Finding
    >>> from kg.store import open_store
    >>> explainer = Explainer(compile_view(open_store()))
    >>> case = Case("nostril flicker", (Finding("ft:nostril-twitching", "present"),))
    >>> explainer.explain(case).urgency.level
    'self-care'
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self._taxonomy = Taxonomy(view)
        self._citations = Citations(view)
        finder = ChainFinder(SignedGraph(view), self._citations)
        self._stories = Stories(finder)
        self._flags = RedFlags(view, self._citations)
        effects = read_effects(view, self._taxonomy, finder.graph)
        self._tried = Tried(view, effects)
        self._causes = Causes(view, self._stories, self._tried)
        self._conditions = ConditionModel(view, self._taxonomy)
        self._locator = Locator(view, self._citations, self._taxonomy)
        self._remedies = Remedies(view, effects, self._stories, self._citations, self._tried)
        self._questions = Questions(view, self._conditions)
        self._unread = UnreadQuestions(view)
        self._names = Names(view, self._citations)
        self._disagreements = Disagreements(view, self._citations)
        ranked = [s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"]
        ranked.sort(key=lambda s: (s.rank or 0, s.id))
        self.levels = tuple(short(s.id) for s in ranked)
        self._highest = self.levels[-1] if self.levels else ""

    def explain(self, case: Case) -> Explanation:
        """Explain a case.

        The urgency is worked out first and nothing that follows can change it. A case out of
        scope gets its urgency, and what to ask of the words that were not understood.
        """
        reading = self._read(case)
        urgency = self._flags.check(reading)
        unread = self._unread.ask(case)
        if not case.in_scope:
            return self._names.complete(replace(self._bare(case, urgency), questions=unread))
        avoid = reading.denials
        causes = self._causes.rank(reading)
        judged = self._conditions.judge(reading)
        urgency = self._questions.likelier_first(urgency, judged)
        # Where nothing is reported there is nothing to explain, and a prior is no answer.
        conditions = self._ranked(judged, reading, avoid) if reading.present else ()
        covers, unexplained = self._cover(reading, causes, conditions)
        suspected = {c for flag in urgency.because for c in (flag.id, *flag.points_to)}
        suspected.update([j.id for j in judged if j.described][:1])
        remedies = self._remedies.rank(
            reading,
            urgency,
            causes,
            suspected,
            avoid,
            only_warranted=urgency.level == self._highest or not reading.present,
        )
        return self._names.complete(
            replace(
                self._bare(case, urgency),
                conditions=conditions,
                causes=causes,
                covering_sets=tuple(covers),
                unexplained=tuple(unexplained),
                location=self._locator.locate(reading),
                remedies=remedies,
                questions=(*unread, *self._questions.choose(reading, urgency, judged)),
                disagreements=self._contested(reading, causes, conditions),
                remedy_sets=self._remedies.together(remedies, causes),
            )
        )

    def why(self, case: Case, first: str, second: str) -> Contrast:
        """Compare two conditions, or two causes, of a case; see `kg.explain.contrast`."""
        parts = (self._conditions, self._questions, self._citations)
        return contrast(self.explain(case), first, second, *parts)

    def flip(
        self,
        recognise: Recognise,
        answers: Answers,
        *,
        to: str | None = None,
        urgency: bool = False,
        most: int = 3,
    ) -> Flip:
        """Find the smallest change of answers that changes the result; see `kg.explain.flip`."""
        editor = Editor(self.view, self._taxonomy, recognise, answers)
        flipper = Flipper(editor, self._read, self._conditions, self._flags, most)
        changes = flipper.to_urgency() if urgency else flipper.to_condition(to)
        after = self.explain(editor.changed(changes or ()))
        return tell_flip(self.explain(editor.case), after, editor.answers(changes or ()), changes,
                         urgency=urgency, most=most)  # fmt: skip

    def _read(self, case: Case) -> Reading:
        return Reading(self.view, self._taxonomy, case)

    def _ranked(
        self, judged: Sequence[Judgement], reading: Reading, avoid: frozenset[str]
    ) -> tuple[RankedCondition, ...]:
        return tuple(
            RankedCondition(
                id=j.id,
                label=j.label,
                score=j.total,
                probability=j.probability,
                prior=j.prior,
                for_=tuple(w for w in j.weights if w.decibans >= 0.0),
                against=tuple(w for w in j.weights if w.decibans < 0.0),
                not_asked=j.not_asked,
                not_annotated=j.not_annotated,
                chains=self._stories.raising(j.id, reading.effects, avoid)[0],
                evidence=self._citations.evidence(j.claims),
                claims=j.claims,
                coverage=j.coverage,
                annotations=j.annotations,
                described=j.described,
            )
            for j in judged
        )

    def _cover(
        self, reading: Reading, causes: Iterable[Cause], conditions: Iterable[RankedCondition]
    ) -> tuple[list[tuple[str, ...]], list[str]]:
        """The smallest sets of reported causes and conditions, the likeliest first."""
        explains: dict[str, frozenset[str]] = {}
        cost: dict[str, float] = {}
        for cause in causes:
            if cause.reported or cause.outcome == HELPED:
                explains[cause.id] = _ends(cause)
                cost[cause.id] = -log(max(strength(cause.chains), _LEAST))
        for condition in conditions:
            if condition.described and condition.id not in explains:
                explains[condition.id] = _ends(condition)
                cost[condition.id] = -log(max(condition.probability, _LEAST))
        return smallest_sets(explains, reading.effects, cost.__getitem__, _COVERING_SETS)

    def _contested(
        self,
        reading: Reading,
        causes: Sequence[Cause],
        conditions: Sequence[RankedCondition],
    ) -> tuple[Statement, ...]:
        """What is contested of the findings, the reported causes and the first conditions."""
        told: list[Cause | RankedCondition] = [c for c in causes if c.reported]
        told = told or list(causes[:_TOLD_IN_FULL])
        described = [c for c in conditions if c.described][:_TOLD_IN_FULL]
        told += described
        chains = [chain for entry in told for chain in entry.chains]
        concepts = set(reading.met).union(*(passes(chain) for chain in chains))
        concepts.update(entry.id for entry in told)
        claims = {step.claim for chain in chains for step in chain.steps}
        claims.update(c for entry in described for c in entry.claims)
        return self._disagreements.about(concepts, claims)

    def _bare(self, case: Case, urgency: Urgency) -> Explanation:
        return Explanation(
            schema=SCHEMA,
            graph_version=self.view.version,
            disclaimer=_DISCLAIMER,
            case=case,
            in_scope=case.in_scope,
            labels={},
            kinds={},
            urgency=urgency,
            conditions=(),
            causes=(),
            covering_sets=(),
            unexplained=(),
            location=Location((), ()),
            remedies=(),
            questions=(),
            disagreements=(),
            sources=(),
        )


def _ends(entry: Cause | RankedCondition) -> frozenset[str]:
    return frozenset(chain.end for chain in entry.chains if chain.sign == "+")
