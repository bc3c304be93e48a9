"""The explainer: from a case to an explanation, whose parts are worked out when looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.explain.explanation import Explanation
from kg.recognise.case import Case
from kg.view import View

if TYPE_CHECKING:
    from kg.explain.answers import Answers, Recognise
    from kg.explain.contrast import Contrast
    from kg.explain.flip import Flip
    from kg.explain.parts import Parts
    from kg.explain.summary import Told
    from kg.explain.teller import Aside, Ask
    from kg.explain.tools import Tools

SCHEMA: Final = "kg-explanation/1"
DISCLAIMER: Final = "Information with its sources, not a diagnosis; it does not replace a doctor."
# What is not looked for where a case is out of scope.
_NOTHING: Final[dict[str, object]] = {
    "causes": (),
    "covering_sets": (),
    "unexplained": (),
    "remedies": (),
    "remedy_sets": (),
    "disagreements": (),
}


class Explainer:
    """Explains cases from one view; made once, used for any number of cases.

    The same view and the same case give the same explanation. `levels` holds the levels of
    urgency, the lowest first. `ask` answers what is asked of the graph, not of the case.

    >>> from kg.graph import open_graph
    >>> from kg.recognise.case import Case, Finding
    >>> explainer = Explainer(open_graph().view)
    >>> case = Case("nostril flicker", (Finding("ft:nostril-twitching", "present"),))
    >>> explainer.explain(case).urgency.level
    'self-care'
    """

    def __init__(self, view: View, ask: Ask = lambda *_: None) -> None:
        self.view = view
        self._ask = ask
        ranked = [s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"]
        ranked.sort(key=lambda s: (s.rank or 0, s.id))
        self.levels = tuple(s.id.rpartition(":")[2] for s in ranked)

    @cached_property
    def _tools(self) -> Tools:
        from kg.explain.tools import Tools

        return Tools(self.view, self.levels)

    def explain(self, case: Case) -> Explanation:
        """Explain a case; nobody waits for a part of the explanation that nobody looks at.

        A case out of scope gets its urgency, and what to ask of the words that were not understood.
        """
        known = self._known(case)

        # Asked at once: the graph may be closed when somebody looks at the answer.
        asked = [case.text[slice(*question.span)] for question in case.asked]
        topic = self._topic(case)
        asides = {text: aside for text in asked if (aside := self._ask(text, topic))}

        return Explanation.later(cache(lambda: self._parts(case, known, asides)), **known)

    def reply(self, case: Case) -> tuple[Told, ...]:
        """What is told of a question without a case that no query answers, if anything is."""
        return self._parts(case, self._known(case), {}).replies

    def _known(self, case: Case) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "graph_version": self.view.version,
            "disclaimer": DISCLAIMER,
            "case": case,
            "in_scope": case.in_scope,
            "view": self.view,
            **({} if case.in_scope else _NOTHING),
        }

    def _parts(self, case: Case, known: Mapping[str, Any], asides: Mapping[str, Aside]) -> Parts:
        from kg.explain.parts import Parts

        return Parts(self._tools, case, known, asides)

    def _topic(self, case: Case) -> str:
        """What a story tells of first: a sign that somebody feels or sees."""
        signs = (f.id for f in case.findings if f.status == "present")
        effects = (s for s in signs if "ft:effect-kind" in self.view.concepts[s].roles)
        return self.view.label(next(effects, ""))

    def why(self, case: Case, first: str, second: str) -> Contrast:
        """Compare two conditions, or two causes, of a case; see `kg.explain.compared`."""
        from kg.explain.compared import contrast

        tools = self._tools
        parts = (tools.conditions, tools.questions, tools.citations)
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
        from kg.explain.answers import Editor
        from kg.explain.flip import tell_flip
        from kg.explain.flipper import Flipper
        from kg.explain.reading import Reading

        def read(case: Case) -> Reading:
            return Reading(self.view, tools.taxonomy, case)

        tools = self._tools
        editor = Editor(self.view, tools.taxonomy, recognise, answers)
        flipper = Flipper(editor, read, tools.conditions, tools.flags, most)
        changes = flipper.to_urgency() if urgency else flipper.to_condition(to)
        after = self.explain(editor.changed(changes or ()))
        return tell_flip(self.explain(editor.case), after, editor.answers(changes or ()), changes,
                         urgency=urgency, most=most)  # fmt: skip
