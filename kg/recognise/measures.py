"""Measured values: the quantity, the number, the unit, and how it stands to the usual range."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kg.recognise.case import Amount, Measure
from kg.recognise.cues import Hit
from kg.recognise.mentions import Implied, Number
from kg.recognise.nearby import is_written_so
from kg.recognise.reading import Reading, Span
from kg.recognise.tokens import words_of
from kg.view import Cue

_MAX_GAP = 4  # words between the quantity and the number
_LIKELY = 10.0  # a number without a unit that is so many times off the usual is no such value
_ALIKE = 0.5  # logarithms: units whose usual values are about as far off
_CLOSE = 2.2  # a bare pair of numbers that is so many times off the usual is no such pair
_RELATIONS = {"low": "below", "high": "above"}


def find_measures(reading: Reading) -> None:
    """Read the values that the text tells; their words are understood, their numbers used up."""
    for hit in reading.hits["measure"]:
        if is_written_so(reading, hit) and not _with_number(reading, hit):
            _in_words(reading, hit)
    _read_pairs(reading)
    _read_bare(reading)


# -- numbers that nobody names


def _read_pairs(reading: Reading) -> None:
    """Read two numbers that can only be one quantity with its second: "this morning 190/105"."""
    for cue in {c.properties["ft:cue-concept"]: c for c in _paired(reading)}.values():
        pair = [_rows(reading, cue.properties[f"ft:cue-{end}"]) for end in ("concept", "second")]
        for number in list(reading.numbers.values()):
            second = reading.numbers.get(number.end + 1)
            if second is None or reading.norm(number.end) not in ("/", "over"):
                continue
            values = (number.value, second.value)
            if (
                values[0] > values[1]
                and all(map(_is_close, values, pair))
                and not (_is_dosed(reading, second) or reading.owner[number.start])
            ):
                names = (cue.properties[f"ft:cue-{end}"] for end in ("concept", "second"))
                for concept, rows, value in zip(names, pair, (number, second), strict=True):
                    meant, end = _row(reading, value, rows)
                    _keep(reading, next(iter(meant), None), concept, value, value.start, end)
                    reading.numbers.pop(value.start, None)
                reading.covered.add(number.end)


def _paired(reading: Reading) -> list[Cue]:
    names = reading.words.cues.by_category.get("measure-name", ())
    return [cue for cue in names if "ft:cue-second" in cue.properties]


def _is_close(value: float, rows: Sequence[Cue]) -> bool:
    middles = (sum(_range(row)) / 2 for row in rows)
    return value % 1 == 0 and any(m / _CLOSE <= value <= m * _CLOSE for m in middles)


def _read_bare(reading: Reading) -> None:
    """Read the numbers that can only be one quantity, by unit or lead: "39.8 C", "he's 39.2"."""
    rows = reading.words.cues.by_category.get("measure-range", ())
    for row in (r for r in rows if "ft:cue-bare-low" in r.properties):
        low, high = (float(row.properties[f"ft:cue-bare-{end}"]) for end in ("low", "high"))
        for number in [n for n in reading.numbers.values() if low <= n.value <= high]:
            end = _bare_end(reading, row, number)
            if end is not None:
                _keep(reading, row, row.properties["ft:cue-concept"], number, number.start, end)
                reading.numbers.pop(number.start)


def _bare_end(reading: Reading, row: Cue, number: Number) -> int | None:
    """Where a value ends that stands without a name; None where it may be anything."""
    concept = row.properties["ft:cue-concept"]
    sentence = reading.sentence_of(number.start)
    elsewhere = reading.hits_inside("reading-off", sentence)
    if (
        any("measure-elsewhere" in hit.categories for hit in elsewhere)
        or reading.owner[number.start]
    ):
        return None
    written, end = _row(reading, number, [row])
    leads = [h for h in elsewhere if h.end == number.start and h.get("concept") == concept]
    whole = number.value % 1 == 0
    if written and end > number.end:
        # "It was 40 degrees in Seville"
        weather = whole and any(reading.is_word(h.start - 1, "pronoun-thing") for h in leads)
        return None if weather else end
    named = any(h.get("concept") == concept for h in reading.hits_inside("measure", sentence))
    said = (named and not whole) or any(
        (not whole or h.get("range")) and _of_person(reading, h) for h in leads
    )
    if not said and (whole or not _stands_alone(reading, number)):
        return None
    last = number.end >= len(reading.tokens) or number.end >= sentence[1]
    counted = _is_dosed(reading, number) or any(
        hit.start == number.end for hit in reading.hits["amount"]
    )
    if not last and (counted or reading.is_content(number.end)):
        own = reading.owner[number.end]
        return None if counted or own is None else number.end
    return number.end


def _stands_alone(reading: Reading, number: Number) -> bool:
    """Whether a number is all that stands between two marks, in a list of findings."""
    around = (number.start - 1, number.end)
    ends = (",;", (",", ";", "and"))  # the last of a list too: "two mummies, 39.2 and floppy"
    marked = all(
        place < len(reading.tokens) and reading.norm(place) in end
        for place, end in zip(around, ends, strict=True)
    )
    beside = (place in reading.numbers for place in (number.start - 2, number.end + 1))
    return marked and not any(beside)


def _of_person(reading: Reading, lead: Hit) -> bool:
    """Whether nothing but a person stands before a lead: "size is 39.5" is of the size."""
    before = lead.start - 1
    if before < 0 or not reading.is_content(before):
        return True
    people = (h for layer in ("person", "relation") for h in reading.hits[layer])
    pronoun = reading.is_word(before, "pronoun-self", "pronoun-third")
    return pronoun or any(h.end == lead.start for h in people)


def _rows(reading: Reading, concept: str) -> list[Cue]:
    """The units of a quantity, each with its usual range."""
    rows = reading.words.cues.by_category.get("measure-range", ())
    return [row for row in rows if row.properties["ft:cue-concept"] == concept]


# -- with a number


def _with_number(reading: Reading, hit: Hit) -> bool:
    """Read a quantity with its number, and the second one of a pair: "150/90", "150 over 90"."""
    number = _number(reading, hit)
    rows = _rows(reading, hit.get("concept"))
    meant, end = _row(reading, number, rows) if number is not None else ([], 0)
    known = bool(meant) or not rows
    if number is None or not known or (end == number.end and _is_dosed(reading, number)):
        return False
    either: Sequence[Cue | None] = meant or (None,)
    for row in either:
        _keep(reading, row, hit.get("concept"), number, hit.start, end)
    other = reading.numbers.get(number.end + 1)
    if hit.get("second") and other is not None and reading.norm(number.end) in ("/", "over"):
        meant, end = _row(reading, other, _rows(reading, hit.get("second")))
        _keep(reading, next(iter(meant), None), hit.get("second"), other, other.start, end)
        reading.covered.add(number.end)
    for place in range(number.start, end):
        reading.numbers.pop(place, None)
    return True


def _number(reading: Reading, hit: Hit) -> Number | None:
    """The number right behind a quantity, small words aside; of a pair, others too."""
    far = False
    last = min(hit.end + _MAX_GAP + 1, reading.sentence_of(hit.start)[1])
    for place in range(hit.end, last):
        number = reading.numbers.get(place)
        if number is not None and (reading.tokens[place].kind == "number" or number.value % 1):
            paired = hit.get("second") and reading.norm(number.end) in ("/", "over")
            return None if far and not paired else number
        if reading.norm(place) in ",.;\n":
            return None
        far |= reading.is_content(place)
    return None


def _is_dosed(reading: Reading, number: Number) -> bool:
    """Whether a unit of doses or of time stands behind a number: then it measures nothing."""
    if any(hit.start == number.end for hit in reading.hits["dose"]):
        return True
    unit = reading.longest("time", number.end)
    return unit is not None and unit.cue("time-unit") is not None


def _row(reading: Reading, number: Number, rows: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The row of the unit that is written, else of the unit in which the number is likeliest.

    What is far too low in one unit and about as far too high in another ("sugar 24") may be either.
    """
    units = [(words_of(row.text), row) for row in rows]
    behind = [token.norm for token in reading.tokens[number.end : number.end + 8]]
    written = [(len(words), row) for words, row in units if behind[: len(words)] == words]
    if written:
        length, best = max(written, key=lambda item: item[0])
        return [best], number.end + length
    if number.value % 1:
        # Nobody measures tenths of a unit whose usual range is told in whole numbers.
        rows = [row for row in rows if "." in row.properties["ft:cue-low"]] or rows
    apart: list[tuple[float, str, Cue]] = []
    for row in rows:
        (low, high), least = _range(row), float(row.properties.get("ft:cue-least", 0))
        if number.value > least:
            far = abs(math.log(2 * number.value / (low + high)))
            apart.append((far, row.id, row))
    # With tenths it is a value, however low: a TSH of 0.01.
    most = math.inf if number.value % 1 else math.log(_LIKELY)
    apart = sorted(a for a in apart if a[0] <= most)
    near = {
        row.properties["ft:cue-unit"]: row
        for far, _, row in reversed(apart)
        if far < apart[0][0] + _ALIKE
    }
    nearest = [row for _, _, row in apart[:1]]
    opposed = {"low", "high"} <= {_stand(row, number.value) for row in near.values()}
    return [*near.values()] if opposed else nearest, number.end


