"""Lay a text out for reading: find its tokens and sentences, its cues, and what it names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kg.recognise.cues import Hit
from kg.recognise.elided import filled_in
from kg.recognise.frames import PARTS
from kg.recognise.framing import framed, inner_places, segments
from kg.recognise.match import Match
from kg.recognise.mentions import Mention
from kg.recognise.reading import HISTORY, Reading, Span, Words
from kg.recognise.sentences import BREAKS, JOINTS, split_sentences, unwrapped
from kg.recognise.tokens import tokenise

_FINDING = frozenset({"finding"})
_PATTERN = frozenset({"everyday-wording"})
_TELLING = ("scope", "link", "sequence")  # what may follow "the left one"
_APPOSED = frozenset(",(:-")  # marks between a part and its side
_BESIDE = 6  # words between "that side" and a limb that it is said with
_SIDED = PARTS - {"foreign-place"}  # what there is a left and a right one of
_MAX_INSIDE = 2  # unlisted words inside a name


def lay_out(text: str, words: Words) -> Reading:
    """Find what a text names, by names, then by frames, then by names with a word too many."""
    lines = unwrapped(tokenise(text), words.cues.words["light"])
    plain = filled_in(words.shorthand.written_out(text, lines), words.cues.words)
    tokens, corrected = words.spelling.corrected(plain)
    hits = words.cues.hits(tokens)
    reading = Reading(
        text,
        words,
        tokens,
        split_sentences(text, tokens, {h.start for h in hits["scope"] if h.categories & JOINTS}),
        [],
        [],
        [],
        [None] * len(tokens),
        hits,
        {},
    )
    hits["ordinary"] = sorted(
        [*hits["ordinary"], *(h for s in reading.sentences for h in _everyday(reading, s))],
        key=lambda hit: (len(hit.extent), hit.start),
    )
    ordinary = {place: hit for hit in hits["ordinary"] for place in hit.extent}
    reading.covered.update(ordinary)
    # "A tetanus jab" tells of no tetanus.
    whole = [hit for hit in hits["event"] if hit.get("span") == "whole"]
    ordinary |= {place: hit for hit in whole for place in hit.extent}
    named = [
        _mention(match, corrected)
        for sentence in reading.sentences
        for match in _named(reading, sentence, ordinary)
        if not _is_ordinary(match, ordinary)
    ]
    reading.functions = [
        Mention(m.start, m.end, sense.kind, sense.id)
        for sentence in reading.sentences
        for m in words.lexicon.find(tokens, *sentence, frozenset({"function", "sound-function"}))
        for sense in m.senses
    ]
    _join_sides(reading, named)
    _settle_sides(words, named)
    reading.add(named, own=True)
    reading.add(_stand_ins(reading), own=True)
    reading.add(_nested(reading))
    hits["predicate"] = words.cues.layers["predicate"].hits(tokens, inner_places(reading))
    for layer in ("event", "illness", "medicine", "deed"):
        # "A shot of espresso" is no injection; "lip fillers" are some, and no lip.
        hits[layer] = [
            hit
            for hit in hits[layer]
            if (phrase := ordinary.get(hit.start)) is None or len(phrase.extent) <= len(hit.extent)
        ]
    dropped = ["predicate", "bodily-thing"]
    if not any(reading.is_word(place, "pronoun-third") for place in range(len(tokens))):
        dropped += ["band", "relation"]  # "with a newborn in the house" names nobody who is ill
    for layer in dropped:
        hits[layer] = [h for h in hits[layer] if h.start not in ordinary]
    hits["person"] = [  # nor does "fell over the cat" tell of a cat
        h for h in hits["person"] if "non-person" not in h.categories or h.start not in ordinary
    ]
    # "As a child", "when he was a kid": what somebody was is nobody else.
    was = {h.end for h in reading.told("past") if reading.norm(h.start) in ("as", "when")}
    for layer in ("person", "band"):
        hits[layer] = [h for h in hits[layer] if h.end not in was]
    reading.add(framed(reading, corrected))
    stretched = (m for m in _stretched(reading) if ordinary.keys().isdisjoint(m.extent))
    reading.add((_mention(match, corrected) for match in stretched), own=True)
    settle_scope(reading)
    reading.segment = segments(reading)
    # "are" asks only where a clause begins.
    opens = {first for first, _ in reading.sentences}
    opens |= {hit.end for hit in hits["scope"] if hit.categories & JOINTS}
    hits["scope"] = [
        hit
        for hit in hits["scope"]
        if hit.categories != {"question-opener"}
        or hit.start in opens
        or reading.segment[hit.start] != reading.segment[hit.start - 1]
        or tokens[hit.start - 1].norm in BREAKS
    ]
    reading.at = {place: hit for hit in hits["scope"] for place in hit.extent}
    return reading


def settle_scope(reading: Reading) -> None:
    """Leave out the cues of the status that are part of a name."""
    for hit in [h for h in reading.hits["scope"] if _is_swallowed(h, reading)]:
        reading.hits["scope"].remove(hit)
        for place in hit.extent:
            reading.at.pop(place, None)


def _is_swallowed(hit: Hit, reading: Reading) -> bool:
    if "family-after" in hit.categories:
        return False  # "runs in the family" is a finding of its own and tells of what stands before
    if "negation" in hit.categories and reading.lends(hit):
        return True  # the "not" of "is not" is that of "not eating"
    mention = reading.owner[hit.start]
    return mention is not None and mention.start <= hit.start and hit.end <= mention.end


# -- names


def _everyday(reading: Reading, sentence: Span) -> Iterable[Hit]:
    """The everyday phrases of a sentence that are written as patterns."""
    for start, end in reading.words.lexicon.everyday(reading.tokens, *sentence):
        yield Hit(start, end, (), _PATTERN)


def _mention(match: Match, corrected: frozenset[int]) -> Mention:
    sense, fuzzy = match.senses[0], not corrected.isdisjoint(match.extent)
    return Mention(
        match.start, match.end, sense.kind, sense.id, sense.weak, fuzzy, sense.quantity,
        denied=sense.denied,
    )  # fmt: skip


def _named(reading: Reading, sentence: Span, ordinary: dict[int, Hit]) -> Iterable[Match]:
    """The names of a sentence; none reaches over "my" or a comma into what begins a new clause.

    "When tired my eye closes": the eye is what closes, and no tired eye. "It twitches, arms and
    legs work fine" tells of no twitch in the limbs. None begins within an
    everyday phrase and goes on behind it: "left handed and my lid twitches" tells of no hand.
    """
    tokens, lexicon = reading.tokens, reading.words.lexicon
    predicates = reading.words.cues.layers["predicate"]
    for match in lexicon.find(tokens, *sentence):
        # The mouth of "the corner of my mouth" begins no clause.
        within = [
            i
            for i in match.extent[1:]
            if reading.is_word(i, "possessive") and reading.norm(i - 1) != "of"
        ]
        commas = [i for i in match.extent[1:] if reading.norm(i - 1) == ","]
        phrase = ordinary.get(match.start)
        if phrase is not None and phrase.start < match.start and phrase.end < match.end:
            yield from lexicon.find(tokens, phrase.end, match.end)
        elif (
            within and match.end < sentence[1] and predicates.longest(tokens, match.end) is not None
        ) or ((within := commas) and _is_judged(reading, range(match.end, sentence[1]))):
            yield from lexicon.find(tokens, match.start, within[-1])
            yield from lexicon.find(tokens, within[-1], match.end)
        else:
            yield match


def _is_judged(reading: Reading, behind: range) -> bool:
    """Whether what stands at the end of a name is said to be sound, or not, right behind it."""
    links = reading.taken("link")
    place = next((i for i in behind if not (reading.is_filler(i) or i in links)), behind.stop)
    return bool(reading.told("sound", "troubled", within=(place, place + 1)))


def _is_ordinary(match: Match, ordinary: dict[int, Hit]) -> bool:
    """Whether a name stands within an everyday phrase ("eye doctor"), or ends in the middle of one.

    "Since the flu" is none in "since the flu shot".
    """
    first, last = ordinary.get(match.start), ordinary.get(match.end - 1)
    met = (ordinary.get(place) for place in match.extent)
    if any(p is not None and p.categories == _PATTERN and _goes_before(p, match) for p in met):
        return True
    return (first is not None and match.end <= first.end) or (
        last is not None and match.end < last.end
    )


def _goes_before(phrase: Hit, match: Match) -> bool:
    """Whether a pattern has the right of way: the name is no longer one around it."""
    return not (match.start <= phrase.start and phrase.end <= match.end)


def _sides(words: Words) -> dict[str, str]:
    """The site that each of the words like "that side" is, where the text tells of a face."""
    return {
        cue.id: cue.properties["ft:cue-site"]
        for cue in words.cues.by_category.get("body-part", ())
        if "ft:cue-site" in cue.properties
    }


def _join_sides(reading: Reading, mentions: list[Mention]) -> None:
    """Read what only tells the side of a part beside it as that part.

    "Upper lid, right side", "the left side of my cheek".
    """
    sites, around = _sides(reading.words), reading.words.view.around
    for one, other in pairwise(mentions):
        of = one.id in sites and reading.norm(one.end) == "of"
        side, part = (one, other) if of else (other, one)
        if part.kind == "site" and side.id in sites and part.id not in around(sites[side.id]):
            between = range(one.end + of, other.start)
            if all(
                reading.norm(i) in _APPOSED
                or reading.is_filler(i)
                or reading.is_word(i, "place-preposition", "possessive")
                for i in between
            ):
                side.kind, side.id = part.kind, part.id


def _settle_sides(words: Words, mentions: list[Mention]) -> None:
    """Read "that side" as one of the face where the text tells of a face, else of the body."""
    sites = _sides(words)
    vague = [m for m in mentions if m.kind == "body-part" and m.id in sites]
    others = [m for m in mentions if m.kind in PARTS and m not in vague]
    whole = {
        i for c in words.cues.by_category.get("placeless", ())
        for i in c.properties.get("ft:when-broader", "").split()
    }  # fmt: skip
    anchored = any(m.kind == "site" for m in others) or any(
        m.kind == "finding" and words.view.concepts[m.id].scope_anchor and m.id not in whole
        for m in mentions
    )
    for mention in vague if anchored else ():
        if all(o.kind == "site" or abs(o.start - mention.start) > _BESIDE for o in others):
            mention.kind, mention.id = "site", sites[mention.id]


def _stand_ins(reading: Reading) -> list[Mention]:
    """What is only called "the left one" or "the right" is the part that was named before."""
    tokens, words = reading.tokens, reading.words
    told = {h.start for name in _TELLING for h in reading.hits[name]}
    found = []
    for hit in reading.hits["same-part"]:
        led = reading.is_word(hit.start - 1, "place-preposition")
        ends = reading.is_mark(hit.end) or hit.end in told
        part = words.lexicon.find(tokens, hit.start, min(hit.end + _BESIDE, len(tokens)), PARTS)
        if led or any(m.start <= hit.end + 1 for m in part):
            continue
        if ends or words.cues.layers["predicate"].longest(tokens, hit.end) is not None:
            for match in words.lexicon.find(tokens, 0, hit.start, _SIDED)[-1:]:
                found.append(Mention(hit.start, hit.end, match.senses[0].kind, match.senses[0].id))
    return found


def _nested(reading: Reading) -> list[Mention]:
    """What a pattern names beside itself: the finding of "brief twitches", a place it came to."""
    found = []
    for pattern in reading.mentions:
        # "Since the palsy" tells of an earlier one, not of one that is there.
        if len(pattern.extent) > 1 and reading.words.is_pattern(pattern) and (
            HISTORY not in reading.words.roles(pattern)
        ):  # fmt: skip
            for match in reading.words.lexicon.find(
                reading.tokens,
                pattern.start,
                pattern.end,
                frozenset({"finding", "site"}),
                frozenset({pattern.id}),
            ):
                inner = _mention(match, frozenset())
                inner.nested = inner.kind == "site" or reading.is_effect(inner)
                found += [inner] if inner.nested else []
    return found


def _stretched(reading: Reading) -> list[Match]:
    """Names with a word or two inside that nobody listed, where nothing else was found."""
    find = reading.words.lexicon.find
    return [
        match
        for sentence in reading.sentences
        for match in find(reading.tokens, *sentence, _FINDING, gaps=_MAX_INSIDE)
        if match.weight > 1 and all(reading.owner[place] is None for place in match.extent)
    ]
