"""What was tried, for how long, and what became of it; how findings run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.recognise.recogniser import Recogniser

GIVEN_UP, REDUCED, TRIED, CHANGED = "given up", "reduced", "tried", "changed"
NO_HELP, HELPED, UNKNOWN = "did not help", "helped", "unknown"

TRIALS = [
    (
        "My lip twitches. I gave up coffee, still there after seven weeks.",
        "caffeine",
        GIVEN_UP,
        NO_HELP,
        49,
    ),
    (
        "Stopped caffeine three weeks ago and my eye twitch went away.",
        "caffeine",
        GIVEN_UP,
        HELPED,
        21,
    ),
    ("I cut out coffee and my lip twitch is a lot better.", "caffeine", GIVEN_UP, HELPED, None),
    (
        "Eyelid twitching, cutting down on coffee made no difference.",
        "caffeine",
        REDUCED,
        NO_HELP,
        None,
    ),
    ("Since cutting down on wine my lip twitch has eased off.", "alcohol", REDUCED, HELPED, None),
    ("My eyelid twitches. Magnesium didn't help.", "magnesium", TRIED, NO_HELP, None),
    ("Lip twitch, tried magnesium for six weeks without success.", "magnesium", TRIED, NO_HELP, 42),
    (
        "Been taking magnesium for 6 weeks, my lip twitch has improved.",
        "magnesium",
        TRIED,
        HELPED,
        42,
    ),
    ("A warm compress helped my eyelid twitch.", "warm-compress", TRIED, HELPED, None),
    ("Warm compresses help a bit, eyelid twitch 5 days.", "warm-compress", TRIED, HELPED, None),
    (
        "Massage doesn't do anything for the twitch in my cheek.",
        "gentle-massage",
        TRIED,
        NO_HELP,
        None,
    ),
    ("Tried meditation. No difference. My cheek twitches.", "meditation", TRIED, NO_HELP, None),
    ("I've tried meditation, my nostril twitches.", "meditation", TRIED, UNKNOWN, None),
    ("I stopped coffee yesterday but my lip is still twitching.", "caffeine", GIVEN_UP, NO_HELP, 1),
    (
        "My lip twitches, nothing has changed since I quit smoking a month ago.",
        "nicotine",
        GIVEN_UP,
        NO_HELP,
        30,
    ),
    ("Since I get enough sleep my eyelid twitch is gone.", "good-sleep", CHANGED, HELPED, None),
    (
        "It hasn't got any better since I stopped taking citalopram 3 weeks ago. Cheek twitches.",
        "antidepressant",
        GIVEN_UP,
        NO_HELP,
        21,
    ),
]


@pytest.mark.parametrize(("text", "name", "action", "outcome", "days"), TRIALS)
def test_a_trial(
    recogniser: Recogniser, text: str, name: str, action: str, outcome: str, days: float | None
) -> None:
    trials = recogniser.recognise(text).trials
    assert [(t.id, t.action, t.outcome, t.days) for t in trials] == [
        (f"ft:{name}", action, outcome, days)
    ]


def test_two_trials_have_their_own_outcomes(recogniser: Recogniser) -> None:
    case = recogniser.recognise(
        "Eyelid twitch. Meditation helped but magnesium made no difference."
    )
    assert [(t.id, t.outcome) for t in case.trials] == [
        ("ft:meditation", HELPED),
        ("ft:magnesium", NO_HELP),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I don't drink coffee. My lip twitches.",
        "I gave up coffee years ago. My lip has been twitching since Monday.",
        "Could magnesium help my eyelid twitch?",
        "My mum's twitch went away with magnesium. My lip twitches.",
        "My lip twitches. Please help!",
        "My eyelid twitches and I still drink coffee.",
        "My eye twitches since I started sertraline 2 weeks ago, should I stop it",
        "On magnesium for a week, lid twitching. Should I just stop it?",
    ],
)
def test_what_is_no_trial(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).trials == ()


def test_what_goes_on_has_lasted_as_long_as_the_trial(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My lip twitches. I gave up coffee, still there after seven weeks.")
    days = {f.id: f.duration_days for f in case.findings if f.status == "present"}
    assert days["ft:upper-lip-twitching"] == 49
    assert "ft:persistent-twitching" in days


def test_what_was_given_up_stays_denied(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My lip twitches. I gave up coffee, still there after seven weeks.")
    assert "ft:caffeine" in case.absent()


def test_what_was_cut_down_is_still_there(recogniser: Recogniser) -> None:
    case = recogniser.recognise("Eyelid twitching, cutting down on coffee made no difference.")
    assert [f.reason for f in case.findings if f.id == "ft:caffeine"] == ["reduced"]
    assert "ft:caffeine" in case.present()


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("My lip twitches and it is getting worse.", "worse"),
        ("My lip twitch is slowly getting better.", "better"),
        ("My lip twitches. It's much better now.", "better"),
        ("My lip twitches, no worse than before.", None),
        ("My lip twitches.", None),
    ],
)
def test_course(recogniser: Recogniser, text: str, course: str | None) -> None:
    found = [f for f in recogniser.recognise(text).findings if f.id == "ft:upper-lip-twitching"]
    assert [(f.status, f.course) for f in found] == [("present", course)]


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("My eyelid twitches on and off for six weeks.", True),
        ("The twitch in my lip comes and goes since spring.", True),
        ("Lip twitching off and on since January.", True),
        ("My eyelid twitches on and off since Tuesday.", False),
        ("For two years my lip twitches on and off, a few seconds each.", False),
        ("My eyelid has been twitching rarely, once a month, for 2 years.", False),
        ("My eyelid twitches on and off for six weeks, every day, a few seconds each.", True),
        ("I am 45 years old and my eyelid twitches.", False),
    ],
)
def test_what_lasts(recogniser: Recogniser, text: str, lasting: bool) -> None:
    assert ("ft:persistent-twitching" in recogniser.recognise(text).present()) is lasting


@given(st.integers(min_value=1, max_value=90), st.sampled_from(["days", "weeks"]))
def test_the_time_of_a_trial_is_the_least_time_of_the_finding(
    recogniser: Recogniser, count: int, unit: str
) -> None:
    case = recogniser.recognise(
        f"My lip twitches. I gave up coffee {count} {unit} ago, it made no difference."
    )
    lip = next(f for f in case.findings if f.id == "ft:upper-lip-twitching")
    assert lip.duration_days is not None
    assert lip.duration_days >= count
    assert [t.days for t in case.trials] == [lip.duration_days]


@pytest.mark.parametrize(
    ("text", "thing", "outcome"),
    [
        ("Took magnesium 2 weeks and zero change. Eyelid twitch.", "magnesium", NO_HELP),
        ("Mag glycinate did nothing for my eye twitch.", "magnesium", NO_HELP),
        (
            "Hemifacial spasm, second lot of Botox did not work.",
            "botulinum-toxin-injection",
            NO_HELP,
        ),
        ("Botox for my hemifacial spasm wore off.", "botulinum-toxin-injection", "wore off"),
        ("HFS refractory to carbamazepine.", "carbamazepine-treatment", NO_HELP),
        ("Had a trial of clonazepam w/o benefit, HFS.", "benzodiazepine", NO_HELP),
        ("Propranolol zero effect on the lid twitch.", "beta-blocker", NO_HELP),
    ],
)
def test_medicines_and_remedies_are_tried_in_many_words(graph, text, thing, outcome):
    trials = {(t.id, t.outcome) for t in graph.read(text).trials}
    assert (f"ft:{thing}", outcome) in trials


@pytest.mark.parametrize(
    "text",
    [
        "Failed 2x botox for HFS, now considering MVD.",
        "MRI normal, Botox did nothing. HFS.",
        "My mum took magnesium without effect. My eyelid twitches.",
        "Thinking of trying magnesium for my eyelid twitch.",
    ],
)
def test_what_is_planned_a_test_or_of_others_was_not_tried(graph, text):
    tried = {t.id for t in graph.read(text).trials}
    assert tried <= {"ft:botulinum-toxin-injection"}


def test_what_wears_off_leaves_the_illness_and_its_time_alone(graph):
    case = graph.read("Botox for my hemifacial spasm wore off after 8 weeks.")
    assert "ft:hemifacial-spasm" in case.present()
    assert [k.status for k in case.known] == ["named"]
