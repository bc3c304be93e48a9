"""What tests and those who examined found: normal or not, and how long ago.

The graph lists the names of tests and of those who examine (``ft:test-name``) and the words for
what they found (``ft:test-verdict``). A test may name the finding that an abnormal result means;
a normal one denies it. A result that is older than what is complained of says nothing of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.recognise.case import Finding, Result
from kg.recognise.cues import Hit
from kg.recognise.moments import told_time
from kg.recognise.nearby import is_asked, is_floated, is_only_planned, is_other, is_written_so
from kg.recognise.reading import Reading, Span

NORMAL, ABNORMAL, SHOWN = "normal", "abnormal", "shown"
_TEST_FINDING = "ft:test-finding-kind"
_GAP = 7  # words between a test and what it found
_COMMA = 3  # words that a comma or a colon counts for
_FAR = 9  # words between somebody and what they said
_NEAR = 3  # words between a denial and the verdict that it turns
_OPENS = 3  # words from the start of a sentence within which it tells what the last test found
_RECENT = 30.0  # days within which a result is about what is told without its time
_STOPS = ".;!?\n"
_DATED = ("ago", "date", "point")


def find_results(reading: Reading) -> tuple[Result, ...]:
    """The results that a text tells of the person of the case, in order."""
    found: dict[int, Result] = {}
    open_: list[Hit] = []  # tests of the sentence before that nothing was told of
    for sentence in reading.sentences:
        tests = [h for h in reading.hits_inside("test", sentence) if _is_theirs(reading, h)]
        for verdict in reading.hits_inside("verdict", sentence):
            subjects = _subjects(reading, sentence, verdict, tests)
            if not subjects and _answers(reading, sentence, verdict):
                subjects = open_
            for test in subjects if verdict.get("status") != SHOWN else ():
                found.setdefault(test.start, _result(reading, test, _verdict(reading, verdict)))
                reading.covered.update((*test.extent, *verdict.extent))
            if subjects and verdict.get("span") == "sentence":
                _silence(reading, verdict)
        _read_shown(reading, sentence, [t for t in tests if t.start not in found], found)
        open_ = [test for test in tests if test.start not in found]
    return tuple(found[place] for place in sorted(found))


def _read_shown(
    reading: Reading, sentence: Span, tests: Sequence[Hit], found: dict[int, Result]
) -> None:
    """The results whose sentence names what was shown, or what was not: "no fibs on needle"."""
    concepts = reading.words.view.concepts
    shown = [
        m
        for m in reading.inside(sentence)
        if m.kind == "finding" and not m.dropped and _TEST_FINDING in concepts[m.id].roles
    ]
    for test in tests if shown else ():
        if test.get("shows"):
            nearest = min(shown, key=lambda m: abs(m.start - test.start))
            missing = nearest.denied and nearest.id == test.get("shows")
            found[test.start] = _result(reading, test, NORMAL if missing else SHOWN)
            reading.covered.update(test.extent)
            near = reading.hits_inside("verdict", sentence)
            reading.covered.update(*(h.extent for h in near if h.get("status") == SHOWN))


def dated(
    reading: Reading, results: Iterable[Result], findings: Iterable[Finding]
) -> tuple[Result, ...]:
    """The results, those marked that are older than something which the findings tell of."""
    onsets = [
        f.duration_days
        for f in findings
        if f.status == "present" and reading.words.is_effect_id(f.id)
    ]
    return tuple(replace(result, old=_is_old(result, onsets)) for result in results)


def ruled_out(results: Iterable[Result], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What normal results deny of now, where no word of the text tells or denies it."""
    told = {f.id for f in findings}
    denied = {r.rules_out: r.span for r in results if r.rules_out is not None and not r.old}
    return tuple(
        Finding(name, "absent", span, reason="denied")
        for name, span in denied.items()
        if name not in told
    )


def _is_old(result: Result, onsets: Iterable[float | None]) -> bool:
    """Whether something that is complained of began, or may have begun, after a result."""
    days = result.days_ago
    if days is None:
        return False
    return any(days > _RECENT if onset is None else onset < days for onset in onsets)


def _verdict(reading: Reading, verdict: Hit) -> str:
    status = verdict.get("status")
    if _is_turned(reading, verdict.start):
        return ABNORMAL if status == NORMAL else NORMAL
    return status


