"""What is over: which findings a word of resolution ("it passed", "all fine now") says to be gone.

It ends what its own clause tells, else what its sentence or the one before does, where "it" or
nothing else stands for that. What is denied, hoped for, told for a while or told of something else
("my cold has gone", "a week has passed") ends nothing.
"""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.lists import backward
from kg.recognise.mentions import Mention
from kg.recognise.nearby import tense_of
from kg.recognise.reading import EFFECT, Reading, Span

_AFTER_FUNCTION = 3  # words between a function and "normal again"
_THOUGHT = ("hypothetical", "asking-word", "question-opener", "uncertainty")
# What else may be over.
_OTHERS = ("illness-name", "event-name", "medicine-name", "test-name", "person")
_GIVEN_UP = ("stopped", "stop", "quit", "finished", "ended")
_WANTS = ("get", "getting", "want", "wants", "need", "needs", "make", "bring", "wish")
_REACH = 4  # words between a wish and what is wished for: "I want my left smile back to normal"
_UNITS = frozenset({"time-unit", "time-point", "calendar-name"})
_PRONOUNS = ("pronoun-thing", "pronoun-self", "pronoun-third")


def ended(reading: Reading, sentence: Span, hit: Hit) -> list[Mention]:
    """The findings that a word of resolution says to be gone."""
    if _is_no_end(reading, sentence, hit):
        return []
    inside = [m for m in reading.inside(sentence) if m.kind == "finding" and m.end <= hit.start]
    near = [m for m in inside if reading.segment[m.start] == reading.segment[hit.start]]
    if any(c.properties.get("ft:cue-span") == "end" for c in hit.cues):
        near = backward(reading, sentence, hit)  # "numbness gone"
    if not near:
        near = inside or _told_before(reading, sentence)
        near = [] if _is_of_other(reading, hit, near) else near
    return [m for m in near if EFFECT in reading.words.roles(m)]


def _told_before(reading: Reading, sentence: Span) -> list[Mention]:
    """What "it" is in a sentence that tells no finding: the last one told, or what was at once."""
    told = [m for m in reading.mentions if m.end <= sentence[0] and reading.is_effect(m)]
    told = [m for m in told if not m.denied]
    first, _ = reading.sentence_of(told[-1].start) if told else sentence
    tenses = {tense_of(reading, m.start) for m in told if m.start >= first}
    at_once = "past" in tenses and "present" not in tenses
    return [m for m in told if m.start >= first] if at_once else told[-1:]


def _is_of_other(reading: Reading, hit: Hit, near: list[Mention]) -> bool:
    """Whether the clause of a word of resolution has a subject of its own, which is over then."""
    clause = reading.clause_of(hit.start)
    lead = range(clause.start, hit.start)
    for place in (hit.start, *reversed(lead)):
        if _is_pronoun(reading, place):
            return False
        if place in lead and reading.is_content(place):
            break
    unit = any(h.end == hit.start and not h.categories.isdisjoint(_UNITS)
               for h in reading.hits["time"])  # fmt: skip
    if unit and not reading.told("time-marker", "later-lead", within=(lead.start, lead.stop)):
        return True  # "a week has passed"
    own = {p.id for m in near for p in reading.inside(reading.sentence_of(m.start))}
    parts = {p.id for p in reading.inside((lead.start, lead.stop)) if p.kind in PARTS}
    named = any(reading.told(name, within=(lead.start, lead.stop)) for name in _OTHERS)
    strange = any(
        reading.is_content(i) and i not in reading.covered and not reading.is_word(i, "bearer-noun")
        for i in lead
    )
    return (bool(parts) and parts.isdisjoint(own)) or named or strange


def _is_pronoun(reading: Reading, place: int) -> bool:
    """Whether a word stands for somebody or something told before, also with a verb ("it's")."""
    bare = reading.norm(place).partition("'")[0]
    return any(bare in reading.words.cues.words[name] for name in _PRONOUNS)


def _is_wanted(reading: Reading, sentence: Span, hit: Hit) -> bool:
    """Whether an end is asked or wished for: "how do I get it to pass?", "I want it gone"."""
    clause = reading.clause_of(hit.start)
    after = range(clause.stop, sentence[1])
    if not any(map(reading.is_content, after)) and any(
        reading.norm(i) == "?" for i in range(hit.end, sentence[1])
    ):
        return True
    lead = [i for i in range(clause.start, hit.start) if not reading.is_filler(i)]
    return any(reading.norm(i) in _WANTS for i in lead[-_REACH:])


def _is_giving_up(reading: Reading, hit: Hit) -> bool:
    """Whether somebody ended something else: "since I stopped domperidone"."""
    if hit.end >= len(reading.tokens) or reading.norm(hit.end - 1) not in _GIVEN_UP:
        return False
    subject = reading.is_word(hit.start - 1, "pronoun-self", "pronoun-third")
    named = reading.is_content(hit.end) or reading.is_word(hit.end, "determiner", "possessive")
    return subject and named and not reading.is_effect(reading.owner[hit.end])


def _is_no_end(reading: Reading, sentence: Span, hit: Hit) -> bool:
    """Whether a word of resolution ends nothing, ends something else, or not for good."""
    if (owner := reading.owner[hit.end - 1]) is not None and owner.kind == "finding":
        return owner.end > hit.end  # "I have stopped going out" is a sign of its own
    longer = (*reading.told("improvement"), *reading.told("persisting"))
    if any(h.start < hit.end and hit.start < h.end and len(h.extent) >= len(hit.extent)
           for h in longer):  # fmt: skip
        return True  # "much better now" is not gone, nor what "went on"
    if reading.told("recurrence", within=(hit.start + 1, len(reading.tokens))):
        return True
    clause = reading.clause_of(hit.start)
    if any(clause.start <= h.end <= hit.end for h in reading.told("rest")):
        return True  # "otherwise right as rain": what was told before is there
    denials = reading.told("negation", "negation-after", within=(clause.start, hit.start))
    if denials or reading.told(*_THOUGHT, within=(sentence[0], hit.start)):
        return True  # "none of it has settled", "I hope it passes"
    if _is_wanted(reading, sentence, hit) or _is_giving_up(reading, hit):
        return True
    if reading.is_word(hit.start - 1, "by-halves", "approximator"):
        return True  # "it almost stopped"
    if reading.norm(hit.end) == "for" and any(t.start == hit.end for t in reading.times):
        return True  # "it went away for a day"
    own = {reading.segment[m.start] for m in reading.inside(sentence) if reading.is_effect(m)}
    near = [f for f in reading.functions if 0 <= hit.start - f.end <= _AFTER_FUNCTION]
    if any(reading.segment[f.start] not in own for f in near):
        return True  # "my lip twitches, my speech is normal again"
    stops = hit.cue("cessation") is not None
    governed = stops and any(
        m.kind == "finding" and reading.segment[m.start] == reading.segment[hit.start]
        for m in reading.inside((hit.end, sentence[1]))
    )
    after = hit.end < sentence[1] and reading.owner[hit.end] is None
    if governed or not after:
        return governed
    # "Has stopped eating": what came to an end is named behind the cue.
    ends = stops or reading.norm(hit.end - 1).endswith("ed")
    return ends and reading.norm(hit.end).endswith("ing")
