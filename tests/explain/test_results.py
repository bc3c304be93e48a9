"""What results mean to an answer: evidence that is told, and never a lower urgency."""

from __future__ import annotations

import pytest

FEAR = "Twitches all over for six months. Neuro exam clean, EMG clean. I'm terrified it's ALS."


def chance(explanation, condition):
    return next(c.probability for c in explanation.conditions if c.id == condition)


def found(explanation):
    return " ".join(told.text for told in explanation.summary.found)


def test_normal_tests_speak_against_what_is_feared_and_say_so_with_a_source(graph):
    told = graph.explain(FEAR)
    without = graph.explain("Twitches all over for six months. I'm terrified it's ALS.")
    illness = "ft:amyotrophic-lateral-sclerosis"
    assert chance(told, illness) < chance(without, illness) / 5
    assert "speak against motor neurone disease" in found(told)
    assert all(entry.sources for entry in told.summary.found)


def test_a_vessel_against_the_nerve_speaks_for_a_spasm_of_half_the_face(graph):
    text = "The left side of my face jerks."
    told = graph.explain(f"{text} MRI: vascular loop at the facial nerve.")
    illness = "ft:hemifacial-spasm"
    odds = [c / (1 - c) for c in (chance(a, illness) for a in (graph.explain(text), told))]
    assert odds[1] > 4 * odds[0]
    assert "that speaks for spasm of one half of the face" in found(told)


def test_nobody_is_told_of_a_grave_illness_that_they_did_not_name(graph):
    told = graph.explain("MRI all clear, but my eyelid still twitches after 4 months.")
    assert "speaks against a graver illness" in found(told)


def test_what_a_test_cannot_rule_out_is_said(graph):
    told = graph.explain("EEG normal. The corner of my mouth jerks. Could it be epilepsy?")
    assert "does not rule out epilepsy" in found(told)


@pytest.mark.parametrize(
    ("serious", "reassured"),
    [
        ("Today my mouth droops on one side.", "The GP said it was nothing a week ago."),
        ("Now half of my face droops.", "MRI clear, bloods fine, doctor not worried."),
        ("For two days my left hand is weak and my face twitches.", "Normal neuro exam."),
        ("My speech is slurred since this morning.", "Neuro says I'm fine."),
        ("My twitch has spread from eye to cheek.", "Brain scan showed nothing."),
    ],
)
def test_a_reassurance_never_lowers_the_urgency(graph, serious, reassured):
    alone, both = graph.explain(serious), graph.explain(f"{reassured} {serious}")
    assert both.urgency.level == alone.urgency.level
    assert "speaks against" not in found(both)
