"""How much of something: counted in servings or units, per day, against the known limit."""

from __future__ import annotations

from kg.recognise.case import Amount
from kg.recognise.mentions import Implied, Mention, Number
from kg.recognise.reading import Reading
from kg.view import Cue, Quantity, View

_MAX_TO_TERM = 3  # words between a number and what is counted
_MAX_TO_PERIOD = 4  # words between what is counted and "a day"


def apply_amounts(reading: Reading) -> None:
    """Give amounts to the mentions that they count, and tell what thresholds imply."""
    implied: list[Implied] = []
    taken: set[int] = set()
    for number in reading.numbers.values():
        fraction = reading.norm(number.end) == "/" and reading.norm(number.end + 1).isdigit()
        if number.start in taken or fraction:
            continue
        found = _known_quantity(reading, number) or _counted(reading, number)
        if found is not None:
            start, end, items = found
            implied += items
            taken.update(range(start, end))
            reading.covered.update(range(start, end))
    for place in (i for i, t in enumerate(reading.tokens) if t.norm in ("a", "an")):
        one = Number(place, place + 1, 1.0)
        listed = reading.is_joint(place - 1) or reading.norm(place - 1) == ","
        joined = listed and any(place - reach in taken for reach in range(2, _MAX_TO_PERIOD))
        found = None if place in taken else _counted(reading, one, bare=not joined)
        if found is not None:
            taken.update(range(found[0], found[1]))
            reading.covered.update(range(found[0], found[1]))
            implied += found[2]
    reading.implied += _summed(reading, implied)


def _summed(reading: Reading, implied: list[Implied]) -> list[Implied]:
    """Add up what was counted apart: "two of these and one of those" of the same thing."""
    counted: dict[tuple[str, str], list[Mention]] = {}
    for mention in reading.mentions:
        if mention.amount is not None and not mention.denied:
            counted.setdefault((mention.id, mention.amount.unit), []).append(mention)
    for (concept, unit), mentions in counted.items():
        amounts = list(dict.fromkeys(m.amount for m in mentions if m.amount is not None))
        if len(amounts) < 2:
            continue
        start, end = mentions[0].start, mentions[-1].end
        total = round(sum(a.value for a in amounts), 3)
        text = ", ".join(a.text for a in amounts)
        limit = _limit(reading.words.view, concept, unit)
        relation = "unknown" if limit is None else relation_to(total, limit)
        whole = Amount(total, unit, text, relation, None if limit is None else limit.id)
        for mention in mentions:
            mention.amount = whole
        if limit is not None:
            implied = [i for i in implied if i.amount not in amounts]
            implied += thresholds(limit, whole, start, end)
    return implied


Found = tuple[int, int, list[Implied]]


def _known_quantity(reading: Reading, number: Number) -> Found | None:
    """A number in the unit of a known quantity ("three espressos"), or of hours ("slept six")."""
    start, end = number.start, number.end
    unit = reading.longest("amount", end)
    cue = None if unit is None else unit.cue("amount-unit")
    if unit is not None and cue is not None:
        end = unit.end
    else:
        hours = reading.longest("time", end)
        if hours is None or not any(_is_hour(cue) for cue in hours.cues):
            return None
        for place in range(max(0, start - 4), start):
            verb = reading.longest("amount", place)
            cue = None if verb is None else verb.cue("amount-verb")
            near = verb is not None and all(
                _approximate(reading, i) for i in range(verb.end, start)
            )
            if cue is not None and near:
                start, end = place, hours.end
                break
        else:
            return None
    known = reading.words.view.quantities.get(cue.properties.get("ft:cue-concept", ""))
    if known is None or known.value is None:
        return None
    period = reading.longest("period", end)
    end = end if period is None else period.end
    relation, text = relation_to(number.value, known), reading.written(start, end)
    amount = Amount(number.value, known.unit or "", text, relation, known.id)
    return start, end, thresholds(known, amount, start, end)


def _is_hour(cue: Cue) -> bool:
    return 0.04 < float(cue.properties.get("ft:cue-days", 0)) < 0.05


def _approximate(reading: Reading, place: int) -> bool:
    about = reading.norm(place) == ":" or reading.is_word(place, "approximator")
    return about or reading.is_filler(place)


