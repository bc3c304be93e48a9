"""Status: whether what a text names is there, denied, given up, past, over, open or asked about.

The ConText algorithm (Harkema H, Dowling JN, Thornblade T, Chapman WW. ConText: an algorithm for
determining negation, experiencer, and temporal status from clinical reports. J Biomed Inform
2009;42(5):839-51) over the cues of the graph: a cue marks the mentions that it reaches, and reaches
to the end of its sentence unless something ends its reach first. Three refinements serve texts
that people write: at a comma or an "and" a denial goes on only where its list does; a denied verb
of knowing or helping denies nothing; what a question takes for granted is reported, not asked.

`asking.py` reads questions and answers, `lists.py` tells how far a list goes on, `soundness.py`
reads what is said to work as it should.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.recognise.added import ABSTINENCE, GIVEN_UP
from kg.recognise.asking import TOLD, answer, ask, dread, head, taken_for_granted, tick
from kg.recognise.cues import Hit
from kg.recognise.endings import ended
from kg.recognise.lists import backward, forward, is_report
from kg.recognise.mentions import Mention
from kg.recognise.narrative import LATE, POINTS, begins
from kg.recognise.nearby import (
    is_of_medicine,
    is_of_one_side,
    is_presumed,
    tense_of,
    twice_denied,
)
from kg.recognise.opinions import leave_opinions_open
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, Reading, Span

# What a cue says of the mentions behind it, and whether only of what it governs at once.
_FORWARD = {
    "negation": ("denied", True),
    "cessation": ("ended", True),
    "past": ("past", True),
    "uncertainty": ("open", True),
    "opinion": ("open", False),
    "medium": ("open", True),
    "simile": ("open", True),
    "hypothetical": ("asked", False),
    "asking-word": ("asked", False),
    "family": ("family", True),
}
# What tells of a treatment that it helped, or not: its denial is no denial of a finding.
_OUTCOMES = frozenset({"effect", "effect-after", "effect-when-denied", "improvement", "no-effect"})
_IDLE = _OUTCOMES | {"idle-verb", "ending-verb"}


def apply_status(reading: Reading) -> None:
    """Mark the mentions of a reading as denied, ended, past, over, open or asked about."""
    absences = [mention for mention in reading.mentions if mention.denied]
    for sentence in reading.sentences:
        idle = _idle(reading, sentence)
        for hit in reading.hits_inside("scope", sentence):
            if hit.start not in idle and not _counts(reading, hit):
                _apply(reading, sentence, hit)
        leave_opinions_open(reading, sentence)
        ask(reading, sentence)
        dread(reading, sentence)
        answer(reading, sentence)
        tick(reading, sentence)
    head(reading)
    for mention in absences:
        mention.denied &= not is_of_one_side(reading, mention.start, mention.end)
        mention.dropped |= mention.past  # "I used to walk fine" denies no trouble of today
    thoughts = reading.words.thoughts
    for mention in reading.mentions:
        mention.asked &= TOLD not in mention.marks  # unless an answer behind it settled that
        if ABSTINENCE in mention.marks:
            # Who is "not teetotal" does not say how much it is.
            mention.dropped = mention.denied or mention.ended or mention.past
            mention.denied = True
        mention.ended |= GIVEN_UP in mention.marks and not mention.denied
        if (mention.denied or mention.ended) and is_of_medicine(
            reading, mention.start, mention.end
        ):
            mention.dropped = True  # "I have not had my seizure tablets" denies no seizure
        if mention.id in thoughts:
            mention.asked = mention.open = False  # "what if I ended it" is such a thought
        if "bare" in mention.marks and not (mention.denied or mention.ended or mention.past):
            mention.dropped = True  # "when I drink" tells of no habit; "I don't drink" does


def _apply(reading: Reading, sentence: Span, hit: Hit) -> None:
    """Mark what one cue reaches; a cue of several categories acts by the first that fits."""
    if "pseudo-negation" in hit.categories:
        return
    for category, (status, narrow) in _FORWARD.items():
        cue = hit.cue(category)
        if cue is None:
            continue
        everywhere = cue.reach == "both"
        if category == "past" and not everywhere and _is_in_time(reading, hit):
            continue
        reached = reading.inside(sentence)
        if not everywhere:
            reached = forward(reading, sentence, hit, narrow=narrow)
        if cue.properties.get("ft:cue-span") == "next":
            # "Instead of smiling her mouth twists" denies no twist.
            reached = [m for m in reached if m.start <= hit.end + 1]
        if category == "cessation" and reached and EFFECT not in reading.words.roles(reached[0]):
            # "I stopped the tablets suddenly and have a fever": the tablets alone were stopped.
            reached = [m for m in reached if EFFECT not in reading.words.roles(m)]
        if status in ("open", "asked"):
            beside = [m for m in reached if m.start == hit.end]
            # "?stroke arm weak": the mark is said of the word behind it.
            reached = beside if beside and reading.norm(hit.start) == "?" else reached
            reached = [m for m in reached if not is_report(reading, m, reached)]
        reached = [m for m in reached if _may_be(reading, m, category, hit)]
        if status == "denied":
            reached = [m for m in reached if not is_presumed(reading, hit, m.start, m.end)]
            reached = [m for m in reached if not _is_since(reading, m, hit)]
        if category == "past" and everywhere:
            reached = [m for m in reached if _is_of_then(reading, m, hit)]
        if category == "uncertainty" and _is_ahead(reading, hit, reached):
            status = "asked"
        _mark(reached, status)
        if reached:
            return
    earlier = [m for m in reading.inside(sentence) if m.end <= hit.start]
    if "ended-after" in hit.categories:
        # "It isn't twitching any more": what is denied now was there before.
        for mention in earlier:
            if mention.denied:
                mention.denied, mention.ended = False, True
    if "negation-after" in hit.categories:
        _mark(backward(reading, sentence, hit), "denied")
    if "resolution" in hit.categories:
        over = ended(reading, sentence, hit)
        _mark(over, "resolved")
        if reading.hits_inside("soon", sentence):
            for mention in over:
                mention.days = mention.days or 1.0  # "by lunch it had gone"
    if "family-after" in hit.categories:
        # "My lid twitches, it runs in the family" is the writer's own lid.
        _mark((m for m in earlier if not reading.is_word(m.start - 1, "pronoun-self")), "family")


def _is_ahead(reading: Reading, doubt: Hit, doubted: list[Mention]) -> bool:
    """Whether a doubt is about what may come: "maybe numbness or weakness will come"."""
    clauses = {reading.segment[m.start] for m in doubted[-1:]}
    coming = reading.told("to-come", "some-day", within=(doubt.end, len(reading.tokens)))
    return any(reading.segment[hit.start] in clauses for hit in coming)


def _mark(mentions: Iterable[Mention], status: str) -> None:
    for mention in mentions:
        if status == "family":
            mention.who = "family"
        else:
            setattr(mention, status, True)


def _may_be(reading: Reading, mention: Mention, category: str, hit: Hit) -> bool:
    """Whether a cue of a category can change the status of a mention that it reaches."""
    roles = reading.words.roles(mention)
    if category in ("opinion", "medium"):
        return CANDIDATE in roles  # "I think my mouth droops" is a report
    if category == "simile":
        cue = hit.cue(category)  # "like being struck by lightning" tells of no such thing
        liked = cue.properties.get("ft:cue-concept", "") if cue is not None else ""
        told = CANDIDATE in roles or mention.id in liked.split()
        return told or (CAUSE in roles and EFFECT not in roles)
    if category != "asking-word":
        return True
    return not (_is_told(reading, mention, hit) or taken_for_granted(reading, mention, hit.end))


def _is_told(reading: Reading, mention: Mention, hit: Hit) -> bool:
    """Whether what looks like a question joins what is told: "the trouble is that my face …"."""
    first = hit.start == reading.sentence_of(hit.start)[0] or reading.is_mark(hit.start - 1)
    inner = not first and reading.norm(hit.end - 1) == "that"
    return inner and reading.is_effect(mention) and reading.norm(hit.end) not in ("a", "an")


# -- cues that mark nothing


def _counts(reading: Reading, hit: Hit) -> bool:
    """Whether a doubt is about a number ("maybe five hours", "like six coffees")."""
    number = reading.hits_inside("number", (hit.end, hit.end + 1)) or (
        hit.end < len(reading.tokens) and reading.tokens[hit.end].kind == "number"
    )
    return bool(number) and not hit.categories.isdisjoint({"uncertainty", "simile"})


def _is_in_time(reading: Reading, hit: Hit) -> bool:
    """Whether a stretch of time stands before a cue: "a three week history of" is about now."""
    return any(place in reading.covered for place in range(max(0, hit.start - 2), hit.end))


def _is_since(reading: Reading, mention: Mention, denial: Hit) -> bool:
    """Whether words tell only since when it is so: "not a word comes out since this morning"."""
    timed = any(t.start in mention.extent for t in reading.times)
    return timed and mention.start > denial.end and reading.words.is_pattern(mention)


def _is_of_then(reading: Reading, mention: Mention, hit: Hit) -> bool:
    """Whether "years back" is said of a mention: it shares its clause, or its own is of the past.

    "I had it years back, my face droops" tells of a face that droops now.
    """
    if begins(reading, reading.clause_of(hit.start)):
        return False  # "it began when I was small" goes on
    clause = reading.clause_of(mention.start)
    if any(t.start in clause and t.kind in POINTS and t.days <= LATE for t in reading.times):
        return False  # "… and an hour ago he had another"
    tense = tense_of(reading, mention.start)
    same = reading.segment[mention.start] == reading.segment[hit.start]
    same |= reading.norm(hit.end) == ":"  # "In the past: headache"
    return tense == "past" or (same and tense is None)


def _idle(reading: Reading, sentence: Span) -> set[int]:
    """Where the denials stand that deny a verb of knowing, helping or ending."""
    negations = {h.end: h for h in reading.told("negation", within=sentence)}
    outcomes = [
        h for h in reading.told(*sorted(_OUTCOMES), within=sentence) if not reading.lends(h)
    ]
    # "No help", "didn't do a thing": the denial is part of what is told.
    inside = ((o, n) for o in outcomes for n in negations.values())
    idle = {n.start for o, n in inside if o.start <= n.start < o.end}
    idle |= set(twice_denied(reading, sentence, sorted(negations.values())))
    for verb in (*reading.hits_inside("manner", sentence), *outcomes):
        if not verb.categories & _IDLE or reading.owner[verb.start] is not None:
            continue
        start = verb.start
        while start > sentence[0] and start not in negations and reading.is_small(start - 1):
            start -= 1
        if start not in negations:
            continue
        idle.add(negations[start].start)
        idle.update(range(verb.start, verb.end))
        if "ending-verb" in verb.categories:
            for mention in reading.inside(sentence):
                mention.marks.add("continuance")
    return idle
