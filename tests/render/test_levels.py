"""Plain and clinical: two wordings of one answer, with the same facts, caveats and sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import mean

import pytest

from kg.errors import BadInput
from kg.explain.model import Explanation
from kg.graph import Graph
from kg.render import plain
from kg.render.full import compose
from kg.render.page import Page
from kg.render.words import Words

from .reading import grade, sentences
from .test_rendering import one_line


@pytest.fixture(scope="module")
def answers(
    graph: Graph, described: list[str], some: Callable[..., list[str]]
) -> list[Explanation]:
    return [graph.explain(text) for text in some(described, 12)]


@pytest.fixture
def both(explanation: Explanation) -> dict[str, str]:
    levels = ("plain", "clinical")
    return {level: one_line(plain.render(explanation, level=level, full=True)) for level in levels}


def cited(page: Page) -> dict[str | None, list[str]]:
    """What each section cites, in order."""
    return {
        section.title: [
            span.text for item in section.items for span in item.spans if span.style == "cite"
        ]
        for section in page.sections
    }


def test_plain_is_what_you_get(explanation: Explanation) -> None:
    assert plain.render(explanation, full=True) == plain.render(
        explanation, level="plain", full=True
    )
    assert explanation.to_markdown() == explanation.to_markdown(level="plain")


def test_plain_says_it_in_plain_words(both: dict[str, str]) -> None:
    assert "Brake may lower a toothed wheel [2]" in both["plain"]
    assert "The humming (hum disorder), 90 %" in both["plain"]


def test_clinical_says_it_in_terms_with_weights(both: dict[str, str]) -> None:
    told = both["clinical"]
    assert "Hum disorder, 90 % (total +3.0 dB, prior -10.0 dB) [2, against: 1]." in told
    assert "For it: buzzing (+3.0 dB, LR 2). Against it: no rust (-1.0 dB, LR 0.8)." in told
    assert (
        "Tea: Tea blocks brake [2]. So there is less of it. Brake may lower cog [2] "
        "(sources disagree, see below). So there is more of it. Cog usually causes buzzing [2]. "
        "(confidence 0.40)"
    ) in told
    assert "wheel (" not in told


CAVEATS = [
    "This is no verdict.",
    "Limit: at most 8 hours.",
    "Time until it works: a few days.",
    "Take care: not in the rain.",
    "“flimflam”",
    "The text is old",
    "sources disagree, see below",
    "rough bands, not on counted cases",
    "Nothing here explains",
    "against: 1",
]


@pytest.mark.parametrize("caveat", CAVEATS)
def test_no_level_drops_a_caveat(both: dict[str, str], caveat: str) -> None:
    assert caveat in both["plain"]
    assert caveat in both["clinical"]


def test_an_unknown_level_names_those_there_are(explanation: Explanation) -> None:
    with pytest.raises(BadInput, match=r'no level "simple": use plain or clinical'):
        explanation.to_markdown(level="simple")


def test_both_levels_cite_the_same_in_the_same_places(answers: list[Explanation]) -> None:
    for answer in answers:
        assert cited(compose(answer)) == cited(compose(answer, "clinical")), answer.case.text


def test_both_levels_name_the_same_entries(answers: list[Explanation]) -> None:
    """Each names the likeliest conditions by its own names, and as many of the others."""
    for answer in answers:
        if not answer.in_scope:
            continue
        words, terms = (
            one_line(plain.render(answer, 10_000, level, full=True)).lower()
            for level in ("plain", "clinical")
        )
        left = re.compile(r"the full answer holds (\d+) more, the likeliest")
        assert left.findall(terms) == left.findall(words)
        for condition in answer.conditions[:4]:
            if condition.probability < 0.02:
                break
            assert condition.label.lower() in terms
            assert answer.lay_labels.get(condition.id, condition.label).lower() in words


def test_plain_texts_keep_the_names_of_sources(explanation: Explanation) -> None:
    text = Words(explanation).text
    assert (
        text("cog and hum disorder (On buzzing)") == "a toothed wheel and the humming (On buzzing)"
    )
    assert text("a cog, no cog, Cog") == "a toothed wheel, no toothed wheel, A toothed wheel"
    assert text("incognito cog-like") == "incognito cog-like"
    assert text("İ cog") == "İ a toothed wheel"


# -- how hard it is to read: see `reading.py` for what is measured

WANTED = 7.0  # about age 12
PROSE = ("What may explain it", "Why it may happen", "What helps", "Where")


def titles(answer: Explanation) -> list[str]:
    return [source.title for source in answer.sources]


def test_every_plain_answer_can_be_read_at_about_age_12(answers: list[Explanation]) -> None:
    grades = {a.case.text: grade(compose(a), titles(a)) for a in answers}
    assert {text: g for text, g in grades.items() if g > WANTED} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("title", [None, *PROSE])
def test_no_part_of_the_plain_answers_is_hard_on_average(
    answers: list[Explanation], title: str | None
) -> None:
    """Long lists of short names must not make up for sentences that are too hard."""
    parts = [
        grade(page, titles(answer))
        for answer in answers
        for section in compose(answer).sections
        if section.title == title and list(sentences(page := Page((section,)), titles(answer)))
    ]
    assert mean(parts) <= WANTED


@pytest.mark.thorough
def test_clinical_answers_are_not_made_for_children(answers: list[Explanation]) -> None:
    """The measure tells the two levels apart."""
    harder = [
        grade(compose(a, "clinical"), titles(a)) > grade(compose(a), titles(a))
        for a in answers
        if a.in_scope
    ]
    assert mean(harder) > 0.95


def test_a_chain_is_told_in_short_sentences(answers: list[Explanation]) -> None:
    """Every step of a chain is a sentence of its own, in the busiest answer as well."""
    busiest = max(answers, key=lambda a: sum(len(c.chains) for c in a.causes if c.reported))
    for section in compose(busiest).sections:
        if section.title == "Why it may happen":
            for item in section.items:
                text = re.sub(r"\[[^]]*\]", "", "".join(span.text for span in item.spans))
                for sentence in re.split(r"[.:;]\s", text):
                    assert len(sentence.split()) <= 25, sentence
