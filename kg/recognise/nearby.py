"""What the words around a place say of it: denied, asked, planned, or somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.recognise.cues import Hit
from kg.recognise.reading import SELF, Reading, Span

_FAR = 8  # words over which a denial reaches what is no item of its list
_AFTER = 3  # words between a thing and a denial behind it
_TREATMENT = frozenset({"remedy"})
_MEDICINE = "ft:medicine-kind"
_PAST, _NO_PAST = "ed", "eed"  # how a verb of the past ends, and "need" does
_SHORTEST = 5  # letters of such a verb
_PLANNED = 2  # words between "offered" and what was offered
_UNIT = 2  # words between a denial and the stretch of time that it counts: "not a single day"
_LACK = "without"
_HALVES = 4  # words beside what is well, that tell that only half of it is
_KNOWS = ("know", "remember", "recall", "recognise", "recognize")
_BEHIND = 8  # words between what is denied and what presumes it all the same
_BOOKED = 6  # words between an event and "is booked"


def is_written_so(reading: Reading, hit: Hit) -> bool:
    """False for an abbreviation that is a common word unless it is written in capitals."""
    capitals, written = hit.get("capitals"), reading.written(hit.start, hit.end)
    return written.isupper() if capitals == "all" else not capitals or written != written.lower()


def is_denied(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` is denied."""
    for hit in reading.told("negation", "negation-after", within=reading.sentence_of(start)):
        if "pseudo-negation" in hit.categories:
            continue
        if "negation" in hit.categories and hit.end <= start and _reaches(reading, hit, start):
            return True
        if "negation-after" in hit.categories and 0 <= hit.start - end <= _AFTER and not any(
            reading.is_content(i) or reading.norm(i) in ".;!?\n" for i in range(end, hit.start)
        ):  # fmt: skip
            return True
    return False


def _reaches(reading: Reading, hit: Hit, start: int) -> bool:
    """Whether a denial reaches a place; over a comma only in a list that ends in an "or"."""
    clauses = {h.start for h in reading.hits["clause"]}
    intakes = {h.start for h in reading.hits["intake"]}
    listed = reading.told("alternative", within=(hit.end, reading.sentence_of(start)[1]))
    far, comma = 0, False
    for place in range(hit.end, start):
        norm = reading.norm(place)
        own = norm != "my" and reading.is_word(place, "pronoun-self")
        if own or place in clauses or reading.is_word(place, "pronoun-third") or norm in ":;(":
            return False
        if reading.is_cue(place, "termination", "negation-termination"):
            return False
        if norm == "," and not listed:
            return False
        comma = comma or norm == ","
        if comma and place in intakes:
            return False
        far += reading.is_content(place) and not comma
    return far <= _FAR


