"""The one screen in every form: the same selection, and nothing chosen by a rendering."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from kg.explain.model import Explanation
from kg.explain.summary import Summary, Told
from kg.graph import Graph
from kg.render import html, plain, terminal
from kg.render.notebook import of_explanation

SUMMARY = Summary(
    verdict=(Told("Have it looked at.", "Have it looked at.", "Soon:", sources=("source:b",)),),
    understood=(Told("buzzing (for weeks).", "buzzing (for weeks).", "Understood:"),),
    why=(Told("With tea, cogs slip.", "Tea blocks brake.", sources=("source:a", "source:b")),),
    sources=("source:b", "source:a"),
)


@pytest.fixture
def brief(explanation: Explanation) -> Explanation:
    return replace(explanation, summary=SUMMARY)


def test_the_text_tells_the_summary_and_lists_its_sources(brief: Explanation) -> None:
    assert str(brief) == plain.render(brief)
    assert str(brief) == (
        "Soon: Have it looked at [1].\n"
        "\n"
        "- Understood: buzzing (for weeks).\n"
        "\n"
        "WHAT IT MAY BE, AND WHY\n"
        "- With tea, cogs slip [1, 2].\n"
        "\n"
        "SOURCES\n"
        "1. The *machine*\n"
        "2. On buzzing https://example.org/a_b\n"
        "\n"
        "This is no verdict.\n"
    )


def test_the_level_changes_the_words_alone(brief: Explanation) -> None:
    told = plain.render(brief, level="clinical")
    assert "Tea blocks brake [1, 2]." in told
    assert told.count("\n") == plain.render(brief).count("\n")


def test_a_source_stays_on_its_line(brief: Explanation) -> None:
    long = replace(brief.sources[1], title="On buzzing of every kind " * 9)
    lines = plain.render(replace(brief, sources=(brief.sources[0], long))).splitlines()
    assert [line for line in lines if line.endswith("… https://example.org/a_b")]
    assert max(map(len, lines)) <= 80


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_every_form_tells_the_same(graph: Graph) -> None:
    answer = graph.explain("My eyelid twitches, I sleep badly. Is it ALS?")
    told = [each.text.rstrip(".") for each in answer.summary.told()]
    bare = re.sub(r"\\(.)", r"\1", answer.to_markdown())
    web = re.sub(r"<[^>]+>", "", html.render(answer)).replace("&#x27;", "'")
    box = of_explanation(answer)
    for form in (bare, web, str(answer), box["text/plain"], box["text/html"]):
        said = " ".join(words(re.sub(r"<[^>]+>", "", form)))
        for text in told:
            assert " ".join(words(text)) in said


def test_all_of_it_is_told_when_asked_for(graph: Graph) -> None:
    answer = graph.explain("My eyelid twitches, I sleep badly.")
    full = answer.to_markdown(full=True)
    assert len(full) > 3 * len(answer.to_markdown())
    assert "%" in full
    assert "%" not in answer.to_markdown()


def test_a_terminal_frames_the_verdict(brief: Explanation) -> None:
    out = io.StringIO()
    terminal.render(
        brief, Console(file=out, width=80, force_terminal=True, color_system="standard")
    )
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()
    assert lines[0].startswith(("╭", "┏"))
    assert "Soon: Have it looked at [1]." in lines[1]
    assert "1. The *machine*" in " ".join(lines)
