"""How well libraries read the times of what people write, beside our own cues.

Usage: python benchmarks/time_libraries.py [-v]

The phrases of tests/data/reading/times.tsv come from the half of the texts that is for looking at.
A phrase that tells since when something is has to give its days (within a factor of 1.5; for up to
a day, up to a day); one that tells a rate, an age, a bout or a day to come has to give none. Each
candidate that is installed is tried; how long it takes to import and its size are told beside it.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

PHRASES = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading" / "times.tsv"
NOW = datetime(2026, 11, 28, 12)
DAY = 86400.0
Reader = Callable[[str], Iterator[float]]


def days_since(told: Any) -> Iterator[float]:
    """The days since a moment that lies in the past."""
    if type(told) is date:
        told = datetime(told.year, told.month, told.day)
    if (
        isinstance(told, datetime)
        and (days := (NOW - told.replace(tzinfo=None)).total_seconds()) >= 0
    ):
        yield days / DAY


def ours() -> Reader:
    """The cues of the graph."""
    import kg
    from kg.recognise.layout import lay_out
    from kg.recognise.mentions import LASTING
    from kg.recognise.numbers import find_numbers
    from kg.recognise.times import find_times

    words = kg.open()._recogniser._words

    def times(text: str) -> Iterator[float]:
        reading = lay_out(text, words)
        reading.numbers = find_numbers(reading.tokens, words.cues)
        find_times(reading, NOW.date())
        yield from (s.days for s in reading.times if s.kind in LASTING and not s.vague)

    return times


def dateparser() -> Reader:
    """`search_dates`, past dates preferred."""
    search = importlib.import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": NOW, "PREFER_DATES_FROM": "past"}

    def times(text: str) -> Iterator[float]:
        for _, told in search(text, languages=["en"], settings=settings) or ():
            yield from days_since(told)

    return times


def parsedatetime() -> Reader:
    """`Calendar.nlp`."""
    calendar = importlib.import_module("parsedatetime").Calendar()

    def times(text: str) -> Iterator[float]:
        for told, *_ in calendar.nlp(text, NOW) or ():
            yield from days_since(told)

    return times


def timefhuman() -> Reader:
    """`timefhuman`; a stretch of time counts as it is."""
    module = importlib.import_module("timefhuman")
    config = module.tfhConfig(now=NOW)

    def times(text: str) -> Iterator[float]:
        for told in module.timefhuman(text, config=config):
            if hasattr(told, "total_seconds"):
                yield told.total_seconds() / DAY
            yield from days_since(told)

    return times


def ctparse() -> Reader:
    """`ctparse`, its best reading."""
    module = importlib.import_module("ctparse")

    def times(text: str) -> Iterator[float]:
        found = module.ctparse(text, ts=NOW, timeout=2)
        told = found and found.resolution
        if type(told).__name__ == "Duration":
            units = {"minutes": 1 / 1440, "hours": 1 / 24, "nights": 1, "days": 1, "weeks": 7}
            yield told.value * {**units, "months": 30}.get(told.unit.value, 1)
        elif hasattr(told, "dt"):
            yield from days_since(told.dt)

    return times


def recognizers_date_time() -> Reader:
    """Recognizers-Text of Microsoft: stretches, and moments in the past."""
    module = importlib.import_module("recognizers_date_time")

    def times(text: str) -> Iterator[float]:
        for found in module.recognize_datetime(text, "en-us", reference=NOW):
            value = (found.resolution or {"values": [{}]})["values"][0]
            if value.get("type") == "duration":
                yield float(value["value"]) / DAY
            elif day := (value.get("start") or value.get("value")):
                try:
                    yield from days_since(datetime.fromisoformat(day))
                except ValueError:
                    continue

    return times


def same(wanted: float, read: float) -> bool:
    """True when a duration is the wanted one, as in `reading.py`."""
    return read <= 1.5 if wanted <= 1 else 2 / 3 <= read / wanted <= 1.5


def main() -> None:
    """Prints one line for each candidate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-v", action="store_true", help="each phrase that is read wrongly")
    verbose = parser.parse_args().v
    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = [(r["phrase"], r["days"]) for r in csv.DictReader(file, delimiter="\t")]
    for make in (ours, dateparser, parsedatetime, timefhuman, ctparse, recognizers_date_time):
        began, before = time.perf_counter(), len(sys.modules)
        try:
            read = make()
        except ImportError:
            continue
        start = time.perf_counter() - began
        right, silent, began = 0, 0, time.perf_counter()
        for phrase, days in rows:
            try:
                found = list(read(phrase))
            except Exception:  # a library that fails on a phrase has not read it
                found = [-1.0]
            good = not found if not days else bool(found) and same(float(days), found[0])
            right, silent = right + (good and bool(days)), silent + (good and not days)
            if verbose and not good:
                print(f"  {phrase!r}: {days or 'none'}, read as {found}")
        timed = sum(bool(days) for _, days in rows)
        took = (time.perf_counter() - began) / len(rows) * 1e6
        print(
            f"{make.__name__:24} right {right} of {timed}, silent {silent} of {len(rows) - timed}, "
            f"{took:.0f} µs a phrase, ready in {start * 1000:.0f} ms, "
            f"{len(sys.modules) - before} modules"
        )


if __name__ == "__main__":
    main()
