"""The names of the graph: of findings, places and remedies, and of what the cues name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.recognise.cues import CueBook
from kg.view import Concept, View

HIDDEN = 2
"""The rank of a hidden label; that of a preferred one is 0, that of a synonym 1."""
CUE = 3
"""The rank of what the language cues name."""

_KINDS = {"ft:reportable": "finding", "ft:site-kind": "site", "ft:trial-kind": "remedy"}
_CUE_KINDS = {
    "body-part": "body-part",
    "foreign-place": "foreign-place",
    "function": "function",
    "function-when-sound": "sound-function",
}


class Name(NamedTuple):
    """A name as the graph gives it, and what it is a name of."""

    label: str
    kind: str
    id: str
    rank: int
    quantity: str | None = None


def names_of(view: View, cues: CueBook) -> Iterator[Name]:
    """All names by which a text may mean something that the graph has."""
    for concept in view.concepts.values():
        kind = next((k for role, k in _KINDS.items() if role in concept.roles), None)
        if kind is not None:
            for rank, labels in enumerate(_labels(concept)):
                yield from (Name(label, kind, concept.id, rank) for label in labels)
    for quantity in view.quantities.values():
        serving, known = quantity.serving_of, view.concepts.get(quantity.id)
        if serving is not None and serving in view.concepts:
            more = () if known is None else (*known.alt_labels, *known.hidden_labels)
            for label in (quantity.label, *more):
                yield Name(label, "finding", serving, HIDDEN, quantity.id)
    for category, kind in _CUE_KINDS.items():
        for cue in cues.by_category.get(category, ()):
            # A part that the graph has no term for is known by the group it is listed in.
            for concept_id in cue.properties.get("ft:cue-concept", cue.id).split():
                yield Name(cue.text, kind, concept_id, CUE)


def _labels(concept: Concept) -> tuple[tuple[str, ...], ...]:
    """The labels by rank."""
    lay = (concept.lay_label,) if concept.lay_label else ()
    return (concept.label,), (*lay, *concept.alt_labels), concept.hidden_labels
