"""The slots of a case as plain data: who, what is known, taken, past, measured and asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kg.recognise.case import Case

__all__ = ["slot_names", "slots_to_dict"]


def slot_names(case: Case) -> Iterator[str]:
    """The ids of all that the slots speak of."""
    yield from (known.id for known in case.known)
    yield from (event.id for event in case.events)
    yield from (measure.id for measure in case.measures)
    for event in case.events:
        if event.site is not None:
            yield event.site
    for taken in case.medicines:
        if taken.id is not None:
            yield taken.id
    for question in case.asked:
        yield from question.about
    for guess in case.guesses:
        yield from guess.ids
    for part in case.unread:
        yield from part.about


def slots_to_dict(
    case: Case, labels: Mapping[str, str], number: Callable[[float], Any]
) -> dict[str, Any]:
    """The slots under the names that the JSON contract gives them."""

    def named(name: str) -> dict[str, str]:
        return {"id": name, "label": labels.get(name, name)}

    def told(value: float | None) -> Any:
        return None if value is None else number(value)

    person = case.person
    return {
        "person": {
            "whose": person.whose,
            "age_years": told(person.age_years),
            "sex": person.sex,
            "pregnant": person.pregnant,
            "band": person.band,
        },
        "known": [{**named(k.id), "status": k.status, "span": list(k.span)} for k in case.known],
        "medicines": [
            {
                "name": m.name,
                "id": m.id,
                "label": None if m.id is None else labels.get(m.id, m.id),
                "change": m.change,
                "days_ago": told(m.days_ago),
                "span": list(m.span),
            }
            for m in case.medicines
        ],
        "events": [
            {
                **named(e.id),
                "site": None if e.site is None else named(e.site),
                "days_ago": told(e.days_ago),
                "span": list(e.span),
            }
            for e in case.events
        ],
        "measures": [
            {
                **named(m.id),
                "value": told(m.value),
                "unit": m.unit,
                "range": m.range,
                "span": list(m.span),
            }
            for m in case.measures
        ],
        "asked": [
            {"kind": q.kind, "about": [named(a) for a in q.about], "span": list(q.span)}
            for q in case.asked
        ],
        "guesses": [{"ids": list(g.ids), "span": list(g.span)} for g in case.guesses],
    }
