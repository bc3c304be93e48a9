"""Present, denied or open: the ConText algorithm over the cues of the graph.

Harkema H, Dowling JN, Thornblade T, Chapman WW. ConText: an algorithm for determining negation,
experiencer, and temporal status from clinical reports. J Biomed Inform 2009;42(5):839-51.

A cue reaches from where it stands to the end of its sentence unless something ends its reach
first. Three refinements serve texts that people write: a comma or an "and" ends the reach of a
denial unless a list goes on behind it; a denied verb of knowing or helping denies nothing; and
what a question takes for granted ("could coffee cause my twitch?") is reported, not asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.questions import answer, ask, taken_for_granted
from kg.recognise.reach import before, forward
from kg.recognise.reading import ABSTINENCE, EFFECT, Reading

__all__ = ["apply_scope"]

_FORWARD = (
    "negation", "cessation", "past", "uncertainty", "opinion", "hypothetical", "question", "family",
)  # fmt: skip


_OUTCOMES = frozenset({"effect", "effect-after", "effect-when-denied", "improvement", "no-effect"})
_IDLE = _OUTCOMES | {"idle-verb", "ending-verb"}


def apply_scope(reading: Reading) -> None:
    """Mark the mentions of a reading as denied, ended, past, gone, open or asked about."""
    good = {b for pair in reading.words.view.opposites for b in pair}
    for sentence in reading.sentences:
        idle = _idle(reading, sentence)
        for hit in reading.hits_inside("scope", sentence):
            if hit.start in idle or _counts(reading, hit):
                continue
            _apply(reading, sentence, hit, good)
        ask(reading, sentence)
        answer(reading, sentence)
    for mention in reading.mentions:
        if ABSTINENCE in mention.marks:
            # Who is "not teetotal" does not say how much it is.
            mention.dropped = mention.denied or mention.ended or mention.past
            mention.denied = True


def _counts(reading: Reading, hit: Hit) -> bool:
    # "Maybe five hours": the doubt is about the number.
    if "uncertainty" not in hit.categories or hit.end >= len(reading.tokens):
        return False
    token = reading.tokens[hit.end]
    number = any(h.start == hit.end for h in reading.hits["number"])
    return token.kind == "number" or number


def _apply(reading: Reading, sentence: tuple[int, int], hit: Hit, good: set[str]) -> None:
    if "pseudo-negation" in hit.categories:
        return
    for category in _FORWARD:
        cue = hit.cue(category)
        if cue is None:
            continue
        if cue.reach == "both":
            reached = reading.inside(sentence)
        else:
            reached = forward(reading, sentence, hit, category, good)
        if category == "past" and cue.reach != "both" and _in_time(reading, hit):
            continue
        _mark(reading, category, reached, hit)
        if reached:
            return
    if "ended-after" in hit.categories:
        # "It isn't twitching any more": what is denied now was there before.
        for mention in reading.inside(sentence):
            if mention.denied and mention.end <= hit.start:
                mention.denied, mention.ended = False, True
    if "negation-after" in hit.categories:
        cue = hit.cue("negation-after")
        reached = before(reading, sentence, hit)
        if cue is not None and cue.properties.get("ft:cue-span") == "word":
            reached = reached[:1]  # "a twitch, stress-free"
        for mention in reached:
            mention.denied = True
    if "resolution" in hit.categories:
        _resolve(reading, sentence, hit)
    if "family-after" in hit.categories:
        for mention in reading.inside(sentence):
            if mention.end <= hit.start:
                mention.who = "family"


def _mark(reading: Reading, category: str, reached: Iterable[Mention], hit: Hit) -> None:
    for mention in reached:
        if category == "negation":
            mention.denied = True
        elif category == "cessation":
            mention.ended = True
        elif category == "past":
            mention.past = True
        elif category == "uncertainty":
            mention.open = True
        elif category == "opinion":
            concept = reading.words.concept(mention)
            if concept is not None and "ft:candidate-kind" in concept.roles:
                mention.open = True
        elif category == "family":
            mention.who = "family"
        elif category == "hypothetical" or not taken_for_granted(reading, mention, hit.end):
            mention.asked = True


def _idle(reading: Reading, sentence: tuple[int, int]) -> set[int]:
    """Where the denials stand that deny a verb of knowing, helping or ending."""
    idle: set[int] = set()
    negations = {
        h.end: h for h in reading.hits_inside("scope", sentence) if "negation" in h.categories
    }
    outcomes = [h for h in reading.hits_inside("trial", sentence) if h.categories & _OUTCOMES]
    for hit in outcomes:
        # "No help", "didn't do a thing": the denial is part of what is told.
        idle.update(h.start for h in negations.values() if hit.start <= h.start < hit.end)
    for verb in (*reading.hits["manner"], *outcomes):
        if not verb.categories & _IDLE:
            continue
        start = verb.start
        while start > sentence[0] and start not in negations and _may_precede(reading, start - 1):
            start -= 1
        negation = negations.get(start)
        if negation is None or verb.start >= sentence[1]:
            continue
        idle.add(negation.start)
        idle.update(range(verb.start, verb.end))
        if "ending-verb" in verb.categories:
            for mention in reading.inside(sentence):
                mention.marks.add("continuance")
    return idle


def _may_precede(reading: Reading, place: int) -> bool:
    return reading.is_filler(place) and reading.tokens[place].norm not in ("-",)


def _resolve(reading: Reading, sentence: tuple[int, int], hit: Hit) -> None:
    if any(
        "improvement" in h.categories and h.start < hit.end and hit.start < h.end
        for h in reading.hits["trial"]
    ):
        return  # "much better now" is not gone
    if _ends_something_else(reading, sentence, hit):
        return  # "has stopped eating"
    later = [
        h for h in reading.hits["scope"] if h.start > hit.start and "recurrence" in h.categories
    ]
    if later:
        return
    if hit.cue("cessation") is not None and any(
        m.kind == "finding"
        and m.start >= hit.end
        and reading.segment[m.start] == reading.segment[hit.start]
        for m in reading.inside(sentence)
    ):
        return
    if any(f.end <= hit.start and hit.start - f.end <= 3 for f in reading.functions):
        return
    own = reading.segment[hit.start]
    earlier = [m for m in reading.inside(sentence) if m.end <= hit.start and m.kind == "finding"]
    near = [m for m in earlier if reading.segment[m.start] == own] or earlier
    if not near:
        before = [
            m for m in reading.mentions if m.end <= sentence[0] and reading.words.is_effect(m)
        ]
        near = before[-1:]
    for mention in near:
        if EFFECT in reading.words.view.concepts[mention.id].roles:
            mention.resolved = True


def _ends_something_else(reading: Reading, sentence: tuple[int, int], hit: Hit) -> bool:
    """Whether what came to an end is a doing that is named behind the cue."""
    if hit.cue("cessation") is None and not reading.tokens[hit.end - 1].norm.endswith("ed"):
        return False
    if hit.end >= sentence[1] or reading.owner[hit.end] is not None:
        return False
    return reading.tokens[hit.end].norm.endswith("ing")


def _in_time(reading: Reading, hit: Hit) -> bool:
    # "a three week history of twitching" is about now: a stretch of time stands before the cue.
    return any(place in reading.covered for place in range(max(0, hit.start - 2), hit.end))
