"""What a graph is asked about its answers: why this rather than that, and what would flip it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.compiled import Compiled
from kg.errors import BadInput

if TYPE_CHECKING:
    from kg.explain.contrast import Contrast
    from kg.explain.flip import Flip


class Comparisons(Compiled):
    """The part of a graph that compares answers."""

    def why(
        self,
        name: str,
        *,
        rather_than: str,
        text: str = "",
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
    ) -> Contrast:
        """Tell why one condition (or cause) ranks above another for what somebody reports.

        Args:
            name: of a condition or a cause.
            rather_than: name of another one of the same kind.
            text: what is reported, as for `explain`.
            findings: names of concepts that are present.
            absent: names of concepts that are denied.

        Raises:
            BadInput: one of them is no candidate, or they are of different kinds.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.

        >>> from kg.graph import open_graph
        >>> with open_graph() as graph:
        ...     told = graph.why("benign twitch", rather_than="stroke", text="My nostril twitches")
        >>> told.holds
        True
        """
        case = self._recogniser.recognise(text, present=findings, absent=absent)
        return self._explainer.why(case, self.resolve(name), self.resolve(rather_than))

    def flip(
        self,
        text: str = "",
        *,
        to: str | None = None,
        urgency: bool = False,
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
        most: int = 3,
    ) -> Flip:
        """Find the smallest change of answers that changes the first condition, or the urgency.

        Args:
            text: what is reported, as for `explain`.
            to: name of the condition that is to come first; any other one without it.
            urgency: change the urgency instead.
            findings: names of concepts that are present.
            absent: names of concepts that are denied.
            most: how many answers may change.

        Raises:
            BadInput: there is nothing to explain, or `to` is no condition.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.

        >>> from kg.graph import open_graph
        >>> with open_graph() as graph:
        ...     graph.flip("My nostril twitches", urgency=True).found
        True
        """
        from kg.explain.answers import Answers

        if to is not None and urgency:
            raise BadInput("a condition and the urgency are two questions: ask one of them")
        reader = self._recogniser
        return self._explainer.flip(
            lambda a: reader.recognise(a.text, present=a.present, absent=a.absent),
            Answers(text, reader.ids(findings), reader.ids(absent)),
            to=None if to is None else self.resolve(to),
            urgency=urgency,
            most=most,
        )
