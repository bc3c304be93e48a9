"""What tests found, and what those who examined said: read as results, whatever the wording."""

from __future__ import annotations

import pytest

EMG, MRI = "ft:electromyography", "ft:brain-mri"
EXAM, EYES = "ft:neurological-examination", "ft:eye-doctors-look"


def results(graph, text):
    return {(r.id, r.verdict) for r in graph.read(text).results}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neuro exam clean, EMG clean, still twitching.", {(EXAM, "normal"), (EMG, "normal")}),
        ("Had an EMG and nerve conduction, both normal.", {(EMG, "normal")}),
        ("Normal MRI. My lip twitches.", {(MRI, "normal")}),
        ("I had an MRI last week which was clear.", {(MRI, "normal")}),
        ("They did an MRI of my brain. All clear. My eyelid twitches.", {(MRI, "normal")}),
        ("No fibs on needle, exam unremarkable.", {(EMG, "normal"), (EXAM, "normal")}),
        ("My ophthalmologist isn't concerned about the twitch.", {(EYES, "normal")}),
        ("Eye doc said it's nothing.", {(EYES, "normal")}),
        ("The MRI wasn't clear.", {(MRI, "abnormal")}),
        ("EMG was not normal.", {(EMG, "abnormal")}),
        ("MRI shows AICA loop at REZ.", {(MRI, "shown")}),
    ],
)
def test_results_are_read_in_many_voices(graph, text, expected):
    assert expected <= results(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm waiting for my MRI. My eyelid twitches.",
        "Should I get an EMG? My calf twitches.",
        "If the MRI is normal what else could it be?",
        "My mum's MRI was clear. My eyelid twitches.",
        "My sister had an abnormal EMG. My eyelid twitches.",
        "I can't afford an MRI. My eyelid twitches.",
    ],
)
def test_what_was_not_done_on_the_person_is_no_result(graph, text):
    assert not results(graph, text)


def test_a_vessel_against_the_nerve_is_a_finding_and_can_be_denied(graph):
    told = "On the scan an artery leans on my facial nerve."
    assert "ft:vessel-against-facial-nerve" in graph.read(told).present()
    assert "ft:vessel-against-facial-nerve" in graph.read("No vascular loop on MRI.").absent()


def test_an_old_result_rules_nothing_out(graph):
    old = graph.read("My MRI two years ago was clear. For three days my cheek has twitched.")
    new = graph.read("My MRI last week was clear. For three months my cheek has twitched.")
    assert old.results[0].old
    assert not new.results[0].old
    assert "ft:abnormal-brain-mri" not in old.absent()
    assert "ft:abnormal-brain-mri" in new.absent()


def test_a_doctor_who_is_not_worried_denies_no_worry_of_the_person(graph):
    case = graph.read("My doctor wasn't worried. My nostril twitches a lot.")
    assert {f.id for f in case.findings} == {"ft:nostril-twitching"}
