"""Signs told in a roundabout way, and calm twins in the same words."""

from __future__ import annotations

import pytest

import kg


def status(graph: kg.Graph, text: str, concept: str) -> set[str]:
    return {f.status for f in graph.read(text).findings if f.id == concept}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("The left hand grips, the right hand doesn't any more.", "ft:arm-weakness"),
        ("My right arm isn't weak, but my left is.", "ft:arm-weakness"),
        ("Isn't my face drooping?", "ft:facial-drooping"),
        ("My face has never hung like this before today.", "ft:facial-drooping"),
        ("Without a stick the leg gives way.", "ft:leg-weakness"),
        ("She doesn't get through a sentence without her words slurring.", "ft:slurred-speech"),
        ("I don't deny that my mouth droops.", "ft:facial-drooping"),
        ("Her smile is anything but even.", "ft:facial-drooping"),
        ("I can rarely lift my arm.", "ft:arm-weakness"),
        ("Can't say I feel my lip.", "ft:numbness"),
        ("He never came round.", "ft:hard-to-wake"),
    ],
)
def test_what_seems_denied_is_there(graph: kg.Graph, text: str, concept: str) -> None:
    assert "present" in status(graph, text, concept)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("My face isn't drooping.", "ft:facial-drooping"),
        ("Can't say I have any numbness.", "ft:numbness"),
        ("Never had a pain in the head, lid twitches.", "ft:headache"),
        ("My leg never goes stiff.", "ft:muscle-stiffness"),
        ("I never felt numb.", "ft:numbness"),
        ("I shut both eyes tight, no bother.", "ft:difficulty-closing-eye"),
    ],
)
def test_what_is_denied_stays_denied(graph: kg.Graph, text: str, concept: str) -> None:
    assert status(graph, text, concept) == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "My lid twitches, the right arm is fine, the left is not.",
        "A girl of 4 who stares with beating lids and does not hear.",
        "My lid twitches. Nothing in my right leg answers since this morning.",
    ],
)
def test_what_is_lost_and_not_read_never_passes_silently(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level not in {"self-care", "see-doctor"}
