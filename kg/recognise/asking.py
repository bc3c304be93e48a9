"""What a text or a form asks, what it takes for granted in asking, and what it answers itself."""

from __future__ import annotations

from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading

__all__ = ["answer", "ask", "head", "taken_for_granted", "tick"]

_LONGEST_LINE = 5  # words of a line under a heading
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
    return reading.is_joint(place)


def answer(reading: Reading, sentence: tuple[int, int]) -> None:
    """Settle what was asked before ("Weakness? No.", "told to watch for it, but I had none")."""
    for hit in reading.hits_inside("answer", sentence):
        alone = all(
            hit.start <= i < hit.end or reading.tokens[i].kind == "mark" for i in range(*sentence)
        )
        if not alone and "answer-no" not in hit.categories:
            continue
        number = reading.segment[hit.end - 1]
        if any(
            m.kind == "finding" and m.start >= hit.end and reading.segment[m.start] == number
            for m in reading.inside(sentence)
        ):
            continue
        before = max(0, reading.sentences.index(sentence) - 1)
        for mention in reading.inside((reading.sentences[before][0], hit.start)):
            if mention.asked:
                mention.asked, mention.denied = False, "answer-yes" not in hit.categories


def tick(reading: Reading, sentence: tuple[int, int]) -> None:
    """Deny what stands at an empty box of a form; boxes stand all before their words, or behind."""
    boxes = list(reading.hits_inside("box", sentence))
    findings = [m for m in reading.inside(sentence) if m.kind == "finding"] if boxes else []
    ahead = bool(findings) and boxes[0].start < findings[0].start
    for mention in findings:
        before = [b for b in boxes if b.end <= mention.start]
        own = before[-1:] if ahead else [b for b in boxes if b.start >= mention.end][:1]
        mention.denied |= bool(own) and "empty-box" in own[0].categories


def head(reading: Reading) -> None:
    """Deny the lines under a heading that denies ("Denies:"), as far as the next heading."""
    denying = False
    for first, last in reading.sentences:
        words = [i for i in range(first, last) if reading.tokens[i].kind != "mark"]
        heads = bool(words) and reading.tokens[words[-1]] is not reading.tokens[last - 1]
        if heads and any(reading.tokens[i].norm == ":" for i in range(words[-1], last)):
            denying = all(reading.is_cue(i, "negation") for i in words)
        elif reading.tokens[first].norm == "\n" or len(words) > _LONGEST_LINE:
            denying = False
        for mention in reading.inside((first, last)) if denying else ():
            mention.denied = True


def taken_for_granted(reading: Reading, mention: Mention, after: int) -> bool:
    """Whether a question presupposes the finding: it is "my" finding or stands at "my" place."""
    if not reading.is_effect(mention):
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
