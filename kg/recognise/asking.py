"""What a text or a form asks, what it takes for granted in asking, and what it answers itself."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.lists import is_report
from kg.recognise.mentions import Mention
from kg.recognise.reading import CANDIDATE, Reading, Span

GENERAL = "asked in general"  # mark of an illness of which a question asks what is known
TOLD = "told with a question mark"  # mark of a sign of one's own: "my face droops?"
_LONGEST_LINE = 5  # words of a line under a heading
_SUBJECTS = ("pronoun-self", "pronoun-third", "pronoun-thing", "determiner", "possessive")
_PERSONS = ("possessive", "pronoun-self", "pronoun-third", "pronoun-thing")
_OWNERS = ("possessive", "pronoun-self")
_COPULAS = ("am", "are", "is", "was", "were")
_DOUBTS = frozenset({"true", "possible", "likely", "probable", "dangerous", "serious", "safe"})
_LONGEST_LEAD = 8  # words before "that" in "is it a sign of trouble that …?"
_MAX_OWNED = 4  # words between a possessive and the finding that it takes for granted


def ask(reading: Reading, sentence: Span) -> None:
    """Mark what a sentence with a question mark asks about."""
    first, last = sentence
    end = next((i for i in range(last - 1, first - 1, -1) if reading.norm(i) == "?"), first)
    if end == first:
        return
    for hit in reading.told("question-opener", within=sentence):
        if hit.start == first or _begins(reading, hit):
            ahead = hit.get("span") == "ahead"
            for mention in reading.inside((hit.end, end)):
                feared = ahead and _is_all(reading, mention, hit.end, end)
                mention.asked |= feared or not taken_for_granted(reading, mention, hit.end)
    if _is_general(reading, (first, end)):
        for mention in reading.inside((first, end)):
            if CANDIDATE in reading.words.roles(mention):
                mention.asked = True
                mention.marks.add(GENERAL)
    inside = reading.inside((first, end))
    for mention in (*reading.inside((_granted(reading, first, end), end)), *(
        m for m in inside if is_report(reading, m, inside)
    )):  # fmt: skip
        mention.asked = False
    # "My lip twitches, stress?": a bare term before the question mark is asked about.
    clause = reading.segment[end - 1]
    start = next(i for i in range(first, end + 1) if reading.segment[i] == clause)
    tail = [m for m in reading.inside(sentence) if reading.segment[m.start] == clause]
    sites = any(m.kind != "finding" for m in tail)
    taken = any(reading.is_word(i, "possessive") for i in range(start, end))
    if all(_is_plain(reading, i) for i in range(start, end)) and (
        not sites or (start == first and not taken)
    ):
        own = any(reading.is_word(i, *_OWNERS) for i in range(start, end))
        for mention in tail:
            mention.asked = start == first or not taken_for_granted(reading, mention, start)
            if own and reading.is_effect(mention):
                mention.marks.add(TOLD)


def _is_general(reading: Reading, question: Span) -> bool:
    """Whether a question asks what is known of illnesses, and speaks of nobody."""
    known = reading.told("knowledge-word", within=question)
    return bool(known) and not any(reading.is_word(i, *_PERSONS) for i in range(*question))


def _granted(reading: Reading, first: int, end: int) -> int:
    """From where a question about the meaning of something tells it: "is it odd that my lip …?"."""
    words = [reading.norm(i) for i in range(first, end)]
    about = words[:1] in (["is"], ["was"]) and words[1:2] in (["it"], ["this"])
    if not about or _DOUBTS & {*words}:
        return end
    for place in range(first + 2, min(end, first + _LONGEST_LEAD)):
        own = any(reading.is_word(i, *_OWNERS) for i in range(place, place + 3))
        if reading.norm(place) == "that" or (reading.norm(place) in ("if", "when") and own):
            return place
    return end


def _begins(reading: Reading, hit: Hit) -> bool:
    """Whether a clause begins with an opener: also behind a comma, where its subject follows."""
    apart = reading.segment[hit.start] != reading.segment[hit.start - 1]
    return apart or (reading.is_mark(hit.start - 1) and reading.is_word(hit.end, *_SUBJECTS))


def _is_all(reading: Reading, mention: Mention, first: int, end: int) -> bool:
    """Whether a finding, with whose it is, is all that is asked: "will my face droop later?"."""
    if not reading.is_effect(mention) or reading.told("repetition", within=(first, end)):
        return False  # "will it keep twitching?"
    some_day = {i for hit in reading.told("some-day", within=(first, end)) for i in hit.extent}
    rest = {*range(first, end)} - {*mention.extent} - some_day
    return all(
        reading.is_word(i, "possessive")
        or reading.is_filler(i)
        or ((owner := reading.owner[i]) is not None and owner.kind != "finding")
        for i in rest
    )


def dread(reading: Reading, sentence: Span) -> None:
    """Leave open what somebody only dreads to come: "scared that my face will droop"."""
    coming = reading.told("to-come", within=sentence)
    for hit in reading.told("dread", within=sentence) if coming else ():
        clause = reading.clause_of(hit.start)
        lead = next((h for h in coming if h.start in clause and h.start >= hit.end), None)
        if lead is None or any(reading.norm(i) == "because" for i in range(hit.end, lead.start)):
            continue
        for mention in reading.inside((hit.end, clause.stop)):
            mention.asked |= mention.end > lead.start and reading.is_effect(mention)


def _is_plain(reading: Reading, place: int) -> bool:
    owned = reading.owner[place] is not None
    return owned or reading.is_filler(place) or reading.is_mark(place) or reading.is_joint(place)


def answer(reading: Reading, sentence: Span) -> None:
    """Settle what was asked before ("Weakness? No.", "told to watch for it, but I had none")."""
    for hit in reading.hits_inside("answer", sentence):
        alone = all(i in hit.extent or reading.is_mark(i) for i in range(*sentence))
        if not alone and "answer-no" not in hit.categories:
            continue
        number = reading.segment[hit.end - 1]
        behind = reading.inside((hit.end, sentence[1]))
        if any(m.kind == "finding" and reading.segment[m.start] == number for m in behind):
            continue
        before = max(0, reading.sentences.index(sentence) - 1)
        for mention in reading.inside((reading.sentences[before][0], hit.start)):
            if mention.asked:
                mention.asked, mention.denied = False, "answer-yes" not in hit.categories


def tick(reading: Reading, sentence: Span) -> None:
    """Deny what stands at an empty box of a form; boxes stand all before their words, or behind."""
    boxes = reading.hits_inside("box", sentence)
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
        own = mention.start > after and reading.is_word(mention.start - 1, "possessive")
        return own and CANDIDATE in reading.words.roles(mention)
    if any(reading.is_word(i, "possessive") for i in range(mention.start, mention.end)):
        return True  # "why can't I move my mouth?"
    place = mention.start - 1
    while place >= after and mention.start - place <= _MAX_OWNED:
        if reading.is_word(place, "possessive"):
            return True
        if reading.is_word(place, *_OWNERS) and reading.norm(place - 1) == "that":
            return True  # "why is it that I passed out?"
        small = reading.is_filler(place) or reading.norm(place) in _COPULAS
        if reading.owner[place] is None and not small:
            break
        place -= 1
    led = reading.is_word(mention.end, "place-preposition")
    return led and reading.is_word(mention.end + 1, "possessive")
