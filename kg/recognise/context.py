"""What a text tells beside the findings: who, what is known, taken, measured, past and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.asked import Forms, find_asked
from kg.recognise.case import Event, Known, Medicine, Person, Question
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
    case: str,
) -> Context:
    """Fill the slots from a reading whose mentions have been judged."""
    person = find_person(reading, numbers, list(spans), case)
    known = find_known(reading, case)
    medicines = find_medicines(reading, spans, numbers, case)
    events = find_events(reading, spans, case)
    asked = find_asked(reading, forms, medicines)
    return Context(person, known, medicines, events, asked)
