"""Left, right and both: which part of the body, or which finding, a side is said of."""

from __future__ import annotations

from collections.abc import Mapping

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.places import Places
from kg.recognise.reading import Reading, Span
from kg.recognise.stems import is_plural

_BOTH = "both"
_OTHER = "other"
_ACROSS = {"left": "right", "right": "left"}
_REACH = 4  # words between a side and what it belongs to
_TELLING = ("manner", "bodily", "link", "trial", "scope", "tense", "predicate", "time", "clause")
_LETTER = 2  # words between a part and the letter of a side behind it ("jaw pulled to R")


def apply_sides(reading: Reading, places: Places) -> None:
    """Give each side to what it is said of, to the rest of its sentence, and to what follows."""
    alone: dict[int, str] = {}
    for hit in reading.told("side"):
        if _is_of_a_thing(reading, hit, places):
            continue
        target = _sided(reading, hit.start, hit.end)
        side = hit.get("side") or None
        if target is not None and (side != _OTHER or target.start - hit.end <= 0):
            reading.covered.update(hit.extent)
            target.side = side if target.side in (None, side) else _BOTH
        elif (side in _ACROSS and len(reading.norm(hit.start)) > 1) or (
            side == _BOTH and len(hit.extent) > 1
        ):
            alone[reading.sentence_of(hit.start)[0]] = side
    for sentence in reading.sentences:
        _share(reading, sentence, places)
    _join_same(reading, places, alone)
    _add_afterwards(reading, places, alone)
    alone = {start: side for start, side in alone.items() if side in _ACROSS}
    _carry(reading, places, alone)
    _tell_once(reading, places, alone)


def _is_of_a_thing(reading: Reading, hit: Hit, places: Places) -> bool:
    """Whether a word for a side tells what a thing is like: "the right place", "left home"."""
    after, side = hit.end, hit.get("side")
    if side not in _ACROSS or reading.norm(hit.start) != side or hit.end - hit.start > 1:
        return False
    if reading.is_word(hit.start - 1, "possessive") or not reading.is_content(after):
        return False
    word = reading.norm(after)
    part = word in places.part_words or reading.owner[min(after + 1, len(reading.owner) - 1)]
    told = after in reading.numbers or any(after in reading.taken(name) for name in _TELLING)
    return reading.words.lexicon.is_ordinary(word) and not (part or told)


def _able(reading: Reading, sentence: Span) -> list[Mention]:
    return [m for m in reading.inside(sentence) if m.kind in PARTS or reading.is_effect(m)]


def _sided(reading: Reading, start: int, end: int) -> Mention | None:
    able = _able(reading, reading.sentence_of(start))
    for mention in able:
        if mention.start <= start < mention.end:
            return mention
    reach = _REACH
    if len(reading.norm(start)) == 1:
        # The letter of a side stands right beside its part, or ends the clause: "ear ache R".
        after = [m for m in able if m.start - end in (0, 1)]
        reach = _LETTER if reading.is_mark(end) else -1
    else:
        after = [m for m in able if end <= m.start <= end + reach]
    # "It jumps, on the right it is fine": a side that opens a clause is none of the one before.
    ends = end >= len(reading.tokens) or reading.is_mark(end)
    near = [m for m in able if ends or reading.segment[m.start] == reading.segment[start]]
    before = [m for m in near if start - reach <= m.end <= start]
    if after and (not before or after[0].start - end <= start - before[-1].end + 1):
        return after[0]
    return before[-1] if before else None


def _share(reading: Reading, sentence: Span, places: Places) -> None:
    """Where a sentence names one side, it is the side of all that it tells of a side.

    "Chin and lip on the left", "R eyelid and forehead": said once, meant of each.
    """
    able = _able(reading, sentence)
    named = [m for m in able if m.side is not None]
    sides = {m.side for m in named}
    if len(sides) != 1 or not sides <= _ACROSS.keys():
        return
    clauses = {reading.segment[m.start] for m in named}
    parts = [m for m in able if m.kind in PARTS]
    for mention in able:
        if mention.denied or places.are_apart(named, mention):
            continue  # "my left leg is weak and an eyelid twitches"
        beside = reading.segment[mention.start] in clauses
        if mention.kind in PARTS:
            # A list of parts goes on over its commas: "chin and lip on the left".
            place = parts.index(mention)
            near = parts[max(0, place - 1) : place + 2]
            beside = any(reading.segment[m.start] in clauses for m in near)
        elif mention.kind == "finding":
            beside = beside and _has_side(reading, places, mention)
        if beside or places.is_paired(mention):
            mention.side = next(iter(sides))


def _join_same(reading: Reading, places: Places, alone: Mapping[int, str]) -> None:
    """Give "the same side" to all that its sentence tells: the one named there, or before."""
    for hit in reading.hits["same-side"]:
        sentence = reading.sentence_of(hit.start)
        able = _able(reading, sentence)
        sides = {m.side for m in able} | {alone.get(sentence[0])}
        told = [m.side for m in reading.mentions if m.side and m.start < sentence[0]]
        named = [s for s in _ACROSS if s in sides] or told[-1:]
        if len(named) == 1 and named[0] in _ACROSS:
            for mention in able:
                if mention.side is None and not mention.denied and (
                    mention.kind in PARTS or _has_side(reading, places, mention)
                ):  # fmt: skip
                    mention.side = named[0]


