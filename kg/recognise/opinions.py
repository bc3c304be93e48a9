"""What is only thought to be the cause: suspected by the writer, or told by others.

An opinion about a cause reports nothing. "My friend says stress does it" leaves the stress open,
and so does "I think it's stress", though that is a hint: what the writer suspects is kept apart
from what others think. A clause of its own ("I think I'm stressed", "she says I drink too much
coffee") is a report, whoever makes it.
"""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["apply_opinions"]

_TO_VERB = 2  # words between a person and what the person says


def apply_opinions(reading: Reading) -> None:
    """Leave open what is named as a cause only in somebody's opinion."""
    people = {h.start: h for h in reading.hits["person"]}
    for sentence in reading.sentences:
        habits = [m for m in reading.inside(sentence) if _is_habit(reading, m)]
        if not habits:
            continue
        for hit in reading.hits_inside("scope", sentence):
            if "opinion" in hit.categories:
                _leave_open(reading, habits, hit.end, "suspected")
        for hit in reading.hits_inside("trial", sentence):
            if "hearsay" in hit.categories:
                _leave_open(reading, habits, hit.end, "an opinion")
        for hit in reading.hits_inside("person", sentence):
            verb = _says(people, hit)
            if verb is not None:
                _leave_open(reading, habits, verb.end, "an opinion")


def _is_habit(reading: Reading, mention: Mention) -> bool:
    if mention.kind != "finding" or mention.dropped or mention.denied or mention.ended:
        return False
    roles = reading.words.view.concepts[mention.id].roles
    return "ft:cause-kind" in roles and "ft:candidate-kind" not in roles


def _says(people: dict[int, Hit], hit: Hit) -> Hit | None:
    if not hit.categories & {"person", "informant"}:
        return None
    for place in range(hit.end, hit.end + _TO_VERB):
        verb = people.get(place)
        if verb is not None and "reporting-verb" in verb.categories:
            return verb
    return None


def _leave_open(reading: Reading, habits: list[Mention], start: int, mark: str) -> None:
    words = reading.words.cues.words
    own = words["pronoun-self"] | words["pronoun-third"]
    for mention in habits:
        if mention.start < start or "counted" in mention.marks or mention.amount is not None:
            continue
        between = range(start, mention.start)
        if any(reading.tokens[place].norm in own for place in between):
            break
        if any(_breaks(reading, place, mark) for place in between):
            break
        mention.open = True
        mention.marks.add(mark)


def _breaks(reading: Reading, place: int, mark: str) -> bool:
    hit = reading.at.get(place)
    if hit is not None and "termination" in hit.categories:
        return True
    if mark != "suspected":
        return False
    # What one suspects oneself stands right behind the opinion.
    owner = reading.owner[place]
    alone = owner is None and reading.is_content(place)
    return alone or (owner is not None and reading.words.is_effect(owner))
