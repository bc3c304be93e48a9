"""A case told answer by answer: what is asked next, and what each answer changes; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple

from kg.errors import BadInput
from kg.explain.model import Explanation, NextQuestion

Reply = Literal["yes", "no", "unknown"]
Explain = Callable[[Sequence[str], Sequence[str]], Explanation]

_REPLIES: Final = ("yes", "no", "unknown")
# A question that raises the urgency by less than this, in levels, or that tells less than this,
# in bits, is not worth the time of whoever answers.
_LEAST_RISE: Final = 0.015
_LEAST_GAIN: Final = 0.15
# Nobody answers more questions than this with care.
_MOST: Final = 20


class Answer(NamedTuple):
    """A question that was asked, and the reply."""

    question: NextQuestion
    reply: Reply


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue after some answers; each answer gives the next state and leaves this one alone.

    The explanation is always that of the case with the answers so far: the concepts of the
    answers "yes" are present, those of the answers "no" absent.

    Attributes:
        explanation: the answer so far.
        levels: the levels of urgency, the lowest first.
        findings: names of the concepts that are present, those given at the start first.
        absent: names of the concepts that are denied, those given at the start first.
        answers: what was asked and replied, in order.
        before: the state before the last answer; None at the start.
    """

    explanation: Explanation
    levels: tuple[str, ...]
    findings: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    before: Dialogue | None = field(default=None, repr=False)
    _explain: Explain | None = field(default=None, repr=False, compare=False)

    @property
    def question(self) -> NextQuestion | None:
        """What to ask now; None where no question is left that is worth asking.

        At the highest urgency nothing is asked any more: it would only cost time.
        """
        if self.levels and self.explanation.urgency.level == self.levels[-1]:
            return None
        if len(self.answers) >= _MOST:
            return None
        asked = {answer.question.id for answer in self.answers}
        for question in self.explanation.questions:
            # What was meant cannot be answered by "yes".
            if question.quote is not None:
                continue
            if question.id not in asked and _worth_asking(question):
                return question
        return None

    @property
    def raised(self) -> bool:
        """True when the last answer raised the urgency."""
        if self.before is None:
            return False
        order = {level: place for place, level in enumerate(self.levels)}
        now, then = self.explanation.urgency.level, self.before.explanation.urgency.level
        return order.get(now, 0) > order.get(then, 0)

    def answer(self, reply: Reply) -> Dialogue:
        """The dialogue after the reply to its question.

        Args:
            reply: ``yes``, ``no``, or ``unknown`` when the person does not know.

        Raises:
            BadInput: there is no question to answer, or no such reply.
        """
        question = self.question
        if question is None or self._explain is None:
            raise BadInput("no question is left to answer: read the explanation, or go back")
        if reply not in _REPLIES:
            raise BadInput(f"no such reply: use one of {', '.join(_REPLIES)}")
        after = replace(self, answers=(*self.answers, Answer(question, reply)), before=self)
        if reply == "unknown":
            return after
        findings, absent = self.findings, self.absent
        if reply == "yes":
            findings = (*findings, question.id)
        else:
            absent = (*absent, question.id)
        explanation = self._explain(findings, absent)
        return replace(after, explanation=explanation, findings=findings, absent=absent)

    def back(self) -> Dialogue:
        """The dialogue before the last answer; itself at the start."""
        return self.before if self.before is not None else self


def start(
    explain: Explain,
    levels: Sequence[str],
    findings: Sequence[str] = (),
    absent: Sequence[str] = (),
) -> Dialogue:
    """Begin a dialogue.

    Args:
        explain: gives the explanation for names of present and of denied concepts.
        levels: the levels of urgency, the lowest first.
        findings: names of concepts that are known to be present.
        absent: names of concepts that are known to be denied.
    """
    return Dialogue(
        explanation=explain(tuple(findings), tuple(absent)),
        levels=tuple(levels),
        findings=tuple(findings),
        absent=tuple(absent),
        _explain=explain,
    )


def _worth_asking(question: NextQuestion) -> bool:
    least, value = (
        (_LEAST_GAIN, question.gain) if question.raises is None else (_LEAST_RISE, question.rise)
    )
    return value >= least
