"""Names of signs in everyday English: what means something else is no sign of a person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "reading" / "everyday.tsv"
ROWS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"][:40])
def test_everyday_english_reads_no_more_signs_than_listed(graph, row):
    case = graph.read(row["sentence"])
    found = {f.id for f in case.findings if f.span and f.status == "present"}
    assert found <= set((row["reads"] or "").split())


def test_few_everyday_sentences_hold_a_sign():
    assert sum(bool(row["reads"]) for row in ROWS) <= len(ROWS) * 0.08


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("When the film begins my lid is weak.", "ft:drooping-eyelid"),
        ("The soup runs out of my mouth and my speech slurs.", "ft:slurred-speech"),
        ("The phone fell, my arm is weak.", "ft:arm-weakness"),
    ],
)
def test_a_thing_beside_a_part_of_the_body_hides_no_sign(graph, text, sign):
    case = graph.read(text)
    assert sign in {f.id for f in case.findings if f.status == "present"}


def test_a_grave_sign_of_a_thing_is_asked_about_and_not_reassured(graph):
    case = graph.read("My eyelid twitches and the sauce sags.")
    assert [g for g in case.guesses if "ft:facial-drooping" in g.ids]
    assert graph.explain("My eyelid twitches and the sauce sags.").urgency.level == "unclear"


@pytest.mark.parametrize(
    "text",
    [
        "I had a tetanus jab last week and my eyelid twitches.",
        "My lid twitches since the flu shot.",
        "Facial twitching after my COVID vaccine.",
        "Her cheek twitches, she just got the shingles vaccine.",
    ],
)
def test_a_vaccine_is_not_the_illness_that_it_is_against(graph, text):
    answer = graph.explain(text)
    assert [event.id for event in answer.case.events] == ["ft:vaccination"]
    assert not answer.case.known
    assert not {"ft:tetanus", "ft:recent-infection", "ft:rash"} & set(answer.case.present())
    assert answer.urgency.level == "self-care"
