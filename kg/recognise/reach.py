"""How far a cue reaches: to the end of its sentence, unless a list or a clause ends before."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.reading import EFFECT, Reading

__all__ = ["before", "forward", "joint_at"]

_NARROW = frozenset({"negation", "cessation", "past", "family"})
_MAX_GAP = 6  # words without meaning for the graph between a denial and what it denies
_MAX_UNKNOWN = 3  # words of a list's item that nobody knows
_OPPOSED = frozenset({"negation", "cessation", "pseudo-negation"})


def forward(
    reading: Reading, sentence: tuple[int, int], hit: Hit, category: str, good: set[str]
) -> list[Mention]:
    """The findings that a cue reaches behind it."""
    # "stopped drinking": the verb within the cue may be what was stopped.
    within = (reading.owner[i] for i in range(hit.start + 1, hit.end))
    reached = [m for m in within if m is not None and m.kind == "finding" and m.start > hit.start]
    place, gap = hit.end, 0
    narrow = category in _NARROW
    cue = hit.cue(category)
    phrase = cue is not None and cue.properties.get("ft:cue-span") == "phrase"
    while place < sentence[1]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                reached.append(mention)
            place = mention.end
            continue
        other = reading.at.get(place)
        if other is not None and other.start == place:
            joins = other.categories & {"conjunction", "alternative"}
            if _ends_reach(other, narrow) or (
                joins and not _goes_on(reading, sentence, other, reached, narrow, good)
            ):
                break
            place = other.end
            continue
        if reading.tokens[place].norm in ",:\n(":
            if not _goes_on(reading, sentence, place, reached, narrow, good):
                break
        elif narrow and _new_clause(reading, sentence, place, category, bool(reached), phrase):
            break
        elif reading.is_content(place):
            gap += 1
            if narrow and not reached and gap > _MAX_GAP:
                break
        place += 1
    # The nested findings of a reached pattern share its fate.
    inner = [m for m in reading.mentions if m.nested and reading.owner[m.start] in reached]
    return reached + inner


def _ends_reach(other: Hit, narrow: bool) -> bool:
    if "termination" in other.categories:
        return True
    return narrow and bool(other.categories & (_OPPOSED | {"negation-termination"}))


def _new_clause(
    reading: Reading,
    sentence: tuple[int, int],
    place: int,
    category: str,
    reached: bool,
    phrase: bool,
) -> bool:
    if reading.tokens[place].norm == ")" or reading.segment[place] != reading.segment[place - 1]:
        return True
    if category == "cessation" and reached and not reading.is_filler(place):
        return True
    if not (reached or phrase) or not _begins_clause(reading, sentence, place):
        return False
    # "Since I quit smoking my lip twitches": a new subject, unless "in my face".
    before = reading.tokens[place - 1].norm
    return before not in reading.words.cues.words["place-preposition"]


def _goes_on(
    reading: Reading,
    sentence: tuple[int, int],
    joint: Hit | int,
    reached: list[Mention],
    narrow: bool,
    good: set[str],
) -> bool:
    """Whether the reach of a cue goes on behind a comma, an "and" or an "or"."""
    after = joint + 1 if isinstance(joint, int) else joint.end
    if _begins_clause(reading, sentence, after):
        return False
    alternative = not isinstance(joint, int) and "alternative" in joint.categories
    if alternative or not narrow:
        return True
    bare, found, stop = _segment_after(reading, sentence, after)
    if not reached:
        # "No zoster, rash or fever": an item that nobody knows opens the list.
        return narrow and bare and _list_ends_in_or(reading, sentence, stop)
    if not bare or not found:
        # An "and" that opens the item after a comma: look at what follows it. An item that nobody
        # knows does not end the list that it stands in.
        if stop == after:
            return bare and stop < sentence[1] and joint_at(reading, stop)
        return bare and _list_ends_in_or(reading, sentence, stop)
    if _list_ends_in_or(reading, sentence, stop):
        return True
    if any(m.id in good for m in found):
        return False
    first = reading.owner[after] if after < sentence[1] else None
    if first is not None and first.kind != "finding":
        return False  # "no numbness, eyelid twitching": the place opens something new
    if _repeats(reading, sentence, joint if isinstance(joint, int) else joint.start):
        return False
    return _same_role(reading, reached[-1], found[0])


def _repeats(reading: Reading, sentence: tuple[int, int], place: int) -> bool:
    """Whether each item so far had a denial of its own ("no pain, no numbness, …")."""
    denials = [
        h.start
        for h in reading.hits_inside("scope", sentence)
        if "negation" in h.categories and h.start < place
    ]
    return len(denials) > 1 and any(
        reading.tokens[i].norm == "," for i in range(denials[-2], denials[-1])
    )


def joint_at(reading: Reading, place: int) -> bool:
    """Whether an "and" or an "or" stands at a place."""
    hit = reading.at.get(place)
    return hit is not None and bool(hit.categories & {"conjunction", "alternative"})


def _same_role(reading: Reading, one: Mention, other: Mention) -> bool:
    first, second = reading.words.concept(one), reading.words.concept(other)
    if first is None or second is None:
        return False
    return (EFFECT in first.roles) == (EFFECT in second.roles)


def _segment_after(
    reading: Reading, sentence: tuple[int, int], start: int
) -> tuple[bool, list[Mention], int]:
    """Whether the next item of a list is bare (only a term), its findings, and where it ends."""
    found: list[Mention] = []
    place, bare, unknown = start, True, 0
    busy = reading.covered
    while place < sentence[1]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                found.append(mention)
            place = mention.end
            continue
        hit = reading.at.get(place)
        token = reading.tokens[place]
        if token.norm in ",:;\n()" or (hit is not None and hit.start == place):
            break
        if token.kind == "mark" and token.norm != "-":
            break
        preposition = token.norm in reading.words.cues.words["place-preposition"]
        if place in busy:
            bare = False
        elif not (reading.is_filler(place) or preposition):
            # A word or two that nobody knows may be an item of a list; a small word is none.
            unknown += 1
            bare = bare and reading.is_content(place) and unknown <= _MAX_UNKNOWN
            bare = bare and not found
        place += 1
    return bare, found, place


def _list_ends_in_or(reading: Reading, sentence: tuple[int, int], start: int) -> bool:
    place = start
    while place < sentence[1]:
        hit = reading.at.get(place)
        if hit is not None and hit.start == place:
            if "alternative" in hit.categories:
                return not _begins_clause(reading, sentence, hit.end)
            return False
        if reading.tokens[place].norm != ",":
            return False
        bare, found, stop = _segment_after(reading, sentence, place + 1)
        if not bare or (not found and stop == place + 1 and not joint_at(reading, stop)):
            return False
        place = max(stop, place + 1)
    return False


def _begins_clause(reading: Reading, sentence: tuple[int, int], start: int) -> bool:
    words = reading.words.cues.words
    if start >= sentence[1]:
        return False
    norm = reading.tokens[start].norm
    own = norm in words["pronoun-self"] or norm in words["pronoun-third"]
    if own or norm in words["pronoun-thing"]:
        return True
    return any(h.start == start and "person" in h.categories for h in reading.hits["person"])


def before(reading: Reading, sentence: tuple[int, int], hit: Hit) -> list[Mention]:
    """The mention right before a cue, with those that are joined to it in a list."""
    found: list[Mention] = []
    place, gap = hit.start - 1, 0
    while place >= sentence[0]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                found.append(mention)
            place = mention.start - 1
            continue
        other = reading.at.get(place)
        joint = other is not None and bool(other.categories & {"conjunction", "alternative"})
        if other is not None and not joint:
            break
        if reading.tokens[place].norm == "," or joint:
            if not found:
                break
        elif reading.is_content(place) or (found and not reading.is_filler(place)):
            gap += 1
            if gap > 2 or found:
                break
        place -= 1
    return found