def _add_afterwards(reading: Reading, places: Places, alone: Mapping[int, str]) -> None:
    """A sentence that only names a side tells that of the sentence before: "My lip jumps. Left.".

    One that names a part with its side as well tells it of that part: "Lid on the right".
    """
    told: list[Mention] = []
    for sentence in reading.sentences:
        able = _able(reading, sentence)
        effects = [m for m in able if reading.is_effect(m)]
        if effects:
            told = [m for m in effects if not m.denied]
            continue
        sides = {m.side for m in able} if able else {alone.get(sentence[0])}
        words = [i for i in filter(reading.is_content, range(*sentence))
                 if reading.norm(i) not in places.part_words]  # fmt: skip
        if not all(reading.is_word(i, "pronoun-thing") for i in words):
            continue
        if len(sides) == 1 and (side := sides.pop()) in (*_ACROSS, _BOTH):
            parts = [m.id for m in able if m.kind in PARTS and not places.is_half(m.id)]
            for mention in told:
                same = not parts or any(_is_at(reading, places, mention, p) for p in parts)
                if mention.side is None and same and _has_side(reading, places, mention):
                    mention.side = side


def _is_at(reading: Reading, places: Places, finding: Mention, part: str) -> bool:
    """Whether a finding is said of a part, or of one that it is a part of."""
    clause = reading.clause_of(finding.start)
    named = [m.id for m in reading.inside((clause.start, clause.stop)) if m.kind in PARTS]
    where = named or [*places.own(finding.id), *places.implied(finding.id)]
    return any(w in places.within(part) or part in places.within(w) for w in where)


def _carry(reading: Reading, places: Places, alone: Mapping[int, str]) -> None:
    """Let a side go on over sentences, until another one is named ("that eye", "the cheek").

    A side that is said of nothing ("same left side") goes on as well.
    What was named before without a side keeps none.
    """
    side = last = None
    source: list[Mention] = []
    free: set[str] = set()
    for sentence in reading.sentences:
        able = _able(reading, sentence)
        for mention in able:
            if mention.side == _OTHER:
                mention.side = _ACROSS.get(last or "")
            elif mention.side in _ACROSS:
                last = mention.side
            if mention.side is None and places.is_paired(mention) and not mention.denied:
                several, new = _is_several(reading, mention), mention.id not in free
                new = new and not places.are_apart(source, mention)
                mention.side = _BOTH if several else side if new else None
        free |= {m.id for m in able if m.side is None}
        told = [m for m in able if m.side and m.kind != "body-part" and not m.resolved]
        if told:
            side, source = (None if told[-1].side == _BOTH else told[-1].side), told
        elif sentence[0] in alone:
            side, source = alone[sentence[0]], []


def _has_side(reading: Reading, places: Places, mention: Mention) -> bool:
    """Whether a finding can be on one side: also where its name tells the part ("jaw trembles")."""
    find, kinds = reading.words.lexicon.find, frozenset({"site", "body-part"})
    return places.has_side(mention) or (
        len(mention.extent) > 1
        and not places.is_placeless(mention.id)
        and bool(find(reading.tokens, mention.start, mention.end, kinds))
    )


def _is_several(reading: Reading, mention: Mention) -> bool:
    """Whether a part is named in the plural: "my eyes", "her eyes won't open"."""
    ends = [mention.end]
    if mention.kind not in PARTS:
        sites = frozenset({"site"})
        found = reading.words.lexicon.find(reading.tokens, mention.start, mention.end, sites)
        ends = [match.end for match in found]
    return any(is_plural(reading.norm(end - 1)) for end in ends)


def _tell_once(reading: Reading, places: Places, alone: Mapping[int, str]) -> None:
    """Where a text names one side alone, it is that of what it is about, told after it.

    What was named before without a side keeps none.
    """
    able = [m for m in reading.mentions if m.kind in PARTS or reading.is_effect(m)]
    sided = [m for m in able if m.side is not None]
    sides = {m.side for m in sided} | {*alone.values()}
    if len(sides) != 1 or not sides <= _ACROSS.keys():
        return
    first = min([*alone, *(m.start for m in sided)])
    concepts = reading.words.view.concepts
    free = {m.id for m in able if m.start < first and m.side is None}
    for mention in able:
        if mention.id in free:
            continue
        about = mention.kind == "finding" and concepts[mention.id].scope_anchor
        clause = reading.clause_of(mention.start)
        parts = [m for m in reading.inside((clause.start, clause.stop)) if m.kind in PARTS]
        if not alone and all(places.are_apart(sided, m) for m in parts or [mention]):
            continue
        if about and mention.start > first and mention.side is None and not mention.denied:
            mention.side = next(iter(sides)) if _has_side(reading, places, mention) else None
