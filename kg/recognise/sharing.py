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


def settle_unplaced(reading: Reading, places: Places) -> None:
    """Read a sign without a part as what it is elsewhere, where the text is only of elsewhere.

    "My knees swell up, and they ache at night" tells of no ache of the face.
    """
    rows = reading.words.cues.by_category.get("unplaced-sense", ())
    senses = {c.properties["ft:cue-concept"]: c.properties["ft:implies"] for c in rows}
    bare = [m for m in reading.mentions if m.id in senses and not (m.places or m.dropped)]
    parts = [m for m in reading.mentions if m.kind in PARTS] if bare else []
    others = [m for m in reading.mentions if reading.is_effect(m) and not (m.dropped or m in bare)]
    where = {
        places.around_part(p.id) or p.id for p in (*parts, *(p for m in others for p in m.places))
    }
    where.update(s for m in others for s in (*places.own(m.id), *places.implied(m.id)))
    for mention in bare if parts else ():
        if not any(places.fits(mention.id, site) for site in where):
            mention.id = senses[mention.id]
