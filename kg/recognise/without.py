"""What the person says never to have had, as the circumstances that it denies ("no epilepsy")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.recognise.case import Finding
from kg.recognise.cues import Hit
from kg.recognise.nearby import is_asked, is_denied, is_other
from kg.recognise.reading import Reading
from kg.view import Cue

__all__ = ["without"]

_LAYERS = {"known": "illness", "event": "event"}
_NARROWER = frozenset({"ft:row-site", "ft:row-side", "ft:row-least", "ft:row-below"})


def without(reading: Reading, rows: Iterable[Cue]) -> Iterator[Finding]:
    """The circumstances of which the text says that there are none.

    `rows` say which entry of a case means which circumstance. Only what means a circumstance
    wherever it is denies it: who has no tumour of the skin may have another one.
    """
    told = [c.properties for c in rows if _NARROWER.isdisjoint(c.properties)]
    for slot, layer in _LAYERS.items():
        means = {p.get("ft:row-of"): p["ft:cue-concept"] for p in told if p["ft:row-slot"] == slot}
        for hit in reading.hits[layer]:
            name = means.get(hit.get("concept"))
            if name is not None and _is_lacking(reading, hit, slot == "event"):
                reading.covered.update(hit.extent)
                yield Finding(name, "absent", reading.span(hit.start, hit.end), reason="denied")


def _is_lacking(reading: Reading, hit: Hit, any_kind: bool) -> bool:
    start, end = hit.start, hit.end
    label = reading.words.view.label(hit.get("concept")).lower()
    whole = reading.written(start, end).lower() == label and not reading.is_content(start - 1)
    if reading.is_word(start - 1, "possessive") or not (whole or any_kind):
        return False  # "I don't think my cancer did this", "no skin cancer"
    elsewhere = is_other(reading, start) or is_asked(reading, start)
    return not elsewhere and is_denied(reading, start, end)