def _is_turned(reading: Reading, start: int) -> bool:
    """Whether a denial stands right before a verdict: "not clear", "wasn't quite normal"."""
    for place in range(start - 1, max(-1, start - 1 - _NEAR), -1):
        hit = reading.at.get(place)
        if hit is not None and hit.categories & {"negation", "pseudo-negation"}:
            return hit.end <= start
        if not reading.is_small(place):
            return False
    return False


def _result(reading: Reading, test: Hit, verdict: str) -> Result:
    time = told_time(reading, test.start, test.end, "medicine")
    span = reading.span(test.start, test.end)
    days = time.days if time is not None and time.kind in _DATED else None
    rules_out = (test.get("shows") or None) if verdict == NORMAL else None
    return Result(test.get("concept"), verdict, span, days, rules_out)


def _answers(reading: Reading, sentence: Span, verdict: Hit) -> bool:
    """Whether a sentence is the result of the test that the one before named: "All clear."."""
    before = range(sentence[0], verdict.start)
    if len(before) > _OPENS or not all(_is_small(reading, i) for i in before):
        return False
    norm = reading.norm(verdict.end)
    return (
        reading.is_mark(verdict.end)
        or reading.is_cue(verdict.end, "termination")
        or norm
        in (
            "and",
            "so",
        )
    )


def _is_theirs(reading: Reading, test: Hit) -> bool:
    """Whether a test was done, and on the person of the case."""
    owner = reading.owner[test.start]
    if owner is not None and owner.kind == "finding" and owner.start < test.start:
        return False
    examiners = [h for h in reading.hits["test"] if not h.get("shows")]
    spoken = any(h.start < test.start for h in examiners if _same_sentence(reading, h, test))
    examines = not test.get("shows")
    return (
        is_written_so(reading, test)
        and not is_only_planned(reading, test.start)
        and not is_asked(reading, test.start)
        and not is_floated(reading, test.start, test.end)
        and (spoken or examines or not is_other(reading, test.start))
    )


def _same_sentence(reading: Reading, one: Hit, other: Hit) -> bool:
    return reading.sentence_of(one.start) == reading.sentence_of(other.start)


def _subjects(reading: Reading, sentence: Span, verdict: Hit, tests: Iterable[Hit]) -> list[Hit]:
    """The tests that a verdict is told of: those right behind it, or the nearest before it."""
    reach = verdict.get("span")
    if reach == "sentence":  # what somebody said who examined
        spoke = [t for t in tests if t.end <= verdict.start]
        return [t for t in spoke[-1:] if verdict.start - t.end <= _FAR]
    places = {place: test for test in tests for place in test.extent}
    ahead = [] if reach == "behind" else [*_walk(reading, verdict.end, sentence[1], places)]
    back = [] if reach == "ahead" else [*_walk(reading, verdict.start - 1, sentence[0] - 1, places)]
    if not ahead or not back:
        return [test for _, test in ahead or back]
    return [test for _, test in min(ahead, back, key=lambda found: found[0][0])]


def _walk(
    reading: Reading, start: int, end: int, places: dict[int, Hit]
) -> Iterator[tuple[int, Hit]]:
    """The tests of the list that is met first from a place on, each with its distance."""
    step = 1 if end > start else -1
    gap, seen = 0, set[int]()
    for place in range(start, end, step):
        test = places.get(place)
        if test is not None:
            if test.start not in seen:
                seen.add(test.start)
                yield gap, test
            continue
        norm = reading.norm(place)
        gap += _COMMA if norm in ",:" else 1
        listed = norm == "," or reading.is_joint(place)
        if gap > _GAP or norm in _STOPS or not _is_small(reading, place) or (
            seen and not (listed or reading.is_filler(place) or norm == "my")
        ):  # fmt: skip
            return


def _is_small(reading: Reading, place: int) -> bool:
    """Whether a word may stand between a test and its result."""
    dated = any(t.start <= place < t.end for t in reading.times)
    if dated or place in reading.taken("verdict") or reading.tokens[place].kind == "number":
        return True
    owner = reading.owner[place]
    if owner is not None:
        return owner.kind != "finding"
    if reading.told("reporting-verb", within=(place, place + 1)):
        return True  # "they did an MRI and told me it was clear"
    return not reading.is_content(place) and not reading.is_cue(place, "termination")


def _silence(reading: Reading, verdict: Hit) -> None:
    """What an examiner is said to feel is no finding: "the doctor isn't worried about it"."""
    for mention in reading.inside((verdict.start, verdict.end + _NEAR)):
        if mention.kind == "finding" and mention.start < verdict.end:
            mention.dropped = True
        elif reading.is_effect(mention):
            mention.denied = mention.asked = mention.open = False
