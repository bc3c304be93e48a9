"""Further places of a finding: "it began in my lid, later the cheek and the chin"."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading

_NEAR = 4  # words between a part and the word that says that the finding came to it
_MAX_OTHER = 1  # words in the clause of a part alone that tell of something else


def is_spread(reading: Reading, mention: Mention) -> bool:
    """Whether a mention tells how a finding spreads."""
    if not reading.words.is_pattern(mention):
        return False
    return "ft:SpreadPattern" in reading.words.view.concepts[mention.id].kinds


def extend_places(reading: Reading, places: Places) -> None:
    """Add a finding told elsewhere at the parts that stand alone in their clause, and the spread.

    "Later the cheek", "eyebrow on and off", "left lid since June. It twitches"; it is denied at
    the part of "but not the mouth".
    """
    added: list[Mention] = []
    claimed = {id(p) for m in reading.mentions for p in m.places}
    for sentence in reading.sentences:
        hits = list(reading.hits_inside("sequence", sentence))
        for site in reading.inside(sentence):
            hit, clause = _leads(reading, hits, site), reading.clause_of(site.start)
            denied = reading.denies(clause)
            free = not site.used or ("sound" in site.marks and denied and hit is not None)
            if site.kind != "site" or not free or site.nested or id(site) in claimed:
                continue
            before = _told_before(reading, site)
            if before is None or not _is_alone(reading, clause, led=hit is not None):
                continue
            if hit is None and not (denied or _is_told(reading, clause)):
                continue
            broader = reading.words.view.broader(before.id)
            general = next((g for g in broader if places.at(g, site.id)), None)
            if general is None:
                continue
            added.append(_also(site, general, before, denied))
            cue = None if hit is None or denied else hit.cue("sequence")
            spread = "" if cue is None else cue.properties.get("ft:cue-concept", "")
            if (
                hit is not None
                and spread in reading.words.view.concepts
                and _is_new(places, before, site)
            ):
                added.append(Mention(hit.start, hit.end, "finding", spread, who=before.who))
    for mention in reading.mentions:
        if is_spread(reading, mention) and _stays(reading, places, mention):
            mention.dropped = True
            reading.covered.update(mention.extent)
    reading.add(added)


def _stays(reading: Reading, places: Places, spread: Mention) -> bool:
    """Whether a spread reaches no other part: "from the lower lid to the upper one"."""
    before, number = _told_before(reading, spread), reading.segment[spread.start]
    if before is None or before.start > spread.start or spread.dropped:
        return False
    inside = [m for m in reading.mentions if reading.segment[m.start] == number]
    reached = spread.places or [m for m in inside if m.kind == "site" and m.end <= spread.start]
    if reached:
        there = [places.at(before.id, p.id) or before.id for p in before.places] or [before.id]
        told = {p.id for p in before.places}.union(*map(places.own, there))
        return {p.id for p in reached} <= told
    return any(reading.segment[h.start] == number for h in reading.hits["same-part"])


def _is_new(places: Places, before: Mention, site: Mention) -> bool:
    """Whether a finding comes to a part from another one that the graph has as a site.

    A twitch of the thumb and one of the lid are two twitches, and so are those of two lids.
    """
    told = [p for p in before.places if p.kind == "site"]
    return bool(told) == bool(before.places) and all(
        site.id not in places.within(p.id) for p in told
    )


def _also(site: Mention, general: str, before: Mention, denied: bool) -> Mention:
    mention = Mention(site.start, site.end, "finding", general, who=before.who, nested=True)
    mention.places, mention.side, mention.denied = [site], site.side or before.side, denied
    mention.past, mention.resolved, mention.ended = before.past, before.resolved, before.ended
    return mention


def _leads(reading: Reading, hits: list[Hit], site: Mention) -> Hit | None:
    """The nearest word of a sequence right before a part, or right behind it."""
    near = [h for h in hits if 0 <= site.start - h.end <= _NEAR or 0 <= h.start - site.end <= 2]
    joined = [h for h in hits if h.end <= site.start and _only_parts(reading, h.end, site.start)]
    return next(iter(near or joined), None)


def _only_parts(reading: Reading, start: int, end: int) -> bool:
    return not any(
        reading.is_content(i) if owner is None else owner.kind != "site"
        for i, owner in enumerate(reading.owner[start:end], start)
    )


def _told_before(reading: Reading, site: Mention) -> Mention | None:
    """The finding that a part alone has as well: the last one told, else the first that follows."""
    told = [
        m
        for m in reading.mentions
        if reading.is_effect(m) and not (m.denied or m.dropped)
        and (reading.words.view.concepts[m.id].scope_anchor or m.places)
    ]  # fmt: skip
    before = [m for m in told if m.end <= site.start]
    return before[-1] if before else next((m for m in told if m.start >= site.end), None)


def _is_told(reading: Reading, clause: range) -> bool:
    """Whether a clause tells of a part when or how it runs ("on and off", "since June")."""
    timed = any(t.start in clause for t in reading.times)
    return timed or any(
        m.start in clause for m in filter(reading.words.is_pattern, reading.mentions)
    )


def _is_alone(reading: Reading, clause: range, *, led: bool) -> bool:
    """Whether the clause of a part tells of nothing but parts, times and how it runs."""
    read = reading.taken("sequence") | reading.covered | reading.at.keys()
    other = [i for i in clause if i not in read and reading.is_content(i)]
    return len(other) <= (_MAX_OTHER if led else 0) and not any(
        m.kind == "finding" and m.start in clause and not m.nested
        and (not reading.words.is_pattern(m) or is_spread(reading, m))
        for m in reading.mentions
    )  # fmt: skip
