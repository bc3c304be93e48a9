"""The place step: every finding of the body gets the part that it is said of.

The part stands within the words of the finding, or it is the nearest one that can hold it, first
in its own clause; a list of parts is one place. A finding without a part takes that of the finding
it is joined to, or of "it". A part alone tells where the finding before it is as well.
"""

from __future__ import annotations

from kg.recognise.extending import extend_places, is_spread
from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading, Span
from kg.recognise.sharing import complete, settle_untold, share

_PER_BREAK = 4  # cost of a comma or an "and" between a part and a finding
_PER_RIVAL = 10  # cost of another finding between them
_BACKWARD = 3  # cost of a part behind the finding without a preposition
_NAMED = frozenset({"site", "body-part"})
_MAX_COST = 16
_MAX_WEAK_COST = 9


def apply_places(reading: Reading, places: Places) -> None:
    """Join the parts of each sentence to its findings, and drop findings that need one in vain."""
    for mention in reading.mentions:
        _look_inside(reading, places, mention)
    last: list[Mention] = []
    for sentence in reading.sentences:
        inside = reading.inside(sentence)
        parts = [m for m in inside if m.kind in PARTS and not _judged(m, inside)]
        findings = [m for m in inside if _takes_place(reading, m) and not m.dropped]
        _join(reading, places, findings, _groups(reading, parts))
        _inherit(reading, places, sentence, findings, last)
        share(reading, findings)
        last = [p for p in parts if p.used or p.kind == "site"] or last
    complete(reading, places)
    for mention in reading.mentions:
        if mention.weak and not mention.places and reading.is_effect(mention):
            # Ordinary words ("jumping") are a finding of the graph only at a part of the body.
            mention.dropped |= _anchors(reading, mention) and places.is_general(mention.id)
        for place in mention.places:
            place.used = True
    extend_places(reading, places)
    settle_untold(reading, places)


# -- the parts of a sentence


def _judged(part: Mention, inside: list[Mention]) -> bool:
    """Whether a part is named only to say that it is sound, or troubled."""
    part.used |= "sound" in part.marks or any(
        m.marks & {"sound", "troubled"} and m.start <= part.start < m.end for m in inside
    )
    return part.used


def _takes_place(reading: Reading, mention: Mention) -> bool:
    if mention.kind != "finding" or mention.marks & {"sound", "troubled"}:
        return False
    return reading.is_effect(mention) or is_spread(reading, mention)


def _anchors(reading: Reading, mention: Mention) -> bool:
    return reading.words.view.concepts[mention.id].scope_anchor


