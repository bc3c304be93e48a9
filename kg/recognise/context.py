"""What a text tells beside the findings: who, what is known, taken, measured, past and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.asked import CAUSE, CONDITION, HELP, STOP, find_asked
from kg.recognise.case import Event, Known, Measure, Medicine, Person, Question
from kg.recognise.events import find_events
from kg.recognise.illnesses import find_known
from kg.recognise.medicines import find_medicines
from kg.recognise.numbers import Number
from kg.recognise.patterns import Grammar
from kg.recognise.persons import find_person
from kg.recognise.reading import Reading
from kg.recognise.times import TimeSpan

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
    grammar: Grammar,
    spans: Sequence[TimeSpan],
    numbers: Mapping[int, Number],
    measures: Sequence[Measure],
    case: str,
) -> Context:
    """Fill the slots from a reading whose mentions have been judged."""
    questions = find_asked(reading, grammar)
    places: dict[str, set[int]] = {kind: set() for kind in (CAUSE, CONDITION, HELP, STOP)}
    for each in questions:
        places.get(each.question.kind, set()).update(range(each.start, each.end))
    helps = frozenset(places[HELP])
    doubted = frozenset(places[CONDITION] | places[CAUSE])
    stops = frozenset(places[STOP])
    return Context(
        person=find_person(reading, numbers, case),
        known=find_known(reading, spans, doubted, case),
        medicines=find_medicines(reading, spans, numbers, measures, (helps, stops), case),
        events=find_events(reading, spans, helps, case),
        asked=tuple(q.question for q in questions),
    )
