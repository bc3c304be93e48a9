"""Further places of a finding: "it began in my lid, later the cheek and the chin"."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading

__all__ = ["extend_places"]

_NEAR = 4  # words between a place and the word that says that the finding came to it
_MAX_OTHER = 1  # words in the clause that tell of something else


def extend_places(reading: Reading, places: Places) -> None:
    """Add the finding told before at the places that a sequence leads to, and the spread."""
    added: list[Mention] = []
    for sentence in reading.sentences:
        hits = list(reading.hits_inside("sequence", sentence))
        if not hits:
            continue
        claimed = {id(p) for m in reading.mentions for p in m.places}
        free = [
            m
            for m in reading.inside(sentence)
            if m.kind == "site" and not m.used and not m.nested and id(m) not in claimed
        ]
        for site in free:
            hit = _leads(reading, hits, site)
            before = _told_before(reading, site)
            if hit is None or before is None or not _is_clear(reading, site):
                continue
            general = next(
                (g for g in reading.words.view.broader(before.id) if places.at(g, site.id)), None
            )
            if general is None:
                continue
            added.append(_also(site, general, before))
            cue = hit.cue("sequence")
            spread = "" if cue is None else cue.properties.get("ft:cue-concept", "")
            if spread in reading.words.view.concepts:
                added.append(Mention(hit.start, hit.end, "finding", spread, who=before.who))
    reading.mentions += added
    reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def _also(site: Mention, general: str, before: Mention) -> Mention:
    mention = Mention(site.start, site.end, "finding", general, who=before.who, nested=True)
    mention.places, mention.side = [site], site.side or before.side
    mention.past, mention.resolved, mention.ended = before.past, before.resolved, before.ended
    return mention


def _leads(reading: Reading, hits: list[Hit], site: Mention) -> Hit | None:
    """The nearest word of a sequence right before a place, or right behind it."""
    near = [h for h in hits if 0 <= site.start - h.end <= _NEAR or 0 <= h.start - site.end <= 2]
    joined = [h for h in hits if h.end <= site.start and _only_places(reading, h.end, site.start)]
    found = near or joined
    return found[0] if found else None


def _only_places(reading: Reading, start: int, end: int) -> bool:
    for place in range(start, end):
        owner = reading.owner[place]
        if (owner is None and reading.is_content(place)) or (owner and owner.kind != "site"):
            return False
    return True


def _told_before(reading: Reading, site: Mention) -> Mention | None:
    told = [
        m
        for m in reading.mentions
        if m.end <= site.start and reading.words.is_effect(m) and not (m.denied or m.dropped)
        and reading.words.view.concepts[m.id].scope_anchor | bool(m.places)
    ]  # fmt: skip
    return told[-1] if told else None


def _is_clear(reading: Reading, site: Mention) -> bool:
    """Whether the clause of a place tells of nothing but places and times."""
    number = reading.segment[site.start]
    busy = {p for h in reading.hits["sequence"] for p in range(h.start, h.end)}
    other = [
        i
        for i, n in enumerate(reading.segment)
        if n == number and i not in busy and i not in reading.covered and reading.is_content(i)
    ]
    return len(other) <= _MAX_OTHER and not any(
        m.kind == "finding" and reading.segment[m.start] == number and not m.nested
        for m in reading.mentions
    )
