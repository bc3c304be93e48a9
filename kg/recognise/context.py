"""What a text tells beside the findings: who, what is known, taken, past and asked."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.recognise.asked import CAUSE, CONDITION, HELP, STOP, find_asked
from kg.recognise.case import Event, Known, Medicine, Person, Question
from kg.recognise.events import find_events
from kg.recognise.illnesses import find_known
from kg.recognise.medicines import find_medicines
from kg.recognise.patterns import Grammar
from kg.recognise.persons import find_person
from kg.recognise.reading import Reading


class Context(NamedTuple):
    """The slots of a case that are no findings."""

    person: Person
    known: tuple[Known, ...]
    medicines: tuple[Medicine, ...]
    events: tuple[Event, ...]
    asked: tuple[Question, ...]
    had: frozenset[str]  # the known illnesses that are said to be had, and not only named

    @property
    def slots(self) -> dict[str, Any]:
        """What a case keeps of it."""
        return {name: value for name, value in self._asdict().items() if name != "had"}


def find_context(reading: Reading, grammar: Grammar) -> Context:
    """Fill the slots from a reading whose mentions have been judged."""
    questions = find_asked(reading, grammar)

    def asking(*kinds: str) -> frozenset[int]:
        own = (q for q in questions if q.question.kind in kinds)
        return frozenset(place for q in own for place in range(q.start, q.end))

    known, had = find_known(reading, asking(CONDITION, CAUSE))
    return Context(
        person=find_person(reading),
        known=known,
        medicines=find_medicines(reading, asking(HELP), asking(STOP)),
        events=find_events(reading, asking(HELP)),
        asked=tuple(q.question for q in questions if q.own),
        had=had,
    )
