"""The time step: which finding a time speaks of, and for how long each finding has lasted.

A time belongs first to what its own clause tells: a finding, or an event, a medicine, another
person, and then to no finding. What is told under a time shares it: all that follows a time at the
head of a sentence, the list before a time at its end, and after a time of today the sentences that
go on. Another time, "now" after a longer one, and a sign that is denied or asked about end that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.recognise.mentions import LASTING, Mention, TimeSpan
from kg.recognise.moments import (
    ACUTE,
    LONG_AGO,
    clause_around,
    clause_of,
    gap_between,
    is_age,
    is_bare,
    is_condition,
    is_point,
    of_rival,
    resumed,
    tells_rival,
    turns_before,
)
from kg.recognise.narrative import apply_narrative
from kg.recognise.nearby import tense_of
from kg.recognise.persons import told_age
from kg.recognise.reading import Reading, Span
from kg.recognise.scenes import (
    SCENE,
    inside_circumstances,
    leave_circumstances,
    leave_scenes,
    takes_time,
)

_SIGNS = frozenset({"ft:Sign", "ft:Symptom"})
_LEADS = ("time-marker", "on-end", "clinical-fraction", "whole-stretch", "time-stretch")
_NEAR = 2  # words between such a word and the time
_OWN = ("possessive", "pronoun-self", "pronoun-third")


@dataclass
class _Story:
    """What the text has told so far of when things were."""

    anchor: float | None = None  # the time told last, of whatever
    going_on: TimeSpan | None = None  # a time that the next sentences share
    timed: set[int] = field(default_factory=set)  # the findings that have a time of their own


def apply_times(reading: Reading) -> None:
    """Give each time to the findings that it speaks of, sentence by sentence."""
    story = _Story()
    cues = reading.words.cues.by_category.get("brevity", ())
    age = told_age(reading)
    reading.times = [t for t in reading.times if t.start not in age]
    named = inside_circumstances(reading)
    brief = max((float(c.properties.get("ft:cue-max-days", 0)) for c in cues), default=0.0)
    for sentence in reading.sentences:
        inside = [s for s in reading.times if sentence[0] <= s.start < sentence[1]]
        inside = [s for s in inside if not named.issuperset(range(s.start, s.end))]
        for span in inside:
            if span.kind == "bout" and span.days <= brief:
                for mention in _told_with(reading, span, sentence):
                    mention.marks.add("brevity")
        times = [t for s in inside if (t := _since_now(reading, s, story)) is not None]
        _sentence(reading, sentence, times, story)
    apply_narrative(reading)
    leave_scenes(reading)
    leave_circumstances(reading)
    _keep_what_goes_on(reading)


def _keep_what_goes_on(reading: Reading) -> None:
    """Let nothing be past that its sentence, or the next one about "it", says to go on.

    "My arm went weak in 2019 and it never came back."
    """
    for number, (first, last) in enumerate(reading.sentences):
        for mention in reading.inside((first, last)):
            if not (mention.past and reading.is_effect(mention)):
                continue
            later = reading.sentences[number + 1 : number + 2]
            stop = next(
                (end for start, end in later if reading.is_word(start, "pronoun-thing")), last
            )
            clause = reading.clause_of(mention.start)
            left = reading.told("left-over", within=(clause.start, clause.stop))
            mention.past = not (left or reading.told("going-on", within=(mention.end, stop)))


def _since_now(reading: Reading, span: TimeSpan, story: _Story) -> TimeSpan | None:
    """The time counted back from now: "a day later" is a day less than the time before it."""
    # Hours after a trouble of years: of something new, not of what was told before.
    far = 0 < span.days < ACUTE and (story.anchor or 0.0) > SCENE
    if span.kind == "later" and story.anchor is not None and span.days <= story.anchor and not far:
        span = span._replace(kind="ago", days=story.anchor - span.days)
    whole = reading.told("time-stretch", within=span[:2]) and span.days <= ACUTE
    if span.kind not in LASTING or is_age(reading, span):
        return None
    if whole and tense_of(reading, span.start) != "past":
        return None  # "it ticks all day" tells how much, not since when
    if not span.vague:
        story.anchor = span.days
    return span


def _sentence(reading: Reading, sentence: Span, times: list[TimeSpan], story: _Story) -> None:
    inside = reading.inside(sentence)
    able = [m for m in inside if takes_time(reading, m)]
    told = [(time, _told_with(reading, time, sentence)) for time in times]
    for time, mentions in told:
        earlier = [] if mentions else _told_before(reading, time, sentence, story)
        for mention in mentions or earlier:
            _give(reading, mention, time)
            story.timed.add(id(mention))
        heads = not (mentions or able or earlier or time.vague) and is_bare(reading, time)
        acute = time.kind != "for" and time.days <= ACUTE and not of_rival(reading, time)
        story.going_on = time if acute or heads else None
    for mention in able:
        shared = _over(reading, mention, told, story)
        if shared is not None and id(mention) not in story.timed:
            _give(reading, mention, shared)


def _over(
    reading: Reading,
    mention: Mention,
    told: list[tuple[TimeSpan, list[Mention]]],
    story: _Story,
) -> TimeSpan | None:
    """The time that a finding without one of its own shares with what is told around it."""
    before = [t for t in told if t[0].end <= mention.start]
    if before:
        time, of = before[-1]
        heads = not any(m.start < time.start for m in of)
        # "Three weeks of twitching" tells of no more than that; "three weeks of this" does.
        part = bool(of) and reading.norm(time.end) == "of"
        part = part and not reading.is_word(time.end + 1, "pronoun-thing")
        if time.days > ACUTE and (not heads or part):
            return None
        if of_rival(reading, time) and not of:
            return None
        if not of and not _sets_scene(reading, time, mention):
            return None
        return None if turns_before(reading, time, mention) else time
    behind = [t for t in told if t[0].start >= mention.end]
    if behind:
        time, of = behind[0]
        listed = any(m.end <= time.start and _is_sign(reading, m) for m in of)
        gap = mention.end, time.start
        # "My face droops, my tremor has been there for years" tells of the tremor alone.
        if time.days > SCENE and any(reading.is_word(i, *_OWN) for i in range(*gap)):
            return None
        anew = reading.hits_inside("turn", gap) or reading.told("termination", within=gap)
        return time if listed and not anew else None
    since = story.going_on
    if since is None or turns_before(reading, since, mention):
        return None
    # What was told before that time is not as new as it.
    known = any(
        m.id == mention.id and not m.denied for m in reading.mentions if m.end <= since.start
    )
    return None if known else since


def _sets_scene(reading: Reading, time: TimeSpan, mention: Mention) -> bool:
    """Whether a clause without a finding sets the time of one that is told behind it.

    "Last week I was driving and my eye jumped" does, what is told to be there today is newer.
    """
    if reading.told("termination", within=(time.end, mention.start)):
        return False
    past = tense_of(reading, mention.start) == "past"
    if _is_of_then(reading, time) and tense_of(reading, time.start) == "past" and not past:
        return False  # "I had it years back, my face droops"
    recent = time.days <= ACUTE or (past and time.days <= SCENE)
    return is_bare(reading, time) or (recent and time.kind != "for")


def _is_of_then(reading: Reading, time: TimeSpan) -> bool:
    """Whether a time tells of long ago, and of nothing that began then."""
    begun = reading.told("onset-verb", within=reading.sentence_of(time.start))
    return time.kind == "ago" and time.days >= LONG_AGO and not begun


def _told_with(reading: Reading, time: TimeSpan, sentence: Span) -> list[Mention]:
    """The findings that a time is told of: the nearest of its clause, or the list it stands by."""
    inside = [m for m in reading.inside(sentence) if m.kind == "finding"]
    apart = reading.words.is_pattern
    inside = [m for m in inside if reading.is_effect(m) or not (m.nested or apart(m))]
    clause = clause_of(reading, time)
    own = [m for m in inside if any(reading.segment[p.start] in clause for p in (m, *m.places))]
    if own:
        # With the finding, how it runs in this clause ("on and off").
        effects = [m for m in own if reading.is_effect(m)]
        near = min(effects or own, key=lambda m: (gap_between(time[:2], (m.start, m.end)), m.start))
        patterns = filter(reading.words.is_pattern, reading.inside(sentence))
        return [near, *(m for m in patterns if reading.segment[m.start] in clause)]
    if not is_bare(reading, time):
        return [m for m in inside if m.start in resumed(reading, time) and reading.is_effect(m)][:1]
    if _is_of_then(reading, time):
        inside = [m for m in inside if tense_of(reading, m.start) == "past"]
    effects = [m for m in inside if reading.is_effect(m)]
    after = [m for m in effects if m.start >= time.end and not m.denied]
    if after and reading.norm(clause_around(reading, time).stop) == ":":
        return after  # "For three weeks: this and that": a heading for all that follows
    before = [m for m in effects or inside if m.end <= time.start]
    if before:
        last = reading.segment[before[-1].start]
        return [m for m in before if reading.segment[m.start] == last][-1:]
    pronoun = any(reading.is_word(i, "pronoun-thing") for i in range(sentence[0], time.start))
    return [] if pronoun else after[:1]


def _told_before(reading: Reading, time: TimeSpan, sentence: Span, story: _Story) -> list[Mention]:
    """What a time alone in its sentence speaks of: "It has been five weeks"."""
    around = clause_around(reading, time)
    if not is_bare(reading, time) or not inside_circumstances(reading).isdisjoint(around):
        return []
    rival = tells_rival(reading, range(sentence[0], time.start))
    if rival or any(reading.is_effect(m) for m in reading.inside(sentence)):
        return []
    told = [m for m in reading.mentions if not (m.denied or m.dropped) and m.kind == "finding"]
    earlier = [m for m in [*filter(reading.is_effect, told)] or told if m.end <= sentence[0]]
    if _is_of_then(reading, time) and earlier:
        # "My mouth droops. My mother died. That was three years ago": it was the death.
        earlier = [m for m in earlier if m.start >= reading.sentence_of(sentence[0] - 1)[0]]
    if not earlier:
        named = [m for m in told if is_condition(reading, m) and m.end <= sentence[0]]
        return named[-1:]
    if not story.timed:
        return [m for m in earlier if takes_time(reading, m)] or earlier[-1:]
    first, _ = reading.sentence_of(earlier[-1].start)
    anew = [m for m in earlier if m.start >= first and id(m) not in story.timed]
    # What came today is no older for what another sentence tells of years ago.
    return anew or [m for m in earlier[-1:] if m.days is None or m.days > ACUTE]


def _give(reading: Reading, mention: Mention, time: TimeSpan) -> None:
    around = clause_around(reading, time)
    over = mention.resolved or mention.ended or mention.denied
    if reading.told("resolution", within=(around.start, around.stop)) and not over:
        return  # "it vanished in May, and came back": of neither
    if mention.ended and mention.days is not None and mention.counted_back != (time.kind != "for"):
        # "Stopped three days ago after years of it": since when it is over, not how long it was.
        mention.days = mention.days if mention.counted_back else time.days
        mention.counted_back = True
    elif time.kind == "date" and time.vague:
        # "Since March": without a date nobody knows how long, only that it is long.
        mention.at_least = max(mention.at_least, time.days)
    elif mention.days is None or time.days > mention.days:
        mention.days = time.days
        mention.days_sure = _is_stretch(reading, mention, time)
        mention.counted_back = time.kind != "for"
    if is_point(reading, time) and time.days >= LONG_AGO:
        mention.past |= is_condition(reading, mention) or _was(reading, mention)


def _is_stretch(reading: Reading, mention: Mention, time: TimeSpan) -> bool:
    """Whether a sentence says in so many words how long its finding has lasted.

    A day of the week or a mere number of weeks does not ("Friday it jerked", "32 weeks, a jerk"),
    nor does what was then ("two weeks ago he had a fit").
    """
    sentence = reading.sentence_of(mention.start)
    if sentence != reading.sentence_of(time.start):
        return False
    if time.kind == "ago":
        begun = reading.told("onset-verb", within=sentence)
        return bool(begun) or tense_of(reading, mention.start) != "past"
    before = max(sentence[0], time.start - _NEAR)  # "for like three weeks"
    led = reading.told(*_LEADS, within=(before, time.end))
    return time.kind == "for" and (bool(led) or reading.norm(time.end) == "of")


# -- what a time can be told of


def _is_sign(reading: Reading, mention: Mention) -> bool:
    """Whether it is a sign, no mere circumstance: a time of "covid in March" is of that alone."""
    kinds = reading.words.view.concepts[mention.id].kinds
    return reading.is_effect(mention) and not _SIGNS.isdisjoint(kinds)


def _was(reading: Reading, mention: Mention) -> bool:
    """Whether the clause of a finding tells of the past alone ("had … years ago")."""
    first, last = reading.sentence_of(mention.start)
    clause = reading.segment[mention.start]
    begun = reading.told("onset-verb", within=(first, last))
    over = reading.told("past-verb", within=(first, mention.end))
    told = any(reading.segment[h.start] == clause for h in over)
    told = told or (reading.is_effect(mention) and tense_of(reading, mention.start) == "past")
    told = told and tense_of(reading, mention.start) != "present"  # "I've had it from then on"
    return told and not any(reading.segment[h.start] == clause for h in begun)
