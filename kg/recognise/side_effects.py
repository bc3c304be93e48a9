"""What a medicine did as long as it was taken: over where it was given up for that."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.reading import Reading, Span

_LATE = 30.0  # days within which what a medicine did may be there still


def end_side_effects(reading: Reading) -> None:
    """Mark as over what a medicine is said to have done before it was given up.

    "Gabapentin made me stagger, so I came off it": not where the text says that it stays, that it
    was of late, or that something else was given up ("so I stopped driving").
    """
    for sentence in reading.sentences:
        stops = [h for h in reading.hits_inside("intake", sentence) if _gives_up(reading, h)]
        if not stops or _stays(reading, sentence, stops[0].start):
            continue
        for hit in reading.told("brought-on", within=sentence):
            end = next((h.start for h in stops if h.start >= hit.end), None)
            if end is None or not _is_of_medicine(reading, (sentence[0], hit.start)):
                continue
            for mention in reading.inside((hit.end, end)):
                if mention.kind == "finding" and reading.is_effect(mention):
                    mention.resolved = True


def _gives_up(reading: Reading, hit: Hit) -> bool:
    """Whether it is the medicine that is given up: no other deed follows."""
    given_up = hit.get("change") == "stopped"
    return given_up and not reading.norm(hit.end).endswith("ing")


def _stays(reading: Reading, sentence: Span, stop: int) -> bool:
    """Whether what was brought on is there still, or may be."""
    late = any(sentence[0] <= t.start < sentence[1] and t.days <= _LATE for t in reading.times)
    rest = (stop, len(reading.tokens))
    going_on = reading.told("persisting", within=rest) or reading.told("left-over", within=rest)
    denied = reading.told("negation", within=(stop, sentence[1])) or any(
        reading.is_denied(h.start) for h in reading.told("resolution", within=rest)
    )
    return bool(late or going_on or denied)


def _is_of_medicine(reading: Reading, before: Span) -> bool:
    """Whether a medicine is named before what it did, and nothing that is a sign."""
    named = any(before[0] <= h.start < before[1] for h in reading.hits["medicine"])
    inside = reading.inside(before)
    named |= any("ft:medicine-kind" in reading.words.roles(m) for m in inside)
    return named