def _stand(row: Cue, value: float) -> str:
    low, high = _range(row)
    return "low" if value < low else "high" if value > high else "normal"


def _range(row: Cue) -> tuple[float, float]:
    return float(row.properties["ft:cue-low"]), float(row.properties["ft:cue-high"])


def _keep(
    reading: Reading, row: Cue | None, concept: str, number: Number, start: int, end: int
) -> None:
    unit, stand = None, "unknown"
    if row is not None:
        unit, stand = row.properties["ft:cue-unit"], _stand(row, number.value)
        _imply(reading, row, stand, (number.value, unit), (start, end))
    reading.measures.append(Measure(concept, number.value, unit, stand, reading.span(start, end)))
    reading.covered.update(range(start, end))


def _imply(reading: Reading, row: Cue, stand: str, value: tuple[float, str], place: Span) -> None:
    """Tell what a value below or above the usual range implies."""
    amount = Amount(*value, reading.written(*place), _RELATIONS.get(stand, "at"))
    implied: dict[str, bool] = {}
    for name, when in (("ft:cue-below-implies", "low"), ("ft:cue-above-implies", "high")):
        concept = row.properties.get(name)
        if concept is not None:
            implied[concept] = implied.get(concept, False) or stand == when
    for concept, present in implied.items():
        reading.implied.append(Implied(concept, present, *place, amount))


