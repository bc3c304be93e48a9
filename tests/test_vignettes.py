"""From what people write to the whole answer: described cases, on the real graph.

The cases of the folder `shared/examples` beside the clone are tried where they are at hand; ours,
in other words, always.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.explain.model import Explanation

EXAMPLES = Path(__file__).resolve().parents[2] / "shared" / "examples" / "vignettes.tsv"
COLUMNS = ("text", "symptoms", "triggers", "negated", "red_flags", "urgency", "remedies")
OURS = [
    dict(zip(COLUMNS, row, strict=True))
    for row in (
        (
            "Exams all week, four hours of sleep a night, and since Monday my nostril flickers now "
            "and then. It isn't numb and nothing droops.",
            "nostril twitching; intermittent twitching",
            "stress; lack of sleep",
            "numbness; facial drooping",
            "",
            "self-care",
            "stress reduction technique; addressing the lifestyle trigger",
        ),
        (
            "Nearly ten weeks of twitching in my top lip. No coffee since August, sleeping well, "
            "it just won't stop.",
            "upper lip twitching; persistent twitching",
            "",
            "caffeine; lack of sleep",
            "persistent twitching",
            "see-doctor",
            "",
        ),
        (
            "My neighbour's mouth dropped on one side a few minutes ago, she slurs her words and "
            "cannot lift her left arm.",
            "facial drooping; slurred speech; arm weakness; sudden onset",
            "",
            "",
            "facial drooping; slurred speech; arm weakness",
            "emergency",
            "emergency medical care",
        ),
        (
            "I was put on citalopram last week and now the side of my nose jumps.",
            "nostril twitching; twitch onset with a new medication",
            "antidepressant",
            "",
            "twitch onset with a new medication",
            "see-doctor",
            "discussing a dosage change with a healthcare provider",
        ),
        (
            "Lip twitch for two days, and the skin beside it tingles.",
            "upper lip twitching; tingling",
            "",
            "",
            "tingling",
            "see-doctor",
            "",
        ),
        (
            "It started under my eye in the spring and now my cheek goes too.",
            "onset near the eye; spreading twitching pattern",
            "",
            "",
            "spreading twitching pattern",
            "prompt",
            "",
        ),
        (
            "Stomach bug, threw up all night, hardly any water since. Now my upper lip flutters.",
            "upper lip twitching; fluttering sensation",
            "dehydration; fluid loss",
            "",
            "",
            "self-care",
            "increased fluid intake; consistent hydration",
        ),
        (
            "My lip has had short twitches on and off for ten years, a few seconds each.",
            "upper lip twitching; intermittent twitching",
            "",
            "",
            "",
            "self-care",
            "",
        ),
    )
]


def cases() -> Iterator[dict[str, str]]:
    yield from OURS
    if EXAMPLES.is_file():
        with EXAMPLES.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def named(graph: kg.Graph, cell: str) -> set[str]:
    return {graph.resolve(name.strip()) for name in cell.split(";") if name.strip()}


def covers(graph: kg.Graph, found: tuple[str, ...], wanted: set[str]) -> set[str]:
    """What is wanted and neither found nor a general form of what is found."""
    return wanted - {general for name in found for general in graph.view.broader(name)}


def met_by(answer: Explanation) -> tuple[str, ...]:
    return tuple(name for flag in answer.urgency.because for name in flag.findings)


@pytest.mark.skipif(not EXAMPLES.is_file(), reason="no folder shared/examples beside the clone")
def test_the_examples_are_among_the_cases() -> None:
    assert len(list(cases())) > len(OURS)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case["text"][:40])
def test_a_described_case(graph: kg.Graph, case: dict[str, str]) -> None:
    answer = graph.explain(case["text"])
    assert answer.in_scope
    assert answer.urgency.level == case["urgency"]
    present, absent = answer.case.present(), answer.case.absent()
    reported = named(graph, case["symptoms"]) | named(graph, case["triggers"])
    assert not covers(graph, present, reported)
    assert not named(graph, case["negated"]) - set(absent)
    assert not covers(graph, met_by(answer), named(graph, case["red_flags"]))
    assert named(graph, case["remedies"]) <= {r.id for r in answer.remedies}