def _groups(reading: Reading, parts: list[Mention]) -> list[list[Mention]]:
    """The parts, those that are joined in a list together."""
    groups: list[list[Mention]] = []
    for part in parts:
        if groups and _joined(reading, groups[-1][-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _joined(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether two parts are joined by a comma or an "and", owners, sides and small words."""
    sides = reading.taken("side")
    return one.end <= other.start and not one.nested and all(
        place in sides
        or reading.norm(place) == ","
        or reading.is_word(place, "possessive")
        or reading.is_filler(place)
        or reading.is_joint(place)
        for place in range(one.end, other.start)
    )  # fmt: skip


# -- the nearest part


def _look_inside(reading: Reading, places: Places, mention: Mention) -> None:
    """Take the part that stands within the words of a finding: "left lower eyelid twitched"."""
    if mention.places or mention.dropped or not reading.is_effect(mention):
        return
    own, span = places.own(mention.id), (mention.start, mention.end)
    parts = reading.words.lexicon.find(reading.tokens, mention.start, mention.end, _NAMED)
    # "When I purse my lips my eye closes": what is done on an occasion is no place of it.
    for part in parts[:1]:
        if any(h.end <= part.start for h in reading.hits_inside("occasion", span)):
            parts.reverse()
    for match in parts:
        site, kind = match.senses[0].id, match.senses[0].kind
        # What the graph calls "lips are tingling" is at the lips, wherever it is otherwise.
        named = bool(own) and not mention.framed and kind == "site"
        fits = named or (
            places.fits(mention.id, site) if own else not places.is_general(mention.id)
        )
        if fits and (kind == "site" or places.around_part(site)):
            inner = Mention(match.start, match.end, kind, site, nested=True)
            inner.side = mention.side
            mention.places = [inner]
            return
    # "Can't whistle" names no part: what cannot be done is at one.
    doings = reading.hits_inside("predicate", (mention.start + 1, mention.end))
    unable = reading.told("inability", "negation", within=(mention.start, mention.end))
    spots = [s for h in doings for c in h.cues if (s := reading.words.spots.get(c.id))]
    if unable and spots and own and places.fits(mention.id, spots[0]):
        inner = Mention(mention.start, mention.end, "site", spots[0], nested=True)
        mention.places = [inner]


def _join(
    reading: Reading, places: Places, findings: list[Mention], groups: list[list[Mention]]
) -> None:
    """Give each group of parts to the finding that is nearest to it and can be there."""
    framed = {id(p) for f in findings if f.framed for p in f.places}
    for finding in findings:
        if finding.framed and finding.places:
            # The parts that are joined in a list to the one that a frame read.
            own = finding.places[0]
            group = next((g for g in groups if own in g), [own])
            finding.places = [p for p in group if p is own or (
                id(p) not in framed and places.can_hold(p, finding.id)
            )]  # fmt: skip
    # The surest first: who has a part of its own clause takes none of another one.
    for group in sorted(groups, key=lambda g: _nearest(reading, places, g, findings)[0]):
        cost, nearest = _nearest(reading, places, group, findings)
        if nearest is not None and cost <= (_MAX_WEAK_COST if nearest.weak else _MAX_COST):
            _put(reading, places, nearest, group)


def _nearest(
    reading: Reading, places: Places, group: list[Mention], findings: list[Mention]
) -> tuple[int, Mention | None]:
    """The finding that is nearest to a group of parts and can be there, with its cost."""
    costs = [
        (_cost(reading, group, f, findings), f.start, f)
        for f in findings
        if not f.framed
        and all(places.can_hold(p, f.id) for p in group)
        and _is_open(reading, places, f, group)
    ]
    cost, _, finding = min(costs, key=lambda item: item[:2], default=(_MAX_COST + 1, 0, None))
    return cost, finding


def _is_open(reading: Reading, places: Places, finding: Mention, group: list[Mention]) -> bool:
    """Whether a finding takes a further group: not one of another clause, having its own part."""
    own = finding.places
    if not own:
        return True
    clause = reading.segment[finding.start]
    if own[0].nested or any(reading.segment[p.start] == clause for p in own):
        near = any(reading.segment[p.start] == clause for p in group)
        return near or _nests(places, own, group) or _joined(reading, own[-1], group[0])
    return True


def _nests(places: Places, one: list[Mention], other: list[Mention]) -> bool:
    """Whether one of the parts is a part of another one named apart."""
    return any(
        a.id in places.within(b.id) or b.id in places.within(a.id) for a in one for b in other
    )


def _put(reading: Reading, places: Places, finding: Mention, group: list[Mention]) -> None:
    """Give a finding a group of parts; of a place and a part of it named apart, keep the part."""
    own = finding.places
    if own and not _joined(reading, own[-1], group[0]):
        told = (*own, *group)
        wider = {w for p in told for w in places.within(p.id)[1:]}
        # "My jaw trembles on that side": what only tells a side is no place beside a part.
        vague = [p for p in told if places.is_half(p.id) and not _names_site(reading, p)]
        if len(vague) < len(told):
            wider.update(p.id for p in vague)
            reading.covered.update(i for p in vague for i in p.extent)
        keep = [p for p in told if p.id not in wider]
        for place in own:
            place.used |= place not in keep
        finding.places = sorted(keep, key=lambda p: p.start)
    else:
        finding.places = [*own, *group]


def _names_site(reading: Reading, part: Mention) -> bool:
    find = reading.words.lexicon.find
    return bool(find(reading.tokens, part.start, part.end, frozenset({"site"})))


def _cost(reading: Reading, group: list[Mention], finding: Mention, rivals: list[Mention]) -> int:
    first, last = group[0], group[-1]
    if finding.start <= first.start and last.end <= finding.end:
        return 0
    before = last.end <= finding.start
    start, end = (last.end, finding.start) if before else (finding.end, first.start)
    if before:
        # A pattern of spread is followed by where it leads ("now involves the cheek").
        cost = 0 if reading.is_effect(finding) else _PER_RIVAL
        if finding.denied and any(reading.is_cue(i, "negation") for i in range(start, end)):
            cost += _PER_RIVAL  # "at the cheek, no numbness": the denial opens something new
    else:
        cost = 0 if _is_led(reading, start, end) else _BACKWARD
    covered = reading.covered
    cost += sum(1 for i in range(start, end) if i not in covered and not reading.is_filler(i))
    if start < end:
        cost += _PER_BREAK * abs(reading.segment[first.start] - reading.segment[finding.start])
    return cost + _PER_RIVAL * sum(start <= r.start < end for r in rivals if r is not finding)


def _is_led(reading: Reading, start: int, end: int) -> bool:
    """Whether a preposition leads to the part at `end` ("twitching in my left cheek")."""
    sides = reading.taken("side")
    place = end - 1
    while place >= start and (reading.is_filler(place) or place in sides):
        place -= 1
    return place < start or reading.is_word(place, "place-preposition")


# -- findings without a part


def _inherit(
    reading: Reading,
    places: Places,
    sentence: Span,
    findings: list[Mention],
    last: list[Mention],
) -> None:
    """A finding without a part takes that of the finding that it is joined to, or of "it"."""
    before: list[Mention] = []
    earlier: Mention | None = None
    for finding in findings:
        own = places.own(finding.id)
        joined = bool(before) and _linked(reading, earlier, finding)
        earlier = finding
        if finding.places or finding.denied or not reading.is_effect(finding):
            before = finding.places or before
            continue
        # "My eyelid twitches and droops": of a further verb, the part is the subject as well.
        verb = reading.tokens[finding.start]
        shared = joined and verb.norm != verb.stem and len(finding.extent) == 1
        shared = shared and all(places.fits(finding.id, p.id) for p in before)
        at_it = shared or (bool(before) and reading.is_word(finding.start - 1, "pronoun-thing"))
        free = finding.weak or at_it
        if not free and places.implied(finding.id):
            continue
        if own and not free:
            # "Painful spasms in my leg": the pain is where the spasms are.
            beside = [f for f in findings if 0 <= f.start - finding.end <= 1 and f.places]
            if beside:
                finding.places = list(beside[0].places)
                reading.covered.update(finding.extent)
                continue
            before = [Mention(finding.start, finding.end, "site", own[0], nested=True)]
            continue
        start = range(sentence[0], finding.start)
        pronoun = any(reading.is_word(i, "pronoun-thing") for i in start)
        follows = _anchors(reading, finding) and places.is_general(finding.id)
        if before and (pronoun or finding.weak or joined or follows):
            finding.places = list(before)
        elif pronoun and last and not any(f.places for f in findings):
            finding.places = list(last)


def _linked(reading: Reading, one: Mention | None, other: Mention) -> bool:
    """Whether two findings are joined by nothing but "and", fillers and small words."""
    return one is not None and one.end <= other.start and all(
        reading.is_joint(place) or reading.is_filler(place)
        for place in range(one.end, other.start)
    )  # fmt: skip
