"""The forms in which `kg explain` writes its answer, all of the same answer."""

from __future__ import annotations

import csv
import io
from itertools import combinations

import pytest
import rdflib

from kg.explain.table import COLUMNS

from .conftest import Run
from .test_bad_input import refused

TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
FORMS = ("--json", "--markdown", "--turtle", "--table", "--csv")


def test_rdf_is_turtle_and_the_same_each_time(run: Run) -> None:
    text = run("explain", "--turtle", TEXT).stdout
    answer = rdflib.Graph().parse(data=text, format="turtle")
    part = rdflib.URIRef("https://w3id.org/facial-twitch/answer-part")
    assert rdflib.Literal("weight") in set(answer.objects(None, part))
    assert run("explain", "--turtle", TEXT).stdout == text


def test_csv_has_a_header_and_a_row_for_each_piece_of_evidence(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("explain", "--csv", TEXT).stdout)))
    assert tuple(rows[0]) == tuple(COLUMNS)
    assert {"condition", "cause", "remedy"} <= {row["part"] for row in rows}
    assert all(row["source"] for row in rows if row["claim"])


def test_the_table_is_aligned(run: Run) -> None:
    header, rule, *rows = run("explain", "--table", TEXT).stdout.splitlines()
    assert header.split() == list(COLUMNS)
    assert set(rule) == {"-", " "}
    assert len(rows) == len(run("explain", "--csv", TEXT).stdout.splitlines()) - 1


@pytest.mark.parametrize("forms", list(combinations(FORMS, 2)))
def test_two_forms_exclude_each_other(run: Run, forms: tuple[str, str]) -> None:
    refused(run("explain", *forms, TEXT), "exclude each other: choose one")


@pytest.mark.parametrize("form", FORMS)
def test_the_exit_code_is_the_same_in_every_form(run: Run, form: str) -> None:
    assert run("explain", form, TEXT).exit_code == 0
    assert run("explain", form, "a loaf of bread").exit_code == 1


def test_the_level_changes_the_words_and_not_the_sources(run: Run) -> None:
    plain = run("explain", "--full", "--level", "plain", TEXT).stdout
    clinical = run("explain", "--full", "--level", "clinical", TEXT).stdout
    assert plain == run("explain", "--full", TEXT).stdout
    assert " dB, LR " in clinical
    assert " dB, LR " not in plain
    assert clinical.partition("\nSOURCES\n")[2] == plain.partition("\nSOURCES\n")[2]
    assert " dB, LR " in run("explain", "--full", "--level", "clinical", "--markdown", TEXT).stdout


def test_a_level_that_does_not_fit_is_refused(run: Run) -> None:
    refused(run("explain", "--level", "simple", TEXT), "plain", "clinical")
    refused(run("explain", "--level", "plain", "--json", TEXT), "leave --level out")


def test_an_interview_is_repeated_at_its_level(run: Run) -> None:
    result = run("explain", "--interactive", "--level", "clinical", TEXT, stdin="n\n")
    assert "--level clinical" in result.stderr
    assert "Likely: idiopathic fasciculation." in result.stdout
