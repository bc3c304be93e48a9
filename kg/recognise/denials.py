"""Denied circumstances: illnesses, events and values that the text says the person has not had.

What is known, what happened and what was measured are slots of a case, which hold no denials. What
they mean to the red flags (``ft:circumstance-row``) can be denied, so that nobody is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.recognise.case import Finding
from kg.recognise.drafts import Draft
from kg.recognise.events import site_of
from kg.recognise.nearby import (
    is_asked,
    is_denied,
    is_floated,
    is_of_medicine,
    is_other,
    is_written_so,
)
from kg.recognise.reading import Reading
from kg.view import Cue

_LAYERS = {"illness": "known", "event": "event", "deed": "event"}
_NOW = frozenset({"named"})  # a denied illness is none that there is, and may be one that was


def denied_circumstances(reading: Reading, rows: Iterable[Cue]) -> list[Draft]:
    """The circumstances that a text denies, each as a finding that is absent."""
    listed = list(rows)
    found: dict[str, tuple[int, int]] = {}
    for layer, slot in _LAYERS.items():
        for hit in reading.hits[layer]:
            owner = reading.owner[hit.start]
            named = owner is not None and owner.kind == "finding"  # no "pins and needles"
            told = named or is_other(reading, hit.start) or is_asked(reading, hit.start)
            told = told or is_floated(reading, hit.start, hit.end)
            told = told or is_of_medicine(reading, hit.start, hit.end)
            if not told and is_denied(reading, hit.start, hit.end) and is_written_so(reading, hit):
                placed = site_of(reading, hit.start, hit.end) is not None
                for concept in _meant(reading, listed, slot, hit.get("concept"), placed):
                    found.setdefault(concept, reading.span(hit.start, hit.end))
                    reading.covered.update(hit.extent)
    for measure in reading.measures:
        if measure.range == "normal" and measure.value is None:
            for concept in _meant(reading, listed, "measure", measure.id):
                found.setdefault(concept, measure.span)
    return [
        Draft(Finding(concept, "absent", span, reason="denied"), marks=frozenset({"denied"}))
        for concept, span in found.items()
    ]


def _meant(
    reading: Reading, rows: Iterable[Cue], slot: str, concept: str, placed: bool = False
) -> Iterator[str]:
    """What an entry of a slot would mean, whatever its time; what has a place, where `placed`."""
    general = reading.words.broader(concept) | {concept}
    for row in rows:
        told = row.properties
        of = set(told.get("ft:row-of", "").split())
        state, value = (
            told.get("ft:row-state", ""),
            "ft:row-below" in told or "ft:row-least" in told,
        )
        states = set(state.split()) or _NOW
        fits = state in ("low", "high") and not value if slot == "measure" else bool(states & _NOW)
        fits = fits and (placed or "ft:row-site" not in told)
        if told["ft:row-slot"] == slot and fits and not of.isdisjoint(general):
            yield told["ft:cue-concept"]
