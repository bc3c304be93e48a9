"""GA4GH Phenopackets (schema 1 and 2) as statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.records.stated import State, Stated, age_of, days_between, days_of, items, part, word


def of_phenopacket(data: Mapping[str, Any]) -> Iterator[Stated]:
    """What a Phenopacket states: person, features, diseases, treatments."""
    subject = part(data, "subject")
    now = part(subject, "timeAtLastEncounter") or part(subject, "ageAtCollection")
    created = word(data, "metaData", "created")
    person = age_of(_age(now), word(subject, "sex").lower())
    if person:
        yield Stated("person", person)
    for feature in items(data, "phenotypicFeatures"):
        excluded = part(feature, "excluded") or part(feature, "negated")
        state: State = "past" if part(feature, "resolution") else "present"
        days = _since(part(feature, "onset") or part(feature, "classOfOnset"), now, created)
        yield _term(part(feature, "type"), "absent" if excluded else state, days)
        if word(feature, "description") and not excluded:
            yield Stated("words", word(feature, "description"))
    for disease in items(data, "diseases"):
        past = part(disease, "resolution") or word(disease, "clinicalStatus", "label") == "Resolved"
        held: State = "past" if past else "illness"
        yield _term(part(disease, "term"), "absent" if part(disease, "excluded") else held, None)
    for action in items(data, "medicalActions"):
        agent = part(action, "treatment", "agent") or part(action, "procedure", "code")
        if agent:
            yield _term(agent, "takes" if part(action, "treatment") else "past", None)


def _term(term: Any, state: State, days: float | None) -> Stated:
    code = word(term, "id")
    return Stated(state, word(term, "label"), (code,) if code else (), days)


def _age(time: Any) -> float | None:
    """The days of a time that is an age."""
    age = part(time, "age")
    told = word(age, "iso8601duration") or word(time, "age") or word(time, "iso8601duration")
    return days_of(told) if told else None


def _since(onset: Any, now: Any, created: str) -> float | None:
    """How many days ago something began, where that is told of it and of now alike."""
    begun, age = _age(onset), _age(now)
    if begun is not None and age is not None:
        return age - begun if age >= begun else None
    today = word(now, "timestamp") or created
    return days_between(word(onset, "timestamp"), today) if word(onset, "timestamp") else None