def is_of_one_side(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands somewhere holds on one side alone: "straight only on the left"."""
    near = [
        i
        for i in (*range(start - _HALVES, start), *range(end, end + _HALVES))
        if 0 <= i < len(reading.tokens) and reading.segment[i] == reading.segment[start]
    ]
    sides = reading.taken("side")
    one = any(i in sides or reading.is_word(i, "one-of-two") for i in near)
    return one and any(reading.is_word(i, "by-halves") for i in near)


def is_asked(reading: Reading, start: int) -> bool:
    """Whether what stands at `start` is asked about, feared or only imagined."""
    return any(
        hit.end <= start
        and not any(reading.is_cue(place, "termination") for place in range(hit.end, start))
        for hit in reading.told("asking-word", "hypothetical", within=reading.sentence_of(start))
    )


def is_floated(reading: Reading, start: int, end: int) -> bool:
    """Whether a question of no person brings up what stands there: "Botox?", "Give steroids?"."""
    first, last = reading.sentence_of(start)
    return reading.ends_with((first, last), "?") and not (
        any(reading.is_word(i, "pronoun-self", "pronoun-third") for i in range(first, start))
        or any(reading.norm(i) in ",:;-" for i in range(end, last))
    )


def is_of_medicine(reading: Reading, start: int, end: int) -> bool:
    """Whether words tell only what a medicine is for: "seizure tablets", "migraine meds"."""
    behind = reading.owner[end] if end < len(reading.tokens) else None
    named = behind is not None and behind.start == end
    return any(h.start <= start and end < h.end for h in reading.hits["medicine"]) or (
        named and behind is not None and _MEDICINE in reading.words.roles(behind)
    )


def is_only_planned(reading: Reading, start: int, said: range = range(0)) -> bool:
    """Whether what stands at `start` was only offered, planned or wished for.

    What is `said` of it in other words counts for nothing: "haven't had my tablets" for days.
    """
    for hit in reading.hits_inside("not-yet", reading.sentence_of(start)):
        if hit.start in said:
            continue
        between, reach = range(hit.end, start), _PLANNED
        if hit.get("span") == "behind":
            between, reach = range(start + 1, hit.start), _BOOKED  # "the op is booked"
        near = between.start <= between.stop and len(between) <= reach
        if near and not any(reading.norm(i) in ",.:;" for i in between):
            return True
    return False


def is_other(reading: Reading, start: int) -> bool:
    """Whether what stands at `start` is said of somebody who is not the person of the case."""
    first, last = reading.sentence_of(start)
    if any(h.end <= start for h in reading.told("family", within=(first, last))):
        return True
    people = {h.end - 1: h for h in reading.told("person")}
    third = ""
    for place in range(start - 1, first - 1, -1):
        hit = people.get(place)
        owner = reading.owner[place]
        if hit is not None and (owner is None or hit.start - owner.start in (0, 1)):
            # "My husband says I …" is caught by the pronoun; "Dad gave me …" tells of the writer.
            told = any(reading.is_word(i, "pronoun-self") for i in range(hit.end, start))
            return not told and reading.tokens[place].stem != reading.case
        if reading.norm(place) == "i" and reading.norm(place + 1) in _KNOWS:
            continue  # "the only one I know by name is Coumadin" is not of the writer
        if not third and reading.is_word(place, "pronoun-self"):
            return reading.case != SELF and reading.norm(place) == "i"
        third = third or reading.norm(place) * reading.is_word(place, "pronoun-third")
    # "He takes …": the one who was named last, if it can be.
    gender = reading.words.genders.get(third)
    named = (h.get("gender") for h in people.values() if h.start < first)
    return bool(third) and reading.case == SELF and any(n in ("", gender or n) for n in named)


def is_treatment_over(reading: Reading, place: int) -> bool:
    """Whether what is over at a place is the effect of a treatment: "Botox wore off"."""
    sentence = reading.sentence_of(place)
    over = (h for h in reading.told("effect-over", within=sentence) if place in h.extent)
    before = (sentence[0], place)
    return any(over) and (
        any(reading.hits_inside(name, before) for name in ("medicine", "event"))
        or bool(reading.words.lexicon.find(reading.tokens, *before, _TREATMENT))
    )


def is_presumed(reading: Reading, denial: Hit, start: int, end: int) -> bool:
    """Whether what a denial reaches is there all the same, by what is said behind it.

    "It wasn't numb until today", "it isn't the droop that worries me", "never had one like this",
    "never had such a headache".
    """
    never = any(reading.norm(i) == "never" for i in denial.extent)
    within = reading.told("presumed-within", within=(denial.end, end)) if never else []
    if any(not any(map(reading.is_mark, range(h.end, start))) for h in within):
        return True
    for hit in reading.hits_inside("presumed", (end, min(end + _BEHIND, len(reading.tokens)))):
        if any(reading.is_mark(i) for i in range(end, hit.start)) or hit.end <= end:
            return False
        owned = reading.norm(start - 1) == "the" or reading.is_word(start - 1, "possessive")
        return (
            "presumed" in hit.categories
            or ("presumed-never" in hit.categories and never)
            or ("presumed-definite" in hit.categories and owned)
        )
    return False


def tense_of(reading: Reading, place: int) -> str | None:
    """Whether the verbs of a clause tell of now ("present") or of then ("past"); None: no verb."""
    clause = reading.segment[place]
    places = [i for i in range(*reading.sentence_of(place)) if reading.segment[i] == clause]
    span = places[0], places[-1] + 1
    if reading.told("present-verb", within=span) or reading.hits_inside("turn", span):
        return "present"
    past = bool(reading.told("past-verb", within=span))
    return "past" if past or any(_is_past_form(reading, i) for i in places[1:]) else None


def _is_past_form(reading: Reading, place: int) -> bool:
    """Whether a word of a clause tells in the past what its subject did: "my lid drooped".

    "Tired", "my bruised cheek", "feels numbed" and "in bed" tell of no time.
    """
    norm, before = reading.norm(place), place - 1
    if len(norm) < _SHORTEST or not norm.endswith(_PAST) or norm.endswith(_NO_PAST):
        return False
    while reading.is_filler(before) and not reading.is_word(before, "determiner"):
        before -= 1
    beside = reading.is_word(before, "determiner", "possessive", "degree", "place-preposition")
    linked = any(h.end == before + 1 for h in reading.hits["link"])
    return not (beside or linked or reading.is_mark(before))


def twice_denied(reading: Reading, sentence: Span, negations: list[Hit]) -> Iterator[int]:
    """Where two denials stand that make none: "can't say I haven't got a droop".

    "There's not a day that it doesn't twitch", "not an hour without a spasm" and "never eats
    without choking" are two as well.
    """
    said = {h.start for h in reading.told("reporting-verb", within=sentence)}
    for first, second in pairwise(negations):
        over = range(first.start, second.start)
        says = not said.isdisjoint(range(first.start, first.end + 1))
        units = reading.told("time-unit", within=(first.end, first.end + _UNIT))
        same = len({reading.segment[i] for i in (*over, second.start)}) == 1
        if (units and not any(reading.is_mark(i) for i in over)) or (
            same and reading.norm(second.start) == _LACK
        ):
            yield from (first.start, second.start)
        if says and same:
            yield from (first.start, second.start)
