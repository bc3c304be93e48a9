"""Medicines: which ones, and whether they are taken, were begun, raised, cut down or stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.recognise.case import Measure, Medicine
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.nearby import (
    is_asked,
    is_denied,
    is_only_planned,
    is_other,
    sentence_of,
    told_time,
)
from kg.recognise.reading import Reading
from kg.recognise.times import Number, TimeSpan

__all__ = ["add_medicines", "find_medicines"]

_ROLE = "ft:medicine-kind"
_REPORTABLE = "ft:reportable"
_BEFORE = 7  # words between what is said and the medicine that it is said of
_BEHIND = 5
_PLAIN = "taking"
_STOPPED = "stopped"
_SHORTEST = 4  # letters of a word that may be the name of a medicine
_FUZZY = 6  # letters from which a name may be misspelt
_LONG = 9  # letters from which it may be misspelt twice


def add_medicines(reading: Reading) -> None:
    """Add the medicines whose class can be reported as findings, where no name found them."""
    concepts = reading.words.view.concepts
    added = False
    for hit in reading.hits["medicine"]:
        concept = concepts.get(hit.cues[0].properties.get("ft:cue-concept", ""))
        inside = range(hit.start, hit.end)
        if concept is None or _REPORTABLE not in concept.roles:
            continue
        if any(reading.owner[place] is not None or place in reading.at for place in inside):
            continue
        mention = Mention(hit.start, hit.end, "finding", concept.id)
        reading.mentions.append(mention)
        reading.owner[hit.start : hit.end] = [mention] * (hit.end - hit.start)
        added = True
    if added:
        reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def find_medicines(
    reading: Reading,
    spans: Sequence[TimeSpan],
    numbers: Mapping[int, Number],
    measures: Sequence[Measure],
    asked: tuple[frozenset[int], frozenset[int]],
    case: str,
) -> tuple[Medicine, ...]:
    """The medicines that the person of the case takes or took, in order, each once.

    `asked` holds the places of words that only ask: whether something would help, and whether
    to stop what is taken.
    """
    helps, stops = asked
    named = [(h.start, h.end, h.cues[0].properties["ft:cue-concept"], False)
             for h in reading.hits["medicine"]]  # fmt: skip
    taken = {place for start, end, *_ in named for place in range(start, end)}
    for mention in reading.mentions:
        concept = reading.words.concept(mention)
        inside = range(mention.start, mention.end)
        if concept is not None and _ROLE in concept.roles and taken.isdisjoint(inside):
            named.append((mention.start, mention.end, mention.id, True))
            taken.update(inside)
    for start, end in _unknown(reading, numbers, taken):
        named.append((start, end, "", True))
    found: dict[str, Medicine] = {}
    places = sorted(named)
    starts = {start for start, *_ in places}
    for start, end, concept_id, general in places:
        change = _change(reading, start, end, starts, stops)
        if general and concept_id and change is None:
            continue
        if start in helps or _passed_over(reading, start, end, change, case):
            continue
        first, last = reading.span(start, end)
        if any(m.span[0] < last and first < m.span[1] for m in measures):
            continue  # "vitamin D was low"
        name = reading.text[first:last]
        known = concept_id or _nearest(reading, name)
        told = told_time(reading, change[1] if change else start, end, spans, "event")
        if told is None and change is not None:
            told = told_time(reading, start, max(end, change[2]), spans, "event")
        days = None if told is None or (told.kind == "date" and told.vague) else told.days
        medicine = Medicine(name, known, change[0] if change else _PLAIN, (first, last), days)
        reading.covered.update(range(start, end))
        if change is not None:
            reading.covered.update(range(change[1], change[2]))
        _cover_dose(reading, numbers, start, end)
        earlier = found.get(name.lower())
        if earlier is None or (earlier.change == _PLAIN and medicine.change != _PLAIN):
            found[name.lower()] = medicine
    return tuple(sorted(found.values(), key=lambda m: m.span))


Change = tuple[str, int, int]


def _change(
    reading: Reading, start: int, end: int, starts: set[int], stops: frozenset[int]
) -> Change | None:
    """What is said of the medicine, and where: the nearest words that say more than "taking"."""
    sentence = sentence_of(reading, start)
    clauses = {h.start for h in reading.hits["clause"]}
    near: list[tuple[bool, int, Change]] = []
    for hit in reading.hits_inside("intake", sentence):
        change = hit.cues[0].properties.get("ft:cue-change", _PLAIN)
        plain = change == _PLAIN
        if hit.start in stops:
            continue
        if hit.end <= start:
            gap = start - hit.end
            between = range(hit.end, start)
            far = gap > _BEFORE + 4 * any(i in starts for i in between)
        elif hit.start >= end and hit.cues[0].properties.get("ft:cue-span") == "sentence":
            # "My dose was increased": of the medicine that was named last.
            gap = hit.start - end + 1
            if any(end <= place < hit.start for place in starts):
                continue
            near.append((plain, gap, (change, hit.start, hit.end)))
            continue
        elif hit.start >= end and not plain:
            gap = hit.start - end + 1
            between = range(end, hit.start)
            far = gap > _BEHIND or any(i in starts for i in between)
            far = far or any(reading.is_cue(i, "conjunction", "alternative") for i in between)
            far = far or _takes_other(reading, hit, starts, sentence)
        else:
            continue
        if far or any(place in clauses for place in between):
            continue
        if any(_is_subject(reading, place) for place in between):
            continue
        near.append((plain, gap, (change, hit.start, hit.end)))
    return min(near)[2] if near else None


def _takes_other(reading: Reading, hit: Hit, starts: set[int], sentence: tuple[int, int]) -> bool:
    """Whether words behind a medicine are said of another one that follows them."""
    return any(place in starts for place in range(hit.end, min(hit.end + 3, sentence[1])))


def _is_subject(reading: Reading, place: int) -> bool:
    mention = reading.owner[place]
    return mention is not None and reading.words.is_effect(mention)


def _passed_over(reading: Reading, start: int, end: int, change: Change | None, case: str) -> bool:
    """Whether the text does not say that the person took it."""
    if is_other(reading, start, case) or is_only_planned(reading, start):
        return True
    stopped = change is not None and change[0] == _STOPPED
    if is_denied(reading, start, end) and not stopped:
        return True
    if change is not None and change[0] == _PLAIN and is_denied(reading, change[1], change[2]):
        return True
    return is_asked(reading, start)


def _unknown(
    reading: Reading, numbers: Mapping[int, Number], taken: set[int]
) -> Iterable[tuple[int, int]]:
    """Words that stand where the name of a medicine stands."""
    doses = {h.start: h for h in reading.hits["dose"]}
    found: set[int] = set()
    for number in numbers.values():
        dose = doses.get(number.end)
        if dose is None:
            continue
        after = dose.end
        while after < len(reading.tokens) and reading.tokens[after].norm in ("of", "a", "-"):
            after += 1
        before = number.start - 1
        around = {before, before - 1, after}
        if around & taken:
            continue
        for place in (after, before):
            if _may_be_name(reading, place) and place not in taken:
                found.add(place)
                break
    for hit in reading.hits["intake"]:
        if hit.end - hit.start < 2 and not reading.tokens[hit.start].norm.startswith("prescri"):
            continue
        place = hit.end
        while place < len(reading.tokens) and reading.is_filler(place):
            place += 1
        if place not in taken and _may_be_name(reading, place):
            found.add(place)
    return [(place, place + 1) for place in sorted(found)]


def _may_be_name(reading: Reading, place: int) -> bool:
    if not 0 <= place < len(reading.tokens) or not reading.is_content(place):
        return False
    token = reading.tokens[place]
    words = reading.words
    if token.kind != "word" or len(token.norm) < _SHORTEST or place in reading.covered:
        return False
    if token.norm in words.cues.known or token.stem in words.cues.known:
        return False
    return not words.lexicon.senses((token.stem,)) and not words.lexicon.is_ordinary(token.norm)


def _nearest(reading: Reading, name: str) -> str | None:
    """The class of the medicine whose name is misspelt; None where none is near."""
    word = name.lower()
    if len(word) < _FUZZY:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = {
        cue.text.lower(): cue.properties["ft:cue-concept"]
        for cue in reading.words.cues.by_category.get("medicine-name", ())
        if len(cue.text) >= _FUZZY and cue.text[:1] == word[:1]
    }
    most = 1 if len(word) < _LONG else 2
    near = process.extractOne(word, sorted(names), scorer=OSA.distance, score_cutoff=most)
    return None if near is None else names[near[0]]


def _cover_dose(reading: Reading, numbers: Mapping[int, Number], start: int, end: int) -> None:
    doses = {h.start: h for h in reading.hits["dose"]}
    for number in numbers.values():
        if not (0 <= number.start - end <= 2 or 0 <= start - number.end <= 4):
            continue
        dose = doses.get(number.end)
        last = number.end if dose is None else dose.end
        if dose is not None or number.start == end:
            reading.covered.update(range(number.start, last))
