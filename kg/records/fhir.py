"""FHIR resources as statements: answers to questionnaires, observations, what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from kg.records.stated import State, Stated, age_of, days_between, items, part, word

_YES: Final = frozenset({"yes", "y", "true", "present", "positive", "detected"})
_NO: Final = frozenset({"no", "n", "false", "absent", "negative", "not detected"})
_OVER: Final = frozenset({"inactive", "remission", "resolved"})
_ENDED: Final = frozenset({"stopped", "completed", "cancelled"})
_VOID: Final = frozenset({"entered-in-error", "not-taken", "not-done"})
_NUMBERS: Final = ("valueInteger", "valueDecimal")


def of_fhir(data: Mapping[str, Any], today: str = "") -> Iterator[Stated]:
    """What a resource states; `today` is the day on which it was written, as far as is known."""
    if word(data, "status") in _VOID or _code(part(data, "verificationStatus")) in _VOID:
        return
    read = RESOURCES.get(word(data, "resourceType"))
    if read is None:
        yield Stated("words", "", (word(data, "resourceType"),))
        return
    own = ("timestamp", "authored", "recordedDate", "effectiveDateTime", "issued")
    days = (word(data, name) for name in own)
    yield from read(data, next(filter(None, days), today))


def _bundle(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    for entry in items(data, "entry"):
        if isinstance(part(entry, "resource"), Mapping):
            yield from of_fhir(part(entry, "resource"), today)


def _patient(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    person = age_of(days_between(word(data, "birthDate"), today), word(data, "gender"))
    if person:
        yield Stated("person", person)


def _condition(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    state: State = "past" if _code(part(data, "clinicalStatus")) in _OVER else "illness"
    if _code(part(data, "verificationStatus")) == "refuted":
        state = "absent"
    days = days_between(word(data, "onsetDateTime"), today)
    yield _concept(part(data, "code"), state, days)


def _medicine(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    told = part(data, "medicationCodeableConcept") or part(data, "medication", "concept")
    yield _concept(told, "took" if word(data, "status") in _ENDED else "takes", None)


def _observation(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    about = _concept(part(data, "code"), "present", None)
    parts = list(items(data, "component"))
    yield from _answered(about, data, alone=not parts and not part(data, "dataAbsentReason"))
    for each in parts:
        yield from _answered(_concept(part(each, "code"), "present", None), each, alone=False)


def _questionnaire(data: Mapping[str, Any], today: str) -> Iterator[Stated]:
    for item in items(data, "item"):
        # The name of an item is a term in some questionnaires, and a mere number in most.
        codes = (c for c in (word(item, "linkId"), word(item, "definition")) if ":" in c)
        asked = Stated("present", word(item, "text"), tuple(codes))
        for answer in items(item, "answer"):
            yield from _answered(asked, answer, alone=False)
            yield from _questionnaire(answer, today)
        yield from _questionnaire(item, today)


def _answered(about: Stated, data: Mapping[str, Any], *, alone: bool) -> Iterator[Stated]:
    """What a value says of what it is about; `alone`: whether that holds where there is none."""
    coding = part(data, "valueCodeableConcept") or part(data, "valueCoding")
    value = data.get("valueBoolean")
    if coding:
        found = _concept(coding, "present", None)
        said = {found.name.lower(), *(code.rpartition(":")[2].lower() for code in found.codes)}
        if not said & (_YES | _NO):
            yield found
            return
        value = not said & _NO
    if isinstance(value, bool):
        yield Stated("present" if value else "absent", about.name, about.codes)
    elif word(data, "valueString"):
        yield Stated("words", word(data, "valueString"))
    elif part(data, "valueQuantity", "value") is not None:
        amount = part(data, "valueQuantity")
        unit = word(amount, "unit") or word(amount, "code")
        yield Stated("words", f"{about.name}: {part(amount, 'value')} {unit}".strip())
    elif number := next((data[name] for name in _NUMBERS if name in data), None):
        yield Stated("words", f"{about.name}: {number}")
    elif alone:
        yield about


def _concept(told: Any, state: State, days: float | None) -> Stated:
    """A codeable concept, or one coding."""
    codings = list(items(told, "coding")) or ([told] if isinstance(told, Mapping) else [])
    codes = (word(coding, "code") for coding in codings)
    names = (word(told, "text"), *(word(coding, "display") for coding in codings))
    return Stated(state, next(filter(None, names), ""), tuple(filter(None, codes)), days)


def _code(told: Any) -> str:
    return next((word(coding, "code") for coding in items(told, "coding")), "")


RESOURCES: Final[Mapping[str, Callable[[Mapping[str, Any], str], Iterator[Stated]]]] = {
    "Bundle": _bundle,
    "Condition": _condition,
    "MedicationRequest": _medicine,
    "MedicationStatement": _medicine,
    "Observation": _observation,
    "Patient": _patient,
    "QuestionnaireResponse": _questionnaire,
}
