"""Families of signs as people tell them, each with an everyday sentence that tells none of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data" / "families.tsv"
ROWS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def _signs(graph, text):
    view = graph.view
    there = (f.id for f in graph.read(text).findings if f.status == "present")
    return {general for name in there for general in view.broader(name)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["told"][:40])
def test_a_sign_is_read_as_it_is_told_and_not_in_everyday_words(graph, row):
    assert row["sign"] in _signs(graph, row["told"])
    assert row["sign"] not in _signs(graph, row["everyday"])


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Man of 26, bitten by a snake this morning, cannot open his eyes.", "patient"),
        ("57-year-old lady, high blood pressure, seen in our clinic, her lid falls.", "patient"),
        ("A teacher, 49, comes with a tight face. Her eye twitches.", "patient"),
        ("ENT to GP, urgent: 58M, 1/52 of a weak face, nil else.", "patient"),
        ("Our patient is a nurse of 34, her face is weak.", "patient"),
        ("43. Four days ago my lid began to twitch.", "self"),
        ("My 57-year-old mum has a droopy face.", "parent"),
        ("Our son, 5, blinks all the time.", "child"),
    ],
)
def test_a_note_is_of_a_patient_where_nobody_says_i(graph, text, whose):
    assert graph.read(text).person.whose == whose


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("My left eyelid twitches and now it hurts.", "ft:facial-pain"),
        ("Painful, and my cheek jumps.", "ft:facial-pain"),
        ("My knee is stiff and the pain keeps me up.", "ft:pain-elsewhere"),
        ("He cannot find words and the right side is weak.", "ft:one-sided-weakness"),
        ("My mouth droops and that side is weak.", "ft:facial-weakness"),
    ],
)
def test_a_sign_is_at_what_is_told_near_it(graph, text, sign):
    assert sign in {f.id for f in graph.read(text).findings if f.status == "present"}
