"""What somebody does not, or cannot, do any more and nothing reads: asked about, never passed over.

"Does not hear", "can't grip": a doing of the body that is denied, with nothing told of what else
it would be done to ("don't hear the alarm", "can't see why", "you can't see it"). What is new since
some hours or days, denies something of the body and tells nothing that is read is asked about too.
"""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS
from kg.recognise.reading import Reading

_SINCE = ("ago", "point")  # kinds of times that tell when something began
_NEW = 3.0  # days since when it is new
_LEAD = 2  # words between a denial and what is denied
_THOUGHT = ("hypothetical", "asking-word", "question-opener")
_OBJECTS = ("pronoun-self", "pronoun-third", "possessive")


def find_lost(reading: Reading) -> None:
    """Add to the puzzles of a reading what is told to be lost and was not read."""
    _find_new(reading)
    for hit in reading.hits["doing"]:
        denial = _denial(reading, hit)
        if denial is None or any(m.start <= hit.start < m.end for m in reading.mentions):
            continue
        first = reading.sentence_of(hit.start)[0]
        thought = reading.told(*_THOUGHT, within=(first, hit.start))
        if not thought and _is_of_somebody(reading, denial) and _is_all(reading, hit):
            reading.puzzles.append(range(denial.start, hit.end))


def _find_new(reading: Reading) -> None:
    """Ask about sentences that tell of something new: "I can rarely find a word since noon"."""
    bodily = sorted(
        [h.start for name in ("doing", "predicate", "bodily") for h in reading.hits[name]]
        + [m.start for m in (*reading.functions, *reading.mentions) if m.kind != "finding"]
    )
    for first, last in reading.sentences:
        times = [t for t in reading.times if first <= t.start < last and t.kind in _SINCE]
        told = [m for m in reading.inside((first, last)) if m.kind == "finding" and not m.dropped]
        told = [m for m in told if not reading.words.is_pattern(m) and not m.denied]
        if not times or min(t.days for t in times) > _NEW or told:
            continue
        denied = reading.denies(range(first, last)) or reading.told(
            "inability", within=(first, last)
        )
        halved = any(reading.is_word(i, "by-halves") for i in range(first, last))
        if (denied or halved) and any(first <= place < last for place in bodily):
            patterns = filter(reading.words.is_pattern, reading.inside((first, last)))
            end = min([*(t.start for t in times), *(m.start for m in patterns)])
            reading.puzzles.append(range(first, end) or range(first, last))


def _denial(reading: Reading, doing: Hit) -> Hit | None:
    """The denial right before a doing."""
    before = (doing.start - _LEAD - 1, doing.start)
    said = [*reading.told("negation", within=before), *reading.told("inability", within=before)]
    for hit in sorted(said, key=lambda h: h.end, reverse=True):
        between = range(hit.end, doing.start)
        if hit.end <= doing.start and not any(
            reading.is_content(i) or reading.is_mark(i) for i in between
        ):
            return hit
    return None


def _is_of_somebody(reading: Reading, denial: Hit) -> bool:
    """Whether a person, or a part of one, does not do it: no twitch and no "it"."""
    before = denial.start - 1
    while before >= 0 and (reading.is_filler(before) or reading.is_joint(before)):
        before -= 1
    owner = reading.owner[before] if before >= 0 else None
    if owner is not None and owner.kind == "finding":
        return reading.is_joint(denial.start - 1)
    return not reading.is_word(before, "pronoun-thing")


def _is_all(reading: Reading, doing: Hit) -> bool:
    """Whether nothing behind a doing tells that it is something else that is not done."""
    after = doing.end
    while after < len(reading.tokens) and (
        reading.is_small(after) or reading.is_word(after, "place-preposition")
    ) and not reading.is_word(after, *_OBJECTS):  # fmt: skip
        after += 1
    if reading.is_mark(after) or reading.is_joint(after) or reading.is_word(after, *_OBJECTS):
        return True
    owner = reading.owner[after]
    return (owner is not None and owner.kind in PARTS) or reading.is_cue(after, "ended-after")
