"""What a text tells beside the findings: who, what is known, taken, measured, past and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.asked import CONDITION, HELP, Forms, find_asked
from kg.recognise.case import Event, Known, Measure, Medicine, Person, Question
from kg.recognise.events import find_events
from kg.recognise.illnesses import find_known
from kg.recognise.medicines import find_medicines
from kg.recognise.persons import find_person
from kg.recognise.reading import Reading
from kg.recognise.times import Number, TimeSpan

__all__ = ["Context", "find_context"]


class Context(NamedTuple):
    """The slots of a case that are no findings."""

    person: Person
    known: tuple[Known, ...]
    medicines: tuple[Medicine, ...]
    events: tuple[Event, ...]
    asked: tuple[Question, ...]


def find_context(
    reading: Reading,
    forms: Forms,
    spans: Sequence[TimeSpan],
    numbers: Mapping[int, Number],
    measures: Sequence[Measure],
    case: str,
) -> Context:
    """Fill the slots from a reading whose mentions have been judged."""
    questions = find_asked(reading, forms)
    asked = [q.question for q in questions]
    only = {
        kind: frozenset(
            i for q in questions if q.question.kind == kind for i in range(q.start, q.end)
        )
        for kind in (HELP, CONDITION)
    }
    return Context(
        person=find_person(reading, numbers, spans, case),
        known=find_known(reading, only[CONDITION], case),
        medicines=find_medicines(reading, spans, numbers, measures, only[HELP], case),
        events=find_events(reading, spans, only[HELP], case),
        asked=tuple(asked),
    )
