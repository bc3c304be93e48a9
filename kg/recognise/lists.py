"""How far a cue reaches: to the end of its sentence, unless a list or a clause ends before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.moments import is_condition
from kg.recognise.reading import CANDIDATE, EFFECT, Reading, Span
from kg.recognise.stems import is_plural

_MAX_GAP = 6  # words without meaning for the graph between a denial and what it denies
_MAX_UNKNOWN = 3  # words of a list's item that nobody knows
_SOFT = ",:\n("  # marks behind which a list may go on
_HARD = ";)"
_APART = frozenset(",;:-(")  # marks that a clause of its own begins with
_WELL = frozenset({"abstinence", "sound"})  # marks of what is well or done without
_PARTICIPLE = "ed"  # how a word ends that tells what has become of the word before it
_LACK = "without"
_STOPS = ("negation-termination", "negation", "cessation", "pseudo-negation")


class _Item(NamedTuple):
    """What stands between two joints of a list.

    `joint` is the first word of what stands before it; `bare` tells whether it is a term alone
    (at most some words that nobody knows), `clause` whether it begins a sentence of its own.
    """

    joint: int
    alternative: bool
    start: int
    end: int
    findings: list[Mention]
    bare: bool
    clause: bool


def forward(reading: Reading, sentence: Span, hit: Hit, *, narrow: bool) -> list[Mention]:
    """The findings behind a cue that it reaches; a `narrow` cue needs a list to go on."""
    # "stopped drinking": the verb within the cue may be what was stopped.
    within = (reading.owner[i] for i in range(hit.start + 1, hit.end))
    reached = [m for m in within if m is not None and m.kind == "finding" and m.start > hit.start]
    start = hit.end
    while start < sentence[1] and reading.norm(start) in ":-":
        start += 1  # "Denies: …" is the heading of its list
    items = _items(reading, (start, sentence[1]))
    single = _is_single(reading, sentence[0], hit)
    unable = any(h.start <= hit.start < h.end for h in reading.told("inability", within=sentence))
    for number, item in enumerate(items):
        soft = not narrow or item.alternative
        words = range(item.start, item.end)
        own = narrow and any(reading.is_word(i, "own-denial") for i in words)
        signs = number and any(map(reading.is_effect, item.findings))
        if signs and unable and reached and not any(map(reading.is_effect, reached)):
            break  # "couldn't lie on that pillow, stiff neck": what one cannot do is no sign
        if (
            number
            and (
                (own and item.findings)  # "no pain, can't get any air" has a denial of its own
                or (item.clause and not _is_bare_or(reading, item))
                or not (soft or _goes_on(reading, items[number:], reached, single))
            )
        ):
            break
        end = _end(reading, item, hit, bool(reached), narrow)
        reached += [m for m in item.findings if m.start < end]
        if end < item.end:
            break
    # The nested findings of a reached pattern share its fate.
    return reached + [m for m in reading.mentions if m.nested and reading.owner[m.start] in reached]


def is_report(reading: Reading, mention: Mention, reached: Iterable[Mention]) -> bool:
    """Whether a finding of a part stands apart from the illness that is feared or asked about.

    "Is this a stroke, face droops, arm weak": the illness is asked about, the rest is reported.
    """
    if not reading.is_effect(mention):
        return False
    clause = reading.clause_of(mention.start)
    apart = reading.norm(clause.start) in _APART and not reading.is_joint(clause.start + 1)
    # "I looked up strokes and now my face hangs"
    apart |= bool(reading.hits_inside("turn", (clause.start, mention.start)))
    parts = any(m.kind in PARTS for m in reading.inside((clause.start, clause.stop)))
    said = mention.framed or len(mention.extent) > 1 or parts
    return (
        apart
        and said
        and any(
            CANDIDATE in reading.words.roles(m)
            and m.end <= clause.start
            and reading.norm(reading.clause_of(m.start).start) not in _APART  # one of a list
            for m in reached
        )
    )


def _items(reading: Reading, reach: Span) -> list[_Item]:
    """The items of a list, as far as no word like "but" ends it."""
    found: list[_Item] = []
    joint, alternative, start, place = reach[0], False, reach[0], reach[0]
    while place <= reach[1]:
        over = place == reach[1] or reading.is_cue(place, "termination")
        owner = None if over else reading.owner[place]
        joins = not over and owner is None and reading.is_joint(place)
        soft = not over and owner is None and reading.norm(place) in _SOFT
        if not (over or joins or soft):
            place = place + 1 if owner is None else max(owner.end, place + 1)
            continue
        if place > start or not found:
            found.append(_item(reading, joint, alternative, start, min(place, reach[1])))
            joint, alternative = place, False
        if over:
            break
        hit = reading.at.get(place)
        alternative = joins and hit is not None and "alternative" in hit.categories
        place = start = hit.end if joins and hit is not None else place + 1
    return found


def _item(reading: Reading, joint: int, alternative: bool, start: int, end: int) -> _Item:
    findings = [
        m for m in reading.inside((start, end))
        if m.kind == "finding" and reading.owner[m.start] is m
    ]  # fmt: skip
    unknown, bare, seen = 0, True, False
    for place in range(start, end):
        owner = reading.owner[place]
        seen = seen or owner in findings
        small = reading.is_filler(place) or reading.is_word(place, "place-preposition")
        if owner is not None or small or reading.is_mark(place):
            continue
        # A word or two that nobody knows may be an item of a list; a small word is none.
        unknown += 1
        known = place in reading.covered or reading.is_cue(place) or seen
        bare = bare and reading.is_content(place) and unknown <= _MAX_UNKNOWN and not known
    return _Item(joint, alternative, start, end, findings, bare, reading.begins_clause(start))


def _end(reading: Reading, item: _Item, hit: Hit, reached: bool, narrow: bool) -> int:
    """Where the reach of a cue ends within an item; its end where nothing ends it before."""
    spans = {c.properties.get("ft:cue-span") for c in hit.cues}
    if not narrow and "clause" in spans:
        # "If I smile my mouth twitches": the clause behind it is a report.
        return next(
            (i for i in range(item.start + 2, item.end) if reading.begins_clause(i)), item.end
        )
    if not narrow:
        # "I looked up strokes because my mouth hangs": the reason is a report.
        within = item.start + 1, item.end
        reasons = reading.told("report-reason", within=within)
        return min((h.start for h in reasons), default=item.end)
    gap, place, phrase = 0, item.start, "phrase" in spans
    while place < item.end:
        owner = reading.owner[place]
        if owner is not None:
            reached = reached or owner.kind == "finding"
            place = max(owner.end, place + 1)
            continue
        before = place - 1
        if reading.is_cue(place, *_STOPS) or reading.norm(place) in _HARD:
            return place
        if place > item.start and reading.segment[place] != reading.segment[before]:
            return place
        if reached and hit.cue("cessation") is not None and not reading.is_filler(place):
            return place
        # "Since I quit smoking my lip twitches": a new subject, unless "in my face".
        clause = (reached or phrase) and reading.begins_clause(place)
        lacked = place == hit.end and reading.norm(hit.start) == _LACK
        lacked |= place == item.start and _is_bare_or(reading, item)
        clause = clause and not lacked  # "without it hanging"
        if phrase and _is_new(reading, hit, place):
            return place
        if clause and not reading.is_word(before, "place-preposition"):
            return place
        gap += reading.is_content(place)
        if not reached and gap > _MAX_GAP:
            return place
        place += 1
    return item.end


def _is_new(reading: Reading, hit: Hit, place: int) -> bool:
    """Whether a subject stands behind what something is done without: "without a stick my leg …".

    In "without pain in my leg" the leg is none.
    """
    if reading.norm(hit.start) != _LACK or place <= hit.end + 1:
        return False
    before, owned = place - 1, reading.is_word(place, "determiner", "possessive")
    led = reading.is_word(before, "place-preposition", "determiner", "possessive")
    return (owned and not led) or (not owned and reading.begins_clause(place))


def _is_bare_or(reading: Reading, item: _Item) -> bool:
    """Whether an item goes on behind "or" without a verb of its own: "… or my arm heavy"."""
    span = item.start, item.end
    verbs = any(h.start in range(*span) for h in reading.hits["link"]) or reading.told(
        "present-verb", within=span
    )
    return item.alternative and reading.is_word(item.start, "possessive") and not verbs


def _goes_on(reading: Reading, items: list[_Item], reached: list[Mention], single: bool) -> bool:
    """Whether a denial goes on with the first of these items, behind a comma or an "and"."""
    item = items[0]
    if _is_statement(reading, item):
        return False
    closed = item.bare and _ends_in_or(items[1:])
    if closed or single or not (reached and item.bare and item.findings):
        # "No zoster, rash or fever": an item that nobody knows does not end such a list.
        return closed
    if reading.norm(item.start) == "the":
        return False  # "my face is not drooping, the lid twitches"
    first = reading.owner[item.start]
    if first is not None and first.kind != "finding":
        return False  # "no numbness, eyelid twitching": the place opens something new
    if any(m.id in reading.words.good or m.marks & _WELL for m in item.findings):
        return False
    one, other = (reading.words.roles(m) for m in (reached[-1], item.findings[0]))
    return (EFFECT in one) == (EFFECT in other)


def _is_statement(reading: Reading, item: _Item) -> bool:
    """Whether an item says how something is, or what it does.

    "No fever, jaw locked", "no weakness, taste odd", "no numbness, lid twitches".
    """
    last = item.end - 1
    part = reading.words.lexicon.find(reading.tokens, max(item.start, last - 1), last, PARTS)
    verb = any(h.start == last for h in reading.hits["predicate"])
    if part and verb and is_plural(reading.norm(last)) and not is_plural(reading.norm(last - 1)):
        return True
    judged = reading.told("troubled", within=(item.start + 1, item.end))
    return last > item.start and (
        any(hit.end == item.end for hit in judged) or reading.norm(last).endswith(_PARTICIPLE)
    )


def _ends_in_or(items: list[_Item]) -> bool:
    """Whether the bare items of a list end in an "or"."""
    for item in items:
        if item.alternative:
            return not item.clause
        if not item.bare:
            return False
    return False


def _is_single(reading: Reading, first: int, hit: Hit) -> bool:
    """Whether each item has a denial of its own ("no pain, no numbness, twitching")."""
    denials = reading.told("negation", within=(first, hit.start))
    last = denials[-1].end if denials else hit.start
    return any(reading.norm(i) == "," for i in range(last, hit.start))


def backward(reading: Reading, sentence: Span, hit: Hit) -> list[Mention]:
    """The mention right before a cue, with those that are joined to it in a list."""
    found: list[Mention] = []
    place, gap = hit.start - 1, 0
    while place >= sentence[0]:
        mention = reading.owner[place]
        if mention is not None:
            found += [mention] if mention.kind == "finding" else []
            place = mention.start - 1
            continue
        joint = reading.is_joint(place) or reading.norm(place) == ","
        if joint and not found:
            break
        if not joint:
            gap += reading.is_content(place)
            known = reading.is_cue(place) or (found and not reading.is_small(place))
            if known or gap > 2:
                break
        place -= 1
    spans = {c.properties.get("ft:cue-span") for c in hit.cues}
    if "illness" in spans:  # "so a stroke is out"; "my jaw is out" denies nothing
        found = [m for m in found if is_condition(reading, m)]
    return found[:1] if "word" in spans else found  # "a twitch, stress-free"
