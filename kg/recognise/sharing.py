"""Places that findings have of each other, or of a sentence that names no more than a part."""

from __future__ import annotations

from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading


def share(reading: Reading, findings: list[Mention]) -> None:
    """Give the part within the words for a pattern ("started in my lid") to the finding too."""
    for finding in findings:
        if not finding.places and reading.is_effect(finding):
            others = [f for f in findings if not reading.is_effect(f)]
            finding.places = [
                p for f in others for p in f.places if f.start <= p.start and p.end <= f.end
            ][:1]


def complete(reading: Reading, places: Places) -> None:
    """A sentence that only names a part completes the finding before: "It twitches. My cheek.".

    It does so as well where the part is one of the place named before: "My face twitches".
    """
    for sentence in reading.sentences:
        inside = reading.inside(sentence)
        parts = [m for m in inside if m.kind == "site" and not m.used]
        if not parts or any(m.kind == "finding" for m in inside):
            continue
        told = (m for m in reversed(reading.mentions) if m.end <= sentence[0])
        last = next(filter(reading.is_effect, told), None)
        if last is None or not places.is_general(last.id):
            continue
        wider = all(w.id in places.within(p.id)[1:] for w in last.places for p in parts)
        if wider and all(places.can_hold(p, last.id) for p in parts):
            last.places = parts


def settle_untold(reading: Reading, places: Places) -> None:
    """Read a sign of one region as what it is elsewhere, where what is near is of elsewhere.

    "My knee is stiff, I'm in pain" tells of no face. Where nothing tells a place, the region stays.
    """
    for mention in reading.mentions:
        meant, said = places.untold.get(mention.id, ("", frozenset()))
        bare = all(reading.norm(i) in said or reading.is_filler(i) for i in mention.extent)
        free = not (mention.places or mention.dropped)
        if meant and bare and free and _is_elsewhere(reading, places, mention):
            mention.id = meant


def _is_elsewhere(reading: Reading, places: Places, sign: Mention) -> bool:
    """Whether what tells a place before a sign, or else behind it, is of another region.

    That is a part of the body anywhere in the text, or another sign in the same sentence.
    """
    segment = reading.segment
    denied = {segment[m.start] for m in reading.mentions if m.denied} - {segment[sign.start]}
    beside = [m for m in reading.inside(reading.sentence_of(sign.start)) if reading.is_effect(m)]
    told = [
        m
        for m in reading.mentions
        if m is not sign and not m.dropped and segment[m.start] not in denied and places.where(m)
        and (m.kind in PARTS or (m in beside and not places.is_placeless(m.id)))
    ]  # fmt: skip
    before = [m for m in told if m.end <= sign.start]
    near = before[-1:] or [m for m in told if m.start >= sign.end][:1]
    where = [place for m in near for place in places.where(m)]
    return bool(where) and not any(places.fits(sign.id, place) for place in where)
