"""What is said to work as it should, or not: "my arms and speech are fine", "I can't smile".

The graph lists what is judged (parts, senses, doings, tests) with the findings that it denies when
it is sound; some of these rows also report their finding when it is not. Trouble outweighs
soundness, and what is sound "apart from …" or was so "until …" is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.mentions import Mention
from kg.recognise.nearby import tense_of
from kg.recognise.reading import Reading, between

_MAX_GAP = 6  # small words between what is judged and the judgement
_MAX_LEAD = 3  # words between "can" or "cannot" and what can be done
_MAX_DENIAL = 4  # words between "not" and the judgement
_MAX_HALVES = 3  # words behind a judgement that may take it back by halves
_DENIALS = frozenset({"negation", "cessation"})
_VERDICTS = frozenset({"sound", "troubled"})
_SAYS = (*sorted(_VERDICTS), "ability", "inability")
_THEN = frozenset({"ago", "point", "date"})  # kinds of times that are over
_ANSWERS = ":=-("  # marks before a judgement, in forms
_THOUGHT = ("hypothetical", "asking-word", "question-opener", "uncertainty", "past")


def apply_soundness(reading: Reading) -> None:
    """Turn what is judged to be sound or troubled into findings, denied or present."""
    judged: dict[int, Mention] = {}
    troubled: set[str] = set()
    for sentence in reading.sentences:
        said = reading.told(*_SAYS, within=sentence)
        parts = [m for m in reading.inside(sentence) if m.kind in PARTS] if said else []
        for hit in said:
            if "sound" in hit.categories:
                _take_done_well(reading, sentence[0], hit)
        things = [*between(reading.functions, *sentence), *parts]
        things = [t for t in things if said and not _is_taken(reading, t)]
        things.sort(key=lambda t: t.start)
        for hit in said if things else ():
            if hit.categories & _VERDICTS:
                sound = "sound" in hit.categories
                subjects = _before(reading, sentence[0], hit, said, things)
                subjects = subjects or _behind(reading, hit, things)
            else:
                sound = "inability" not in hit.categories
                subjects = _doings(reading, hit, things)
            if _is_in_end(reading, hit):
                # "Trouble with my speech, all good after": it is over, and was there.
                subjects = [t for t in subjects if t.kind in PARTS]
            verdict = _verdict(reading, hit, sound, subjects) if subjects else None
            for thing in subjects if verdict is not None else ():
                _judge(reading, judged, thing, bool(verdict), hit)
                if not verdict and thing.kind != "function" and _is_denial(reading, hit):
                    # "The right arm is fine, the left is not" tells no trouble that has a name.
                    troubled.add(thing.id)
                    reading.puzzles.append(reading.words_around(hit.start))
        for hit in reading.told("ability", within=sentence):
            if "inability" not in hit.categories and _is_of_somebody(reading, hit):
                _drop_deeds(reading, hit.end, sentence[1])
    reading.add(m for m in judged.values() if not (m.denied and _has(reading, m, troubled)))


def _is_denial(reading: Reading, hit: Hit) -> bool:
    """Whether a word of trouble denies that all is well: "not fine", no "bad" nor "swollen"."""
    return "sound" in hit.categories or reading.norm(hit.start) == "not"


def _has(reading: Reading, sound: Mention, troubled: Set[str]) -> bool:
    """Whether what is sound is the same as, or at the same part as, what is troubled."""
    parts = (p.id for p in reading.inside((sound.start, sound.end)) if p.kind in PARTS)
    return sound.id in troubled or not troubled.isdisjoint(parts)


def _take_done_well(reading: Reading, first: int, hit: Hit) -> None:
    """Read as sound what somebody does, and does well: "I shut both eyes tight, no bother"."""
    for deed in reading.inside((first, hit.start)):
        can = [f.id for f in reading.functions if f.kind == "function" and f.start == deed.start]
        own = reading.is_word(deed.start - 1, "pronoun-self", "pronoun-third")
        if deed.framed and own and can and 0 <= hit.start - deed.end <= 1:
            deed.id, deed.denied, deed.framed = can[0], True, False


def _is_in_end(reading: Reading, hit: Hit) -> bool:
    over = reading.at.get(hit.start)
    return over is not None and "resolution" in over.categories and over.end > hit.end


def _is_of_somebody(reading: Reading, hit: Hit) -> bool:
    """Whether a person can do it, and no twitch or lid: "I can", "able to", not "it can"."""
    before = hit.start - 1
    while before >= 0 and reading.is_filler(before):
        before -= 1
    person = reading.is_word(before, "pronoun-self", "pronoun-third")
    return person or reading.is_mark(before) or reading.is_joint(before)


def _drop_deeds(reading: Reading, place: int, last: int) -> None:
    """Leave out what is done at will, in the list behind "can": "puff my cheeks, shut my eyes"."""
    begins = {m.start: m for m in reading.inside((place, last)) if m.framed}
    opens = True
    while place < last and not (reading.begins_clause(place) and opens):
        if reading.is_cue(place, "termination", "negation"):
            break
        deed = begins.get(place)
        if deed is not None and opens and any(p.start > place for p in deed.places):
            deed.dropped = True
            reading.covered.update(deed.extent)
        comma = reading.norm(place) == ","
        opens = comma or reading.is_joint(place) or (opens and reading.is_filler(place))
        place += 1


def _is_taken(reading: Reading, thing: Mention) -> bool:
    """Whether the words are of a finding ("slurred speech"), a time or a test ("EMG of a lip")."""
    owners = [reading.owner[place] for place in thing.extent]
    if any(h.end == _led(reading, thing.start) for h in reading.hits["test"]):
        return True
    return reading.covered.issuperset(thing.extent) or any(
        owner is not None and owner.kind == "finding" for owner in owners
    )


def _judge(
    reading: Reading, judged: dict[int, Mention], thing: Mention, sound: bool, hit: Hit
) -> None:
    if thing.kind in PARTS:
        # A part that is sound has been read, and what is told beside it is not told of it.
        reading.covered.update(thing.extent if sound else ())
        thing.marks.update(("sound",) if sound else ())
    elif id(thing) in judged:
        judged[id(thing)].denied &= sound
    elif sound or thing.kind == "function":
        span = min(thing.start, hit.start), max(thing.end, hit.end)
        mark = "sound" if sound else "troubled"
        judged[id(thing)] = Mention(*span, "finding", thing.id, denied=sound, marks={mark})


def _verdict(reading: Reading, hit: Hit, sound: bool, things: Iterable[Mention]) -> bool | None:
    """Whether a judgement says "sound"; None where it says neither."""
    number = reading.segment[hit.start]
    thoughts = reading.told(*_THOUGHT, within=(reading.sentence_of(hit.start)[0], hit.start))
    lost = [h for h in thoughts if h.end <= hit.start and reading.segment[h.start] == number]
    if sound and any(_is_lost(reading, h) for h in lost):
        return False
    if reading.is_cue(hit.start, "pseudo-negation", "asking-word", "hypothetical") or lost:
        return None
    if _is_denied(reading, hit, things):
        sound = not sound
    first = min(hit.start, *(t.start for t in things))
    while reading.is_word(first - 1, "by-halves", "one-of-two", "possessive", "determiner"):
        first -= 1
    last = min(hit.end + _MAX_HALVES, len(reading.tokens))
    near = [i for i in range(first, last) if reading.segment[i] == number]
    if any(reading.is_word(i, "by-halves") for i in near):
        return False  # "my smile only works on one half"
    if sound and (_is_of_one_side(reading, near) or _is_of_then(reading, near)):
        return None
    after = max(hit.end, *(t.end for t in things))
    while after < len(reading.tokens) and reading.is_small(after):
        after += 1
    if not sound or after == len(reading.tokens) or not reading.is_cue(after, "exception"):
        return sound
    # "Speech fine apart from p and b", "fine until today"; another finding is told by itself.
    number = reading.segment[after]
    told = any(reading.segment[m.start] == number for m in reading.mentions if m.kind == "finding")
    return None if told else False


def _is_lost(reading: Reading, past: Hit) -> bool:
    """Whether it is told how it was before it was lost: "I used to speak clearly".

    "I speak as I used to" tells that it was not.
    """
    return reading.norm(past.end - 1) == "to" and not reading.is_word(past.start - 2, "as-before")


def _is_of_one_side(reading: Reading, places: Sequence[int]) -> bool:
    """Whether one of two is judged, which says nothing of the other: "one arm is fine"."""
    return any(reading.is_word(i, "one-of-two") for i in places)


def _is_of_then(reading: Reading, places: Sequence[int]) -> bool:
    """Whether it is told how it was at a time before: "I could talk fine yesterday"."""
    clause = reading.clause_of(places[0])
    told = any(t.kind in _THEN and t.start in clause for t in reading.times)
    return told and tense_of(reading, places[0]) != "present"


def _is_denied(reading: Reading, hit: Hit, things: Iterable[Mention]) -> bool:
    """Whether a denial stands between a thing and its judgement, or right before both."""
    judged = {place for t in things for place in t.extent}
    first = min((place for place in judged if place < hit.start), default=hit.start)
    for place in range(hit.start - 1, max(-1, first - 1 - _MAX_DENIAL), -1):
        cue = reading.at.get(place)
        if cue is not None and cue.end <= hit.start and cue.categories & _DENIALS:
            return True
        far = place < first and (reading.owner[place] is not None or reading.is_content(place))
        if far or (place not in judged and reading.is_mark(place)):
            return False
    return False


def _before(
    reading: Reading, first: int, hit: Hit, said: Iterable[Hit], things: list[Mention]
) -> list[Mention]:
    """The list of things right before a judgement; a "good sleep" is judged from before."""
    found = [t for t in things if t.start <= hit.start < t.end]
    busy = {place for h in said if h is not hit for place in h.extent}
    place, gap = hit.start - 1, 0
    if place < first or reading.norm(place) in ("a", "an"):
        return found
    while place >= first and gap <= _MAX_GAP and place not in busy:
        here = [t for t in things if t.start <= place < t.end]
        if found and here and _led(reading, min(t.start for t in here)) >= 0:
            break  # "twitching at my eye, arms and legs are fine"
        if here:
            found += here
            place, gap = min(t.start for t in here) - 1, 0
            continue
        norm, joint = reading.norm(place), reading.is_joint(place)
        answers = not gap and not found and norm in _ANSWERS
        ends = norm in ";.:(" or reading.is_cue(place, "termination") or (joint and not found)
        denies = not gap and reading.is_cue(place, "negation")  # "walking is not fine"
        far = reading.owner[place] is not None or (reading.is_content(place) and not denies)
        if not answers and (ends or far):
            break
        gap += not (reading.is_filler(place) or joint)
        place -= 1
    return found


def _led(reading: Reading, place: int) -> int:
    """Where the preposition stands that begins a place or leads to it: "round my eye"."""
    while not reading.is_word(place, "place-preposition") and reading.is_word(
        place - 1, "possessive", "determiner", "place-preposition"
    ):
        place -= 1
    return place if reading.is_word(place, "place-preposition") else -1


def _behind(reading: Reading, hit: Hit, things: list[Mention]) -> list[Mention]:
    """The things right behind a judgement ("normal speech", "no trouble with my legs")."""
    if {cue.reach for cue in hit.cues} == {"backward"}:
        return []
    return _listed(reading, hit.end, things, "place-preposition")


def _doings(reading: Reading, hit: Hit, things: list[Mention]) -> list[Mention]:
    """What can or cannot be done: the doings in the list behind the cue."""
    doings = [t for t in things if t.kind not in PARTS and reading.owner[t.start] is None]
    first = next((t.start for t in doings if t.start >= hit.end), hit.end + _MAX_LEAD + 1)
    between = range(hit.end, first)
    if len(between) > _MAX_LEAD or any(
        reading.owner[i] is not None or reading.is_cue(i) or reading.is_content(i) for i in between
    ):
        return []
    return _listed(reading, first, things)


def _listed(reading: Reading, reach: int, things: Iterable[Mention], *joins: str) -> list[Mention]:
    """The things of the list that begins at a place; `joins` list further words inside it."""
    found: list[Mention] = []
    for thing in things:
        if thing.start < reach and not any(t.start <= thing.start < t.end for t in found):
            continue
        if not all(
            reading.is_filler(place)
            or (found and (reading.norm(place) == "," or reading.is_joint(place)))
            or reading.is_word(place, *joins)
            for place in range(reach, thing.start)
        ):
            break
        found.append(thing)
        reach = max(reach, thing.end)
    return found
