"""What is said to work as it should, or not: "my arms and speech are fine", "I can't smile".

The graph lists what is judged (parts, senses, doings, tests) with the findings that it denies when
it is sound; some of these rows also report their finding when it is not. Trouble outweighs
soundness, and what is sound "apart from …" or was so "until …" is not.
"""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["apply_soundness"]

_MAX_GAP = 6  # small words between what is judged and the judgement
_MAX_LEAD = 3  # words between "can" or "cannot" and what can be done
_MAX_DENIAL = 4  # words between "not" and the judgement
_JOINTS = ("conjunction", "alternative", "termination")
_VERDICTS = frozenset({"sound", "troubled"})
_BETWEEN = ":=-("  # marks between what is judged and the judgement, in forms
_THOUGHT = frozenset({"hypothetical", "question", "question-opener", "uncertainty", "past"})


def apply_soundness(reading: Reading) -> None:
    """Turn what is judged to be sound or troubled into findings, denied or present."""
    judged: dict[int, Mention] = {}
    for sentence in reading.sentences if reading.functions else ():
        inside = [f for f in reading.functions if sentence[0] <= f.start < sentence[1]]
        inside = [f for f in inside if not _is_taken(reading, f)]
        for hit in reading.hits_inside("manner", sentence) if inside else ():
            if hit.categories & _VERDICTS:
                sound = "sound" in hit.categories
                subjects = _subjects(reading, sentence[0], hit, inside)
            elif hit.categories & {"ability", "inability"}:
                sound = "inability" not in hit.categories
                subjects = _objects(reading, hit, inside)
            else:
                continue
            verdict = _verdict(reading, hit, sound) if subjects else None
            for function in subjects if verdict is not None else ():
                _judge(judged, function, bool(verdict), hit)
    reading.mentions += judged.values()
    reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def _is_taken(reading: Reading, function: Mention) -> bool:
    """Whether the words are those of a finding ("slurred speech") or of a time ("last night")."""
    places = range(function.start, function.end)
    if all(place in reading.covered for place in places):
        return True
    return any((o := reading.owner[i]) is not None and o.kind == "finding" for i in places)


def _judge(judged: dict[int, Mention], function: Mention, sound: bool, hit: Hit) -> None:
    earlier = judged.get(id(function))
    if earlier is not None:
        earlier.denied = earlier.denied and sound
    elif sound or function.kind != "sound-function":
        span = min(function.start, hit.start), max(function.end, hit.end)
        judged[id(function)] = Mention(*span, "finding", function.id, denied=sound)
        judged[id(function)].marks.add("sound" if sound else "troubled")


def _verdict(reading: Reading, hit: Hit, sound: bool) -> bool | None:
    """Whether a judgement says "sound"; None where it says neither."""
    number = reading.segment[hit.start]
    if any(
        h.end <= hit.start and reading.segment[h.start] == number and h.categories & _THOUGHT
        for h in reading.hits["scope"]
    ) or reading.is_cue(hit.start, "pseudo-negation", "question", "hypothetical"):
        return None
    for place in range(hit.start - 1, max(-1, hit.start - 1 - _MAX_DENIAL), -1):
        if reading.is_cue(place, "negation", "cessation"):
            sound = not sound
            break
        if reading.owner[place] is not None or reading.is_content(place):
            break
        if reading.is_cue(place) or reading.tokens[place].kind == "mark":
            break
    after = hit.end
    while after < len(reading.tokens) and reading.is_small(after):
        after += 1
    if sound and after < len(reading.tokens) and reading.is_cue(after, "exception"):
        # "Speech fine apart from p and b", "fine until today"; what else follows is told itself.
        told = (m for m in reading.mentions if m.start > after and m.kind == "finding")
        return (
            None if any(reading.segment[m.start] == reading.segment[after] for m in told) else False
        )
    return sound


def _subjects(reading: Reading, first: int, hit: Hit, functions: list[Mention]) -> list[Mention]:
    """What a judgement is about: what stands before it, or, when there is nothing, behind it."""
    found = [f for f in functions if f.start <= hit.start < f.end]
    place, gap = hit.start - 1, 0
    reaches = {cue.reach for cue in hit.cues}
    while place >= first and gap <= _MAX_GAP:
        here = [f for f in functions if f.start <= place < f.end]
        if here:
            found += here
            place, gap = min(f.start for f in here) - 1, 0
            continue
        owner, norm = reading.owner[place], reading.tokens[place].norm
        judged = any(
            h is not hit and h.start <= place < h.end and h.categories & _VERDICTS
            for h in reading.hits["manner"]
        )
        if judged or norm in ";." or (owner is not None and owner.kind == "finding"):
            break
        joint = reading.is_cue(place, *_JOINTS)
        between = norm in _BETWEEN and not gap and not found
        if reading.is_cue(place, "termination") and not between:
            break
        if owner is None and (reading.is_content(place) or (norm in ":(" and not between)):
            break
        gap += not reading.is_filler(place) and not joint and owner is None
        place -= 1
    behind = not found and reaches != {"backward"}
    return [f for f in functions if _follows(reading, hit, f, functions)] if behind else found


def _follows(reading: Reading, hit: Hit, function: Mention, functions: list[Mention]) -> bool:
    prepositions = reading.words.cues.words["place-preposition"]
    return function.start >= hit.end and all(
        reading.is_filler(i)
        or reading.tokens[i].norm in prepositions
        or reading.is_cue(i, "conjunction", "alternative")
        or any(f.start <= i < f.end for f in functions)
        for i in range(hit.end, function.start)
    )


def _objects(reading: Reading, hit: Hit, functions: list[Mention]) -> list[Mention]:
    """What can or cannot be done: the doings in the list behind the cue."""
    found: list[Mention] = []
    reach = hit.end
    for function in functions:
        if function.start < hit.end:
            continue
        between = range(reach, function.start)
        if not found:
            part = reading.owner[function.start] is not None  # no doing
            free = (
                len(between) <= _MAX_LEAD
                and not part
                and not any(
                    reading.owner[i] is not None or reading.is_cue(i) or reading.is_content(i)
                    for i in between
                )
            )
        else:
            free = all(
                reading.is_filler(i)
                or reading.tokens[i].norm == ","
                or reading.is_cue(i, "conjunction", "alternative")
                for i in between
            )
        if not free:
            break
        found.append(function)
        reach = max(reach, function.end)
    return found
