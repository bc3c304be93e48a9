"""What somebody only thinks it may be: such an opinion leaves open what it names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.recognise.mentions import Mention
from kg.recognise.reading import CANDIDATE, CAUSE, Reading, Span

TO_VERB = 2  # words between a person and what the person says


def leave_opinions_open(reading: Reading, sentence: Span) -> None:
    """Leave open what is named as a cause only in an opinion: the writer's, or somebody else's.

    A clause of its own ("she says I drink too much coffee") is a report, whoever makes it.
    """
    habits = [m for m in reading.inside(sentence) if _is_habit(reading, m)]
    for start, mark in _opinions(reading, sentence) if habits else ():
        for mention in (m for m in habits if m.start >= start):
            if any(
                reading.is_word(i, "pronoun-self", "pronoun-third") or _breaks(reading, i, mark)
                for i in range(start, mention.start)
            ):
                break
            mention.open = True
            mention.marks.add(mark)


def _opinions(reading: Reading, sentence: Span) -> Iterator[tuple[int, str]]:
    """Where what is only thought begins, and whose opinion it is."""
    reach = sentence[0], sentence[1] + TO_VERB
    said = {h.start: h.end for h in reading.told("reporting-verb", within=reach)}
    for hit in reading.told("opinion", within=sentence):
        yield hit.end, "suspected"
    for hit in reading.told("hearsay", within=sentence):
        yield hit.end, "an opinion"
    for hit in reading.told("person", "informant", within=sentence):
        verb = next((p for p in range(hit.end, hit.end + TO_VERB) if p in said), None)
        if verb is not None:
            yield said[verb], "an opinion"


def _is_habit(reading: Reading, mention: Mention) -> bool:
    told = "counted" in mention.marks or mention.amount is not None
    if mention.kind != "finding" or mention.dropped or mention.denied or mention.ended or told:
        return False
    roles = reading.words.roles(mention)
    return CAUSE in roles and CANDIDATE not in roles


def _breaks(reading: Reading, place: int, mark: str) -> bool:
    if reading.is_cue(place, "termination"):
        return True
    # What one suspects oneself stands right behind the opinion.
    other = reading.is_content(place) or reading.is_effect(reading.owner[place])
    return mark == "suspected" and other