def _counted(reading: Reading, number: Number, bare: bool = False) -> Found | None:
    place = number.end
    unit, factor = None, 1.0
    while place < len(reading.tokens) and reading.owner[place] is None:
        best = reading.longest("amount", place)
        cue = None if best is None else best.cue("unit-word")
        if best is not None and cue is not None:
            if unit is None:
                unit, factor = cue.properties["ft:cue-unit"], float(cue.properties["ft:cue-factor"])
            place = best.end
        elif reading.longest("period", place) is None and (
            reading.norm(place) == "of" or (reading.is_filler(place) and place - number.end < 3)
        ):
            place += 1
        else:
            break
    if unit is None and _is_time_unit(reading, number.end + (reading.norm(number.end) == "+")):
        return None  # "ten hours a day" counts time
    mention = reading.owner[place] if place < len(reading.tokens) else None
    if mention is not None and mention.start == place and _countable(reading, mention):
        start, after = number.start, mention.end
    else:
        # "smoke twenty a day", "coffee x3": the number stands behind what is counted.
        mention = _counted_before(reading, number)
        start, after = number.start, place if unit is not None else number.end
        if mention is not None:
            start = mention.start
        elif unit is not None and not bare and _period(reading, place) is not None:
            # "lots of coffee, six cups a day": what is counted was named before.
            mention = _last_countable(reading, number.start)
        if mention is None:
            return None
        if unit is None and _period(reading, after) is None and not _times(reading, number):
            return None
        mention.marks.add("counted")
    period = _period(reading, after)
    if bare and period is None and unit is None:
        return None
    days, end = (1.0, after) if period is None else period
    return start, end, _count(reading, mention, number.value, unit, factor, days, start, end)


def _is_time_unit(reading: Reading, place: int) -> bool:
    unit = reading.longest("time", place)
    return unit is not None and unit.cues[0].category == "ft:time-unit"


def _count(
    reading: Reading,
    mention: Mention,
    value: float,
    unit: str | None,
    factor: float,
    days: float,
    start: int,
    end: int,
) -> list[Implied]:
    view = reading.words.view
    serving = view.quantities.get(mention.quantity or "")
    if unit is not None and unit != "1":
        total, unit = value * factor / days, f"{unit}/d"
    elif serving is not None and serving.value is not None:
        total, unit = value * serving.value / days, f"{serving.unit}/d"
    else:
        total, unit = value / days, "1/d"
    total = round(total, 3)
    limit = _limit(view, mention.id, unit)
    text = reading.written(start, end)
    relation = "unknown" if limit is None else relation_to(total, limit)
    amount = Amount(total, unit, text, relation, None if limit is None else limit.id)
    if mention.amount is None:
        mention.amount = amount
    elif mention.amount.unit == unit:
        both = round(mention.amount.value + total, 3)
        mention.amount = Amount(both, unit, text, relation, amount.limit)
    return [] if limit is None else thresholds(limit, amount, start, end)


def _countable(reading: Reading, mention: Mention) -> bool:
    return mention.kind == "finding" and not reading.is_effect(mention) and not (
        reading.words.is_pattern(mention)
    )  # fmt: skip


def _counted_before(reading: Reading, number: Number) -> Mention | None:
    for place in range(number.start - 1, max(-1, number.start - 1 - _MAX_TO_TERM), -1):
        mention = reading.owner[place]
        if mention is not None:
            return mention if _countable(reading, mention) else None
        if reading.tokens[place].norm in ",;." or reading.is_content(place):
            return None
    return None


def _last_countable(reading: Reading, place: int) -> Mention | None:
    named = [m for m in reading.mentions if m.end <= place and m.quantity is not None]
    return named[-1] if named else None


def _times(reading: Reading, number: Number) -> bool:
    return reading.norm(number.start - 1) == "x"


def _period(reading: Reading, place: int) -> tuple[float, int] | None:
    for start in range(place, min(place + _MAX_TO_PERIOD, len(reading.tokens))):
        best = reading.longest("period", start)
        if best is not None:
            return float(best.get("days")), best.end
        if reading.owner[start] is not None or reading.norm(start) in ",;.":
            return None
    return None


def _limit(view: View, concept: str, unit: str) -> Quantity | None:
    for broader in view.broader(concept):
        for quantity in view.objects(broader, "ft:has-limit"):
            known = view.quantities.get(quantity)
            if known is not None and known.unit == unit and known.value is not None:
                return known
    return None


def relation_to(value: float, limit: Quantity) -> str:
    """How an amount stands to a limit: ``below``, ``at``, ``above`` or ``unknown``."""
    if limit.value is None:
        return "unknown"
    if abs(value - limit.value) < 1e-9:
        return "at"
    return "below" if value < limit.value else "above"


def thresholds(limit: Quantity, amount: Amount, start: int, end: int) -> list[Implied]:
    """What an amount below or above a limit implies."""
    below, above = amount.relation == "below", amount.relation == "above"
    found = []
    if limit.below_implies:
        found.append(Implied(limit.below_implies, below, start, end, amount))
    if limit.above_implies:
        found.append(Implied(limit.above_implies, above, start, end, amount))
    return found