# -- in words


def _in_words(reading: Reading, hit: Hit) -> None:
    """A quantity that is said to be low, normal or high, without a number.

    What somebody does not take in enough of was not measured.
    """
    levels = reading.hits_inside("level", reading.sentence_of(hit.start))
    said = (w for w in levels if _is_said_of(reading, hit, w))
    word = min(said, key=lambda w: max(hit.start - w.end, w.start - hit.end), default=None)
    if word is None:
        return
    rows = _rows(reading, hit.get("concept"))
    span = word.get("span")
    if span in ("ahead", "taken") and any("ft:cue-below-implies" not in r.properties for r in rows):
        return  # "not enough sugar in my tea" is no low blood sugar
    start, end = min(hit.start, word.start), max(hit.end, word.end)
    if any(o is not None and o.kind == "finding" for o in reading.owner[start:end]):
        return  # a name of the graph says so already
    concept, stand = hit.get("concept"), word.get("range")
    own = reading.at.get(start)
    if reading.is_denied(start) and (
        own is None or own.start == start or "pseudo-negation" in own.categories
    ):
        stand = "normal"  # "not lacking magnesium"
    if span != "taken":
        reading.measures.append(Measure(concept, None, None, stand, reading.span(start, end)))
    reading.covered.update(hit.extent, word.extent)
    for row in rows[:1]:
        _imply(reading, row, stand, (0.0, ""), (start, end))


def _is_said_of(reading: Reading, hit: Hit, word: Hit) -> bool:
    if word.end <= hit.start:
        between = range(word.end, hit.start)
        return len(between) <= 1 and not any(map(reading.is_content, between))
    between = range(hit.end, word.start)
    measures = {h.start for h in reading.hits["measure"]}
    return len(between) <= _MAX_GAP + 1 and not any(
        reading.is_cue(i, "negation")
        or reading.norm(i) in ".;"
        or (reading.is_content(i) and i not in measures)
        for i in between
    )
