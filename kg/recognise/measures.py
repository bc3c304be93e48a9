"""Measured values: the quantity, the number, the unit, and how it stands to the usual range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from kg.recognise.amounts import Implied
from kg.recognise.case import Amount, Measure
from kg.recognise.cues import Hit
from kg.recognise.nearby import is_written_so, sentence_of
from kg.recognise.numbers import Number
from kg.recognise.reading import Reading
from kg.recognise.tokens import words_of
from kg.view import Cue

__all__ = ["Measured", "find_measures"]

_MAX_GAP = 4  # words between the quantity and the number
_LIKELY = 8.0  # a number without a unit that is so many times off the usual is no such value


class Measured(NamedTuple):
    """The measures of a text, what they imply, and where their numbers start."""

    measures: tuple[Measure, ...]
    implied: list[Implied]
    numbers: frozenset[int]


def find_measures(reading: Reading, numbers: Mapping[int, Number]) -> Measured:
    """Read the values that the text tells; their words are marked as understood."""
    rows: dict[str, list[Cue]] = {}
    for cue in reading.words.cues.by_category.get("measure-range", ()):
        rows.setdefault(cue.properties["ft:cue-concept"], []).append(cue)
    found: list[Measure] = []
    implied: list[Implied] = []
    used: set[int] = set()
    for hit in reading.hits["measure"]:
        if not is_written_so(reading, hit) or any(p in used for p in range(hit.start, hit.end)):
            continue
        properties = hit.cues[0].properties
        number = _number(reading, numbers, hit)
        if number is not None and number.start not in used:
            end = _value(reading, hit, number, rows, properties["ft:cue-concept"], found, implied)
            if end is not None:
                used.update(range(number.start, end))
                second = properties.get("ft:cue-second")
                if second is not None:
                    _second(reading, numbers, number, second, rows, found, implied, used)
                continue
        _in_words(reading, hit, properties["ft:cue-concept"], rows, found, implied)
    return Measured(tuple(found), implied, frozenset(used))


def _number(reading: Reading, numbers: Mapping[int, Number], hit: Hit) -> Number | None:
    sentence = sentence_of(reading, hit.start)
    for place in range(hit.end, min(hit.end + _MAX_GAP + 1, sentence[1])):
        number = numbers.get(place)
        if number is not None and reading.tokens[place].kind == "number":
            return number
        token = reading.tokens[place]
        if token.norm in (",", ".", ";", "\n") or reading.is_content(place):
            return None
    return None


def _value(
    reading: Reading,
    hit: Hit,
    number: Number,
    rows: Mapping[str, list[Cue]],
    concept: str,
    found: list[Measure],
    implied: list[Implied],
) -> int | None:
    row, end = _row(reading, number, rows.get(concept, []))
    if row is None and (rows.get(concept) or _dosed(reading, number)):
        return None
    if end == number.end and _dosed(reading, number):
        return None
    _keep(reading, row, concept, number, hit.start, end, found, implied)
    return end


def _dosed(reading: Reading, number: Number) -> bool:
    """Whether a unit of doses or of time stands behind a number: then it measures nothing."""
    place = number.end
    if place >= len(reading.tokens):
        return False
    if any(h.start == place for h in reading.hits["dose"]):
        return True
    unit = reading.words.cues.layers["time"].longest(reading.tokens, place)
    return unit is not None and any(c.category == "ft:time-unit" for c in unit[1])


def _row(reading: Reading, number: Number, rows: list[Cue]) -> tuple[Cue | None, int]:
    """The row of the unit that is written, else of the unit in which the number is likeliest."""
    best: tuple[int, Cue] | None = None
    for row in rows:
        words = words_of(row.text)
        end = number.end + len(words)
        if [t.norm for t in reading.tokens[number.end : end]] == words and (
            best is None or end > best[0]
        ):
            best = end, row
    if best is not None:
        return best[1], best[0]
    if number.value <= 0:
        return None, number.end
    apart = [(abs(math.log(number.value / _middle(row))), row.id, row) for row in rows]
    likely = [item for item in apart if item[0] <= math.log(_LIKELY)]
    return (min(likely, key=lambda i: i[:2])[2] if likely else None), number.end


def _middle(row: Cue) -> float:
    return (float(row.properties["ft:cue-low"]) + float(row.properties["ft:cue-high"])) / 2


def _keep(
    reading: Reading,
    row: Cue | None,
    concept: str,
    number: Number,
    start: int,
    end: int,
    found: list[Measure],
    implied: list[Implied],
) -> None:
    span = reading.span(start, end)
    unit = None if row is None else row.properties["ft:cue-unit"]
    stand = "unknown"
    if row is not None:
        low, high = float(row.properties["ft:cue-low"]), float(row.properties["ft:cue-high"])
        stand = "low" if number.value < low else "high" if number.value > high else "normal"
    found.append(Measure(concept, number.value, unit, stand, span))
    reading.covered.update(range(start, end))
    if row is not None:
        amount = Amount(number.value, unit or "", reading.text[span[0] : span[1]], "above")
        _imply(row, stand, amount, start, end, implied)


def _imply(
    row: Cue, stand: str, amount: Amount, start: int, end: int, implied: list[Implied]
) -> None:
    for name, when in (("ft:cue-below-implies", "low"), ("ft:cue-above-implies", "high")):
        concept = row.properties.get(name)
        if concept is not None:
            relation = "below" if stand == "low" else "above" if stand == "high" else "at"
            told = Amount(amount.value, amount.unit, amount.text, relation)
            implied.append(Implied(concept, stand == when, start, end, told))


def _second(
    reading: Reading,
    numbers: Mapping[int, Number],
    number: Number,
    concept: str,
    rows: Mapping[str, list[Cue]],
    found: list[Measure],
    implied: list[Implied],
    used: set[int],
) -> None:
    """The second number of a pair: "150/90", "150 over 90"."""
    place = number.end
    if place >= len(reading.tokens) or reading.tokens[place].norm not in ("/", "over"):
        return
    other = numbers.get(place + 1)
    if other is None:
        return
    row, end = _row(reading, other, rows.get(concept, []))
    _keep(reading, row, concept, other, other.start, end, found, implied)
    reading.covered.add(place)
    used.update(range(number.start, end))


def _in_words(
    reading: Reading,
    hit: Hit,
    concept: str,
    rows: Mapping[str, list[Cue]],
    found: list[Measure],
    implied: list[Implied],
) -> None:
    """A quantity that is said to be low, normal or high, without a number."""
    sentence = sentence_of(reading, hit.start)
    levels = list(reading.hits_inside("level", sentence))
    word = next((w for w in levels if _said_of(reading, hit, w)), None)
    if word is None:
        return
    stand = word.cues[0].properties["ft:cue-range"]
    start, end = min(hit.start, word.start), max(hit.end, word.end)
    if any(o is not None and o.kind == "finding" for o in reading.owner[start:end]):
        return  # a name of the graph says so already
    found.append(Measure(concept, None, None, stand, reading.span(start, end)))
    reading.covered.update(range(hit.start, hit.end))
    reading.covered.update(range(word.start, word.end))
    own = rows.get(concept, [])
    if own:
        first, last = reading.span(start, end)
        amount = Amount(0.0, "", reading.text[first:last])
        _imply(own[0], stand, amount, start, end, implied)


def _said_of(reading: Reading, hit: Hit, word: Hit) -> bool:
    if word.end <= hit.start:
        between = range(word.end, hit.start)
        return hit.start - word.end <= 1 and not any(reading.is_content(i) for i in between)
    between = range(hit.end, word.start)
    if len(between) > _MAX_GAP + 1:
        return False
    measures = {h.start for h in reading.hits["measure"]}
    scopes = (h for h in map(reading.at.get, between) if h is not None)
    return not any("negation" in h.categories for h in scopes) and not any(
        (reading.is_content(i) and i not in measures) or reading.tokens[i].norm in ".;"
        for i in between
    )
