"""What a text asks, what it takes for granted in asking, and what it answers itself."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["answer", "ask", "taken_for_granted"]

_MAX_OWNED = 4  # words between a possessive and the finding that it takes for granted


def ask(reading: Reading, sentence: tuple[int, int]) -> None:
    """Mark what a sentence with a question mark asks about."""
    first, last = sentence
    marks = [i for i in range(first, last) if reading.tokens[i].norm == "?"]
    if not marks:
        return
    end = marks[-1]
    if end == first:
        return
    for hit in reading.hits_inside("scope", sentence):
        if "question-opener" not in hit.categories:
            continue
        opens = hit.start == first or reading.segment[hit.start] != reading.segment[hit.start - 1]
        if opens:
            for mention in reading.inside(sentence):
                if hit.end <= mention.start < end and not taken_for_granted(
                    reading, mention, hit.end
                ):
                    mention.asked = True
    # "My lip twitches, stress?": a bare term before the question mark is asked about.
    tail = [
        m for m in reading.inside(sentence) if reading.segment[m.start] == reading.segment[end - 1]
    ]
    start = next(i for i in range(first, end + 1) if reading.segment[i] == reading.segment[end - 1])
    plain = all(_is_plain(reading, i) for i in range(start, end))
    sites = any(m.kind != "finding" for m in tail)
    own = reading.words.cues.words["possessive"]
    taken = any(reading.tokens[i].norm in own for i in range(start, end))
    if plain and tail and (not sites or (start == first and not taken)):
        for mention in tail:
            mention.asked = True


def _is_plain(reading: Reading, place: int) -> bool:
    owned = reading.owner[place] is not None
    if owned or reading.is_filler(place) or reading.tokens[place].kind == "mark":
        return True
    return reading.is_cue(place, "conjunction", "alternative")


def answer(reading: Reading, sentence: tuple[int, int]) -> None:
    """Deny what was spoken of before ("told to watch for weakness, but I have had none")."""
    for hit in reading.hits_inside("answer", sentence):
        alone = all(
            hit.start <= i < hit.end or reading.tokens[i].kind == "mark" for i in range(*sentence)
        )
        if not alone and "answer-no" not in hit.categories:
            continue
        number_here = reading.segment[hit.end - 1]
        if any(
            m.kind == "finding" and m.start >= hit.end and reading.segment[m.start] == number_here
            for m in reading.inside(sentence)
        ):
            continue
        earlier = [m for m in reading.mentions if m.asked and m.end <= hit.start]
        last = reading.sentences.index(sentence)
        for mention in earlier:
            own = next(i for i, s in enumerate(reading.sentences) if s[0] <= mention.start < s[1])
            if last - own <= 1:
                mention.asked, mention.denied = False, True


def taken_for_granted(reading: Reading, mention: Mention, after: int) -> bool:
    """Whether a question presupposes the finding: it is "my" finding or stands at "my" place."""
    if not reading.words.is_effect(mention):
        return False
    own = reading.words.cues.words["possessive"]
    place = mention.start - 1
    while place >= after and mention.start - place <= _MAX_OWNED:
        if reading.tokens[place].norm in own:
            return True
        if reading.owner[place] is None and not reading.is_filler(place):
            break
        place -= 1
    place = mention.end
    prepositions = reading.words.cues.words["place-preposition"]
    if place + 1 < len(reading.tokens) and reading.tokens[place].norm in prepositions:
        return reading.tokens[place + 1].norm in own
    return False
