"""Questions of our own in many voices, and the language of patterns that reads them.

`tests/data/reading/questions_own.tsv` was written before the patterns; one half of it was put aside
and not looked at while they were written; so was half of a second round, written after the first
patterns (open2, aside2). All of it is ours: it says less than the blind texts.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.recognise.patterns import Fill, Pattern, Scene
from kg.recognise.recogniser import Recogniser
from kg.recognise.tokens import tokenise

HALVES = ("open", "aside", "open2", "aside2", "open3", "open4", "open5", "aside3")
OWN = Path(__file__).parent.parent / "data" / "reading" / "questions_own.tsv"


@pytest.fixture(scope="module")
def read(recogniser: Recogniser):  # type: ignore[no-untyped-def]
    return recogniser.recognise


def own(half: str) -> list[dict[str, str]]:
    with OWN.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["half"] == half]


@pytest.mark.thorough(keep=3)
@pytest.mark.parametrize(
    ("half", "wrong_at_most"),
    [
        ("open", 0.1),
        ("aside", 0.12),
        ("open2", 0.15),
        ("aside2", 0.3),
        ("open3", 0.2),
        ("open4", 0.2),
        ("open5", 0.25),
        ("aside3", 0.4),
    ],
)
def test_questions_of_many_voices(read, half, wrong_at_most):  # type: ignore[no-untyped-def]
    rows = [row for row in own(half) if row["kind"] != "none"]
    kinds = [(row, [q.kind for q in read(row["text"]).asked]) for row in rows]
    wrong = [(row["text"], row["kind"], got) for row, got in kinds if row["kind"] not in got]
    assert len(wrong) <= wrong_at_most * len(rows), wrong
    assert sum(not got for _, got in kinds) <= 0.1 * len(rows)


# Of the later rows many only sound like questions ("How's that for luck?"): most are still taken
# for some.
@pytest.mark.parametrize(("halves", "most"), [(HALVES[:-2], 2), (HALVES[-2:], 11)])
def test_a_statement_asks_nothing(read, halves, most):  # type: ignore[no-untyped-def]
    rows = [row for half in halves for row in own(half) if row["kind"] == "none"]
    asking = [row["text"] for row in rows if read(row["text"]).asked]
    assert len(asking) <= most, asking


def test_is_it_asks_about_what_stands_before(read):  # type: ignore[no-untyped-def]
    (question,) = read("They say that it is normal. Is it?").asked
    assert question.kind == "danger"


@pytest.mark.parametrize(
    ("pattern", "text", "taken"),
    [
        ("which {part:what} … moves {place:it}", "which nerve on earth moves the nostril", "nerve"),
        ("which {part} {place}", "which nerve moves the nostril", None),
        ("^ {part}", "which nerve", "nerve"),
        ("{part}$", "nerve moves", None),
    ],
)
def test_patterns(pattern, text, taken):  # type: ignore[no-untyped-def]
    tokens = tokenise(text)
    words = [t.norm for t in tokens]
    fills = {
        words.index(w): [Fill(words.index(w) + 1, t, f"ft:{w}")]
        for w, t in (("nerve", "part"), ("nostril", "place"))
        if w in words
    }
    scene = Scene(tokens, [w == "the" for w in words], fills)
    form = Pattern(pattern, "kind")
    found = [form.match(scene, place, len(tokens)) for place in range(len(tokens))]
    parts = next((f for f in found if f), None)
    assert (None if parts is None else next(p.concept for p in parts if p.concept)) == (
        taken and f"ft:{taken}"
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [  # what is feared for the future is asked about; what a question takes for granted is there
        ("My eyelid twitches, will I be paralysed one day?", "self-care"),
        ("My eyelid twitches, will I get a stroke?", "self-care"),
        ("My eyelid twitches. Will my face droop?", "self-care"),
        ("My eyelid twitches, could I have a seizure?", "self-care"),
        ("Could this be causing my facial droop?", "emergency"),
        ("My face drooped, was slurring too, is this a stroke?", "emergency"),
        ("My eyelid twitches, and will my face ever stop drooping?", "emergency"),
        ("Can stress cause my weak face?", "emergency"),
    ],
)
def test_a_question_tells_what_it_takes_for_granted_and_no_more(graph, text, level):
    assert graph.explain(text).urgency.level == level


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('My eyelid flickers. My wife says "is it the coffee?" and laughs.', []),
        ("Her boss asked “are you winking at me?” when her lid jumped.", []),
        ('My eyelid flickers. I keep asking myself "is it ALS?" all day.', ["is-it-condition"]),
        ('My eyelid flickers. "Is it the coffee?"', ["cause"]),
        ('My eyelid flickers. A colleague went "is that a tumour?"', ["is-it-condition"]),
    ],
)
def test_what_somebody_else_is_quoted_with_asks_for_an_illness_alone(read, text, kinds):  # type: ignore[no-untyped-def]
    assert [q.kind for q in read(text).asked] == kinds


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [  # whether a thing is bad is not whether what one has is; who drove does not ask to drive
        ("My eyelid twitches. Is cocaine dangerous?", "it may", "nothing serious"),
        ("My eyelid twitches. Is alcohol safe with this?", "it may", "nothing serious"),
        ("My eyelid twitches. Is this dangerous?", "nothing serious", "it may"),
        ("My face drooped an hour ago. Is coffee bad for me?", "get help first", "it may"),
        ("My eyelid twitches. Was it the drive, or the coffee?", "with caffeine", "do not drive"),
        ("My eyelid twitches. Can I drive?", "do not drive", "caffeine"),
        ("My face drooped today. An ambulance, isn't that a bit much?", "must not wait", "no need"),
    ],
)
def test_what_is_answered_is_what_was_asked(graph, text, told, untold):
    (answer,) = graph.explain(text).summary.answers
    assert told in answer.text.lower()
    assert untold not in answer.text.lower()
