"""Where a finding is: places and sides found apart from it in a clause are joined to it."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading

__all__ = ["apply_places", "apply_sides"]

_PLACES = frozenset({"site", "body-part", "foreign-place"})
_PER_BREAK = 4  # cost of a comma or an "and" between a place and a finding
_PER_RIVAL = 10  # cost of another finding between them
_BACKWARD = 3  # cost of a place behind the finding without a preposition
_MAX_COST = 16
_MAX_WEAK_COST = 9
_SIDE_REACH = 4  # words between a side and what it belongs to


def apply_places(reading: Reading, places: Places) -> None:
    """Join the places of each sentence to its findings, and drop findings that need one in vain."""
    last: list[Mention] = []
    for sentence in reading.sentences:
        inside = reading.inside(sentence)
        sites = [m for m in inside if m.kind in _PLACES and not _judged(m, inside)]
        findings = [m for m in inside if _takes_place(reading, m) and not m.dropped]
        _spread_frames(reading, places, findings, sites)
        for group in _groups(reading, sites):
            able = [
                f for f in findings if not f.framed and all(places.can_hold(s, f.id) for s in group)
            ]
            best = min(
                ((_cost(reading, group, f, findings), f.start, f) for f in able),
                key=lambda item: item[:2],
                default=None,
            )
            if best is not None and best[0] <= (_MAX_WEAK_COST if best[2].weak else _MAX_COST):
                _put(reading, places, best[2], group)
        _inherit(reading, sentence, findings, last, places)
        _share(reading, findings)
        last = [s for s in sites if s.used or s.kind == "site"] or last
    _complete(reading, places)
    _look_inside(reading, places)
    for mention in reading.mentions:
        if mention.weak and not mention.places and reading.words.is_effect(mention):
            # Ordinary words ("jumping") are a finding of the graph only at a place of the body.
            anchor = reading.words.view.concepts[mention.id].scope_anchor
            mention.dropped |= anchor and places.is_general(mention.id)
        for place in mention.places:
            place.used = True


def _spread_frames(
    reading: Reading, places: Places, findings: list[Mention], sites: list[Mention]
) -> None:
    """Give what a frame read the other parts that are joined to its own in a list."""
    taken = {id(p) for f in findings if f.framed for p in f.places}
    for finding in findings:
        if not finding.framed or not finding.places:
            continue
        own = finding.places[0]
        if own not in sites:
            continue  # "it": the part was named before this sentence
        group = next((g for g in _groups(reading, sites) if own in g), [own])
        finding.places = [
            p for p in group if p is own or (id(p) not in taken and places.can_hold(p, finding.id))
        ]


def _put(reading: Reading, places: Places, finding: Mention, group: list[Mention]) -> None:
    """Give a finding a group of places; of a place and a part of it named apart, keep the part."""
    own = finding.places
    if own and not _joined(reading, own[-1], group[0]):
        wider = {w for p in (*own, *group) for w in places.within(p.id)[1:]}
        keep = [p for p in (*own, *group) if p.id not in wider]
        for place in own:
            place.used = place.used or place not in keep
        finding.places = keep
    else:
        finding.places = [*own, *group]


def _complete(reading: Reading, places: Places) -> None:
    """A sentence that only names a place completes the finding before: "It twitches. My cheek."."""
    for sentence in reading.sentences:
        inside = reading.inside(sentence)
        if any(m.kind == "finding" for m in inside):
            continue
        sites = [m for m in inside if m.kind == "site" and not m.used]
        earlier = [
            m for m in reading.mentions if m.end <= sentence[0] and reading.words.is_effect(m)
        ]
        if sites and earlier:
            finding = earlier[-1]
            open_place = not finding.places and places.is_general(finding.id)
            if open_place and all(places.can_hold(s, finding.id) for s in sites):
                finding.places = sites


def _look_inside(reading: Reading, places: Places) -> None:
    """Take the place that stands within the words of a finding: "left lower eyelid twitched"."""
    for mention in reading.mentions:
        if mention.places or mention.dropped or not reading.words.is_effect(mention):
            continue
        found = reading.words.lexicon.find(
            reading.tokens, mention.start, mention.end, frozenset({"site"})
        )
        own = places.own(mention.id)
        for match in found:
            site = match.senses[0].id
            if places.fits(mention.id, site) if own else not places.is_general(mention.id):
                inner = Mention(match.start, match.end, "site", site, nested=True)
                inner.side = mention.side
                mention.places = [inner]
                break


def _judged(site: Mention, inside: list[Mention]) -> bool:
    for mention in inside:
        if mention.marks & {"sound", "troubled"} and mention.start <= site.start < mention.end:
            site.used = True
            return True
    return False


def _share(reading: Reading, findings: list[Mention]) -> None:
    """Give the place within the words for a pattern ("started in my lid") to the finding too."""
    for finding in findings:
        if finding.places or not reading.words.is_effect(finding):
            continue
        others = [f for f in findings if f.places and not reading.words.is_effect(f)]
        inside = [p for f in others for p in f.places if f.start <= p.start and p.end <= f.end]
        finding.places = inside[:1]


def _takes_place(reading: Reading, mention: Mention) -> bool:
    if mention.kind != "finding" or mention.marks & {"sound", "troubled"}:
        return False
    if reading.words.is_effect(mention):
        return True
    kinds = reading.words.view.concepts[mention.id].kinds
    return reading.words.is_pattern(mention) and "ft:SpreadPattern" in kinds


def _groups(reading: Reading, sites: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for site in sites:
        if groups and _joined(reading, groups[-1][-1], site):
            groups[-1].append(site)
        else:
            groups.append([site])
    return groups


def _joined(reading: Reading, one: Mention, other: Mention) -> bool:
    owners = reading.words.cues.words["possessive"]
    sides = {p for h in reading.hits["side"] for p in range(h.start, h.end)}
    for place in range(one.end, other.start):
        hit = reading.at.get(place)
        joint = hit is not None and hit.categories & {"conjunction", "alternative"}
        own = reading.tokens[place].norm in owners
        comma = reading.tokens[place].norm == ","
        if not (joint or own or comma or place in sides or reading.is_filler(place)):
            return False
    return one.end <= other.start and not one.nested


def _cost(reading: Reading, group: list[Mention], finding: Mention, rivals: list[Mention]) -> int:
    first, last = group[0], group[-1]
    if finding.start <= first.start and last.end <= finding.end:
        return 0
    if last.end <= finding.start:
        start, end = last.end, finding.start
        # A pattern of spread is followed by where it leads ("now involves the cheek").
        cost = 0 if reading.words.is_effect(finding) else _PER_RIVAL
    else:
        start, end = finding.end, first.start
        before = end - 1
        while before >= start and (reading.is_filler(before) or _is_side(reading, before)):
            before -= 1
        prepositions = reading.words.cues.words["place-preposition"]
        close = before < start or reading.tokens[before].norm in prepositions
        cost = 0 if close else _BACKWARD
    covered = reading.covered
    cost += sum(
        1 for place in range(start, end) if place not in covered and not reading.is_filler(place)
    )
    if last.end <= finding.start and finding.denied and _denial_between(reading, start, end):
        cost += _PER_RIVAL  # "at the cheek, no numbness": the denial opens something new
    if start < end:
        cost += _PER_BREAK * abs(reading.segment[first.start] - reading.segment[finding.start])
    between = [r for r in rivals if start <= r.start < end and r is not finding]
    return cost + _PER_RIVAL * len(between)


def _denial_between(reading: Reading, start: int, end: int) -> bool:
    hits = (reading.at.get(place) for place in range(start, end))
    return any(h is not None and "negation" in h.categories for h in hits)


def _is_side(reading: Reading, place: int) -> bool:
    return any(h.start <= place < h.end for h in reading.hits["side"])


def _inherit(
    reading: Reading,
    sentence: tuple[int, int],
    findings: list[Mention],
    last: list[Mention],
    places: Places,
) -> None:
    """A finding without a place takes the one of the finding that it is joined to, or of "it"."""
    things = reading.words.cues.words["pronoun-thing"]
    before: list[Mention] = []
    before_finding: Mention | None = None
    for finding in findings:
        if finding.places or finding.denied or not reading.words.is_effect(finding):
            before = finding.places or before
            before_finding = finding
            continue
        own = places.own(finding.id)
        if own and not finding.weak:
            before = [Mention(finding.start, finding.end, "site", own[0], nested=True)]
            before_finding = finding
            continue
        pronoun = any(
            reading.tokens[i].norm in things for i in range(sentence[0], finding.start)
        )  # fmt: skip
        joined = bool(before) and _linked(reading, before_finding, finding)
        anchor = reading.words.view.concepts[finding.id].scope_anchor
        follows = anchor and places.is_general(finding.id)
        if before and (pronoun or finding.weak or joined or follows):
            finding.places = list(before)
        elif pronoun and last and not any(f.places for f in findings):
            finding.places = list(last)


def _linked(reading: Reading, one: Mention | None, other: Mention) -> bool:
    """Whether two findings are joined by nothing but "and", fillers and small words."""
    if one is None or one.end > other.start:
        return False
    for place in range(one.end, other.start):
        hit = reading.at.get(place)
        joint = hit is not None and hit.categories & {"conjunction", "alternative"}
        if not joint and not reading.is_filler(place):
            return False
    return True


def apply_sides(reading: Reading) -> None:
    """Give each "left", "right" and "both" to the place or the finding that it belongs to."""
    for hit in reading.hits["side"]:
        cue = hit.cue("side")
        if cue is None:
            continue
        sentence = next(s for s in reading.sentences if s[0] <= hit.start < s[1])
        target = _sided(reading, sentence, hit.start, hit.end)
        letter = hit.end - hit.start == 1 and len(reading.tokens[hit.start].norm) == 1
        if target is None or (letter and target.start - hit.end not in (0, 1)):
            continue
        reading.covered.update(range(hit.start, hit.end))
        side = cue.properties.get("ft:cue-side")
        target.side = side if target.side in (None, side) else "both"
    for sentence in reading.sentences:
        _share_side(reading, sentence)


def _share_side(reading: Reading, sentence: tuple[int, int]) -> None:
    """Where a sentence names one side, it is the side of all that it tells.

    "Chin and lip on the left", "R eyelid and forehead": said once, meant of each.
    """
    able = [m for m in reading.inside(sentence) if m.kind in _PLACES or reading.words.is_effect(m)]
    sides = {m.side for m in able if m.side is not None}
    if len(sides) == 1 and "both" not in sides:
        for mention in able:
            if not mention.denied:
                mention.side = next(iter(sides))


def _sided(reading: Reading, sentence: tuple[int, int], start: int, end: int) -> Mention | None:
    able = [m for m in reading.inside(sentence) if m.kind in _PLACES or reading.words.is_effect(m)]
    for mention in able:
        if mention.start <= start < mention.end:
            return mention
    after = [m for m in able if end <= m.start <= end + _SIDE_REACH]
    before = [m for m in able if start - _SIDE_REACH <= m.end <= start]
    if after and (not before or after[0].start - end <= start - before[-1].end + 1):
        return after[0]
    return before[-1] if before else None
