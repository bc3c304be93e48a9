"""Findings that single words stand for: a bare verb, a way of doing without, a medicine."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.layout import settle_scope
from kg.recognise.mentions import Mention
from kg.recognise.nearby import is_of_one_side
from kg.recognise.reading import Reading

ABSTINENCE = "abstinence"
GIVEN_UP = "given up"
_HABIT, _MEDICINE = "ft:needs-report", "ft:medicine-kind"


def add_bare_verbs(reading: Reading, timed: set[int]) -> None:
    """Add the verbs that stand for a concept when they govern nothing ("I don't drink").

    `timed` holds the places of words that tell a time, which no verb governs.
    """
    for hit in reading.hits["bare"]:
        after = hit.end
        while after < len(reading.tokens) and (
            reading.is_filler(after) or reading.is_word(after, "degree")
        ):
            after += 1
        scope = reading.at.get(after)
        idle = reading.is_mark(after) or (scope is not None and scope.start == after)
        if reading.owner[hit.start] is None and (idle or after in timed):
            _add(reading, hit, {"bare"} if after == hit.end else set())


def add_bare_endings(reading: Reading, timed: set[int]) -> None:
    """Add the habit named last where a verb of giving up names none: "Stopped two days ago"."""
    for hit in reading.told("cessation", "cessation-of-it"):
        first, before = reading.sentence_of(hit.start)[0], hit.start - 1
        idle = reading.owner[hit.start] is None
        idle = idle and (reading.is_mark(hit.end) or hit.end in timed)
        if not idle or (before >= first and not _is_of_somebody(reading, before)):
            continue
        low = reading.sentence_of(first - 1)[0] if first else 0
        earlier = [m for m in reading.mentions if low <= m.start and m.end <= hit.start]
        while earlier and not _is_habit(reading, earlier[-1]):
            if reading.is_effect(earlier.pop()):
                earlier = []  # "My lid twitched. Stopped on Monday": the twitch did
        if earlier:
            reading.add([_mention(hit, earlier[-1].id, {GIVEN_UP})], own=True)


def settle_bare_endings(reading: Reading) -> None:
    """Say of a habit that was given up without its name whose it is; its time is told there."""
    for mention in reading.mentions:
        if GIVEN_UP in mention.marks:
            same = [m for m in reading.mentions if m.id == mention.id and m.end <= mention.start]
            mention.who = same[-1].who
            for earlier in same:
                earlier.dropped |= earlier.past and not earlier.ended


def _is_habit(reading: Reading, mention: Mention) -> bool:
    roles = reading.words.roles(mention)
    return _HABIT in roles and _MEDICINE not in roles


def _is_of_somebody(reading: Reading, place: int) -> bool:
    """Whether a word can stand between a person and a verb: no other thing does it."""
    thing = reading.is_content(place) or reading.owner[place] is not None
    return not thing and not reading.is_word(place, "pronoun-thing")


_DENYING = frozenset({"negation", "cessation", "inability"})


def add_abstinences(reading: Reading) -> None:
    """Add what a word says that a person does without ("teetotal"), to be denied."""
    for mention in reading.mentions:
        opening = reading.at.get(mention.start)
        # "She doesn't know us" is no denial as "she knows us" is.
        if mention.denied and not (opening and opening.categories & _DENYING):
            mention.dropped |= _is_taken_back(reading, mention)
    for hit in reading.hits["abstinence"]:
        owners = [o for o in map(reading.owner.__getitem__, hit.extent) if o is not None]
        last = reading.at.get(hit.end - 1)  # "no family history of MS" tells of MS
        known = hit.get("concept") in reading.words.view.concepts
        known = known and not (last and last.end > hit.end) and not _is_taken_back(reading, hit)
        if known and all(hit.start <= o.start and o.end <= hit.end for o in owners):
            reading.mentions = [m for m in reading.mentions if m not in owners]
            denial = reading.at.get(hit.start)
            halved = reading.words.is_effect_id(hit.get("concept"))
            if halved and is_of_one_side(reading, hit.start, hit.end):
                _add(reading, hit, set())  # "her mouth is straight only on the left"
            elif denial and denial.end < hit.end and denial.cue("negation"):
                # "I have not lost weight", "no trauma, rash or fever": the denial may reach on.
                _add(reading, hit._replace(start=denial.end), set())
            else:
                _add(reading, hit, {ABSTINENCE})
            settle_scope(reading)


def _is_taken_back(reading: Reading, hit: Hit | Mention) -> bool:
    """Whether a denial right before, or a word of trouble, says the opposite of a statement."""
    before, here = reading.at.get(hit.start - 1), reading.at.get(hit.start)
    if reading.is_denied(hit.start) and before is not here:
        return True
    spoilt = reading.told("inability", "troubled", within=reading.sentence_of(hit.start))
    apart = (h for h in spoilt if h.end <= hit.start or hit.end <= h.start)
    return any(reading.segment[h.start] == reading.segment[hit.start] for h in apart)


def add_medicines(reading: Reading) -> None:
    """Add the medicines whose class can be reported as findings, where no name found them."""
    for hit in reading.hits["medicine"]:
        concept = reading.words.view.concepts.get(hit.get("concept"))
        free = all(reading.owner[i] is None and i not in reading.at for i in hit.extent)
        if free and concept is not None and "ft:reportable" in concept.roles:
            _add(reading, hit, set())


def _add(reading: Reading, hit: Hit, marks: set[str]) -> None:
    if hit.get("concept") in reading.words.view.concepts:
        reading.add([_mention(hit, hit.get("concept"), marks)], own=True)


def _mention(hit: Hit, concept: str, marks: set[str]) -> Mention:
    return Mention(hit.start, hit.end, "finding", concept, marks=marks)
