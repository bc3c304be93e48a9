"""Bodily functions said to be sound or troubled: "my arms and speech are fine"."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["apply_functions"]

_MAX_GAP = 6  # words between a function and what is said of it
_MAX_LEAD = 3  # words between "can" or "cannot" and the function


def apply_functions(reading: Reading) -> None:
    """Turn functions that something is said of into findings, denied or present."""
    found: list[Mention] = []
    widened: dict[int, tuple[int, int]] = {}
    for sentence in reading.sentences:
        inside = [f for f in reading.functions if sentence[0] <= f.start < sentence[1]]
        inside = [f for f in inside if not _owned(reading, f)]
        if not inside:
            continue
        for hit in reading.hits_inside("manner", sentence):
            if hit.categories & {"sound", "troubled"}:
                sound = "sound" in hit.categories
                if _negated(reading, hit):
                    sound = not sound
                for function in _subjects(reading, sentence, hit, inside):
                    _judge(function, sound, found, hit, widened)
            if hit.categories & {"ability", "inability"}:
                able = "inability" not in hit.categories
                for function in _objects(reading, hit, inside):
                    _judge(function, able, found, hit, widened)
    for mention in found:
        mention.kind = "finding"
        mention.start, mention.end = widened[id(mention)]
    reading.mentions += found
    reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def _owned(reading: Reading, function: Mention) -> bool:
    # "slurred speech" is a finding; the "speech" in it is no function to be judged. Nor is the
    # "night" of "last night".
    if all(place in reading.covered for place in range(function.start, function.end)):
        return True
    owners = {id(o): o for o in reading.owner[function.start : function.end] if o is not None}
    return any(o.kind == "finding" and o.end - o.start >= 1 for o in owners.values())


def _judge(
    function: Mention,
    sound: bool,
    found: list[Mention],
    hit: Hit,
    widened: dict[int, tuple[int, int]],
) -> None:
    if function in found or (not sound and function.kind == "sound-function"):
        return
    function.denied = sound
    function.marks.add("sound" if sound else "troubled")
    widened[id(function)] = min(function.start, hit.start), max(function.end, hit.end)
    found.append(function)


def _negated(reading: Reading, hit: Hit) -> bool:
    for place in range(hit.start - 1, max(-1, hit.start - 3), -1):
        other = reading.at.get(place)
        if other is not None and other.end <= hit.start and "negation" in other.categories:
            return True
        if not reading.is_filler(place):
            return False
    return False


def _subjects(
    reading: Reading, sentence: tuple[int, int], hit: Hit, functions: list[Mention]
) -> list[Mention]:
    """The functions right before the judgement, or, when there is none, right behind it."""
    found: list[Mention] = []
    place, gap = hit.start - 1, 0
    while place >= sentence[0] and gap <= _MAX_GAP:
        here = [f for f in functions if f.start <= place < f.end]
        if here:
            found += here
            place = min(f.start for f in here) - 1
            gap = 0
            continue
        owner = reading.owner[place]
        if owner is not None and owner.kind == "finding":
            break
        if any(h.start <= place < h.end and h is not hit and h.categories & {"sound", "troubled"}
               for h in reading.hits["manner"]):  # fmt: skip
            break
        scope = reading.at.get(place)
        joint = scope is not None and scope.categories & {"conjunction", "alternative"}
        if scope is not None and "termination" in scope.categories:
            break
        if reading.tokens[place].norm in ";:." or (reading.is_content(place) and owner is None):
            break
        if not reading.is_filler(place) and not joint and owner is None:
            gap += 1
        place -= 1
    if found:
        return found
    return [f for f in functions if _follows(reading, hit, f)]


def _follows(reading: Reading, hit: Hit, function: Mention) -> bool:
    if function.start < hit.end:
        return False
    between = range(hit.end, function.start)
    return all(
        reading.is_filler(i)
        or any(f.start <= i < f.end for f in reading.functions)
        or (i in reading.at and reading.at[i].categories & {"conjunction", "alternative"})
        for i in between
    )


def _objects(reading: Reading, hit: Hit, functions: list[Mention]) -> list[Mention]:
    first = next((f for f in functions if f.start >= hit.end), None)
    if first is None or first.start - hit.end > _MAX_LEAD:
        return []
    if any(
        reading.owner[i] is not None or reading.is_content(i) for i in range(hit.end, first.start)
    ):
        return []
    found = []
    reach = first.end
    for function in functions:
        if function.start < first.start:
            continue
        joined = all(
            reading.is_filler(i)
            or reading.tokens[i].norm == ","
            or (i in reading.at and reading.at[i].categories & {"conjunction", "alternative"})
            for i in range(reach, function.start)
        )
        if not joined:
            break
        found.append(function)
        reach = max(reach, function.end)
    return found
