"""Fixtures of the validation tests: the articles where they are, and a small one of our own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.validate import Report, validate

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "seeds"

# An invented article: a heading, two sentences in one line, one in the next, no line end after it.
SENTENCES = (
    (1, 1, "Hiccups, briefly"),
    (2, 1, "The naïve diaphragm jerks."),
    (2, 2, "Holding the breath may calm it."),
    (3, 1, "Call no ambulance for it."),
)
TEXT = "\n\n".join(
    " ".join(words for line, _, words in SENTENCES if line == number) for number in (1, 2, 3)
)


def turtle_of(text: str = TEXT, source: str = "https://example.org/hiccups") -> str:
    """Describe the invented article as Turtle, as it stands in a text."""
    lines = [
        "@prefix ft: <https://w3id.org/facial-twitch/> .",
        "@prefix oa: <http://www.w3.org/ns/oa#> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        f'<{source}> a ft:Article ; dcterms:title "Hiccups"@en ; ft:source-type ft:review .',
    ]
    for paragraph, sentence, words in SENTENCES:
        start = text.index(words)
        digest = hashlib.sha256(words.encode()).hexdigest()
        lines.append(
            f"<{source}/p{paragraph}s{sentence}> a ft:Passage ; ft:source <{source}> ; "
            f'ft:paragraph {paragraph} ; ft:sentence {sentence} ; ft:sha-256 "{digest}" ; '
            f"oa:hasSelector [ a oa:TextPositionSelector ; oa:start {start} ; "
            f"oa:end {start + len(words)} ] ."
        )
    return "\n".join(lines)


@pytest.fixture(scope="session")
def report() -> Report:
    """The validation of the knowledge as it is: slow, so one file alone asks for it."""
    return validate()


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the two articles."""
    if not list(ARTICLES.glob("*.txt")):
        pytest.skip("the articles are not part of the repository; put them into ../shared/seeds")
    return ARTICLES
